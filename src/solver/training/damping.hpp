// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace ddpinn {

/// The damping of Levenberg and Marquardt's method by Nielsen's rule (K. Madsen, H. B. Nielsen, O. Tingleff,
/// Methods for Non-Linear Least Squares Problems, 2004): after a step that was taken it falls by up to a
/// factor, the more the better the linear model was; it grows faster and faster until one is taken.
class Damping {
 public:
  /// Values tried for one step before there is none.
  static constexpr int most_rejections = 30;

  explicit Damping(double largest_fall = 3) : least_factor_(1 / largest_fall) {}

  /// Zero before the first `start`.
  double value() const { return value_; }

  /// The first value; later calls change nothing.
  void start(double value) {
    if (value_ == 0) value_ = value;
  }
  void grow(double factor) { value_ *= factor; }

  /// What is remembered from step to step.
  std::vector<double> numbers() const { return {value_, growth_}; }
  void take(const std::vector<double>& numbers) {
    value_ = numbers.at(0);
    growth_ = numbers.at(1);
  }
  /// After a step. @param gain decrease of the sum of squares over what the linear model promised
  /// @returns whether to take the step
  bool judge(double gain) {
    if (gain > 0) {
      value_ *= std::max(least_factor_, 1 - std::pow(2 * gain - 1, 3));
      growth_ = 2;
      return true;
    }
    value_ *= growth_;
    growth_ *= 2;
    return false;
  }

 private:
  double least_factor_, value_ = 0, growth_ = 2;
};

}  // namespace ddpinn
