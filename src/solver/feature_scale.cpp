// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/feature_scale.hpp"

#include "assembly/compression.hpp"
#include "assembly/local_problem.hpp"
#include "dense/lapack.hpp"
#include "parallel/agree.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace ddpinn {

namespace {

constexpr std::array ladder{0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0};
constexpr int representatives = 6;

/// A local problem at points all over its box, linearised where the network is zero. Near the ends of its box
/// the network need not be accurate, so rows are weighted by its window.
class WindowedProblem {
 public:
  /// @param wanted number of points inside the box, about
  WindowedProblem(const Model& model, const Decomposition& decomposition, int k, double wanted,
                  Sampling sampling, std::uint64_t seed)
      : k_(k), problem_(model, decomposition, {k}, density(model.dimension(), wanted, sampling, seed)) {
    problem_.set_weights(problem_.lift());
    problem_.taper_weights();
    linear_ = problem_.linearise(problem_.lift());
  }

  const std::vector<double>& residual() const { return linear_.residual; }
  Matrix jacobian(const FeatureNetwork& network) const { return problem_.jacobian(k_, network, linear_); }

 private:
  static LocalPoints density(int dimension, double wanted, Sampling sampling, std::uint64_t seed) {
    const int count = std::max(2, static_cast<int>(std::ceil(std::pow(wanted, 1.0 / dimension))));
    return {std::vector<int>(static_cast<std::size_t>(dimension), count), count, sampling, seed};
  }

  int k_;
  LocalProblem problem_;
  Linearisation linear_;
};

double square_sum(const std::vector<double>& values) {
  return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

/// Fits the network to one set of rows, and returns what is left at another, of points that it has not seen.
double misfit(const WindowedProblem& fitted, const WindowedProblem& fresh, const FeatureNetwork& network) {
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
  std::vector<double> size(static_cast<std::size_t>(decomposition.size()), 0.0);
  std::vector<int> order;
  for (int k = 0; k < decomposition.size(); ++k)
    if (decomposition[k].live && decomposition[k].level == 0) order.push_back(k);
  collectively(comm, [&] {
    for (int k : order)
      if (owner[static_cast<std::size_t>(k)] == comm.rank())
        size[static_cast<std::size_t>(k)] = square_sum(
            WindowedProblem(model, decomposition, k, few_points, Sampling::gauss, seed).residual());
  });
  sum(comm, size);
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
  collectively(comm, [&] {
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (static_cast<int>(i) % comm.size() != comm.rank()) continue;
      const WindowedProblem fitted(model, decomposition, chosen[i], 3 * columns, Sampling::gauss,
                                   family.seed);
      const WindowedProblem fresh(model, decomposition, chosen[i], 2 * columns, Sampling::random,
                                  family.seed + 1);
      floor += 1e-20 * square_sum(fresh.residual());
      for (std::size_t s = 0; s < ladder.size(); ++s)
        misfits[s] += misfit(fitted, fresh,
                             {family.shape, ladder[s], family.seed, static_cast<std::uint64_t>(chosen[i])});
    }
  });
  sum(comm, misfits);
  floor = sum(comm, floor);
  for (std::size_t s = 0; s < ladder.size(); ++s) trials.push_back({ladder[s], misfits[s] + floor});
  return best(trials);
}

}  // namespace ddpinn
