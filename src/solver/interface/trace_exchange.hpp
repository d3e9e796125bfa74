// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/dof_layout.hpp"

#include <map>
#include <span>
#include <utility>
#include <vector>

namespace ddpinn {

/// Sums what ranks contribute to trace rows on the ranks that own them: one message to each neighbouring
/// rank, and time to compute between `begin` and `end`. By PetscSF.
class TraceExchange {
 public:
  /// @param layout trace rows of every subdomain
  TraceExchange(const Communicator& comm, const DofLayout& layout) : comm_(&comm), layout_(&layout) {}

  /// The place in `contributions` of a row of subdomain k; rows that several subdomains of this rank
  /// contribute to have one.
  std::size_t place(int k, std::size_t row);
  /// After the last `place`. @note Collective.
  void finish();

  /// What this rank adds; set to zero before the first contribution.
  std::vector<double>& contributions() { return contributions_; }
  /// Starts adding the contributions of all ranks to `traces`, the rows of this rank's subdomains. @note
  /// Collective.
  void begin(std::span<double> traces);
  void end(std::span<double> traces);

  /// What this rank sends to others in one exchange.
  long long messages() const { return messages_; }
  long long bytes() const { return bytes_; }

 private:
  const Communicator* comm_;
  const DofLayout* layout_;
  std::map<std::pair<int, std::size_t>, std::size_t> places_;
  std::vector<double> contributions_;
  petsc::StarForest forest_;
  long long messages_ = 0, bytes_ = 0;
};

}  // namespace ddpinn
