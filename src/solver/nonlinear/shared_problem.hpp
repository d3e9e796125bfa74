// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/jacobian_numbers.hpp"
#include "io/checkpoint/record.hpp"
#include "solver/monitor.hpp"
#include "solver/nonlinear/linear_problem.hpp"

#include <memory>
#include <optional>

namespace ddpinn {

/// The linear problem of a time slab, which serves the next ones as long as their rows have the same numbers
/// but for right sides: one compression and one preconditioner for all slabs of a length.
class SharedProblem {
 public:
  /// The problem, which stands for these rows from here on; null where theirs are other numbers.
  /// @note Collective.
  std::shared_ptr<LinearProblem> find(const Communicator&, const Rows&, const Linearisation&);
  /// Keeps the problem that was made for the rows which `find` had none for.
  void keep(std::shared_ptr<LinearProblem>);

  /// Null where there is none.
  const std::shared_ptr<LinearProblem>& problem() const { return problem_; }
  /// Whether the rows that were last asked for had one.
  bool found() const { return found_; }

  /// What another run needs to make the problem of a solved slab again.
  void put(Record&) const;
  /// Makes it again, as it was, where that slab had made it. @param rows of the slab @note Collective.
  void get(const Record&, const Communicator&, const Rows& rows, const KrylovOptions&, const Monitor&);

 private:
  std::shared_ptr<LinearProblem> problem_;
  std::optional<JacobianNumbers> numbers_, sought_;
  std::vector<double> sizes_;  ///< of the fields, by which the problem's weights were made
  double emphasis_ = 1;        ///< of data, likewise
  bool found_ = false;
};

}  // namespace ddpinn
