// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/matrix.hpp"

#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace ddpinn {

/// A matrix that stands in several places, stored once.
using SharedMatrix = std::shared_ptr<const Matrix>;

inline SharedMatrix shared(Matrix matrix) { return std::make_shared<const Matrix>(std::move(matrix)); }

/// Matrices by place, of which many may be one and the same.
class SharedMatrices {
 public:
  SharedMatrices() = default;
  /// Each for itself.
  SharedMatrices(std::vector<Matrix> all) {
    for (auto& matrix : all) push_back(shared(std::move(matrix)));
  }

  void push_back(SharedMatrix matrix) { all_.push_back(std::move(matrix)); }
  std::size_t size() const { return all_.size(); }
  bool empty() const { return all_.empty(); }
  const Matrix& operator[](std::size_t i) const { return *all_[i]; }
  const SharedMatrix& at(std::size_t i) const { return all_[i]; }

  /// The places of each matrix, ascending, in the order of the first ones.
  std::vector<std::vector<std::size_t>> classes() const {
    std::map<const Matrix*, std::size_t> known;
    std::vector<std::vector<std::size_t>> result;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const auto [place, is_new] = known.try_emplace(all_[i].get(), result.size());
      if (is_new) result.emplace_back();
      result[place->second].push_back(i);
    }
    return result;
  }

 private:
  std::vector<SharedMatrix> all_;
};

}  // namespace ddpinn
