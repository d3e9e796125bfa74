// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/feature_scale.hpp"

#include "assembly/compression.hpp"
#include "assembly/row_weights.hpp"
#include "base/random.hpp"
#include "dense/lapack.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace ddpinn {

namespace {

constexpr std::array ladder{0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0};
constexpr int representatives = 6;

/// The part of a subdomain's box inside the domain's box.
Box clipped(const Box& box, const Box& domain) {
  Box part = box;
  for (int d = 0; d < box.dimension; ++d) {
    part.lower[d] = std::max(box.lower[d], domain.lower[d]);
    part.upper[d] = std::min(box.upper[d], domain.upper[d]);
  }
  return part;
}

/// The rows of one subdomain alone, at points all over its box.
class LocalProblem {
 public:
  /// @param wanted number of points inside the box, about
  LocalProblem(const Model& model, const Decomposition& decomposition, int k, double wanted,
               Sampling sampling, std::uint64_t seed)
      : model_(model), decomposition_(decomposition), k_(k) {
    groups_.reserve(model.groups.size());
    for (const auto& statements : model.groups)
      if (!statements.is_data()) add_group(statements, wanted, sampling, mix(seed));
    for (const auto& group : groups_) bases_.emplace_back(group, model, decomposition);
    linearise();
  }

  const std::vector<double>& residual() const { return residual_; }

  Matrix jacobian(const FeatureNetwork& network) const {
    Matrix result(residual_.size(), network.features() * model_.fields.size());
    std::size_t begin = 0;
    for (std::size_t g = 0; g < groups_.size(); ++g)
      for (const auto& derivative : derivative_[g]) {
        std::vector<std::size_t> row(groups_[g].points.size());
        std::iota(row.begin(), row.end(), begin);
        begin += row.size();
        bases_[g].add_rows(k_, network, derivative, row, result);
      }
    return result;
  }

 private:
  void add_group(const StatementGroup& statements, double wanted, Sampling sampling, std::uint64_t seed) {
    const auto box = clipped(decomposition_[k_].box, model_.region.box());
    const int count = std::max(2, static_cast<int>(std::ceil(std::pow(wanted, 1.0 / box.dimension))));
    PointSet points;
    if (statements.interior)
      points =
          sample_interior(model_.region, box,
                          std::vector<int>(static_cast<std::size_t>(box.dimension), count), sampling, seed);
    for (const auto& face : statements.faces)
      append(points, sample_face(model_.region, box, face, count, sampling, ++seed));
    for (auto shape : statements.shapes)
      append(points, sample_surface(model_.region, shape, box, count, ++seed));
    std::vector<std::vector<double>> none;
    append_single_points(statements, box, model_.region.box(), points, none);
    groups_.push_back(
        point_group(statements, only_where(statements.where, std::move(points)), model_.dimension()));
    auto& group = groups_.back();
    group.core.assign(group.points.size(), k_);
    for (const auto& x : group.points.x) group.cover.push_back({alone(x)});
  }

  /// The subdomain's network without a window.
  Cover alone(const Point& x) const {
    Cover cover{k_, {}, {}};
    const auto& box = decomposition_[k_].box;
    for (auto& factor : cover.window) factor = LineJet{1};
    for (int d = 0; d < box.dimension; ++d) cover.xi[d] = 2 * (x[d] - box.lower[d]) / box.width(d) - 1;
    return cover;
  }

  /// How much of the solution the network is at a point: near the ends of its box it need not be accurate.
  double window(const Point& x) const {
    double sum = 0;
    for (const auto& cover : decomposition_.cover(x))
      if (cover.subdomain == k_) sum += cover.window_jet({});
    return sum;
  }

  void linearise() {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      auto& derivatives = derivative_.emplace_back();
      for (const auto& statement : groups_[g].statements->statements) {
        auto values =
            evaluate(statement, groups_[g], bases_[g].lift(), model_.initial_unknowns(), model_, true);
        auto weight = row_weights(statement, groups_[g], values.derivative, decomposition_, 0);
        for (std::size_t i = 0; i < weight.size(); ++i) weight[i] *= window(groups_[g].points.x[i]);
        for (std::size_t i = 0; i < weight.size(); ++i) residual_.push_back(weight[i] * values.residual[i]);
        for (auto& column : values.derivative)
          for (std::size_t i = 0; i < column.size(); ++i) column[i] *= weight[i];
        derivatives.push_back(std::move(values.derivative));
      }
    }
  }

