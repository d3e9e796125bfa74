// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Fields that were saved on some ranks are the same when they are read on others.
#include "space/solution_file.hpp"

#include "io/example_sample.hpp"
#include "problem/case/derived_cases.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/trained_cases.hpp"

#include <fstream>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// Networks with random coefficients that depend on the subdomain only; not those of the case's own scale.
Field random_field(const Communicator& comm, const CaseFile& file, int slab = 0) {
  auto layout = lay_out(slab_case(file, slab), comm.size());
  layout.family.scale = 0.37;
  Field field{Space(comm, std::move(layout))};
  for (const auto& [k, zero] : field.coefficients()) {
    Random random(5 + slab, k);
    for (auto& value : field[k].entries()) value = random.uniform(-1, 1);
  }
  return field;
}

/// Random points of a field's domain, the same on every rank.
std::vector<Point> points_of(const Field& field) {
  const auto& region = field.space().model().region;
  Random random(3, 0);
  std::vector<Point> all(2000, Point{}), kept;
  for (auto& x : all)
    for (int d = 0; d < region.dimension(); ++d)
      x[d] = random.uniform(region.box().lower[d], region.box().upper[d]);
  const auto inside = region.contains(all);
  for (std::size_t i = 0; i < all.size() && kept.size() < 1000; ++i)
    if (inside[i]) kept.push_back(all[i]);
  return kept;
}

/// All fields, with first and second derivatives. @note Collective.
FieldValues values_of(const Field& field) {
  std::vector<Derivative> wanted;
  for (int f = 0; f < std::ssize(field.space().model().fields); ++f)
    for (const MultiIndex& alpha : {MultiIndex{}, MultiIndex{1}, MultiIndex{2}}) wanted.push_back({f, alpha});
  return field.anywhere(points_of(field), wanted);
}

void require_same(const std::vector<Field>& found, const std::vector<FieldValues>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t slab = 0; slab < found.size(); ++slab) {
    const auto values = values_of(found[slab]);
    for (std::size_t a = 0; a < expected[slab].size(); ++a)
      for (std::size_t i = 0; i < expected[slab][a].size(); ++i)
        REQUIRE(values[a][i] == Approx(expected[slab][a][i]).epsilon(1e-11).margin(1e-11));
  }
}

/// Saves the fields that `make` gives on the first three ranks at most, and reads them on one and on all.
/// @returns the case that was read
template <class Make>
CaseFile require_same_elsewhere(const CaseFile& file, const Make& make) {
  const Communicator all(MPI_COMM_WORLD), alone(MPI_COMM_SELF);
  const Folder folder(all);
  const auto path = folder.path() / "solution.h5";
  const auto some = all.first(std::min(3, all.size()));
  std::vector<FieldValues> expected;
  if (some) {
    const std::vector<Field> fields = make(*some);
    for (const auto& field : fields) expected.push_back(values_of(field));
    save(fields, file, path);
  }
  any(all, false);  // the file is there
  const auto together = load(path, all), single = load(path, alone);
  if (expected.empty())
    for (const auto& field : single.slabs) expected.push_back(values_of(field));
  require_same(together.slabs, expected);
  require_same(single.slabs, expected);
  any(all, false);  // nobody needs the file any more
  return together.file;
}

CaseFile require_same_elsewhere(const std::string& text, const std::vector<std::string>& overrides = {}) {
  const auto file = parse_case(text, "test.toml", overrides);
  return require_same_elsewhere(file, [&](const Communicator& comm) {
    std::vector<Field> slabs;
    for (int slab = 0; slab < file.options.time.slabs; ++slab)
      slabs.push_back(random_field(comm, file, slab));
    return slabs;
  });
}

const std::string slabs = R"toml([domain]
coordinates = ["x", "t"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
residual = "u_t - u_xx"
[[condition]]
on = ["t.lower"]
residual = "u - sin(pi*x)"
[[condition]]
on = ["x.lower", "x.upper"]
residual = "u"
[decomposition]
subdomains = [3, 2]
[network]
hidden = [8]
[time]
slabs = 3
)toml";

}  // namespace

TEST_CASE("A saved field has the same values and derivatives on other numbers of ranks") {
  require_same_elsewhere(small_poisson);
}

TEST_CASE("Several fields with enforced conditions, a hole and levels are read as they were saved") {
  require_same_elsewhere(tangled);
}

