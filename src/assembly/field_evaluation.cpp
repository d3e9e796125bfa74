// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/field_evaluation.hpp"

#include "parallel/agree.hpp"
#include "space/block_exchange.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

namespace {

/// Gives the coefficients of networks that cover rows of other ranks only to the networks' owners, whom the
/// others ask.
void complete_owners(const Communicator& comm, const std::vector<int>& owner,
                     std::map<int, Matrix>& coefficients) {
  std::vector<double> unknown(owner.size(), 0.0);
  for (std::size_t k = 0; k < owner.size(); ++k)
    if (owner[k] == comm.rank() && !coefficients.contains(k)) unknown[k] = 1;
  sum(comm, unknown);
  std::vector<TaggedBlock> outgoing;
  for (const auto& [k, block] : coefficients)
    if (unknown[k] > 0) outgoing.push_back({owner[k], k, 0, block});
  for (auto& incoming : exchange_blocks(comm, outgoing))
    coefficients[incoming.first] = std::move(incoming.block);
}

}  // namespace

std::vector<int> owned_cores(const Communicator& comm, const Discretisation& discretisation) {
  std::vector<int> cores;
  for (int k = 0; k < discretisation.decomposition().cores(); ++k)
    if (discretisation.owner()[k] == comm.rank()) cores.push_back(k);
  return cores;
}

std::vector<int> covering_subdomains(const Decomposition& decomposition, const std::vector<int>& owner,
                                     int rank) {
  std::set<int> all;
  for (int k = 0; k < decomposition.cores(); ++k)
    if (owner[k] == rank)
      for (int l : decomposition.over(k)) all.insert(l);
  return {all.begin(), all.end()};
}

std::map<int, Matrix> covering_coefficients(const Communicator& comm, const Discretisation& discretisation,
                                            const std::vector<Matrix>& by_block) {
  const auto& decomposition = discretisation.decomposition();
  const auto& owner = discretisation.owner();
  std::map<int, Matrix> coefficients;
  for (std::size_t b = 0; b < by_block.size(); ++b)
    coefficients[discretisation.blocks()[b].subdomain] = by_block[b];
  complete_owners(comm, owner, coefficients);
  std::vector<TaggedBlock> requests;
  for (int k = 0; k < decomposition.cores(); ++k) {
    if (owner[k] != comm.rank()) continue;
    for (int l : decomposition.over(k))
      if (coefficients.try_emplace(l).second) requests.push_back({owner[l], l, 0, {}});
  }
  std::vector<TaggedBlock> replies;
  const Matrix zero(discretisation.family().shape.features(), discretisation.model().fields.size());
  for (const auto& request : exchange_blocks(comm, std::move(requests))) {
    const auto found = coefficients.find(request.first);
    const bool known = found != coefficients.end() && !found->second.empty();
    replies.push_back({request.rank, request.first, 0, known ? found->second : zero});
  }
  for (auto& reply : exchange_blocks(comm, std::move(replies)))
    coefficients[reply.first] = std::move(reply.block);
  return coefficients;
}

PointGroup evaluation_points(const Model& model, const Decomposition& decomposition, PointSet points,
                             std::vector<Derivative> derivatives) {
  PointGroup group;
  std::vector<MultiIndex> wanted;
  for (const auto& derivative : derivatives) wanted.push_back(derivative.alpha);
  group.derivatives = std::move(derivatives);
  group.space = JetSpace(model.dimension(), wanted);
  for (const auto& x : points.x) group.core.push_back(decomposition.core_at(x));
  group.points = std::move(points);
  if (std::ranges::any_of(group.derivatives, [](const auto& d) { return d.side != Side::here; }))
    cover_both_sides(group, model.region, decomposition);
  else
    group.cover = decomposition.cover(group.points.x);
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

namespace {

/// The points of one message: a column for each.
PointSet points_of(const Matrix& block) {
  PointSet points;
  for (std::size_t i = 0; i < block.columns(); ++i) {
    Point x{};
    std::copy_n(block.column(i), block.rows(), x.begin());
    points.x.push_back(x);
  }
  return points;
}

}  // namespace

FieldValues evaluate_anywhere(const Communicator& comm, const Discretisation& discretisation,
                              const std::map<int, Matrix>& coefficients, const std::vector<Point>& points,
                              const std::vector<Derivative>& derivatives) {
  std::map<int, std::vector<std::size_t>> by_rank;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::size_t core = discretisation.decomposition().core_at(points[i]);
    by_rank[discretisation.owner()[core]].push_back(i);
  }
  std::vector<TaggedBlock> requests, replies;
  for (const auto& [rank, members] : by_rank) {
    auto& block = requests.emplace_back(TaggedBlock{rank, 0, 0, Matrix(max_dimension, members.size())}).block;
    for (std::size_t i = 0; i < members.size(); ++i) std::ranges::copy(points[members[i]], block.column(i));
  }
  const auto asked = exchange_blocks(comm, requests);
  collectively(comm, [&] {
    for (const auto& request : asked) {
      const auto group = evaluation_points(discretisation.model(), discretisation.decomposition(),
                                           points_of(request.block), derivatives);
      const auto values = evaluate_fields(group, discretisation, coefficients);
      Matrix block(request.block.columns(), derivatives.size());
      for (std::size_t a = 0; a < values.size(); ++a) std::ranges::copy(values[a], block.column(a));
      replies.push_back({request.rank, 0, 0, std::move(block)});
    }
  });
  FieldValues result(derivatives.size(), std::vector<double>(points.size()));
  for (const auto& reply : exchange_blocks(comm, replies)) {
    const auto& members = by_rank.at(reply.rank);
    for (std::size_t a = 0; a < result.size(); ++a)
      for (std::size_t i = 0; i < members.size(); ++i) result[a][members[i]] = reply.block(i, a);
  }
  return result;
}

}  // namespace ddpinn
