// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/threads.hpp"
#include "support/catch.hpp"

TEST_CASE("OpenBLAS is the BLAS in use", "[base]") {
  REQUIRE(ddpinn::blas_is_openblas());
  REQUIRE(ddpinn::test::contains(ddpinn::blas_description(), "OpenBLAS"));
}

TEST_CASE("Kernels of OpenBLAS that are older than the processor are told", "[base]") {
  const auto named = [](const std::string& core) {
    return "OpenBLAS 0.3.21 DYNAMIC_ARCH " + core + " MAX_THREADS=64";
  };
  using ddpinn::better_blas_kernels;
  REQUIRE(better_blas_kernels(named("Prescott"), true, true) == "SkylakeX");
  REQUIRE(better_blas_kernels(named("Nehalem"), true, false) == "Haswell");
  REQUIRE(better_blas_kernels(named("Prescott"), false, false).empty());
  REQUIRE(better_blas_kernels(named("Zen"), true, false).empty());
  REQUIRE(better_blas_kernels(named("Cooperlake"), true, true).empty());
}

TEST_CASE("At least one thread works", "[base]") { REQUIRE(ddpinn::set_threads() >= 1); }
