// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/laplacian_form.hpp"

#include "assembly/statement_rows.hpp"
#include "base/random.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Whether a network could carry a Laplacian instead of a jet, and would gain by it.
bool worth_while(const PointGroup& group) {
  if (!group.statements || group.statements->statements.empty() || group.points.size() == 0) return false;
  if (static_cast<std::size_t>(group.space.dimension()) + 2 >= group.space.size()) return false;
  return std::ranges::all_of(group.derivatives, [](const Derivative& derivative) {
    return derivative.side == Side::here &&
           (order(derivative.alpha) <= 1 || second_derivative_direction(derivative.alpha) >= 0);
  });
}

/// Fields of a size, unknowns near their initial values, and the slopes of all statements there.
class Probe {
 public:
  Probe(const PointGroup& group, const Model& model, double size, std::uint64_t number)
      : random_(1, number), unknowns_(model.initial_unknowns()) {
    for (auto& unknown : unknowns_) unknown += random_.uniform(0, 0.5) * (unknown == 0 ? 1 : unknown);
    for (std::size_t a = 0; a < group.derivatives.size(); ++a) {
      auto& column = fields_.emplace_back(group.points.size());
      for (auto& value : column) value = random_.uniform(-size, size);
    }
    for (const auto& statement : group.statements->statements)
      slopes.push_back(evaluate(statement, group, fields_, unknowns_, model, true).derivative);
  }

  std::vector<GroupBasis::Linearised> slopes;  ///< by statement

 private:
  Random random_;
  std::vector<double> unknowns_;
  FieldValues fields_;
};

/// Slopes with respect to the pure second derivatives of a field at a point.
Directional second_slopes(const PointGroup& group, const GroupBasis::Linearised& slopes, int field,
                          std::size_t point) {
  Directional result{};
  for (std::size_t a = 0; a < slopes.size(); ++a) {
    const auto& derivative = group.derivatives[a];
    const int d = second_derivative_direction(derivative.alpha);
    if (derivative.field == field && d >= 0 && !slopes[a].empty()) result[d] = slopes[a][point];
  }
  return result;
}

/// Takes slopes into account. @returns whether they are a multiple of c, which is set by the first
bool fits(const Directional& slopes, Directional& c) {
  constexpr double rounding = 1e-12;
  const auto largest = std::ranges::max_element(slopes, {}, [](double s) { return std::abs(s); });
  if (*largest == 0) return true;
  if (!std::isfinite(*largest)) return false;
  const std::size_t d = largest - slopes.begin();
  if (std::ranges::all_of(c, [](double value) { return value == 0; })) {
    for (std::size_t k = 0; k < c.size(); ++k) c[k] = slopes[k] / *largest;
    return true;
  }
  for (std::size_t k = 0; k < c.size(); ++k)
    if (std::abs(slopes[k] * c[d] - c[k] * *largest) > rounding * std::abs(*largest)) return false;
  return true;
}

}  // namespace

int second_derivative_direction(const MultiIndex& alpha) {
  if (order(alpha) != 2) return -1;
  const auto found = std::ranges::find(alpha, 2);
  return found == alpha.end() ? -1 : static_cast<int>(found - alpha.begin());
}

std::optional<Directional> laplacian_form(const PointGroup& group, const Model& model) {
  if (!worth_while(group)) return std::nullopt;
  Directional c{};
  std::uint64_t number = 0;
  try {
    for (const double size : {1e-2, 1.0, 1e2, 1e4}) {
      const Probe probe(group, model, size, number++);
      for (const auto& slopes : probe.slopes)
        for (std::size_t f = 0; f < model.fields.size(); ++f)
          for (std::size_t i = 0; i < group.points.size(); ++i)
            if (!fits(second_slopes(group, slopes, f, i), c)) return std::nullopt;
      if (model.affine) break;  // slopes do not depend on the fields
    }
  } catch (const Error&) {  // a residual that is not finite at such fields
    return std::nullopt;
  }
  // Every second derivative must have its part: the first of a field stands for all.
  for (const auto& derivative : group.derivatives)
    if (const int d = second_derivative_direction(derivative.alpha); d >= 0 && c[d] == 0) return std::nullopt;
  return c;
}

}  // namespace ddpinn
