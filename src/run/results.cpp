// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/host.hpp"
#include "base/log.hpp"
#include "base/memory.hpp"
#include "base/threads.hpp"
#include "io/directory.hpp"
#include "io/fields/field_file.hpp"
#include "io/pictures/picture.hpp"
#include "io/report/history.hpp"
#include "io/report/summary.hpp"
#include "io/report/versions.hpp"
#include "judge/a_posteriori.hpp"
#include "judge/conservation.hpp"
#include "judge/error_norms.hpp"
#include "parallel/agree.hpp"
#include "parallel/phases.hpp"
#include "run/output_grid.hpp"
#include "run/parts.hpp"
#include "run/quantities.hpp"
#include "run/run.hpp"
#include "solver/monitor.hpp"

#include <ddpinn/solve.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

namespace ddpinn {

namespace {

std::map<std::string, std::string> version_map() {
  const auto v = versions();
  return {{"ddpinn", v.ddpinn},  {"mpi", v.mpi},   {"petsc", v.petsc},
          {"libtorch", v.torch}, {"hdf5", v.hdf5}, {"blas", v.blas}};
}

/// What is done with a solution after the solve, on the same timers.
class Afterwards {
 public:
  Afterwards(Solved& solved, const Monitor& monitor)
      : solved_(solved), parts_(solved.fields.parts()), monitor_(monitor), voice_(parts_.comm.rank() == 0) {
    monitor_.timers = &parts_.timers;
  }

  void judge(const Criteria& criteria) {
    solved_.result.errors = errors(parts_.file.problem.reference_file);
    if (!criteria.compare_with.empty()) solved_.result.comparison = errors(Text{criteria.compare_with, {}});
    if (!parts_.file.problem.quantities.empty()) {
      const auto timed = start_phase(monitor_, "quantities");
      solved_.result.quantities = quantities(parts_);
    }
    if (criteria.a_posteriori) look_back();
    count();
  }

  /// What is small comes whole even where there is no room for the fields; pictures come last.
  void write(const std::filesystem::path& directory) {
    std::optional<AgreedError> failure;
    try {
      const auto timed = start_phase(monitor_, "files");
      if (parts_.file.options.output.fields)
        write_fields(parts_.comm, directory, sample(),
                     {{"title", parts_.file.problem.title}, {"ddpinn", versions().ddpinn}});
      solved_.fields.save(directory / "solution.h5");
    } catch (const AgreedError& error) {
      failure = error;
    }
    write_record(directory);
    if (failure) throw *failure;
    if (!parts_.file.options.output.pictures) return;
    draw(directory, parts_.file.options.output.fields ? gather_slices(parts_.comm, sample()) : GridSlices{});
    write_record(directory);
  }

 private:
  void write_record(const std::filesystem::path& directory) {
    count();
    const auto efforts = reduce_efforts(parts_.comm, parts_.timers, solved_.result.phases);
    const double memory = sum(parts_.comm, peak_memory());
    const auto use = use_by_rank();
    on_root(parts_.comm, [&] {
      write_history(directory, solved_.result.history);
      if (!solved_.result.quantities.empty()) write_text(directory / "quantities.csv", quantities_text());
      write_summary(directory, solved_.result,
                    {parts_.file.problem.title, parts_.file.path, parts_.file.options, version_map(),
                     host_name(), set_threads(), solved_.warnings, efforts, memory, use});
    });
  }

  /// @note Collective.
  std::vector<RankUse> use_by_rank() const {
    constexpr int most = 64;
    std::vector<double> own{peak_memory()};
    for (const auto& phase : solved_.result.phases)
      own.push_back(exclusive_seconds(parts_.timers, phase.name));
    const auto all = all_gather(parts_.comm, own);
    const int size = parts_.comm.size(), shown = std::min(size, most);
    std::vector<RankUse> use;
    for (int i = 0; i < shown; ++i) {
      const int rank = shown > 1 ? i * (size - 1) / (shown - 1) : 0;
      const auto begin = all.begin() + rank * std::ssize(own);
      use.push_back({rank, *begin, {begin + 1, begin + std::ssize(own)}});
    }
    return use;
  }

