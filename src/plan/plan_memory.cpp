// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "plan/plan_memory.hpp"

#include "assembly/jacobian_numbers.hpp"
#include "decomposition/decomposition.hpp"
#include "dense/block_cholesky.hpp"
#include "plan/plan_fill.hpp"
#include "plan/plan_training.hpp"
#include "solver/interface/local_class.hpp"
#include "solver/linear/coarse_boxes.hpp"
#include "solver/linear/preconditioner_kind.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

namespace ddpinn {

namespace {

constexpr double number = sizeof(double);

// Measured on Debian 12 with cases that solve almost nothing.
constexpr double libraries_bytes = 210e6;
/// Share of the columns that compression keeps, at its default tolerance and the features' usual scales.
constexpr double kept_share = 0.97;
/// An exchange of blocks holds, beside those that go to other ranks, each message on its way out and in
/// twice.
constexpr double exchange_copies = 2;
/// What the columns of a vector that grows hold more than their entries.
constexpr double growth = 1.5;
/// Entries of a factor of the coarse matrix per entry of its own: nested dissection at a few thousand
/// subdomains.
constexpr double coarse_fill = 6;

/// Bytes for an entry of the normal matrix when it is factorised directly: as triples, as PETSc's and as
/// MUMPS's matrix on the rank that has it; and for the analysis, which is rank 0's alone. Measured on cases
/// in two and three dimensions.
constexpr double direct_entry = 50, analysed_entry = 24;
/// A factor and the fronts it is made from, as a multiple of its entries.
constexpr double factor_and_fronts = 2;

class MemoryModel {
 public:
  MemoryModel(const CaseFile& file, const SpaceLayout& space, const PlanCounts& counts, int rank)
      : file_(file),
        space_(space),
        counts_(counts),
        rank_(rank),
        own_(counts.ranks[rank]),
        judged_(judged_part(space.model, space.decomposition, file.options)),
        kind_(kinds(file, space)) {}

  MemoryPlan run() {
    plan_.libraries = libraries_bytes;
    add_points();
    add_output();
    if (judged_ < 1) {
      plan_.points *= judged_;
      return plan_;
    }
    if (file_.options.solver.trains()) add_training();
    if (file_.options.solver.trains() && !trains_by(file_, Method::gauss_newton) &&
        !trains_by(file_, Method::least_squares))
      return plan_;
    add_jacobian();
    const auto kind = preconditioner_kind(file_.options.solver.krylov.preconditioner);
    if (kind.needs_normal_blocks()) add_normal_blocks();
    if (kind.patches) add_patches();
    if (kind.coarse) add_coarse();
    if (kind.direct) add_direct();
    if (trains_by(file_, Method::gauss_newton)) plan_.training += plan_.raw_jacobian;
    return plan_;
  }

 private:
  /// Which subdomains have matrices in common, as far as geometry and some points tell.
  static Congruence kinds(const CaseFile& file, const SpaceLayout& space) {
    const bool looks = file.options.solver.congruence && space.model.affine &&
                       !file.options.solver.trains() && may_be_congruent(space.family) &&
                       has_constant_slopes(space.model);
    return looks ? Congruence(space.model, space.decomposition, space.family, {})
                 : Congruence(space.decomposition);
  }
  /// Of a subdomain of level 0 its kind, of others their own.
  int kind(int k) const { return k < space_.decomposition.cores() ? kind_.of(k) : k; }

  /// Unknowns of a subdomain after compression, as a guess.
  double kept(int k) const {
    return std::min(kept_share * static_cast<double>(counts_.columns), counts_.unknowns(k));
  }
  const std::set<int>& neighbours(int k) const { return counts_.neighbours[k]; }

  void add_points() {
    constexpr double of_a_point = 100, copies_of_values = 5;
    plan_.points = own_.points * of_a_point + own_.values * copies_of_values * number;
  }

  void add_training() {
    const auto plans = plan_training(file_, space_, counts_);
    plan_.training = plans[rank_].memory();
  }

  void add_jacobian() {
    const double columns = counts_.columns, damped = counts_.damped;
    std::set<std::pair<int, double>> known;
    for (const auto& [k, undamped] : own_.block_rows) {
      if (!known.emplace(kind(k), undamped).second) continue;
      const double rows = undamped + (std::ranges::binary_search(own_.subdomains, k) ? damped : 0);
      plan_.raw_jacobian += rows * columns * number;
      plan_.jacobian += rows * kept(k) * number;
      plan_.transforms += columns * kept(k) * number;
      plan_.triangular_factors += std::min(rows, columns) * columns * number;
    }
  }

  void add_normal_blocks() {
    std::set<std::array<int, 3>> parts, blocks;  // kinds of both, and how they stand to each other
    for (const auto& [k, rows] : own_.block_rows)
      for (int l : neighbours(k))
        if (l >= k && own_.block_rows.contains(l) && parts.insert({kind(k), kind(l), l - k}).second)
          plan_.normal_parts += kept(k) * kept(l) * number;
    for (int k : own_.subdomains)
      for (int l : neighbours(k))
        if (l >= k && blocks.insert({kind(k), kind(l), l - k}).second)
          plan_.normal_blocks += kept(k) * kept(l) * number;
  }

