// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/threads.hpp"

#include <dlfcn.h>
#include <omp.h>

#include <cstdlib>

namespace ddpinn {
namespace {

// Looked up at run time: which BLAS stands behind the standard names is decided by the system, not when we
// are built.
template <class Function>
Function* find(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

}  // namespace

int set_threads() {
  // LibTorch reads the variable when it first works and would otherwise take all cores; OpenMP has read it
  // already.
  if (setenv("OMP_NUM_THREADS", "1", 0) == 0 && std::string(std::getenv("OMP_NUM_THREADS")) == "1") {
    omp_set_num_threads(1);
  }
  const int threads = omp_get_max_threads();
  if (auto* set = find<void(int)>("openblas_set_num_threads")) set(threads);
  return threads;
}

Threads::Threads() : before_(omp_get_max_threads()), count_(set_threads()) {}

Threads::~Threads() { omp_set_num_threads(before_); }

std::string blas_description() {
  if (auto* config = find<char*()>("openblas_get_config")) return config();
  return "unknown (not OpenBLAS)";
}

bool blas_is_openblas() { return find<char*()>("openblas_get_config") != nullptr; }

}  // namespace ddpinn
