// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace ddpinn {

/// Leaves entries as they are where no value is given, instead of clearing them.
template <class T>
struct UninitialisedAllocator : std::allocator<T> {
  template <class U>
  struct rebind {
    using other = UninitialisedAllocator<U>;
  };
  template <class U>
  void construct(U* place) {
    ::new (static_cast<void*>(place)) U;
  }
  template <class U, class... Arguments>
  void construct(U* place, Arguments&&... arguments) {
    ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
  }
};

/// A dense matrix of doubles, column by column, as BLAS and LAPACK have it.
class Matrix {
 public:
  Matrix() = default;
  /// All entries zero.
  Matrix(std::size_t rows, std::size_t columns)
      : rows_(rows), columns_(columns), entries_(rows * columns, 0.0) {}
  /// Entries of any value, for what is written all over before it is read.
  static Matrix uninitialised(std::size_t rows, std::size_t columns) {
    Matrix m;
    m.rows_ = rows;
    m.columns_ = columns;
    m.entries_.resize(rows * columns);
    return m;
  }

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  bool empty() const { return entries_.empty(); }

  double* data() { return entries_.data(); }
  const double* data() const { return entries_.data(); }
  double* column(std::size_t j) { return entries_.data() + j * rows_; }
  const double* column(std::size_t j) const { return entries_.data() + j * rows_; }
  double& operator()(std::size_t i, std::size_t j) { return entries_[i + j * rows_]; }
  double operator()(std::size_t i, std::size_t j) const { return entries_[i + j * rows_]; }

  std::span<double> entries() { return entries_; }
  std::span<const double> entries() const { return entries_; }

 private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::vector<double, UninitialisedAllocator<double>> entries_;
};

/// Part of a matrix: `rows` by `columns` entries from `data` on, columns `stride` apart.
struct MatrixView {
  const double* data = nullptr;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t stride = 0;

  MatrixView() = default;
  MatrixView(const double* d, std::size_t r, std::size_t c, std::size_t s)
      : data(d), rows(r), columns(c), stride(s) {}
  MatrixView(const Matrix& m) : data(m.data()), rows(m.rows()), columns(m.columns()), stride(m.rows()) {}
};

}  // namespace ddpinn
