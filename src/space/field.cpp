// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "space/field.hpp"

#include "parallel/agree.hpp"
#include "space/block_exchange.hpp"
#include "space/neighbours.hpp"

#include <algorithm>

namespace ddpinn {

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

Field::Field(Space space) : space_(std::move(space)), unknowns_(space_.model().initial_unknowns()) {
  for (int k : space_.owned()) coefficients_.emplace(k, zero());
  for (int k : space_.covering()) coefficients_.emplace(k, zero());
}

Field::Field(Space space, std::span<const int> subdomains)
    : space_(std::move(space)), unknowns_(space_.model().initial_unknowns()) {
  for (int k : subdomains) coefficients_.emplace(k, zero());
}

Matrix Field::zero() const { return {space_.family().shape.features(), space_.model().fields.size()}; }

void Field::add(double length, const Field& step) {
  for (auto& [k, to] : coefficients_) {
    const auto from = step[k].entries();
    for (std::size_t i = 0; i < from.size(); ++i) to.entries()[i] += length * from[i];
  }
}

/// Gives the coefficients of networks that cover rows of other ranks only to the networks' owners, whom the
/// others ask.
void Field::inform_owners() {
  const auto& owner = space_.owner();
  std::vector<double> missing(owner.size(), 0.0);
  for (int k : space_.owned())
    if (!knows(k)) missing[k] = 1;
  sum(space_.communicator(), missing);
  std::vector<TaggedBlock> outgoing;
  for (const auto& [k, block] : coefficients_)
    if (missing[k] > 0) outgoing.push_back({owner[k], k, 0, block});
  for (auto& incoming : exchange_blocks(space_.communicator(), std::move(outgoing)))
    coefficients_[incoming.first] = std::move(incoming.block);
}

void Field::complete() {
  inform_owners();
  for (int k : space_.owned())
    if (!knows(k)) coefficients_.emplace(k, zero());
  std::set<int> ghosts;
  for (int k : space_.covering())
    if (!knows(k)) ghosts.insert(k);
  gather_coefficients(space_.communicator(), space_.owner(), ghosts, coefficients_);
}

PointGroup Field::points(PointSet points, std::vector<Derivative> derivatives) const {
  const auto& decomposition = space_.decomposition();
  auto group = point_group(std::move(points), std::move(derivatives), decomposition.dimension());
  for (const auto& x : group.points.x) group.core.push_back(decomposition.core_at(x));
  if (std::ranges::any_of(group.derivatives, [](const auto& d) { return d.side != Side::here; }))
    cover_both_sides(group, space_.model().region, decomposition);
  else
    group.cover = PointCovers(decomposition, group.points.x);
  return group;
}

FieldValues Field::at(const PointGroup& group) const {
  const GroupBasis basis(group, space_.model(), space_.decomposition());
  auto values = basis.lift();
  for (int k : basis.subdomains()) basis.add_field(k, space_.family().network(k), (*this)[k], values);
  return values;
}

FieldValues Field::anywhere(const std::vector<Point>& points,
                            const std::vector<Derivative>& derivatives) const {
  const auto& comm = space_.communicator();
  std::map<int, std::vector<std::size_t>> by_rank;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const int core = space_.decomposition().core_at(points[i]);
    by_rank[space_.owner()[core]].push_back(i);
  }
  std::vector<TaggedBlock> requests, replies;
  for (const auto& [rank, members] : by_rank) {
    auto& block = requests.emplace_back(TaggedBlock{rank, 0, 0, Matrix(max_dimension, members.size())}).block;
    for (std::size_t i = 0; i < members.size(); ++i) std::ranges::copy(points[members[i]], block.column(i));
  }
  const auto asked = exchange_blocks(comm, requests);
  collectively(comm, [&] {
    for (const auto& request : asked) {
      const auto values = at(this->points(points_of(request.block), derivatives));
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
