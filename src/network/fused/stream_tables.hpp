// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/fused/operations.hpp"
#include "network/streams.hpp"

#include <array>
#include <vector>

namespace ddpinn::fused {

/// The product rule of streams as the lists of terms that StreamFunction points to.
template <class Real>
class StreamTables {
 public:
  explicit StreamTables(const Streams& streams);

  /// @param c coefficients of the Laplacian
  StreamFunction<Real> function(Activation activation, const Directional& c) const;

 private:
  using List = std::vector<Term<Real>>;
  static Terms<Real> terms(const List& list) { return {list.data(), list.data() + list.size()}; }

  int order_;
  int laplacian_;
  std::array<List, 5> powers_;
  List pull_;
};

}  // namespace ddpinn::fused
