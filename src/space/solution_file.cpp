// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "space/solution_file.hpp"

#include "io/fields/row_file.hpp"
#include "parallel/agree.hpp"
#include "problem/case/derived_cases.hpp"
#include "problem/forward_problem.hpp"

#include <ddpinn/version.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

namespace ddpinn {

namespace {

constexpr const char* format_name = "ddpinn solution";
constexpr const char* format_version = "1";

/// A case that needs no other file, and nothing to be found, to have its spaces again.
CaseFile self_contained(CaseFile file, const std::vector<double>& unknowns) {
  file.problem = forward_problem(std::move(file.problem), unknowns);
  file.problem.reference_file.reset();
  return file;
}

std::string name_of(std::size_t slab, const char* what) { return fmt::format("slabs/{}/{}", slab, what); }

std::vector<double> values_of(std::span<const double> entries) { return {entries.begin(), entries.end()}; }

/// Parameters of a network's hidden layers; 0 where they are random.
int hidden_size(const Space& space) {
  long long size = 0;
  if (const auto& trained = space.family().trained)
    for (const auto& [k, parameters] : *trained) size = std::max<long long>(size, parameters.size());
  return max(space.communicator(), size);
}

std::vector<int> shape_of(const Space& space) {
  return {space.decomposition().size(), static_cast<int>(space.model().fields.size()),
          static_cast<int>(space.family().shape.features())};
}

/// One row, of rank 0.
Rows single_row(const Space& space, std::vector<double> values) {
  Rows rows;
  if (space.communicator().rank() == 0) rows[0] = std::move(values);
  return rows;
}

void write_slab(RowFileWriter& file, std::size_t slab, const Field& field) {
  const auto& space = field.space();
  const auto owned = space.owned();
  Rows coefficients, hidden;
  for (int k : owned) coefficients[k] = values_of(field[k].entries());
  file.write(name_of(slab, "coefficients"), shape_of(space), std::move(coefficients));
  file.write(name_of(slab, "scale"), {1}, single_row(space, {space.family().scale}));
  if (const int count = field.unknowns().size(); count > 0)
    file.write(name_of(slab, "unknowns"), {1, count}, single_row(space, field.unknowns()));
  const int size = hidden_size(space);
  if (size == 0) return;
  for (int k : owned) {
    const auto found = space.family().trained->find(k);
    hidden[k] = found == space.family().trained->end() ? std::vector<double>(size) : found->second;
  }
  file.write(name_of(slab, "hidden"), {space.decomposition().size(), size}, std::move(hidden));
}

std::vector<int> needed(const Space& space) {
  std::set<int> all;
  for (int k : space.owned()) all.insert(k);
  for (int k : space.covering()) all.insert(k);
  return {all.begin(), all.end()};
}

void check_format(const Communicator& comm, RowFileReader& file, const std::filesystem::path& path) {
  const auto format = file.attribute("format"), version = file.attribute("format_version");
  collectively(comm, [&] {
    if (format != format_name || version != format_version)
      throw Error(
          Status::input_output,
          fmt::format("{}: the format is '{}', version {} (this program reads '{}', version {}); read "
                      "it with the version of ddpinn that wrote it",
                      path.string(), format, version, format_name, format_version));
  });
}

void check_shape(const Space& space, RowFileReader& file, const std::string& name,
                 const std::filesystem::path& path) {
  const auto found = file.shape(name), expected = shape_of(space);
  collectively(space.communicator(), [&] {
    if (found != expected)
      throw Error(Status::input_output,
                  fmt::format("{}:/{}: there are {} values (the file's case has {}); use another copy",
                              path.string(), name, fmt::join(found, " x "), fmt::join(expected, " x ")));
  });
}

/// Where hidden layers come from: files of before networks could share them have no other word than random.
const char* hidden_layers(const NetworkFamily& family) {
  return family.trained ? "trained" : family.shared ? "shared" : "random";
}

/// The networks of a slab, as they were. @param hidden the word for where the hidden layers come from
NetworkFamily read_family(const Space& space, RowFileReader& file, std::size_t slab,
                          const std::string& hidden) {
  auto family = space.family();
  family.shared = hidden == "shared";
  family.scale = file.read(name_of(slab, "scale"), {0}).at(0).at(0);
  if (hidden != "trained") return family;
  HiddenLayers layers;
  for (auto& [k, parameters] : file.read(name_of(slab, "hidden"), needed(space)))
    layers[k] = std::move(parameters);
  family.trained = std::make_shared<const HiddenLayers>(std::move(layers));
  return family;
}

Field read_slab(const Space& random, RowFileReader& file, std::size_t slab, const std::string& hidden,
                const std::filesystem::path& path) {
  const auto name = name_of(slab, "coefficients");
  check_shape(random, file, name, path);
  Field field(random.with(read_family(random, file, slab, hidden)));
  for (const auto& [k, values] : file.read(name, needed(random))) std::ranges::copy(values, field[k].data());
  return field;
}

}  // namespace

void save(const std::vector<Field>& slabs, const CaseFile& file, const std::filesystem::path& path) {
  const auto& space = slabs.at(0).space();
  const auto text = resolved_case(self_contained(file, slabs[0].unknowns()));
  double bytes = 2.0 * text.size();
  for (const auto& field : slabs)
    bytes += 8.0 * field.space().decomposition().size() *
             (field.space().family().shape.features() * field.space().model().fields.size() +
              hidden_size(field.space()) + 2.0);
  std::vector<std::string> unknowns;
  for (const auto& unknown : space.model().unknowns) unknowns.push_back(unknown.name);
  RowFileWriter writer(space.communicator(), path, bytes);
  writer.write_attributes({{"format", format_name},
                           {"format_version", format_version},
                           {"ddpinn", version},
                           {"fields", fmt::format("{}", fmt::join(space.model().fields, " "))},
                           {"unknowns", fmt::format("{}", fmt::join(unknowns, " "))},
                           {"slabs", std::to_string(slabs.size())},
                           {"hidden_layers", hidden_layers(space.family())},
                           {"seed", std::to_string(space.family().seed)}});
  writer.write_text("case", text);
  for (std::size_t slab = 0; slab < slabs.size(); ++slab) write_slab(writer, slab, slabs[slab]);
  writer.finish();
}

SavedFields load(const std::filesystem::path& path, const Communicator& comm) {
  RowFileReader file(comm, path);
  check_format(comm, file, path);
  const auto hidden = file.attribute("hidden_layers");
  const auto count = std::stoul(file.attribute("slabs"));
  const auto text = file.read_text("case");
  SavedFields saved;
  collectively(comm, [&] { saved.file = parse_case(text, path.string() + ":/case"); });
  for (std::size_t slab = 0; slab < count; ++slab) {
    const auto space =
        collectively(comm, [&] { return Space(comm, lay_out(slab_case(saved.file, slab), comm.size())); });
    saved.slabs.push_back(read_slab(space, file, slab, hidden, path));
  }
  return saved;
}

}  // namespace ddpinn
