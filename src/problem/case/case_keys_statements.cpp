// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_key_lists.hpp"

namespace ddpinn {
namespace {

/// The table of the sections at `base`, which are one Root each.
template <class Root>
KeyTable<Root> table_of(const std::string& base, void (*declare)(const KeySection<Root>&)) {
  KeyTable<Root> table;
  declare({table, base, "", [](Root& root) -> Root& { return root; }});
  return table;
}

// clang-format off
void declare_unknown(const KeySection<Unknown>& unknown) {
  unknown.key("initial", &Unknown::initial, {.text = "Its starting value.", .required = true, .example = "0.1"});
  unknown.key("lower", &Unknown::lower, {.text = "Its lower bound.", .otherwise = "none", .example = "1e-4"});
  unknown.key("upper", &Unknown::upper, {.text = "Its upper bound.", .otherwise = "none", .example = "1.0"});
}

void declare_equation(const KeySection<Equation>& equation) {
  equation.key("name", &Equation::name, {.text = "Its name, in messages and output files.",
    .otherwise = "equation_1, equation_2, ...", .example = "\"poisson\""});
  equation.key("residual", &Equation::residual, {
    .text = "What is zero for the solution: coordinates, fields, derivatives such as u_xy, parameters, "
        "definitions.", .required = true, .example = "\"u_xx + u_yy\""});
  equation.key("where", &Equation::where, {.text = "Only at points where this holds.",
    .otherwise = "everywhere", .example = "\"x < 0.5\""});
  equation.key("weight", &Equation::weight, {
    .text = "Factor of its rows in the least-squares problem; auto scales all rows to comparable size.",
    .minimum = 0, .above_minimum = true, .example = "1.0"});
  equation.declare("form", KeyType::text, {
    .text = "Whether it is solved as it stands, or, written as d(k*u_x, x) + d(k*u_y, y) + f, as the conservation "
        "law of these fluxes in first-order form.",
    .otherwise = "strong", .choices = {"strong", "first-order"}, .example = "\"first-order\""});
}

void declare_energy(const KeySection<Energy>& energy) {
  energy.key("name", &Energy::name, {.text = "Its name, in messages.",
    .otherwise = "energy_1, energy_2, ...", .example = "\"elastic\""});
  energy.key("density", &Energy::density, {
    .text = "What is integrated: fields, derivatives, coordinates, parameters, definitions; on faces and surfaces "
        "the outward normal n_x, n_y, ... too.", .required = true, .example = "\"(u_x**2 + u_y**2)/2 - u\""});
  energy.key("on", &Energy::on, {
    .text = "Where it is integrated instead of the domain: faces, surfaces of shapes, \"boundary\".",
    .otherwise = "over the domain", .example = "[\"x.upper\"]"});
  energy.key("where", &Energy::where, {.text = "Only where this holds.", .otherwise = "everywhere",
    .example = "\"x < 0.5\""});
}

void declare_condition(const KeySection<Condition>& condition) {
  condition.key("name", &Condition::name, {.text = "Its name, in messages and output files.",
    .otherwise = "condition_1, condition_2, ...", .example = "\"walls\""});
  condition.key("on", &Condition::on, {
    .text = "Where it holds: a face such as \"x.lower\" or \"t.lower\", the name of a shape, or "
        "\"boundary\": all faces but those of t, and the shapes that no condition names.",
    .otherwise = "at the points", .example = "[\"boundary\"]"});
  condition.key("points", &Condition::points, {.text = "Points at which it holds, instead of on.",
    .otherwise = "on", .unit = "of the coordinates", .example = "[[0, 0]]"});
  condition.key("along", &Condition::along, {
    .text = "A coordinate: it holds not at the points but on the lines in this direction through them, such as "
        "in all times.", .otherwise = "at the points alone", .example = "\"t\""});
  condition.key("residual", &Condition::residual, {
    .text = "What is zero for the solution; may use the outward normal n_x, n_y, ... On an interface names end "
        "with _minus (inside) and _plus, and the normal points from minus to plus.", .otherwise = "flux",
    .example = "\"u\""});
  condition.declare("flux", KeyType::expression, {
    .text = "Instead, beside a conservation law that is solved: what flows out there, flux . n with the outward "
        "normal n; may use fields.", .otherwise = "residual", .example = "\"h*(u - u0)\""});
  condition.declare("conservation", KeyType::text, {
    .text = "Name of the law whose flux is meant, where there are several.", .otherwise = "the only one",
    .example = "\"heat\""});
  condition.key("where", &Condition::where, {.text = "Only at points where this holds.",
    .otherwise = "everywhere", .example = "\"x < 0.5\""});
  condition.key("weight", &Condition::weight, {
    .text = "Factor of its rows in the least-squares problem; auto scales all rows to comparable size.",
    .minimum = 0, .above_minimum = true, .example = "1.0"});
}

/// Conditions on fluxes: a part of the keys of conditions, where these are declared.
void declare_natural(const KeySection<NaturalCondition>& natural) {
  natural.key("name", &NaturalCondition::name, {.otherwise = "condition_1, condition_2, ..."});
  natural.key("on", &NaturalCondition::on, {});
  natural.key("flux", &NaturalCondition::flux, {.otherwise = "residual"});
  natural.key("conservation", &NaturalCondition::conservation, {.otherwise = "the only one"});
  natural.key("where", &NaturalCondition::where, {.otherwise = "everywhere"});
}

void declare_enforcement(const KeySection<Enforcement>& enforcement) {
  enforcement.key("lift", &Enforcement::lift, {
    .text = "A function of the coordinates that has the right values where factor is zero.",
    .standard = "\"0\"", .example = "\"0\""});
  enforcement.key("factor", &Enforcement::factor, {
    .text = "A function of the coordinates that is zero where the condition holds.", .required = true,
    .example = "\"x*(1-x)\""});
}

void declare_data(const KeySection<DataSet>& data) {
  data.typed("file", KeyType::text, &DataSet::file, {
    .text = "CSV file with a header, or HDF5 file with a data set a column; columns named after coordinates "
        "and fields.", .otherwise = "values", .example = "\"velocity.csv\""});
  data.typed("standard_deviation", KeyType::number, &DataSet::standard_deviation, {
    .text = "Standard deviation of the observations' errors. With it, data give way to equations and "
        "conditions, and count by its inverse among each other; without it, they are conditions.",
    .otherwise = "noise, where that is not 0; else the data are conditions", .unit = "of the field",
    .minimum = 0, .above_minimum = true, .example = "0.01"});
  data.key("weight", &DataSet::weight, {
    .text = "Factor of their rows in the least-squares problem; auto counts data with a standard deviation less "
        "than equations, as long as that leaves no more of them than their errors, and others as conditions.",
    .minimum = 0, .above_minimum = true, .example = "1.0"});
  data.names("values", &DataSet::values, {
    .text = "Instead of file: observations are generated from expressions of the coordinates.",
    .otherwise = "file"},
    {.text = "What is observed of a field.", .otherwise = "the field is not observed",
     .example = "\"sin(pi*x)\""});
  data.key("points", &DataSet::count, {.text = "Number of generated observations of each field.",
    .minimum = 1, .maximum = 10000000, .example = "200"});
  data.key("sampling", &DataSet::sampling, {.text = "How points of generated observations are placed.",
    .choices = {spelling(Sampling::sobol), spelling(Sampling::random)}});
  data.key("noise", &DataSet::noise, {
    .text = "Standard deviation of the Gaussian noise that is added to generated observations.",
    .unit = "of the field", .minimum = 0, .example = "0.01"});
  data.key("seed", &DataSet::seed, {.text = "Seed of generated points and noise.",
    .otherwise = "network.seed", .minimum = 0, .maximum = 9223372036854775807.0, .example = "1"});
}

void declare_conservation(const KeySection<Conservation>& law) {
  law.key("name", &Conservation::name, {.text = "Its name, in messages.",
    .otherwise = "conservation_1, conservation_2, ...", .example = "\"heat\""});
  law.names("flux", &Conservation::flux, {
    .text = "Components of the flux, by coordinate; along t stands the density.", .required = true},
    {.text = "The component along the coordinate of that name; may use fields and derivatives.",
     .otherwise = "0", .example = "\"-u_x\""});
  law.key("solve", &Conservation::solve, {
    .text = "Whether it is solved, instead of equations: then a flux has first derivatives at most, and there is a "
        "law for each field."});
  law.declare("form", KeyType::text, {
    .text = "How it is solved: tested with functions, or by least squares as a first-order system, in which each "
        "component of the flux is a field, flux_x, flux_y, ... (NAME_flux_x, ... where several laws are solved).",
    .otherwise = "weak, unless these are fields", .choices = {"weak", "first-order"}, .example = "\"first-order\""});
  law.key("source", &Conservation::source, {
    .text = "What comes into being, by volume (and time); may use fields and derivatives.",
    .otherwise = "\"0\"", .example = "\"0\""});
}

void declare_quantity(const KeySection<Quantity>& quantity) {
  quantity.key("name", &Quantity::name, {.text = "Its name, in result lines and files.",
    .otherwise = "quantity_1, quantity_2, ...", .example = "\"lift\""});
  quantity.key("expression", &Quantity::expression, {
    .text = "Coordinates, fields, derivatives, parameters, unknowns, definitions; on a boundary the outward normal "
        "n_x, n_y, ... too.", .required = true, .example = "\"-p*n_y\""});
  quantity.key("on", &Quantity::on, {
    .text = "Where: faces such as \"x.lower\", names of shapes, or \"boundary\": all of them but those of t.",
    .otherwise = "the whole domain", .example = "[\"x.upper\"]"});
  quantity.declare("integral", KeyType::text, {.text = "Says that it is the integral over the domain, as without on.",
    .otherwise = "the same", .choices = {"domain"}, .example = "\"domain\""});
  quantity.key("point", &Quantity::point, {
    .text = "Instead: its value at a point, with one number for each coordinate (t may stand in at_time).",
    .otherwise = "no point", .unit = "of the coordinates", .example = "[0.5, 0.5]"});
  quantity.names("plane", &Quantity::plane, {
    .text = "Only where some coordinates have these values: a plane, a line.", .otherwise = "everywhere"},
    {.text = "The value of the coordinate of that name.", .otherwise = "any", .example = "0.5"});
  quantity.typed("at_time", KeyType::number, &Quantity::at_time, {
    .text = "Only at this time.", .otherwise = "all times", .unit = "of t", .example = "0.1"});
  quantity.key("kind", &Quantity::kind, {
    .text = "The integral over all these points, the mean, or the least or greatest value."});
}
// clang-format on

}  // namespace

const KeyTable<Unknown>& unknown_table() {
  static const auto table = table_of("unknowns.*", declare_unknown);
  return table;
}

const KeyTable<Equation>& equation_table() {
  static const auto table = table_of("equation", declare_equation);
  return table;
}

const KeyTable<Energy>& energy_table() {
  static const auto table = table_of("energy", declare_energy);
  return table;
}

const KeyTable<Condition>& condition_table() {
  static const auto table = table_of("condition", declare_condition);
  return table;
}

const KeyTable<Enforcement>& enforcement_table() {
  static const auto table = table_of("exact_enforcement.*", declare_enforcement);
  return table;
}

const KeyTable<DataSet>& data_table() {
  static const auto table = table_of("data", declare_data);
  return table;
}

const KeyTable<Quantity>& quantity_table() {
  static const auto table = table_of("quantity", declare_quantity);
  return table;
}

const KeyTable<NaturalCondition>& natural_table() {
  static const auto table = table_of("condition", declare_natural);
  return table;
}

const KeyTable<Conservation>& conservation_table() {
  static const auto table = table_of("conservation", declare_conservation);
  return table;
}

}  // namespace ddpinn
