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

/// A part of a weak form: the sum over its points of m F(U) . dU has to vanish for all variations dU of the
/// fields and derivatives U, m the measures. F are the derivatives of an energy's density, or the fluxes and
/// sources of a conservation law.
struct WeakForm {
  std::optional<Statement> density;  ///< of energy, whose integral is made smallest; empty: of a law
  std::vector<Derivative> of;        ///< U: all that F depends on, and all that is varied
  std::vector<Statement> stress;     ///< F, by `of`
  /// Places in `of` that the second variation has to do with; all where it is zero.
  std::vector<std::size_t> curved;
  /// Functions of the coordinates at whose zeros the form may jump.
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
  /// The statements are then its stresses that are curved, since a row is needed for each (see
  /// energy_rows.hpp), and nothing that has to be zero.
  std::optional<WeakForm> weak;
  std::vector<std::vector<double>> given;  ///< data: by field, the observations at `points`
  std::size_t given_columns = 0;  ///< known values at each point that the residuals read: observations, or
                                  ///< what is filled in later

  bool is_data() const { return !given.empty(); }
  bool is_weak() const { return weak.has_value(); }

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
  /// Whether energies are made smallest or conservation laws hold in weak form, instead of residuals being
  /// made small.
  bool is_weak() const {
    for (const auto& group : groups)
      if (group.is_weak()) return true;
    return false;
  }
  /// Whether the weak form is the derivative of an energy that is known.
  bool has_energy() const {
    for (const auto& group : groups)
      if (group.is_weak() && !group.weak->density) return false;
    return is_weak();
  }
  std::vector<double> initial_unknowns() const;
};

/// Compiles a problem.
/// @throws Error (Status::case_file) for expressions that do not compile, unknown faces and shapes
Model compile(const Problem&);

}  // namespace ddpinn
