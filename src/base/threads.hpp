// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace ddpinn {

/// Gives OpenMP, BLAS and LibTorch one thread in this process, unless OMP_NUM_THREADS says otherwise. To be
/// called before any of them works. One thread per rank is right as long as the ranks fill the cores: threads
/// that wait for each other in a spin loop on shared cores cost more than ten times what they bring.
/// @returns the number of threads
int set_threads();

/// The same while it lives; then OpenMP has as many as before.
class Threads {
 public:
  Threads();
  ~Threads();
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  int count() const noexcept { return count_; }

 private:
  int before_;
  int count_;
};

/// The BLAS in use, with its version and kernel ("OpenBLAS 0.3.21 ... Haswell"), or "unknown (not OpenBLAS)".
std::string blas_description();

/// Whether it is OpenBLAS. The reference BLAS is ten times slower and more.
bool blas_is_openblas();

}  // namespace ddpinn
