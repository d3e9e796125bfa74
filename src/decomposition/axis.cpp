// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/axis.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ddpinn {

namespace {

LineJet times(const LineJet& f, const LineJet& g) {
  LineJet h{};
  for (int k = 0; k <= max_order; ++k)
    for (int i = 0; i <= k; ++i) h[k] += f[i] * g[k - i];
  return h;
}

LineJet power(const LineJet& f, int exponent) {
  LineJet h{1};
  for (int k = 0; k < exponent; ++k) h = times(h, f);
  return h;
}

/// f / g, from g (f/g) = f.
LineJet quotient(const LineJet& f, const LineJet& g) {
  LineJet h{};
  for (int k = 0; k <= max_order; ++k) {
    h[k] = f[k];
    for (int i = 1; i <= k; ++i) h[k] -= g[i] * h[k - i];
    h[k] /= g[0];
  }
  return h;
}

/// 1 + cos(pi t), by the derivatives of the cosine.
LineJet raised_cosine(double t) {
  LineJet f{};
  double factor = 1;
  for (int k = 0; k <= max_order; ++k) {
    f[k] = factor * std::cos(std::numbers::pi * t + k * std::numbers::pi / 2);
    factor *= std::numbers::pi / (k + 1);
  }
  f[0] += 1;
  return f;
}

LineJet window_jet(Window window, int vanishing_order, double t) {
  if (window == Window::cosine) return power(raised_cosine(t), (vanishing_order + 1) / 2);
  return power(LineJet{1 - t * t, -2 * t, -1}, vanishing_order);
}

}  // namespace

Axis::Axis(std::vector<double> breakpoints, double overlap, bool periodic, Window window, int derivatives)
    : breakpoints_(std::move(breakpoints)),
      periodic_(periodic),
      window_(window),
      power_(std::max(4, derivatives + 1)) {
  const auto n = breakpoints_.size() - 1;
  const auto width = [&](std::size_t i) { return breakpoints_[i + 1] - breakpoints_[i]; };
  for (std::size_t i = 0; i < n; ++i) {
    const double before = i > 0 ? width(i - 1) : periodic ? width(n - 1) : width(i);
    const double after = i + 1 < n ? width(i + 1) : periodic ? width(0) : width(i);
    const double lower = breakpoints_[i] - overlap * std::min(width(i), before);
    const double upper = breakpoints_[i + 1] + overlap * std::min(width(i), after);
    center_.push_back((lower + upper) / 2);
    half_.push_back((upper - lower) / 2);
  }
}

int Axis::cell_at(double x) const {
  const auto above = std::upper_bound(breakpoints_.begin() + 1, breakpoints_.end() - 1, x);
  return static_cast<int>(above - breakpoints_.begin()) - 1;
}

std::vector<double> Axis::parts(int cell) const {
  std::vector<double> ends{core_lower(cell)};
  const double length = breakpoints_.back() - breakpoints_.front();
  const int last = cells() - 1;
  const auto add = [&](double end) {
    const double least = 1e-9 * (core_upper(cell) - core_lower(cell));
    if (end > ends.back() + least && end < core_upper(cell) - least) ends.push_back(end);
  };
  if (cell > 0 || periodic_) add(cell > 0 ? box_upper(cell - 1) : box_upper(last) - length);
  if (cell < last || periodic_) add(cell < last ? box_lower(cell + 1) : box_lower(0) + length);
  ends.push_back(core_upper(cell));
  return ends;
}

void Axis::append_cover(int cell, double x, std::vector<Cover>& covers) const {
  const std::size_t c = cell;
  const double xi = (x - center_[c]) / half_[c];
  if (std::abs(xi) >= 1) return;
  Cover cover{cell, xi, window_jet(window_, power_, xi)};
  double factor = 1;
  for (auto& coefficient : cover.window) {
    coefficient *= factor;
    factor /= half_[c];
  }
  covers.push_back(cover);
}

std::vector<Axis::Cover> Axis::cover(double x) const {
  std::vector<Cover> covers;
  covers.reserve(3);
  const double length = breakpoints_.back() - breakpoints_.front();
  const int here = cell_at(x), last = cells() - 1;
  for (int cell = here - 1; cell <= here + 1; ++cell) {
    if (cell >= 0 && cell <= last)
      append_cover(cell, x, covers);
    else if (periodic_)
      append_cover(cell < 0 ? last : 0, cell < 0 ? x + length : x - length, covers);
  }
  LineJet sum{};
  for (const auto& c : covers)
    for (int k = 0; k <= max_order; ++k) sum[k] += c.window[k];
  for (auto& c : covers) c.window = quotient(c.window, sum);
  return covers;
}

}  // namespace ddpinn
