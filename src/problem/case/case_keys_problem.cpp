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
     .text = "One scalar, by name: residuals of equations and conditions may use it.", .otherwise = "none",
     .example = "{ initial = 1 }"},
    {.path = "definitions", .type = T::section,
     .text = "Expressions with a name, in order: each may use those before it.", .otherwise = "none"},
    {.path = "definitions.*", .type = T::expression, .text = "The expression that the name stands for.",
     .otherwise = "none", .example = "\"sin(pi*x)\""},

    {.path = "equation", .type = T::sections, .text = "An equation, residual = 0, inside the domain.",
     .otherwise = "[[energy]]", .example = "residual = \"u_xx + u_yy\""},

    {.path = "energy", .type = T::sections,
     .text = "A part of the energy that the solution makes smallest, instead of equations.", .otherwise = "none",
     .example = "density = \"(u_x**2 + u_y**2)/2\""},

    {.path = "condition", .type = T::sections, .text = "A boundary or initial condition, residual = 0.",
     .otherwise = "none", .example = "on = [\"boundary\"]"},

    {.path = "exact_enforcement", .type = T::section,
     .text = "Conditions that hold exactly: field = lift + factor * network.",
     .otherwise = "conditions are rows of the least-squares problem"},
    {.path = "exact_enforcement.*", .type = T::section, .text = "For one field.", .otherwise = "none"},

    {.path = "scales", .type = T::section,
     .text = "How much fields vary, about: errors of all fields relative to their sizes count the same.",
     .otherwise = "found from conditions, sources and coefficients, and from the solution"},
    {.path = "scales.*", .type = T::number, .text = "The size of the field of that name.",
     .otherwise = "found", .unit = "of the field", .minimum = 0, .above_minimum = true, .example = "1e-5"},

    {.path = "data", .type = T::sections,
     .text = "Observations of the fields: a file, or values that the case generates.", .otherwise = "none",
     .example = "file = \"velocity.csv\""},

    {.path = "conservation", .type = T::sections,
     .text = "A conservation law, div flux = source: run --a-posteriori tells its balance.", .otherwise = "none",
     .example = "flux = { x = \"-u_x\", y = \"-u_y\" }"},

    {.path = "quantity", .type = T::sections,
     .text = "A number to tell of the solution: an integral, a mean, an extreme, the value at a point.",
     .otherwise = "none", .example = "expression = \"u\""},

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

std::vector<CaseKey> shape_keys(const std::string& section) {
  using T = KeyType;
  std::vector<CaseKey> keys = {
    {.path = "name", .type = T::text,
     .text = "Its name, by which conditions stand on its surface.", .otherwise = "shape_1, shape_2, ...",
     .example = "\"hole\""},
    {.path = "ball", .type = T::section, .text = "A ball: disc in two dimensions.",
     .otherwise = "another kind of shape"},
    {.path = "ball.center", .type = T::numbers, .text = "Its centre.", .required = true,
     .unit = "of the coordinates", .example = "[0.5, 0.5]"},
    {.path = "ball.radius", .type = T::number, .text = "Its radius.", .required = true,
     .unit = "of the coordinates", .minimum = 0, .above_minimum = true, .example = "0.1"},
    {.path = "box", .type = T::section, .text = "A box along the coordinates.",
     .otherwise = "another kind of shape"},
    {.path = "box.lower", .type = T::numbers, .text = "Lower end of each coordinate.",
     .required = true, .unit = "of the coordinate", .example = "[0.4, 0.4]"},
    {.path = "box.upper", .type = T::numbers, .text = "Upper end of each coordinate.",
     .required = true, .unit = "of the coordinate", .example = "[0.6, 0.6]"},
    {.path = "cylinder", .type = T::section, .text = "An endless cylinder along a coordinate.",
     .otherwise = "another kind of shape"},
    {.path = "cylinder.axis", .type = T::text, .text = "The coordinate that it is parallel to.",
     .required = true, .example = "\"z\""},
    {.path = "cylinder.center", .type = T::numbers,
     .text = "A point of its axis; the number along the axis is ignored.", .required = true,
     .unit = "of the coordinates", .example = "[0.5, 0.5, 0]"},
    {.path = "cylinder.radius", .type = T::number, .text = "Its radius.", .required = true,
     .unit = "of the coordinates", .minimum = 0, .above_minimum = true, .example = "0.1"},
    {.path = "inside", .type = T::expression,
     .text = "A function of the coordinates that is negative inside the shape.",
     .otherwise = "another kind of shape", .example = "\"x**2 + y**2 - 0.1\""},
  };
  for (auto& key : keys) key.path = section + "." + key.path;
  return keys;
}
// clang-format on

}  // namespace ddpinn
