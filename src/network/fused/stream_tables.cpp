// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/fused/stream_tables.hpp"

#include <algorithm>
#include <set>

namespace ddpinn::fused {

namespace {

/// The numbers of streams are small.
template <class Real>
Term<Real> term(int target, int left, int right, Real factor) {
  return {target, left, right, factor};
}

/// Terms of e^k = e^(k-1) e for stream i, where e^(k-1) has the streams in `reached` only. Both are e for k =
/// 2, so that a term and its mirror image are one.
template <class Real>
std::vector<Term<Real>> power_terms(const Streams& streams, std::size_t i, int k,
                                    const std::set<std::size_t>& reached) {
  std::vector<Term<Real>> result;
  for (const auto& [left, right, factor] : streams.product(i, {})) {
    if (right == 0 || !reached.contains(left) || (k == 2 && left > right)) continue;
    const double mirrored = k == 2 && left < right ? 2 * factor : factor;
    result.push_back(term<Real>(i, left, right, mirrored));
  }
  return result;
}

}  // namespace

template <class Real>
StreamTables<Real>::StreamTables(const Streams& streams)
    : order_(streams.order()), laplacian_(streams.is_laplacian()) {
  const int derivatives = streams.size() - 1;
  if (laplacian_) directions_ = derivatives - 1;
  if (order_ <= 1) directions_ = derivatives;
  std::set<std::size_t> reached;
  for (std::size_t i = 1; i < streams.size(); ++i) reached.insert(i);
  for (int k = 2; k <= order_; ++k) {
    std::set<std::size_t> next;
    for (std::size_t i = 1; i < streams.size(); ++i) {
      const auto found = power_terms<Real>(streams, i, k, reached);
      if (!found.empty()) next.insert(i);
      auto& list = powers_[k];
      list.insert(list.end(), found.begin(), found.end());
    }
    reached = next;
  }
  for (std::size_t i = 0; i < streams.size(); ++i)
    for (const auto& [left, right, factor] : streams.product(i, {}))
      pull_.push_back(term<Real>(left, i, right, factor));
  std::ranges::stable_sort(pull_, {}, &Term<Real>::target);
  find_steps(streams);
}

/// Stream alpha comes from alpha - e_d by w_d |alpha| / alpha_d. The chain rule's term with the first
/// derivative in d, the direction where alpha is largest, has the factor 1 / alpha_d.
template <class Real>
void StreamTables<Real>::find_steps(const Streams& streams) {
  std::vector<int> orders{0};
  for (std::size_t i = 1; i < streams.size() - (laplacian_ ? 1 : 0); ++i)
    for (const auto& [left, right, factor] : streams.chain(i, {}))
      for (int d = 0; d < streams.dimension(); ++d)
        if (left == streams.first(d)) {
          orders.push_back(orders[right] + 1);
          const Real number = orders.back() * factor;
          steps_.push_back({right, d, number});
        }
  if (laplacian_) orders.push_back(2);
  for (int k = 0; k < std::ssize(ends_); ++k)
    ends_[k] = std::ranges::count_if(orders, [&](int order) { return order <= k; });
}

/// The Laplacian is 2 f_2 sum c_d w_d^2.
template <class Real>
void StreamTables<Real>::line_factors(const Weights<Real>& w, const StreamFunction<Real>& function,
                                      Real* factors) const {
  const Real* weight = w.weight;
  for (int j = 0; j < w.outputs; ++j, weight += w.inputs) {
    const Real* unit = factors;
    *factors++ = 1;
    for (const auto& [parent, direction, number] : steps_)
      *factors++ = unit[parent] * weight[direction] * number;
    if (!laplacian_) continue;
    Real sum = 0;
    for (int d = 0; d < w.inputs; ++d) sum += function.coefficients[d] * weight[d] * weight[d];
    *factors++ = 2 * sum;
  }
}

template <class Real>
StreamFunction<Real> StreamTables<Real>::function(Activation activation, const Directional& c) const {
  StreamFunction<Real> result;
  result.activation = activation;
  result.order = order_;
  result.directions = directions_;
  result.laplacian = laplacian_;
  std::ranges::copy(c, result.coefficients);
  for (std::size_t k = 0; k < powers_.size(); ++k) result.powers[k] = terms(powers_[k]);
  result.pull = terms(pull_);
  std::ranges::copy(ends_, result.ends);
  return result;
}

template class StreamTables<float>;
template class StreamTables<double>;

}  // namespace ddpinn::fused
