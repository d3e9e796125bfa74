// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_key_lists.hpp"

namespace ddpinn {

// clang-format off
std::vector<CaseKey> problem_keys() {
  using T = KeyType;
  return {
    {.path = "title", .type = T::text,
     .text = "One line that names the case; it heads pictures and summaries.", .standard = "\"\"",
     .example = "\"Poisson equation\""},
    {.path = "fields", .type = T::texts, .text = "Names of the unknown functions.", .standard = "[\"u\"]",
     .example = "[\"u\", \"v\"]"},

    {.path = "domain", .type = T::section, .text = "The box in which the equations hold, cut by shapes.",
     .required = true},
    {.path = "domain.coordinates", .type = T::texts,
     .text = "Names of the coordinates, single letters, at most 4; \"t\" is time.", .required = true,
     .example = "[\"x\", \"y\"]"},
    {.path = "domain.lower", .type = T::numbers, .text = "Lower end of each coordinate.", .required = true,
     .unit = "of the coordinate", .example = "[0, 0]"},
    {.path = "domain.upper", .type = T::numbers, .text = "Upper end of each coordinate.", .required = true,
     .unit = "of the coordinate", .example = "[1, 1]"},
    {.path = "domain.periodic", .type = T::texts, .text = "Coordinates in which everything is periodic.",
     .standard = "[]", .example = "[\"x\"]"},
    {.path = "domain.remove", .type = T::sections,
     .text = "A shape that is cut out of the domain; exactly one of ball, box, cylinder, inside.",
     .otherwise = "no holes"},
    {.path = "domain.keep", .type = T::sections, .text = "A shape that the domain is intersected with.",
     .otherwise = "the whole box"},
    {.path = "domain.interface", .type = T::sections,
     .text = "A shape on whose surface fields need not be smooth; its name is a condition in expressions: inside.",
     .otherwise = "fields are smooth everywhere"},
    {.path = "parameters", .type = T::section,
     .text = "Numbers that every expression may use by name; pi is there already.", .otherwise = "none"},
    {.path = "parameters.*", .type = T::number, .text = "The value of a parameter.", .otherwise = "none",
     .example = "3.0"},
    {.path = "unknowns", .type = T::section, .text = "Scalars to identify together with the fields.",
     .otherwise = "none"},
    {.path = "unknowns.*", .type = T::section,
     .text = "One scalar, by name: residuals of equations and conditions may use it.", .otherwise = "none"},
    {.path = "unknowns.*.initial", .type = T::number, .text = "Its starting value.", .required = true,
     .example = "0.1"},
    {.path = "unknowns.*.lower", .type = T::number, .text = "Its lower bound.", .otherwise = "none",
     .example = "1e-4"},
    {.path = "unknowns.*.upper", .type = T::number, .text = "Its upper bound.", .otherwise = "none",
     .example = "1.0"},
    {.path = "definitions", .type = T::section,
     .text = "Expressions with a name, in order: each may use those before it.", .otherwise = "none"},
    {.path = "definitions.*", .type = T::expression, .text = "The expression that the name stands for.",
     .otherwise = "none", .example = "\"sin(pi*x)\""},

    {.path = "equation", .type = T::sections, .text = "An equation, residual = 0, inside the domain.",
     .required = true, .example = "residual = \"u_xx + u_yy\""},
    {.path = "equation.name", .type = T::text, .text = "Its name, in messages and output files.",
     .otherwise = "equation_1, equation_2, ...", .example = "\"poisson\""},
    {.path = "equation.residual", .type = T::expression,
     .text = "What is zero for the solution: coordinates, fields, derivatives such as u_xy, parameters, "
         "definitions.", .required = true, .example = "\"u_xx + u_yy\""},
    {.path = "equation.where", .type = T::expression, .text = "Only at points where this holds.",
     .otherwise = "everywhere", .example = "\"x < 0.5\""},
    {.path = "equation.weight", .type = T::automatic,
     .text = "Factor of its rows in the least-squares problem; auto scales all rows to comparable size.",
     .standard = "\"auto\"", .minimum = 0, .above_minimum = true, .example = "1.0"},

    {.path = "condition", .type = T::sections, .text = "A boundary or initial condition, residual = 0.",
     .otherwise = "none", .example = "on = [\"boundary\"]"},
    {.path = "condition.name", .type = T::text, .text = "Its name, in messages and output files.",
     .otherwise = "condition_1, condition_2, ...", .example = "\"walls\""},
    {.path = "condition.on", .type = T::texts,
     .text = "Where it holds: a face such as \"x.lower\" or \"t.lower\", the name of a shape, or "
         "\"boundary\": all faces but those of t, and the shapes that no condition names.",
     .otherwise = "at the points", .example = "[\"boundary\"]"},
    {.path = "condition.points", .type = T::lists_of_numbers,
     .text = "Points at which it holds, instead of on.", .otherwise = "on", .unit = "of the coordinates",
     .example = "[[0, 0]]"},
    {.path = "condition.along", .type = T::text,
     .text = "A coordinate: it holds not at the points but on the lines in this direction through them, such as "
         "in all times.",
     .otherwise = "at the points alone", .example = "\"t\""},
    {.path = "condition.residual", .type = T::expression,
     .text = "What is zero for the solution; may use the outward normal n_x, n_y, ... On an interface names end "
         "with _minus (inside) and _plus, and the normal points from minus to plus.", .required = true,
     .example = "\"u\""},
    {.path = "condition.where", .type = T::expression, .text = "Only at points where this holds.",
     .otherwise = "everywhere", .example = "\"x < 0.5\""},
    {.path = "condition.weight", .type = T::automatic,
     .text = "Factor of its rows in the least-squares problem; auto scales all rows to comparable size.",
     .standard = "\"auto\"", .minimum = 0, .above_minimum = true, .example = "1.0"},

    {.path = "exact_enforcement", .type = T::section,
     .text = "Conditions that hold exactly: field = lift + factor * network.",
     .otherwise = "conditions are rows of the least-squares problem"},
    {.path = "exact_enforcement.*", .type = T::section, .text = "For one field.", .otherwise = "none"},
    {.path = "exact_enforcement.*.lift", .type = T::expression,
     .text = "A function of the coordinates that has the right values where factor is zero.",
     .standard = "\"0\"", .example = "\"0\""},
    {.path = "exact_enforcement.*.factor", .type = T::expression,
     .text = "A function of the coordinates that is zero where the condition holds.", .required = true,
     .example = "\"x*(1-x)\""},

    {.path = "data", .type = T::sections,
     .text = "Observations of the fields: a file, or values that the case generates.", .otherwise = "none",
     .example = "file = \"velocity.csv\""},
    {.path = "data.file", .type = T::text,
     .text = "CSV file with a header, or HDF5 file with a data set a column; columns named after coordinates and fields.", .otherwise = "values",
     .example = "\"velocity.csv\""},
    {.path = "data.standard_deviation", .type = T::number,
     .text = "Standard deviation of the observations' errors. With it, data give way to equations and "
         "conditions, and count by its inverse among each other; without it, they are conditions.",
     .otherwise = "noise, where that is not 0; else the data are conditions", .unit = "of the field",
     .minimum = 0, .above_minimum = true, .example = "0.01"},
    {.path = "data.values", .type = T::section,
     .text = "Instead of file: observations are generated from expressions of the coordinates.",
     .otherwise = "file"},
    {.path = "data.values.*", .type = T::expression, .text = "What is observed of a field.",
     .otherwise = "the field is not observed", .example = "\"sin(pi*x)\""},
    {.path = "data.points", .type = T::integer, .text = "Number of generated observations of each field.",
     .standard = "100", .minimum = 1, .maximum = 10000000, .example = "200"},
    {.path = "data.sampling", .type = T::text, .text = "How points of generated observations are placed.",
     .standard = "\"sobol\"", .choices = {"sobol", "random"}},
    {.path = "data.noise", .type = T::number,
     .text = "Standard deviation of the Gaussian noise that is added to generated observations.",
     .standard = "0", .unit = "of the field", .minimum = 0, .example = "0.01"},
    {.path = "data.seed", .type = T::integer, .text = "Seed of generated points and noise.",
     .otherwise = "network.seed", .minimum = 0, .maximum = 9223372036854775807.0, .example = "1"},

    {.path = "conservation", .type = T::sections,
     .text = "A conservation law, div flux = source: run --a-posteriori tells its balance.", .otherwise = "none",
     .example = "flux = { x = \"-u_x\", y = \"-u_y\" }"},
    {.path = "conservation.name", .type = T::text, .text = "Its name, in messages.",
     .otherwise = "conservation_1, conservation_2, ...", .example = "\"heat\""},
    {.path = "conservation.flux", .type = T::section,
     .text = "Components of the flux, by coordinate; along t stands the density.", .required = true},
    {.path = "conservation.flux.*", .type = T::expression,
     .text = "The component along the coordinate of that name; may use fields and derivatives.",
     .otherwise = "0", .example = "\"-u_x\""},
    {.path = "conservation.source", .type = T::expression,
     .text = "What comes into being, by volume (and time); may use fields and derivatives.", .standard = "\"0\"",
     .example = "\"0\""},

    {.path = "exact", .type = T::section, .text = "The known solution, for error norms only.",
     .otherwise = "no error norms"},
    {.path = "exact.*", .type = T::expression, .text = "The known solution of the field of that name.",
     .otherwise = "none", .example = "\"sin(pi*x)\""},
    {.path = "reference", .type = T::section, .text = "Known values at points, for error norms only.",
     .otherwise = "no error norms"},
    {.path = "reference.file", .type = T::text,
     .text = "CSV file, relative to the case file; columns named after coordinates and fields; % and # "
         "start comments. Or an HDF5 file with a data set a column.", .otherwise = "no error norms", .example = "\"reference.csv\""},
  };
}

static std::vector<std::string> paths_of(const std::vector<CaseKey>& remove, const std::string& section) {
  std::vector<std::string> paths;
  for (const auto& key : remove) paths.push_back(section + std::string(key.path.substr(13)));
  return paths;
}

std::vector<CaseKey> shape_keys(std::string_view use) {
  using T = KeyType;
  static const std::vector<CaseKey> remove = {
    {.path = "domain.remove.name", .type = T::text,
     .text = "Its name, by which conditions stand on its surface.", .otherwise = "shape_1, shape_2, ...",
     .example = "\"hole\""},
    {.path = "domain.remove.ball", .type = T::section, .text = "A ball: disc in two dimensions.",
     .otherwise = "another kind of shape"},
    {.path = "domain.remove.ball.center", .type = T::numbers, .text = "Its centre.", .required = true,
     .unit = "of the coordinates", .example = "[0.5, 0.5]"},
    {.path = "domain.remove.ball.radius", .type = T::number, .text = "Its radius.", .required = true,
     .unit = "of the coordinates", .minimum = 0, .above_minimum = true, .example = "0.1"},
    {.path = "domain.remove.box", .type = T::section, .text = "A box along the coordinates.",
     .otherwise = "another kind of shape"},
    {.path = "domain.remove.box.lower", .type = T::numbers, .text = "Lower end of each coordinate.",
     .required = true, .unit = "of the coordinate", .example = "[0.4, 0.4]"},
    {.path = "domain.remove.box.upper", .type = T::numbers, .text = "Upper end of each coordinate.",
     .required = true, .unit = "of the coordinate", .example = "[0.6, 0.6]"},
    {.path = "domain.remove.cylinder", .type = T::section, .text = "An endless cylinder along a coordinate.",
     .otherwise = "another kind of shape"},
    {.path = "domain.remove.cylinder.axis", .type = T::text, .text = "The coordinate that it is parallel to.",
     .required = true, .example = "\"z\""},
    {.path = "domain.remove.cylinder.center", .type = T::numbers,
     .text = "A point of its axis; the number along the axis is ignored.", .required = true,
     .unit = "of the coordinates", .example = "[0.5, 0.5, 0]"},
    {.path = "domain.remove.cylinder.radius", .type = T::number, .text = "Its radius.", .required = true,
     .unit = "of the coordinates", .minimum = 0, .above_minimum = true, .example = "0.1"},
    {.path = "domain.remove.inside", .type = T::expression,
     .text = "A function of the coordinates that is negative inside the shape.",
     .otherwise = "another kind of shape", .example = "\"x**2 + y**2 - 0.1\""},
  };
  static const std::vector<std::string> keep_paths = paths_of(remove, "domain.keep");
  static const std::vector<std::string> interface_paths = paths_of(remove, "domain.interface");
  auto keys = remove;
  for (std::size_t i = 0; use != "remove" && i < keys.size(); ++i)
    keys[i].path = use == "keep" ? keep_paths[i] : interface_paths[i];
  return keys;
}
// clang-format on

}  // namespace ddpinn
