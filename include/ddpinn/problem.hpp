// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/choices.hpp>
#include <ddpinn/error.hpp>
#include <ddpinn/function.hpp>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ddpinn {

/// An expression as the user wrote it, and where it stands, for messages.
struct Text {
  std::string value = {};
  Location at = {};
};

/// A region, by which the domain's box is cut. Lengths are in the units of the coordinates.
struct Shape {
  enum class Kind { ball, box, cylinder, implicit };
  /// Remove the shape from the domain, intersect the domain with it, or keep both sides: its surface is then
  /// an interface, across which fields need not be smooth.
  enum class Use { remove, keep, interface };

  std::string name = {};
  Kind kind = Kind::ball;
  Use use = Use::remove;
  std::vector<double> center =
      {};                 ///< ball, cylinder: one number per coordinate (the one along the axis is ignored)
  double radius = 0;      ///< ball, cylinder
  std::string axis = {};  ///< cylinder: the coordinate that it is parallel to
  std::vector<double> lower = {};  ///< box
  std::vector<double> upper = {};  ///< box
  Text inside = {};                ///< implicit: an expression over the coordinates, negative inside
  Location at = {};
};

/// The box [lower, upper] in R^d, cut by shapes.
struct Domain {
  std::vector<std::string> coordinates = {};  ///< single letters; "t" is time
  std::vector<double> lower = {};
  std::vector<double> upper = {};
  std::vector<bool> periodic = {};  ///< one flag per coordinate
  std::vector<Shape> shapes = {};
};

/// residual = 0 at the points of the domain (where `where` holds).
struct Equation {
  std::string name = {};
  Text residual = {};
  std::optional<Text> where = {};
  std::optional<double> weight = {};      ///< empty: automatic
  std::optional<Function> function = {};  ///< instead of `residual`
};

/// residual = 0 on faces, on the surfaces of shapes, or at points.
struct Condition {
  std::string name = {};
  std::vector<std::string> on = {};              ///< "boundary", "x.lower", "x.upper", the name of a shape
  std::vector<std::vector<double>> points = {};  ///< instead of `on`
  std::string along = {};                        ///< a coordinate: points of the lines in it through `points`
  Text residual = {};
  std::optional<Text> where = {};
  std::optional<double> weight = {};  ///< empty: automatic
  Location at = {};
  std::vector<std::string> given = {};    ///< names in the residual of values that the solver fills in later
  std::optional<Function> function = {};  ///< instead of `residual`
};

/// A part of the energy that the solution makes smallest: the integral of a density over the domain, or over
/// faces and surfaces.
struct Energy {
  std::string name = {};
  std::vector<std::string> on = {};  ///< as for conditions; empty: over the domain
  Text density = {};                 ///< of fields and derivatives
  std::optional<Text> where = {};
  Location at = {};
};

/// field = lift + factor * network
struct Enforcement {
  Text lift = {};
  Text factor = {};
};

/// A scalar that is identified together with the fields.
struct Unknown {
  std::string name = {};
  double initial = 0;
  double lower = -std::numeric_limits<double>::infinity();
  double upper = std::numeric_limits<double>::infinity();
};

/// A conservation law, div flux = source, whose balance is told after the solve. Time is a direction like the
/// others: the flux along it is the density of what is conserved.
struct Conservation {
  std::string name = {};
  std::map<std::string, Text> flux = {};  ///< by coordinate; 0 along others
  std::optional<Text> source = {};        ///< empty: 0
  bool solve = false;                     ///< whether it is solved, in weak form, instead of equations
  Location at = {};
};

/// What flows through faces and surfaces of shapes: flux . n of a conservation law that is solved, n the
/// outward normal. It is zero where nothing is said, neither of the flux nor of the fields.
struct NaturalCondition {
  std::string name = {};
  std::vector<std::string> on = {};  ///< as for conditions
  Text flux = {};                    ///< of fields, coordinates and the normal
  std::string conservation = {};     ///< name of the law; empty: the only one
  std::optional<Text> where = {};
  Location at = {};
};

/// A number that is found from the solution: of an expression over the domain, or a part of it.
struct Quantity {
  std::string name = {};
  Text expression = {};              ///< over coordinates, fields, derivatives, ...; on boundaries the normal
  std::vector<std::string> on = {};  ///< faces, names of shapes, "boundary"; empty: the domain
  std::vector<double> point = {};    ///< instead: the value there; without t where `at_time` says it
  std::map<std::string, double> plane = {};  ///< where these coordinates have these values
  std::optional<double> at_time = {};
  QuantityKind kind = QuantityKind::integral;
};

/// Observations of fields at points: read from a file, or generated from expressions with noise.
struct DataSet {
  std::optional<Text> file = {};            ///< CSV; path relative to the case file
  std::map<std::string, Text> values = {};  ///< by field: instead of a file, expressions over the coordinates
  int count = 100;                          ///< generated points
  Sampling sampling = Sampling::sobol;      ///< of generated points: sobol, random
  double noise = 0;        ///< standard deviation of the Gaussian noise that is added to generated values
  std::uint64_t seed = 1;  ///< of generated points and noise
  std::optional<double> standard_deviation =
      {};                             ///< of the observations' errors; empty: the rows are conditions
  std::optional<double> weight = {};  ///< empty: automatic

  std::vector<std::vector<double>> points = {};                            ///< one number per coordinate
  std::vector<std::pair<std::string, std::vector<double>>> observed = {};  ///< by field: one value per point
};

/// The mathematics of a case: what is to be solved, without any numerics.
struct Problem {
  std::string title;
  std::vector<std::string> fields = {"u"};
  Domain domain;
  std::vector<std::pair<std::string, double>> parameters;
  std::vector<Unknown> unknowns;
  std::vector<std::pair<std::string, Text>> definitions;  ///< in order: each may use those before it
  std::vector<Equation> equations;
  std::vector<Energy> energies;  ///< instead of equations: their sum is made smallest
  std::vector<Condition> conditions;
  std::vector<DataSet> data;
  std::vector<Conservation> conservation;
  std::vector<NaturalCondition> natural;  ///< of conservation laws
  std::vector<Quantity> quantities;
  std::map<std::string, Enforcement> exact_enforcement;  ///< by field
  std::map<std::string, double> scales;                  ///< sizes of fields; found where left out
  std::map<std::string, Text> exact;                     ///< by field; for error norms only
  std::optional<Text> reference_file;  ///< for error norms only; path relative to the case file
};

}  // namespace ddpinn
