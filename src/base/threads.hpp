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

/// The value of OPENBLAS_CORETYPE with which this BLAS would use what the processor has; empty where it does,
/// or somebody has chosen. OpenBLAS knows processors by their names, and takes kernels of 2004 for those that
/// it doesn't know, as of virtual machines: half as fast.
/// @param description of the BLAS, as above @param avx2, avx512 what the processor has
std::string better_blas_kernels(const std::string& description, bool avx2, bool avx512);
/// Of the BLAS and the processor in use.
std::string better_blas_kernels();

/// Whether it is OpenBLAS. The reference BLAS is ten times slower and more.
bool blas_is_openblas();

}  // namespace ddpinn
