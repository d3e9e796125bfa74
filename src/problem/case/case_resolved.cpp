// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_file.hpp"
#include "problem/case/case_key_lists.hpp"
#include "problem/case/case_tree.hpp"

#include <algorithm>
#include <sstream>

namespace ddpinn {
namespace {

template <class Value>
std::string toml(const Value& value) {
  return as_toml(to_node(value));
}

/// toml++ could write tables too, but keeps them in alphabetical order; definitions may use those before them
/// only, and a reader wants the order of the reference.
class Writer {
 public:
  void section(const std::string& name) { out_ << "\n[" << name << "]\n"; }
  void sections(const std::string& name) { out_ << "\n[[" << name << "]]\n"; }
  template <class Value>
  void key(const std::string& name, const Value& value) {
    out_ << name << " = " << toml(value) << "\n";
  }
  void raw(const std::string& name, const std::string& value) { out_ << name << " = " << value << "\n"; }
  void remark(const std::string& text) { out_ << "# " << text << "\n"; }
  std::string text() const { return out_.str(); }

 private:
  std::ostringstream out_;
};

/// Without what is not set, where that means more than an empty list.
CaseNode what_is_set(const std::string& path, CaseNode section) {
  std::erase_if(section.members, [&](const CaseMember& member) {
    return member.value.is_empty() && find_key(path + "." + member.key)->standard.empty();
  });
  return section;
}

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
  for (const auto& unknown : problem.unknowns)
    writer.raw(unknown.name, as_toml(what_is_set("unknowns.*", unknown_table().node(unknown))));
  if (!problem.definitions.empty()) writer.section("definitions");
  for (const auto& [name, text] : problem.definitions) writer.key(name, text);
}

void write_sections(const std::string& path, CaseNode section, Writer& writer) {
  writer.sections(path);
  for (const auto& member : what_is_set(path, std::move(section)).members)
    writer.raw(member.key, as_toml(member.value));
}

void write_data(const DataSet& data, Writer& writer) {
  auto node = data_table().node(data);
  // These say how observations are generated.
  if (data.file)
    for (const auto* key : {"points", "sampling", "noise", "seed"}) node.erase(key);
  write_sections("data", std::move(node), writer);
}

/// An equation or a condition. What a text can say of a function in C++ is the sum of its arguments, see
/// problem_case.
template <class Statement>
void write_statement(const std::string& path, const KeyTable<Statement>& keys, const Statement& statement,
                     Writer& writer) {
  write_sections(path, keys.node(statement), writer);
  if (statement.function) writer.remark("the residual is a function in C++, of what stands here as a sum");
}

void write_statements(const Problem& problem, Writer& writer) {
  for (const auto& equation : problem.equations)
    write_statement("equation", equation_table(), equation, writer);
  for (const auto& energy : problem.energies) write_sections("energy", energy_table().node(energy), writer);
  for (const auto& condition : problem.conditions)
    write_statement("condition", condition_table(), condition, writer);
  for (const auto& natural : problem.natural)
    write_sections("condition", natural_table().node(natural), writer);
  for (const auto& data : problem.data) write_data(data, writer);
  for (const auto& law : problem.conservation)
    write_sections("conservation", conservation_table().node(law), writer);
  for (const auto& quantity : problem.quantities)
    write_sections("quantity", quantity_table().node(quantity), writer);
}

void write_solutions(const Problem& problem, Writer& writer) {
  if (!problem.exact_enforcement.empty()) writer.section("exact_enforcement");
  for (const auto& [field, enforcement] : problem.exact_enforcement)
    writer.raw(field, as_toml(enforcement_table().node(enforcement)));
  if (!problem.scales.empty()) writer.section("scales");
  for (const auto& [field, size] : problem.scales) writer.key(field, size);
  if (!problem.exact.empty()) writer.section("exact");
  for (const auto& [field, text] : problem.exact) writer.key(field, text);
  if (problem.reference_file) {
    writer.section("reference");
    writer.key("file", *problem.reference_file);
  }
}

/// Values and small tables first, as TOML wants it, then the sections.
void write_section(const std::string& path, CaseNode section, Writer& writer) {
  constexpr std::size_t short_table = 3;
  section = what_is_set(path, std::move(section));
  const auto sections = std::ranges::stable_partition(section.members, [&](const CaseMember& member) {
    return member.value.kind != CaseNode::Kind::table || member.value.members.size() <= short_table;
  });
  if (section.members.begin() != sections.begin()) writer.section(path);
  for (auto member = section.members.begin(); member != sections.begin(); ++member)
    writer.raw(member->key, as_toml(member->value));
  for (auto& member : sections) write_section(path + "." + member.key, std::move(member.value), writer);
}

}  // namespace

CaseNode options_node(const Options& options) { return options_table().node(options); }

std::string resolved_case(const CaseFile& file) {
  Writer writer;
  writer.key("title", file.problem.title);
  writer.key("fields", file.problem.fields);
  write_domain(file.problem.domain, writer);
  write_names(file.problem, writer);
  write_statements(file.problem, writer);
  write_solutions(file.problem, writer);
  auto options = options_node(file.options);
  // A case gives the number of slabs or their ends.
  if (!file.options.time.breakpoints.empty()) options.find("time")->erase("slabs");
  for (auto& section : options.members) write_section(section.key, std::move(section.value), writer);
  if (!file.scaling.directions.empty() || !file.scaling.parameters.empty())
    for (auto& section : scaling_table().node(file.scaling).members)
      write_section(section.key, std::move(section.value), writer);
  return writer.text();
}

}  // namespace ddpinn