TEST_CASE("Periodic boxes and networks of materials are read as they were saved") {
  require_same_elsewhere(small_poisson, {"domain.periodic=[\"x\"]", "decomposition.levels=[[7, 5]]",
                                         "condition.walls.on=[\"y.lower\", \"y.upper\"]"});
  require_same_elsewhere(two_materials());
}

TEST_CASE("All time slabs are in one file, and a part of them where a run was stopped") {
  require_same_elsewhere(slabs);
  const auto file = parse_case(slabs, "test.toml");
  require_same_elsewhere(file, [&](const Communicator& comm) {
    return std::vector<Field>{random_field(comm, file, 0), random_field(comm, file, 1)};
  });
}

TEST_CASE("Trained hidden layers and the values of unknowns are read as they were saved") {
  const std::vector<std::string> overrides{"solver.method=\"gauss-newton\"", "solver.max_iterations=3",
                                           "decomposition.subdomains=[5]"};
  const auto file = parse_case(noisy_rod, "test.toml", overrides);
  double value = 0;
  const auto read = require_same_elsewhere(file, [&](const Communicator& comm) {
    const TrainedCase c(noisy_rod, comm.get(), overrides);
    value = c.solution.field.unknowns()[0];
    // Of networks of `comm`, which lives longer than the case.
    Field trained(random_field(comm, file).space().with(c.solution.field.space().family()));
    const auto found = c.complete_field();
    for (const auto& [k, coefficients] : found.coefficients()) trained[k] = coefficients;
    trained.set_unknowns({value});
    return std::vector<Field>{std::move(trained)};
  });
  REQUIRE(read.problem.unknowns.empty());
  REQUIRE(read.problem.parameters.size() == 1);
  REQUIRE(read.problem.parameters[0].first == "a");
  if (value != 0) REQUIRE(read.problem.parameters[0].second == value);
}

TEST_CASE("The file has the same bytes on every number of ranks") {
  const Communicator all(MPI_COMM_WORLD), alone(MPI_COMM_SELF);
  const auto file = parse_case(slabs, "test.toml");
  const Folder folder(all), own(alone);
  save({random_field(all, file)}, file, folder.path() / "solution.h5");
  save({random_field(alone, file)}, file, own.path() / "solution.h5");
  REQUIRE(file_text(folder.path() / "solution.h5") == file_text(own.path() / "solution.h5"));
  REQUIRE_FALSE(has_temporary(folder.path()));
}

TEST_CASE("A damaged file is recognised, wherever the damage is") {
  const Communicator comm(MPI_COMM_SELF);
  const auto file = parse_case(slabs, "test.toml");
  const Folder folder(comm);
  const auto path = folder.path() / "solution.h5";
  const auto field = random_field(comm, file);
  save({field}, file, path);
  const auto whole = file_text(path);
  const auto expected = values_of(field);
  const auto message_with = [&](std::size_t at) {
    auto text = whole;
    text[at] = static_cast<char>(text[at] ^ 1);
    std::ofstream(path, std::ios::binary) << text;
    return message_of([&] { require_same(load(path, comm).slabs, {expected}); });
  };
  const double value = field[4].entries()[7];
  const auto in_data = whole.find(std::string(reinterpret_cast<const char*>(&value), sizeof(value)));
  REQUIRE(in_data != std::string::npos);
  const auto message = message_with(in_data);
  REQUIRE(contains(message, "solution.h5:/slabs/0/coefficients: row 4 has a wrong checksum"));
  const auto in_case = whole.find("u_t - u_xx");
  REQUIRE(in_case != std::string::npos);
  REQUIRE(contains(message_with(in_case), "solution.h5:/case: the text has a wrong checksum"));
  for (std::size_t at = 0; at < whole.size(); at += whole.size() / 50 + 1) {
    const auto found = message_with(at);
    INFO("byte " << at << ": " << found);
    REQUIRE((found.empty() || contains(found, "solution.h5")));
  }
}

TEST_CASE("A file of another kind is an error that says so") {
  const Communicator comm(MPI_COMM_WORLD);
  const Folder folder(comm);
  if (comm.rank() == 0) std::ofstream(folder.path() / "solution.h5") << "no HDF5";
  any(comm, false);  // the file is there
  REQUIRE(contains(message_of([&] { load(folder.path() / "solution.h5", comm); }), "solution.h5"));
  REQUIRE(contains(message_of([&] { load(folder.path() / "nothing.h5", comm); }), "nothing.h5"));
  any(comm, false);  // nobody needs the folder any more
}