  const Model& model_;
  const Decomposition& decomposition_;
  int k_;
  std::vector<PointGroup> groups_;
  std::vector<GroupBasis> bases_;
  std::vector<double> residual_;
  std::vector<std::vector<GroupBasis::Linearised>> derivative_;
};

double square_sum(const std::vector<double>& values) {
  return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

/// Fits the network to one set of rows, and returns what is left at another, of points that it has not seen.
double misfit(const LocalProblem& fitted, const LocalProblem& fresh, const FeatureNetwork& network) {
  constexpr double tolerance = 1e-11;
  const auto jacobian = fitted.jacobian(network);
  const auto transform = orthonormalising_transform(qr_factor(jacobian), tolerance, jacobian.columns());
  const auto basis = product(Op::none, jacobian, Op::none, transform);
  std::vector<double> y(transform.columns()), c(transform.rows()), remainder = fitted.residual(),
                                                                   left = fresh.residual();
  // The basis is orthonormal up to rounding over the smallest singular value: projecting once more makes up
  // for that.
  for (int pass = 0; pass < 3; ++pass) {
    multiply(-1, Op::transpose, basis, remainder.data(), 1, y.data());
    remainder = fitted.residual();
    multiply(1, Op::none, basis, y.data(), 1, remainder.data());
  }
  multiply(1, Op::none, transform, y.data(), 0, c.data());
  multiply(1, Op::none, fresh.jacobian(network), c.data(), 1, left.data());
  return square_sum(left);
}

/// The subdomains with the largest right-hand sides on their boxes, on every rank.
std::vector<int> choose_representatives(const Communicator& comm, const Model& model,
                                        const Decomposition& decomposition, const std::vector<int>& owner,
                                        std::uint64_t seed) {
  constexpr double few_points = 64;
  std::vector<double> size(static_cast<std::size_t>(decomposition.cores()), 0.0);
  for (int k = 0; k < decomposition.cores(); ++k)
    if (owner[static_cast<std::size_t>(k)] == comm.rank())
      size[static_cast<std::size_t>(k)] =
          square_sum(LocalProblem(model, decomposition, k, few_points, Sampling::gauss, seed).residual());
  sum(comm, size);
  std::vector<int> order(size.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](int k) { return size[static_cast<std::size_t>(k)]; });
  order.resize(std::min<std::size_t>(order.size(), representatives));
  return order;
}

/// The scale with the smallest misfit; of those that are about as good, the one nearest to what is best in
/// most cases.
double best(const std::vector<ScaleTrial>& trials) {
  constexpr double usual = 0.7, about_as_good = 2;
  const double least = std::ranges::min(trials, {}, &ScaleTrial::misfit).misfit;
  double scale = 0;
  for (const auto& trial : trials)
    if (trial.misfit <= about_as_good * least &&
        (scale == 0 || std::abs(std::log(trial.scale / usual)) < std::abs(std::log(scale / usual))))
      scale = trial.scale;
  return scale;
}

}  // namespace

double choose_scale(const Communicator& comm, const Model& model, const Decomposition& decomposition,
                    const std::vector<int>& owner, const NetworkFamily& family,
                    std::vector<ScaleTrial>& trials) {
  const double columns = static_cast<double>(family.shape.features() * model.fields.size());
  std::vector<double> misfits(ladder.size(), 0.0);
  double floor = 0;
  const auto chosen = choose_representatives(comm, model, decomposition, owner, family.seed);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (static_cast<int>(i) % comm.size() != comm.rank()) continue;
    const LocalProblem fitted(model, decomposition, chosen[i], 3 * columns, Sampling::gauss, family.seed);
    const LocalProblem fresh(model, decomposition, chosen[i], 2 * columns, Sampling::random, family.seed + 1);
    floor += 1e-20 * square_sum(fresh.residual());
    for (std::size_t s = 0; s < ladder.size(); ++s)
      misfits[s] += misfit(fitted, fresh,
                           {family.shape, ladder[s], family.seed, static_cast<std::uint64_t>(chosen[i])});
  }
  sum(comm, misfits);
  floor = sum(comm, floor);
  for (std::size_t s = 0; s < ladder.size(); ++s) trials.push_back({ladder[s], misfits[s] + floor});
  return best(trials);
}

}  // namespace ddpinn
