// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/shared_problem.hpp"

#include "parallel/agree.hpp"

namespace ddpinn {

std::shared_ptr<LinearProblem> SharedProblem::find(const Communicator& comm, const Rows& rows,
                                                   const Linearisation& linear) {
  sought_.emplace(rows, linear);
  sizes_ = rows.family().sizes;
  emphasis_ = rows.data_emphasis();
  found_ = problem_ && !any(comm, !numbers_->equal(*sought_));
  if (!found_) {
    problem_.reset();
    return {};
  }
  sought_.reset();
  problem_->jacobian.serve(rows);
  return problem_;
}

void SharedProblem::keep(std::shared_ptr<LinearProblem> problem) {
  problem_ = std::move(problem);
  numbers_ = std::move(sought_);
  sought_.reset();
}

void SharedProblem::put(Record& record) const {
  if (!problem_) return;
  record.numbers["shared_found"] = {found_ ? 1.0 : 0.0};
  record.numbers["shared_first"] = numbers_of(problem_->first);
  if (found_) return;
  record.numbers["shared_sizes"] = sizes_;
  record.numbers["shared_emphasis"] = {emphasis_};
}

void SharedProblem::get(const Record& record, const Communicator& comm, const Rows& rows,
                        const KrylovOptions& options, const Monitor& monitor) {
  const auto first = record.numbers.find("shared_first");
  if (first == record.numbers.end()) return problem_.reset();
  if (record.number("shared_found") == 0) {
    auto made = rows;
    made.set_sizes(record.numbers.at("shared_sizes"));
    made.set_data_emphasis(record.number("shared_emphasis"));
    SharedMatrices blocks;
    collectively(comm, [&] {
      made.set_weights(made.lift());
      const auto linear = made.linearise(made.lift());
      blocks = made.jacobian(linear);
      sought_.emplace(made, linear);
    });
    keep(make_linear_problem(comm, rows, options, monitor, std::move(blocks)));
  }
  found_ = record.number("shared_found") != 0;
  problem_->first = krylov_result_of(first->second);
  problem_->jacobian.serve(rows);
}

}  // namespace ddpinn
