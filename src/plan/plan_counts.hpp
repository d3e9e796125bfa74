// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "space/space.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace ddpinn {

/// What one rank will hold. Counts are exact where all points were drawn, else estimates.
struct RankCounts {
  std::vector<int> subdomains;  ///< that it owns, ascending
  double points = 0;
  double rows = 0;
  double covers = 0;                 ///< pairs of a point and a subdomain that covers it
  double values = 0;                 ///< pairs of a point and a field or derivative that is needed there
  std::map<int, double> block_rows;  ///< rows by subdomain that covers them: its Jacobian blocks
  double volume = 0;                 ///< of its cores, as a fraction of the domain's box
  std::vector<std::vector<int>>
      patches;  ///< subdomains of each local problem that it solves in the preconditioner
};

/// What a plan is made from.
struct PlanCounts {
  struct StatementPoints {
    std::string name;
    double points = 0;
  };

  bool exact = true;              ///< whether all points were drawn
  int boxes_without_network = 0;  ///< of the finest level, whose cores are outside the domain or nearly so
  std::size_t columns = 0;        ///< features times fields; with Gauss-Newton all parameters
  std::size_t damped = 0;         ///< columns that Gauss-Newton damps by rows of their own
  std::vector<StatementPoints> statements;
  std::vector<RankCounts> ranks;
  std::vector<std::set<int>> neighbours;  ///< the subdomains that share rows with each, itself among them
  std::vector<double> subdomain_rows;     ///< rows that each subdomain covers, on all ranks

  /// The most unknowns that compression can leave subdomain k.
  double unknowns(int k) const;
  /// The most unknowns that a rank can own.
  double unknowns(const RankCounts&) const;
};

/// Counts by drawing the points, batch by batch; beyond `limit` points only in some of the cores, and the
/// others are taken to be like them.
PlanCounts count(const CaseFile&, const SpaceLayout&, int ranks, double limit = 5e5);

}  // namespace ddpinn
