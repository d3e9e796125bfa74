// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/matrix.hpp"

#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace ddpinn {

/// A matrix that may stand in several places, stored once.
using SharedMatrix = std::shared_ptr<const Matrix>;

inline SharedMatrix shared(Matrix matrix) { return std::make_shared<const Matrix>(std::move(matrix)); }

/// Matrices by place, of which many may be one and the same.
class SharedMatrices {
 public:
  SharedMatrices() = default;
  /// Each by itself.
  SharedMatrices(std::vector<Matrix> all) {
    for (auto& matrix : all) push_back(shared(std::move(matrix)));
  }

  void push_back(SharedMatrix matrix) { all_.push_back(std::move(matrix)); }
  std::size_t size() const { return all_.size(); }
  const Matrix& operator[](std::size_t i) const { return *all_[i]; }
  const SharedMatrix& at(std::size_t i) const { return all_[i]; }
  /// The matrix of a place that has none from here on.
  SharedMatrix take(std::size_t i) { return std::move(all_[i]); }

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

/// Matrices that follow from others, made once for each combination of these, which must live as long.
class DerivedMatrices {
 public:
  /// @param how numbers that enter beside the matrices
  template <class Make>
  SharedMatrix operator()(const std::vector<const Matrix*>& from, const std::vector<std::size_t>& how,
                          Make&& make) {
    auto& known = all_[{from, how}];
    if (!known) known = shared(make());
    return known;
  }

 private:
  std::map<std::pair<std::vector<const Matrix*>, std::vector<std::size_t>>, SharedMatrix> all_;
};

/// Replaces each matrix by what follows from it and the one in the same place of `beside`, made once for each
/// pair of these; no more than one is there twice.
/// @param each calls its second argument with all numbers below the first @param make from place and matrix
template <class Each, class Make>
void replace_each(SharedMatrices& all, const SharedMatrices& beside, Each&& each, Make&& make) {
  std::vector<std::size_t> number(all.size());
  const auto classes = all.classes();
  for (std::size_t c = 0; c < classes.size(); ++c)
    for (auto place : classes[c]) number[place] = c;
  DerivedMatrices made;
  SharedMatrices result;
  each(number.size(), [&](std::size_t i) {
    const auto before = all.take(i);
    result.push_back(made({&beside[i]}, {number[i]}, [&] { return make(i, *before); }));
  });
  all = std::move(result);
}

/// Of matrices of one size. @pre there is one
inline Matrix sum_of(const std::vector<const Matrix*>& parts) {
  auto total = *parts.front();
  for (std::size_t p = 1; p < parts.size(); ++p)
    for (std::size_t i = 0; i < total.entries().size(); ++i) total.entries()[i] += parts[p]->entries()[i];
  return total;
}

}  // namespace ddpinn
