// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/field_evaluation.hpp"

#include "assembly/block_exchange.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

namespace {

/// All subdomains that cover some point of a core: those at the points of a fine enough grid over it, since a
/// box covers at least the corners, or the middle, of every core that it reaches into.
std::set<int> subdomains_over(const Decomposition& decomposition, const Box& core) {
  std::set<int> result;
  int total = 1;
  for (int d = 0; d < core.dimension; ++d) total *= 3;
  for (int i = 0; i < total; ++i) {
    Point x{};
    for (int d = 0, rest = i; d < core.dimension; ++d, rest /= 3)
      x[d] = core.lower[d] + core.width(d) * (rest % 3 == 0 ? 1e-9 : rest % 3 == 1 ? 0.5 : 1 - 1e-9);
    for (const auto& cover : decomposition.cover(x)) result.insert(cover.subdomain);
  }
  return result;
}

}  // namespace

std::vector<int> covering_subdomains(const Decomposition& decomposition, const std::vector<int>& owner,
                                     int rank) {
  std::set<int> all;
  for (int k = 0; k < decomposition.cores(); ++k)
    if (owner[static_cast<std::size_t>(k)] == rank)
      all.merge(subdomains_over(decomposition, decomposition[k].core));
  return {all.begin(), all.end()};
}

std::map<int, Matrix> covering_coefficients(const Communicator& comm, const Discretisation& discretisation,
                                            const std::vector<Matrix>& by_block) {
  const auto& decomposition = discretisation.decomposition();
  const auto& owner = discretisation.owner();
  std::map<int, Matrix> coefficients;
  for (std::size_t b = 0; b < by_block.size(); ++b)
    coefficients[discretisation.blocks()[b].subdomain] = by_block[b];
  std::vector<TaggedBlock> requests;
  for (int k = 0; k < decomposition.cores(); ++k) {
    if (owner[static_cast<std::size_t>(k)] != comm.rank()) continue;
    for (int l : subdomains_over(decomposition, decomposition[k].core))
      if (coefficients.try_emplace(l).second)
        requests.push_back({owner[static_cast<std::size_t>(l)], l, 0, {}});
  }
  std::vector<TaggedBlock> replies;
  const Matrix zero(discretisation.family().shape.features(), discretisation.model().fields.size());
  for (const auto& request : exchange_blocks(comm, requests)) {
    const auto found = coefficients.find(request.first);
    const bool known = found != coefficients.end() && !found->second.empty();
    replies.push_back({request.rank, request.first, 0, known ? found->second : zero});
  }
  for (auto& reply : exchange_blocks(comm, replies)) coefficients[reply.first] = std::move(reply.block);
  return coefficients;
}

PointGroup evaluation_points(const Model& model, const Decomposition& decomposition, PointSet points,
                             std::vector<Derivative> derivatives) {
  PointGroup group;
  std::vector<MultiIndex> wanted;
  for (const auto& derivative : derivatives) wanted.push_back(derivative.alpha);
  group.derivatives = std::move(derivatives);
  group.space = JetSpace(model.dimension(), wanted);
  for (const auto& x : points.x) {
    group.core.push_back(decomposition.core_at(x));
    group.cover.push_back(decomposition.cover(x));
  }
  group.points = std::move(points);
  return group;
}

FieldValues evaluate_fields(const PointGroup& group, const Discretisation& discretisation,
                            const std::map<int, Matrix>& coefficients) {
  const GroupBasis basis(group, discretisation.model(), discretisation.decomposition());
  auto values = basis.lift();
  for (int k : basis.subdomains())
    basis.add_field(k, discretisation.family().network(k), coefficients.at(k), values);
  return values;
}

}  // namespace ddpinn
