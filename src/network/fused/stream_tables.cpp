// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/fused/stream_tables.hpp"

#include <algorithm>
#include <set>

namespace ddpinn::fused {

namespace {

/// Terms of e^k = e^(k-1) e for stream i, where e^(k-1) has the streams in `reached` only. Both are e for k =
/// 2, so that a term and its mirror image are one.
template <class Real>
std::vector<Term<Real>> power_terms(const Streams& streams, std::size_t i, int k,
                                    const std::set<std::size_t>& reached) {
  std::vector<Term<Real>> result;
  for (const auto& [left, right, factor] : streams.product(i, {})) {
    if (right == 0 || !reached.contains(left) || (k == 2 && left > right)) continue;
    const double mirrored = k == 2 && left < right ? 2 * factor : factor;
    result.push_back(
        {static_cast<int>(i), static_cast<int>(left), static_cast<int>(right), static_cast<Real>(mirrored)});
  }
  return result;
}

}  // namespace

template <class Real>
StreamTables<Real>::StreamTables(const Streams& streams)
    : order_(streams.order()), laplacian_(streams.is_laplacian() ? streams.dimension() : 0) {
  std::set<std::size_t> reached;
  for (std::size_t i = 1; i < streams.size(); ++i) reached.insert(i);
  for (int k = 2; k <= order_; ++k) {
    std::set<std::size_t> next;
    for (std::size_t i = 1; i < streams.size(); ++i) {
      const auto found = power_terms<Real>(streams, i, k, reached);
      if (!found.empty()) next.insert(i);
      auto& list = powers_[static_cast<std::size_t>(k)];
      list.insert(list.end(), found.begin(), found.end());
    }
    reached = next;
  }
  for (std::size_t i = 0; i < streams.size(); ++i)
    for (const auto& [left, right, factor] : streams.product(i, {}))
      pull_.push_back(
          {static_cast<int>(left), static_cast<int>(i), static_cast<int>(right), static_cast<Real>(factor)});
}

template <class Real>
StreamFunction<Real> StreamTables<Real>::function(Activation activation, const Directional& c) const {
  StreamFunction<Real> result;
  result.activation = activation;
  result.order = order_;
  result.laplacian = laplacian_;
  std::ranges::transform(c, result.coefficients, [](double x) { return static_cast<Real>(x); });
  for (std::size_t k = 0; k < powers_.size(); ++k) result.powers[k] = terms(powers_[k]);
  result.pull = terms(pull_);
  return result;
}

template class StreamTables<float>;
template class StreamTables<double>;

}  // namespace ddpinn::fused
