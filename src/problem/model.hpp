// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "geometry/sampling.hpp"
#include "problem/residual.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// An equation or a condition, compiled: one row for each of its points.
struct Statement {
  std::string name;
  Residual residual;
  std::optional<double> weight;  ///< empty: automatic
  Location at = {};              ///< of the residual's text
  std::optional<double> deviation =
      {};  ///< of noisy data: their standard deviation, which decides their weight
};

/// A density of energy, whose integral over the group's points is a part of what is made smallest.
struct EnergyDensity {
  Statement density;
  /// The fields and derivatives that it depends on, and its derivatives with respect to them (stresses and
  /// loads).
  std::vector<Derivative> of;
  std::vector<Statement> stress;
  /// Conditions on the coordinates at which the density or its derivatives jump.
  std::vector<Expression> switches;
};

/// Statements that stand at the same points, so that the basis is evaluated there once for all of them.
struct StatementGroup {
  bool interior = true;
  std::vector<Face> faces;          ///< of the domain's box, where not interior
  std::vector<std::size_t> shapes;  ///< whose surfaces are meant
  bool interface = false;           ///< the shapes are interfaces: fields are taken on both sides
  std::vector<Point> points;        ///< single points
  std::optional<Expression> where;  ///< only points where this is not zero
  std::vector<Statement> statements;
  /// Of an energy; the statements are then its stresses, as many as a row each is needed for (see
  /// energy_rows.hpp), and nothing that has to be zero.
  std::optional<EnergyDensity> energy;
  std::vector<std::vector<double>> given;  ///< data: by field, the observations at `points`
  std::size_t given_columns = 0;  ///< known values at each point that the residuals read: observations, or
                                  ///< what is filled in later

  bool is_data() const { return !given.empty(); }
  bool is_energy() const { return energy.has_value(); }

  /// The fields and derivatives that the statements use, each once.
  std::vector<Derivative> derivatives() const;
};

/// A conservation law: div flux = source.
struct CompiledConservation {
  std::string name;
  std::vector<std::optional<Statement>> flux;  ///< by direction; empty: 0
  std::optional<Statement> source;             ///< empty: 0
};

/// field = lift + factor * network
struct CompiledEnforcement {
  Expression lift;
  Expression factor;
};

/// A problem with everything compiled that can be asked of it.
struct Model {
  std::vector<std::string> fields;
  Region region;
  std::vector<StatementGroup> groups;
  std::vector<std::optional<CompiledEnforcement>> enforcement;  ///< by field
  std::vector<std::optional<Expression>> exact;                 ///< by field
  std::vector<Unknown> unknowns;
  bool affine = true;  ///< whether every residual is an affine function of the fields and unknowns
  int order = 0;       ///< highest total order of differentiation
  std::vector<std::string> coordinates = {};  ///< names by direction
  std::vector<CompiledConservation> conservation = {};
  std::vector<double> scales = {};  ///< by field: its size as the case tells it; 0: to be found

  int dimension() const { return region.dimension(); }
  /// Whether an energy is made smallest, instead of residuals.
  bool minimises() const {
    for (const auto& group : groups)
      if (group.is_energy()) return true;
    return false;
  }
  std::vector<double> initial_unknowns() const;
};

/// Compiles a problem.
/// @throws Error (Status::case_file) for expressions that do not compile, unknown faces and shapes
Model compile(const Problem&);

}  // namespace ddpinn
