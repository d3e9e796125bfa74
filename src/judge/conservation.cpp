// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/conservation.hpp"

#include "assembly/statement_rows.hpp"
#include "judge/quadrature.hpp"

#include <fmt/format.h>
#include <cmath>

namespace ddpinn {

namespace {

/// Integrals of a function and of its absolute value.
struct Integral {
  double value = 0, absolute = 0;
};

/// Integrals over this rank's part, of one law's flux or source.
class Integration {
 public:
  explicit Integration(const Field& field) : field_(field) {}

  Integral source(const Statement& statement, const PointSet& points) const {
    return integrate(points.measure, values({statement}, points).front());
  }

  Integral flux(const std::vector<std::optional<Statement>>& components, const PointSet& points) const {
    std::vector<Statement> statements;
    std::vector<std::size_t> directions;
    for (std::size_t d = 0; d < components.size(); ++d) {
      if (!components[d]) continue;
      statements.push_back(*components[d]);
      directions.push_back(d);
    }
    const auto along = values(std::move(statements), points);
    std::vector<double> through(points.size(), 0.0);
    for (std::size_t c = 0; c < along.size(); ++c)
      for (std::size_t i = 0; i < through.size(); ++i)
        through[i] += points.normal[i][directions[c]] * along[c][i];
    return integrate(points.measure, through);
  }

 private:
  /// A column for each statement; the fields are evaluated once for all of them.
  std::vector<std::vector<double>> values(std::vector<Statement> statements, const PointSet& points) const {
    StatementGroup group;
    group.statements = std::move(statements);
    const auto at = field_.points(points, group.derivatives());
    const auto fields = field_.at(at);
    std::vector<std::vector<double>> result;
    for (const auto& statement : group.statements)
      result.push_back(residual_values(statement, at, fields, field_.unknowns()));
    return result;
  }

  static Integral integrate(const std::vector<double>& measure, const std::vector<double>& values) {
    Integral integral;
    for (std::size_t i = 0; i < values.size(); ++i) {
      integral.value += measure[i] * values[i];
      integral.absolute += measure[i] * std::abs(values[i]);
    }
    return integral;
  }

  const Field& field_;
};

Integral reduced(const Communicator& comm, const Integral& integral) {
  return {sum(comm, integral.value), sum(comm, integral.absolute)};
}

}  // namespace

std::vector<Balance> balances(const Field& field) {
  const auto& space = field.space();
  const auto& comm = space.communicator();
  const auto& model = space.model();
  if (model.conservation.empty()) return {};
  const auto places = boundary_quadrature(space);
  const auto interior = interior_quadrature(space);
  const Integration integration(field);
  std::vector<Balance> result;
  for (const auto& law : model.conservation) {
    auto& balance = result.emplace_back();
    balance.name = law.name;
    double throughput = 0;
    for (const auto& place : places) {
      const auto flux = reduced(comm, integration.flux(law.flux, place.points));
      balance.fluxes.push_back({place.name, flux.value});
      balance.net_flux += flux.value;
      throughput += flux.absolute / 2;
    }
    if (law.source) {
      const auto source = reduced(comm, integration.source(*law.source, interior));
      balance.source = source.value;
      throughput += source.absolute / 2;
    }
    if (throughput > 0) balance.relative_defect = std::abs(balance.net_flux - balance.source) / throughput;
  }
  return result;
}

std::vector<std::string> balance_lines(const std::vector<Balance>& balances) {
  std::vector<std::string> lines;
  for (const auto& balance : balances) {
    for (const auto& [place, flux] : balance.fluxes)
      lines.push_back(
          fmt::format("a posteriori: conservation={} through={} flux={:.6e}", balance.name, place, flux));
    lines.push_back(
        fmt::format("a posteriori: conservation={} net_flux={:.6e} source={:.6e} relative_defect={:.3e}",
                    balance.name, balance.net_flux, balance.source, balance.relative_defect));
  }
  return lines;
}

}  // namespace ddpinn
