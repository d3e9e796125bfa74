// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/threads.hpp"

#include <dlfcn.h>
#include <omp.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

namespace ddpinn {
namespace {

// Looked up at run time: which BLAS stands behind the standard names is decided by the system, not when we
// are built.
template <class Function>
Function* find(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

/// OpenBLAS takes its buffers at its first product, and tries for ever where there is no memory left by then.
void take_buffers() {
  static const bool taken = [] {
    using Product = void(int, int, int, int, int, int, double, const double*, int, const double*, int, double,
                         double*, int);
    constexpr int n = 64, column_major = 102, as_it_is = 111;
    const std::vector<double> one(n * n, 1.0);
    std::vector<double> result(n * n);
    if (auto* product = find<Product>("cblas_dgemm"))
      product(column_major, as_it_is, as_it_is, n, n, n, 1, one.data(), n, one.data(), n, 0, result.data(),
              n);
    return true;
  }();
  static_cast<void>(taken);
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
  take_buffers();
  return threads;
}

Threads::Threads() : before_(omp_get_max_threads()), count_(set_threads()) {}

Threads::~Threads() { omp_set_num_threads(before_); }

std::string blas_description() {
  if (auto* config = find<char*()>("openblas_get_config")) return config();
  return "unknown (not OpenBLAS)";
}

std::string better_blas_kernels(const std::string& description, bool avx2, bool avx512) {
  constexpr std::array old{"Prescott", "Core2", "Penryn",    "Dunnington",
                           "Nehalem",  "Atom",  "Barcelona", "Generic"};
  const auto in_use = [&](const char* name) { return description.find(name) != std::string::npos; };
  if (!avx2 || std::ranges::none_of(old, in_use)) return {};
  return avx512 ? "SkylakeX" : "Haswell";
}

std::string better_blas_kernels() {
  if (std::getenv("OPENBLAS_CORETYPE") != nullptr) return {};
#if defined(__x86_64__)
  const bool fused = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return better_blas_kernels(blas_description(), fused,
                             fused && __builtin_cpu_supports("avx512f") &&
                                 __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                                 __builtin_cpu_supports("avx512bw"));
#else
  return {};
#endif
}

bool blas_is_openblas() { return find<char*()>("openblas_get_config") != nullptr; }

}  // namespace ddpinn
