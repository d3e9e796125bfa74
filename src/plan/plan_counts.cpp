// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "plan/plan_counts.hpp"

#include "assembly/point_groups.hpp"
#include "assembly/training/network_parameters.hpp"
#include "decomposition/patch_ranks.hpp"
#include "plan/plan_training.hpp"
#include "solver/linear/preconditioner_kind.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ddpinn {

namespace {

/// Points that are held in memory at once.
constexpr double batch_points = 5e4;

/// Volume of the part of a core that a box covers, as a fraction of the core's; a periodic box reaches
/// around.
double covered_fraction(const Box& core, const Box& box, const Region& region) {
  double fraction = 1;
  for (int d = 0; d < core.dimension; ++d) {
    const double length = region.box().width(d);
    double covered = 0;
    for (double shift : {-length, 0.0, length}) {
      if (shift != 0 && !region.periodic(d)) continue;
      covered += std::max(
          0.0, std::min(core.upper[d], box.upper[d] + shift) - std::max(core.lower[d], box.lower[d] + shift));
    }
    fraction *= std::min(1.0, covered / core.width(d));
  }
  return fraction;
}

class Counter {
 public:
  Counter(const CaseFile& file, const SpaceLayout& space, int ranks, double limit)
      : file_(file), space_(space) {
    const std::size_t size = space.decomposition.size();
    counts_.columns = space.family.shape.features() * space.model.fields.size();
    if (trains_by(file, Method::gauss_newton)) {
      const NetworkParameters network(space.family.shape, space.model.fields.size());
      counts_.columns = network.size();
      counts_.damped =
          file.options.solver.gauss_newton.variable_projection ? network.hidden() : network.size();
    }
    counts_.ranks.resize(ranks);
    counts_.neighbours.resize(size);
    counts_.subdomain_rows.resize(size, 0.0);
    for (const auto& group : space.model.groups)
      for (const auto& statement : group.statements) counts_.statements.push_back({statement.name, 0});
    double expected = 1;
    for (int n : file.options.points.interior) expected *= n;
    const int cores = space.decomposition.cores();
    stride_ = std::max(1, static_cast<int>(std::ceil(expected * cores / limit)));
    if (stride_ < cores)
      while (std::gcd(stride_, cores) != 1) ++stride_;  // else it would follow the grid of cores
    cores_a_batch_ = std::max(1, static_cast<int>(batch_points / expected));
    counts_.exact = stride_ == 1;
  }

  PlanCounts run() {
    assign_subdomains();
    share_out_patches();
    draw();
    if (!counts_.exact) estimate();
    for (const auto& rank : counts_.ranks)
      for (const auto& [k, rows] : rank.block_rows) counts_.subdomain_rows[k] += rows;
    for (int k = 0; k < space_.decomposition.cores(); ++k)
      if (space_.decomposition.sheets(k).empty()) ++counts_.boxes_without_network;
    return counts_;
  }

 private:
  RankCounts& rank_of(int k) { return counts_.ranks[space_.owner[k]]; }

  void assign_subdomains() {
    const auto& decomposition = space_.decomposition;
    const auto& box = space_.model.region.box();
    for (int k = 0; k < decomposition.size(); ++k) {
      auto& rank = rank_of(k);
      if (decomposition[k].live) rank.subdomains.push_back(k);
      if (k >= decomposition.cores()) continue;
      double fraction = 1;
      for (int d = 0; d < box.dimension; ++d) fraction *= decomposition[k].core.width(d) / box.width(d);
      rank.volume += fraction;
    }
  }

  /// As the solver does, but for the unknowns of subdomains, which are not known yet: all alike.
  void share_out_patches() {
    const auto kind = preconditioner_kind(file_.options.solver.krylov.preconditioner);
    if (!kind.patches) return;
    const auto all = patches(space_.decomposition, *kind.patches);
    const std::vector<double> alike(space_.decomposition.size(), 1.0);
    const auto rank = patch_ranks(all, space_.owner, alike);
    for (std::size_t i = 0; i < all.size(); ++i) counts_.ranks[rank[i]].patches.push_back(all[i].subdomains);
  }