  /// One line per time slab, and without slabs one in all.
  std::string quantities_text() const {
    std::vector<TimeSlab> slabs;
    for (std::size_t s = 0; s < parts_.slabs.size(); ++s) slabs.push_back(parts_.slab(s));
    return ddpinn::quantities_text(solved_.result.quantities, slabs);
  }

  std::vector<FieldError> errors(const std::optional<Text>& reference) {
    ErrorNorms norms(parts_.file);
    if (reference)
      for (std::size_t s = 0; s < parts_.slabs.size(); ++s)
        norms.add(*reference, parts_.slabs[s], parts_.slab(s));
    else if (parts_.file.options.output.fields || !parts_.file.problem.exact.empty())
      norms.add(sample());
    return norms.result(parts_.comm);
  }

  const GridSample& sample() {
    if (parts_.sample) return *parts_.sample;
    const auto timed = start_phase(monitor_, "sampling");
    parts_.sample.emplace();
    const bool estimated = parts_.corrected.size() == parts_.slabs.size();
    int numbered = 0;  // subdomains of the slabs before
    for (std::size_t s = 0; s < parts_.slabs.size(); ++s) {
      const auto& field = parts_.slabs[s];
      const auto* corrected = estimated ? &parts_.corrected[s] : nullptr;
      append(*parts_.sample,
             collectively(parts_.comm, [&] { return sample_grid(parts_.file, field, corrected, numbered); }));
      numbered += field.space().decomposition().size();
    }
    return *parts_.sample;
  }

  void look_back() {
    if (parts_.file.options.time.slabs > 1)
      throw Error(
          Status::usage,
          "a posteriori estimates with time.slabs > 1 (they are for the whole time at once); leave them "
          "out, or use time.slabs = 1");
    const auto timed = start_phase(monitor_, "a posteriori");
    const auto& field = parts_.slabs.back();
    solved_.result.fresh_residuals = fresh_residuals(field);
    if (parts_.file.problem.unknowns.empty()) estimate(field);
    solved_.result.balances = balances(field);
  }

  /// What no grid can estimate (the same on every rank) costs the estimates only.
  void estimate(const Field& field) {
    try {
      solved_.result.grid_estimates =
          estimate_by_residual(field, solved_.result.fresh_residuals, parts_.file.options.points.interior);
    } catch (const Error& error) {
      if (error.status() != Status::case_file) throw;
      solved_.warnings.push_back(fmt::format("no error estimate: {}", error.what()));
    }
  }

  void draw(const std::filesystem::path& directory, const GridSlices& slices) {
    const auto timed = start_phase(monitor_, "pictures");
    on_root(parts_.comm, [&] {
      for (const auto& remark :
           draw_pictures(directory, slices, solved_.result.history, parts_.file.problem.title))
        solved_.warnings.push_back(remark);
    });
  }

  /// Time and memory, up to now.
  void count() {
    solved_.result.peak_memory = max(parts_.comm, peak_memory());
    solved_.result.phases = reduce_phases(parts_.comm, parts_.timers);
    solved_.result.seconds = max(parts_.comm, parts_.timers.elapsed());
  }

  Solved& solved_;
  Fields::Parts& parts_;
  Monitor monitor_;
  log::Voice voice_;
};

}  // namespace

void judge(Solved& solved, const Criteria& criteria, const Monitor& monitor) {
  Afterwards(solved, monitor).judge(criteria);
}

void write_results(Solved& solved, const std::string& directory, const Monitor& monitor) {
  const auto& parts = solved.fields.parts();
  const auto folder = directory.empty() ? parts.file.options.output.directory : directory;
  OutputDirectory output(parts.comm, folder);
  output.begin(parts.file.original, resolved_case(parts.file));
  write_files(solved, output.path(), monitor);
}

void write_files(Solved& solved, const std::string& directory, const Monitor& monitor) {
  Afterwards(solved, monitor).write(directory);
}

}  // namespace ddpinn
