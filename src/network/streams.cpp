// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/streams.hpp"

#include <algorithm>

namespace ddpinn {

/// Chain rule: alpha_d y_alpha = sum of beta_d z_beta g_(alpha - beta), along the direction d in which alpha
/// is largest (Griewank, Walther, Evaluating Derivatives, SIAM 2008, section 13.2).
Streams Streams::jet(const JetSpace& space) {
  Streams streams;
  streams.dimension_ = space.dimension();
  streams.order_ = space.order();
  streams.indices_ = space.indices();
  streams.products_.resize(space.size());
  streams.chains_.resize(space.size());
  for (std::size_t i = 0; i < space.size(); ++i) {
    const auto& alpha = space[i];
    const std::size_t d = std::ranges::max_element(alpha) - alpha.begin();
    if (ddpinn::order(alpha) == 1) streams.first_[d] = i;
    for (const auto& [left, right] : space.factors(i)) {
      streams.products_[i].push_back({{left, right, 1}});
      const double part = space[left][d];
      if (part > 0) streams.chains_[i].push_back({{left, right, part / alpha[d]}});
    }
  }
  return streams;
}

/// L(f g) = f L g + g L f + 2 sum c_k f_k g_k, and L y = sum c_k d_k (g z_k) = g L z + sum c_k g_k z_k.
Streams Streams::laplacian(int dimension) {
  Streams streams;
  streams.dimension_ = dimension;
  streams.order_ = 2;
  streams.laplacian_ = true;
  const auto last = static_cast<std::size_t>(dimension) + 1;
  streams.products_.resize(last + 1);
  streams.chains_.resize(last + 1);
  streams.indices_.resize(2 * last - 1);
  streams.products_[0].push_back({{0, 0, 1}});
  streams.products_[last] = {{{0, last, 1}}, {{last, 0, 1}}};
  streams.chains_[last] = {{{last, 0, 1}}};
  for (int k = 0; k < dimension; ++k) {
    const auto i = static_cast<std::size_t>(k) + 1;
    streams.first_[i - 1] = i;
    streams.indices_[i][i - 1] = 1;
    streams.indices_[last + i - 1][i - 1] = 2;
    streams.products_[i] = {{{0, i, 1}}, {{i, 0, 1}}};
    streams.chains_[i] = {{{i, 0, 1}}};
    streams.products_[last].push_back({{i, i, 2}, k});
    streams.chains_[last].push_back({{i, i, 1}, k});
  }
  return streams;
}

std::vector<std::pair<std::size_t, double>> Streams::parts(std::size_t i, const Directional& c) const {
  if (!laplacian_ || i + 1 < size()) return {{i, 1.0}};
  std::vector<std::pair<std::size_t, double>> result;
  for (int k = 0; k < dimension_; ++k) result.emplace_back(i + k, 2 * c[k]);
  return result;
}

std::vector<Streams::Term> Streams::resolve(const Rules& rules, const Directional& c) {
  std::vector<Term> terms;
  terms.reserve(rules.size());
  for (const auto& [term, direction] : rules) {
    terms.push_back(term);
    if (direction >= 0) terms.back().factor *= c[direction];
  }
  return terms;
}

}  // namespace ddpinn