  /// A patch has a factor of dense blocks; of what it is made from, only pairs of other ranks are copied.
  void add_patches() {
    std::set<std::pair<int, int>> pairs;
    std::set<std::vector<int>> known;
    for (const auto& patch : own_.patches) {
      std::vector<int> kinds;
      for (int k : patch) kinds.push_back(kind(k));
      if (!known.insert(kinds).second) continue;
      std::vector<std::size_t> size;
      std::vector<std::pair<std::size_t, std::size_t>> coupled;
      for (std::size_t a = 0; a < patch.size(); ++a) {
        const int l = patch[a];
        size.push_back(static_cast<std::size_t>(kept(l)));
        for (std::size_t b = a; b < patch.size(); ++b) {
          if (!neighbours(l).contains(patch[b])) continue;
          if (a != b) coupled.emplace_back(a, b);
          if (!std::ranges::binary_search(own_.subdomains, l)) pairs.insert({l, patch[b]});
        }
      }
      const double entries = BlockElimination(size, coupled).entries();
      plan_.patch_factors += entries * number;
      plan_.largest_patch = std::max(plan_.largest_patch, entries * number);
    }
    for (const auto& [l, m] : pairs) plan_.patch_blocks += kept(l) * kept(m) * number;
  }

  void add_coarse() {
    constexpr double triple = 16, entry = 12;
    const double functions =
        static_cast<double>(space_.family.shape.coarse_polynomials() * space_.model.fields.size());
    const int cores = cores_per_box(space_.decomposition, static_cast<std::size_t>(functions));
    double pairs = 0;
    for (int k : own_.subdomains) pairs += neighbours(k).size();
    if (cores > 1) pairs /= std::pow(cores, space_.decomposition.dimension());
    plan_.coarse = pairs * functions * functions * (triple + entry + coarse_fill * number);
  }

  /// Entries of the normal matrix in the rows of these subdomains.
  template <class Subdomains>
  double normal_entries(const Subdomains& subdomains) const {
    double sum = 0;
    for (int k : subdomains)
      for (int l : neighbours(k)) sum += kept(k) * kept(l);
    return sum;
  }

  void add_direct() {
    std::vector<int> all(space_.decomposition.size());
    std::iota(all.begin(), all.end(), 0);
    const double own = normal_entries(own_.subdomains), total = normal_entries(all);
    GridIndex cells;
    cells.fill(1);
    for (int d = 0; d < space_.decomposition.dimension(); ++d)
      cells[d] = space_.decomposition.axis(0, d).cells();
    plan_.direct_matrix = own * direct_entry + (rank_ == 0 ? total * analysed_entry : 0);
    plan_.direct_factor =
        total * fill_ratio(cells) * factor_and_fronts * number / static_cast<double>(counts_.ranks.size());
  }

  void add_output() {
    if (!file_.options.output.fields && file_.problem.exact.empty()) return;
    double points = own_.volume, columns = 2;  // subdomain and rank
    for (int n : file_.options.output.grid) points *= n;
    for (const auto& exact : space_.model.exact) columns += exact ? 3 : 1;
    for (const auto& group : space_.model.groups)
      if (group.interior) columns += group.statements.size();
    constexpr double buffers = 3;
    plan_.output = points * (1 + columns * growth + buffers) * number;
  }

  const CaseFile& file_;
  const SpaceLayout& space_;
  const PlanCounts& counts_;
  int rank_;
  const RankCounts& own_;
  double judged_;
  Congruence kind_;
  MemoryPlan plan_;
};

}  // namespace

double MemoryPlan::compression_stage() const { return raw_jacobian + triangular_factors + 2 * transforms; }

double MemoryPlan::normal_stage() const { return jacobian + transforms + normal_parts + normal_blocks; }

double MemoryPlan::patch_stage() const {
  const double kept = jacobian + transforms + normal_blocks;
  const double collecting = 2 * exchange_copies * patch_blocks;
  const double factorising = patch_blocks + patch_factors + largest_patch;
  const double correcting = patch_factors + coarse;
  return kept + std::max({collecting, factorising, correcting});
}

double MemoryPlan::direct_stage() const {
  return jacobian + transforms + normal_blocks + direct_matrix + direct_factor;
}

double MemoryPlan::peak() const {
  return libraries + points + training +
         std::max({compression_stage(), normal_stage(), patch_stage(), direct_stage(), local, output});
}

MemoryPlan plan_memory(const CaseFile& file, const SpaceLayout& space, const PlanCounts& counts, int rank) {
  return MemoryModel(file, space, counts, rank).run();
}

}  // namespace ddpinn
