// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/compression.hpp"
#include "assembly/jacobian_operator.hpp"

#include <utility>
#include <vector>

namespace ddpinn {

/// The Jacobian of all output layers in the coordinates of its compression.
struct CompressedJacobian {
  /// @param blocks uncompressed @throws Interrupted @note Collective.
  CompressedJacobian(const Communicator& comm, const Rows& discretisation, double tolerance,
                     SharedMatrices blocks, const StopTest& stop = {})
      : compression(compress(comm, discretisation, tolerance, blocks, stop)),
        layout(discretisation.owner(), compression.size, comm),
        jacobian(comm, discretisation, layout, std::move(blocks)) {}
  CompressedJacobian(const CompressedJacobian&) = delete;
  CompressedJacobian& operator=(const CompressedJacobian&) = delete;

  /// Output coefficients c = T y of the networks that cover rows of this rank. @note Collective.
  Field expand(::Vec y) const {
    auto field = jacobian.discretisation().zero_field();
    compression.expand(jacobian.discretisation().blocks(), jacobian.gather(y), field);
    return field;
  }

  Compression compression;
  DofLayout layout;
  JacobianOperator jacobian;
};

}  // namespace ddpinn
