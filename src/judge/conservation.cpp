// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/conservation.hpp"

#include "assembly/point_groups.hpp"
#include "assembly/statement_rows.hpp"

#include <fmt/format.h>
#include <cmath>

namespace ddpinn {

namespace {

/// Quadrature points a direction of a core, in its interior and on faces, and along surfaces of shapes.
constexpr int interior_points = 12;
constexpr int face_points = 16;
constexpr int surface_points = 48;

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

/// A part of the boundary, and the points of this rank on it.
struct Place {
  std::string name;
  PointSet points;
};

std::vector<Place> boundary(const Space& space, const std::vector<int>& cores) {
  const auto& model = space.model();
  const auto& decomposition = space.decomposition();
  std::vector<Place> places;
  for (int d = 0; d < model.dimension(); ++d)
    for (bool upper : {false, true}) {
      if (model.region.periodic(d)) continue;
      auto& place = places.emplace_back();
      place.name = model.coordinates[d] + (upper ? ".upper" : ".lower");
      for (int k : cores)
        append(place.points, face_quadrature(model.region, decomposition, k, {d, upper}, face_points));
    }
  for (std::size_t i = 0; i < model.region.shapes(); ++i) {
    const auto& shape = model.region.shape(i);
    if (shape.use == Shape::Use::interface) continue;
    auto& place = places.emplace_back();
    place.name = shape.name;
    for (int k : cores)
      append(place.points, sample_surface(model.region, i, decomposition[k].core, surface_points, 0));
  }
  return places;
}

Integral reduced(const Communicator& comm, const Integral& integral) {
  return {sum(comm, integral.value), sum(comm, integral.absolute)};
}

}  // namespace

std::vector<Balance> balances(const Field& field) {
  const auto& space = field.space();
  const auto& comm = space.communicator();
  const auto& model = space.model();
  if (model.conservation.empty()) return {};
  const auto cores = space.owned_cores();
  const auto places = boundary(space, cores);
  PointSet interior;
  for (int k : cores)
    append(interior,
           core_quadrature(model.region, space.decomposition(), k,
                           std::vector<int>(static_cast<std::size_t>(model.dimension()), interior_points)));
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