  /// Draws the points of every stride-th core, some cores at a time: draw_rows takes a batch for a rank.
  void draw() {
    const auto& decomposition = space_.decomposition;
    std::vector<int> batch(decomposition.size(), -1);
    for (int k = 0; k < decomposition.cores(); k += stride_) batch[k] = drawn_++ / cores_a_batch_;
    for (int b = 0; b * cores_a_batch_ < drawn_; ++b)
      add(draw_rows(space_.model, decomposition, batch, b, file_.options.points, space_.family.seed));
  }

  void add(const LocalRows& rows) {
    std::size_t statement = 0;
    for (const auto& group : rows.groups) {
      const auto statements = group.statements->statements.size();
      for (std::size_t s = 0; s < statements; ++s)
        counts_.statements[statement++].points += static_cast<double>(group.points.size());
      group.rows.for_each([&](std::size_t i, const auto& place) {
        auto& rank = rank_of(group.core[i]);
        rank.points += 1;
        rank.rows += statements;
        rank.covers += static_cast<double>(group.cover.count(i));
        rank.values += group.derivatives.size();
        for (int k : rows.chunks[place.chunk].subdomains) rank.block_rows[k] += statements;
      });
    }
    for (const auto& chunk : rows.chunks) relate(chunk.subdomains);
  }

  void relate(const std::vector<int>& subdomains) {
    for (int k : subdomains) counts_.neighbours[k].insert(subdomains.begin(), subdomains.end());
  }

  /// Adds the cores that were not drawn, with the mean counts of those that were.
  void estimate() {
    RankCounts mean;
    for (const auto& rank : counts_.ranks) {
      mean.points += rank.points / drawn_;
      mean.rows += rank.rows / drawn_;
      mean.covers += rank.covers / drawn_;
      mean.values += rank.values / drawn_;
    }
    for (auto& statement : counts_.statements)
      statement.points *= 1.0 * space_.decomposition.cores() / drawn_;
    for (int k = 0; k < space_.decomposition.cores(); ++k) {
      if (k % stride_ == 0 || space_.decomposition.sheets(k).empty()) continue;
      auto& rank = rank_of(k);
      rank.points += mean.points;
      rank.rows += mean.rows;
      rank.covers += mean.covers;
      rank.values += mean.values;
      for (int sheet : space_.decomposition.sheets(k)) cover_core(sheet, mean.rows, rank);
    }
  }

  /// The subdomains over a core are those over its corners, since overlaps are at most half a core wide.
  void cover_core(int k, double rows, RankCounts& rank) {
    const auto& core = space_.decomposition[k].core;
    std::set<int> all;
    for (int corner = 0; corner < 1 << core.dimension; ++corner) {
      Point x{};
      for (int d = 0; d < core.dimension; ++d)
        x[d] = corner >> d & 1 ? core.upper[d] - 1e-9 * core.width(d) : core.lower[d] + 1e-9 * core.width(d);
      std::vector<int> here;
      for (const auto& cover : space_.decomposition.cover(x, space_.decomposition[k].sides))
        here.push_back(cover.subdomain);
      relate(here);
      all.insert(here.begin(), here.end());
    }
    for (int l : all)
      rank.block_rows[l] += rows * covered_fraction(core, space_.decomposition[l].box, space_.model.region);
  }

  const CaseFile& file_;
  const SpaceLayout& space_;
  int stride_ = 1;  ///< every stride-th core is drawn
  int cores_a_batch_ = 1;
  int drawn_ = 0;  ///< cores
  PlanCounts counts_;
};

}  // namespace

double PlanCounts::unknowns(int k) const {
  return static_cast<double>(damped) + std::min(static_cast<double>(columns - damped), subdomain_rows[k]);
}

double PlanCounts::unknowns(const RankCounts& rank) const {
  double sum = 0;
  for (int k : rank.subdomains) sum += unknowns(k);
  return sum;
}

PlanCounts count(const CaseFile& file, const SpaceLayout& space, int ranks, double limit) {
  return Counter(file, space, ranks, limit).run();
}

}  // namespace ddpinn
