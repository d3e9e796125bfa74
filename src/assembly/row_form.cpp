// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/row_form.hpp"

#include <utility>

namespace ddpinn {

void RowForm::couple(std::size_t first, std::size_t stride, Matrix middle) {
  for (std::size_t s = 0; s < middle.rows(); ++s)
    for (std::size_t t = 0; t < s; ++t) symmetric_ = symmetric_ && middle(s, t) == middle(t, s);
  couplings_.push_back({first, stride, std::move(middle)});
}

std::vector<double> RowForm::operator()(std::span<const double> rows) const {
  std::vector<double> result(rows.begin(), rows.end());
  for (const auto& [first, stride, middle] : couplings_)
    for (std::size_t s = 0; s < middle.rows(); ++s) {
      double sum = 0;
      for (std::size_t t = 0; t < middle.rows(); ++t) sum += middle(s, t) * rows[first + t * stride];
      result[first + s * stride] = sum;
    }
  return result;
}

}  // namespace ddpinn
