// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/local_system.hpp"

#include "assembly/compression.hpp"
#include "dense/lapack.hpp"
#include "dense/orthonormal.hpp"

namespace ddpinn {

LocalSystem local_system(const Matrix& jacobian, const std::vector<double>& weights, double tolerance,
                         std::size_t most) {
  LocalSystem system;
  if (jacobian.rows() == 0) {
    system.transform = Matrix(jacobian.columns(), 0);
    return system;
  }
  system.transform = orthonormalising_transform(qr_factor(jacobian), tolerance, most);
  system.basis = product(Op::none, jacobian, Op::none, system.transform);
  orthonormalise_again(system.basis, system.transform);
  const auto unknowns = system.unknowns(), first = jacobian.rows() - weights.size();
  system.traces = Matrix(unknowns, weights.size());
  for (std::size_t r = 0; r < weights.size(); ++r)
    for (std::size_t i = 0; i < unknowns; ++i) system.traces(i, r) = weights[r] * system.basis(first + r, i);
  return system;
}

}  // namespace ddpinn
