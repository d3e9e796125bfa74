// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/trace_exchange.hpp"

#include <set>

namespace ddpinn {

using petsc::check;

std::size_t TraceExchange::place(int k, std::size_t row) {
  return places_.try_emplace({k, row}, places_.size()).first->second;
}

void TraceExchange::finish() {
  std::vector<PetscSFNode> roots(places_.size());
  std::set<int> receivers;
  for (const auto& [key, place] : places_) {
    const auto& [k, row] = key;
    roots[place] = {layout_->owner(k), static_cast<PetscInt>(layout_->local_offset(k) + row)};
    if (layout_->owner(k) == comm_->rank()) continue;
    receivers.insert(layout_->owner(k));
    bytes_ += sizeof(double);
  }
  messages_ = receivers.size();
  contributions_.assign(places_.size(), 0.0);
  places_.clear();
  forest_ = petsc::StarForest(comm_->get(), layout_->owned_size(), std::move(roots));
}

void TraceExchange::begin(std::span<double> traces) {
  check(PetscSFReduceBegin(forest_, MPIU_SCALAR, contributions_.data(), traces.data(), MPI_SUM));
}

void TraceExchange::end(std::span<double> traces) {
  check(PetscSFReduceEnd(forest_, MPIU_SCALAR, contributions_.data(), traces.data(), MPI_SUM));
}

}  // namespace ddpinn
