// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/threads.hpp"
#include "support/catch.hpp"

TEST_CASE("OpenBLAS is the BLAS in use", "[base]") {
  REQUIRE(ddpinn::blas_is_openblas());
  REQUIRE(ddpinn::test::contains(ddpinn::blas_description(), "OpenBLAS"));
}

TEST_CASE("At least one thread works", "[base]") { REQUIRE(ddpinn::set_threads() >= 1); }
