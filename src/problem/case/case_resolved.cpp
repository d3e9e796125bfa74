// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_file.hpp"
#include "problem/case/case_tree.hpp"

#include <cmath>
#include <sstream>

namespace ddpinn {
namespace {

std::string toml(const std::string& text) { return as_toml(text); }
std::string toml(const Text& text) { return as_toml(text.value); }
std::string toml(double value) { return as_toml(value); }
std::string toml(int value) { return std::to_string(value); }
std::string toml(std::uint64_t value) { return std::to_string(value); }
std::string toml(bool value) { return value ? "true" : "false"; }
std::string toml_automatic(const std::optional<double>& value) {
  return value ? as_toml(*value) : "\"auto\"";
}

template <class Value>
std::string toml(const std::vector<Value>& values) {
  std::string text;
  for (const auto& value : values) text += (text.empty() ? "" : ", ") + toml(value);
  return "[" + text + "]";
}

class Writer {
 public:
  void section(const std::string& name) { out_ << "\n[" << name << "]\n"; }
  void sections(const std::string& name) { out_ << "\n[[" << name << "]]\n"; }
  template <class Value>
  void key(const std::string& name, const Value& value) {
    out_ << name << " = " << toml(value) << "\n";
  }
  void raw(const std::string& name, const std::string& value) { out_ << name << " = " << value << "\n"; }
  void where(const std::optional<Text>& where) {
    if (where) key("where", *where);
  }
  std::string text() const { return out_.str(); }

 private:
  std::ostringstream out_;
};

std::string table(const std::vector<std::pair<std::string, std::string>>& members) {
  std::string text;
  for (const auto& [name, value] : members) text += (text.empty() ? "" : ", ") + name + " = " + value;
  return "{ " + text + " }";
}

void write_shape(const Shape& shape, Writer& writer) {
  writer.sections(shape.use == Shape::Use::remove ? "domain.remove"
                  : shape.use == Shape::Use::keep ? "domain.keep"
                                                  : "domain.interface");
  writer.key("name", shape.name);
  switch (shape.kind) {
    case Shape::Kind::ball:
      return writer.raw("ball", table({{"center", toml(shape.center)}, {"radius", toml(shape.radius)}}));
    case Shape::Kind::box:
      return writer.raw("box", table({{"lower", toml(shape.lower)}, {"upper", toml(shape.upper)}}));
    case Shape::Kind::cylinder:
      return writer.raw("cylinder", table({{"axis", toml(shape.axis)},
                                           {"center", toml(shape.center)},
                                           {"radius", toml(shape.radius)}}));
    case Shape::Kind::implicit:
      return writer.key("inside", shape.inside);
  }
}

void write_domain(const Domain& domain, Writer& writer) {
  writer.section("domain");
  writer.key("coordinates", domain.coordinates);
  writer.key("lower", domain.lower);
  writer.key("upper", domain.upper);
  std::vector<std::string> periodic;
  for (std::size_t d = 0; d < domain.coordinates.size(); ++d)
    if (domain.periodic[d]) periodic.push_back(domain.coordinates[d]);
  writer.key("periodic", periodic);
  for (const auto& shape : domain.shapes) write_shape(shape, writer);
}

void write_names(const Problem& problem, Writer& writer) {
  if (!problem.parameters.empty()) writer.section("parameters");
  for (const auto& [name, value] : problem.parameters) writer.key(name, value);
  if (!problem.unknowns.empty()) writer.section("unknowns");
  for (const auto& unknown : problem.unknowns) {
    std::vector<std::pair<std::string, std::string>> members{{"initial", toml(unknown.initial)}};
    if (std::isfinite(unknown.lower)) members.emplace_back("lower", toml(unknown.lower));
    if (std::isfinite(unknown.upper)) members.emplace_back("upper", toml(unknown.upper));
    writer.raw(unknown.name, table(members));
  }
  if (!problem.definitions.empty()) writer.section("definitions");
  for (const auto& [name, text] : problem.definitions) writer.key(name, text);
}

void write_statements(const Problem& problem, Writer& writer) {
  for (const auto& equation : problem.equations) {
    writer.sections("equation");
    writer.key("name", equation.name);
    writer.key("residual", equation.residual);
    writer.where(equation.where);
    writer.raw("weight", toml_automatic(equation.weight));
  }
  for (const auto& condition : problem.conditions) {
    writer.sections("condition");
    writer.key("name", condition.name);
    condition.points.empty() ? writer.key("on", condition.on) : writer.key("points", condition.points);
    writer.key("residual", condition.residual);
    writer.where(condition.where);
    writer.raw("weight", toml_automatic(condition.weight));
  }
}

void write_data(const DataSet& data, Writer& writer) {
  writer.sections("data");
  if (data.file) {
    writer.key("file", *data.file);
  } else {
    std::vector<std::pair<std::string, std::string>> values;
    for (const auto& [field, text] : data.values) values.emplace_back(field, toml(text));
    writer.raw("values", table(values));
    writer.key("points", data.count);
    writer.key("sampling", data.sampling);
    writer.key("noise", data.noise);
    writer.key("seed", data.seed);
  }
  if (data.standard_deviation) writer.key("standard_deviation", *data.standard_deviation);
}

void write_conservation(const Conservation& law, Writer& writer) {
  writer.sections("conservation");
  writer.key("name", law.name);
  std::vector<std::pair<std::string, std::string>> flux;
  for (const auto& [coordinate, text] : law.flux) flux.emplace_back(coordinate, toml(text));
  writer.raw("flux", table(flux));
  if (law.source) writer.key("source", *law.source);
}

void write_solutions(const Problem& problem, Writer& writer) {
  if (!problem.exact_enforcement.empty()) writer.section("exact_enforcement");
  for (const auto& [field, enforcement] : problem.exact_enforcement)
    writer.raw(field, table({{"lift", toml(enforcement.lift)}, {"factor", toml(enforcement.factor)}}));
  if (!problem.exact.empty()) writer.section("exact");
  for (const auto& [field, text] : problem.exact) writer.key(field, text);
  if (problem.reference_file) {
    writer.section("reference");
    writer.key("file", *problem.reference_file);
  }
}

void write_decomposition(const DecompositionOptions& options, Writer& writer) {
  writer.section("decomposition");
  writer.key("subdomains", options.subdomains);
  std::vector<std::pair<std::string, std::string>> breakpoints;
  for (const auto& [coordinate, points] : options.breakpoints)
    breakpoints.emplace_back(coordinate, toml(points));
  if (!breakpoints.empty()) writer.raw("breakpoints", table(breakpoints));
  writer.key("overlap", options.overlap);
  writer.key("window", options.window);
  writer.key("levels", options.levels);
  writer.key("coupling", options.coupling);
  if (options.coupling != "interface") return;
  writer.section("decomposition.interface");
  writer.key("transmission", options.interface.transmission);
  writer.raw("robin_parameter", toml_automatic(options.interface.robin_parameter));
  writer.key("order", options.interface.order);
  writer.key("acceleration", options.interface.acceleration);
  writer.raw("local_steps", std::to_string(options.interface.local_steps));
}

void write_networks(const Options& options, Writer& writer) {
  writer.section("points");
  writer.key("interior", options.points.interior);
  writer.key("boundary", options.points.boundary);
  writer.key("sampling", options.points.sampling);
  writer.raw("refine", table({{"every", std::to_string(options.points.refine_every)}}));
  writer.section("network");
  writer.key("kind", options.network.kind);
  if (!options.network.file.empty()) writer.key("file", options.network.file);
  writer.key("hidden", options.network.hidden);
  writer.key("activation", options.network.activation);
  writer.raw("scale", toml_automatic(options.network.scale));
  if (!options.network.polynomial_degree.empty())
    writer.key("polynomial_degree", options.network.polynomial_degree);
  writer.key("seed", options.network.seed);
  writer.key("precision", options.network.precision);
}

void write_solver(const SolverOptions& options, Writer& writer) {
  writer.section("solver");
  writer.key("method", options.method);
  writer.key("tolerance", options.tolerance);
  writer.key("max_iterations", options.max_iterations);
  if (options.time_limit) writer.key("time_limit", *options.time_limit);
  writer.section("solver.krylov");
  writer.key("type", options.krylov.type);
  writer.key("preconditioner", options.krylov.preconditioner);
  writer.key("compression", options.krylov.compression);
  writer.key("max_iterations", options.max_krylov_iterations);
  writer.section("solver.gauss_newton");
  writer.key("variable_projection", options.gauss_newton.variable_projection);
  writer.key("damping", options.gauss_newton.damping);
  writer.section("solver.adam");
  writer.key("learning_rate", options.adam.learning_rate);
  writer.key("schedule", options.adam.schedule);
  writer.key("every", options.adam.every);
  writer.key("relaxation", options.adam.relaxation);
  writer.section("solver.adam.decay");
  writer.key("every", options.adam.decay_every);
  writer.key("factor", options.adam.decay_factor);
}

void write_output(const OutputOptions& options, Writer& writer) {
  writer.section("output");
  writer.key("directory", options.directory);
  writer.key("grid", options.grid);
  writer.key("pictures", options.pictures);
}

}  // namespace

std::string resolved_case(const CaseFile& file) {
  Writer writer;
  writer.key("title", file.problem.title);
  writer.key("fields", file.problem.fields);
  write_domain(file.problem.domain, writer);
  write_names(file.problem, writer);
  write_statements(file.problem, writer);
  for (const auto& data : file.problem.data) write_data(data, writer);
  for (const auto& law : file.problem.conservation) write_conservation(law, writer);
  write_solutions(file.problem, writer);
  write_decomposition(file.options.decomposition, writer);
  write_networks(file.options, writer);
  write_solver(file.options.solver, writer);
  if (!file.options.coarse.empty()) {
    writer.section("coarse");
    writer.key("grid", file.options.coarse);
  }
  writer.section("time");
  file.options.time.breakpoints.empty() ? writer.key("slabs", file.options.time.slabs)
                                        : writer.key("breakpoints", file.options.time.breakpoints);
  write_output(file.options.output, writer);
  return writer.text();
}

}  // namespace ddpinn
