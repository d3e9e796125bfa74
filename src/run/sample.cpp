// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/sample.hpp"

#include "base/log.hpp"
#include "base/timers.hpp"
#include "io/disk.hpp"
#include "io/fields/field_file.hpp"
#include "io/fields/shared_file.hpp"
#include "io/fields/vtkhdf.hpp"
#include "parallel/agree.hpp"
#include "problem/expression/scope.hpp"
#include "run/evaluation.hpp"
#include "run/sample_points.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <iterator>

namespace ddpinn {

namespace {

namespace fs = std::filesystem;

/// Points of one call: what is tabulated for them stays in the cache.
constexpr std::int64_t batch = 16384;

struct Named {
  std::string name, expression;
};

bool is_name(const std::string& word) {
  return !word.empty() && !std::isdigit(static_cast<unsigned char>(word[0])) &&
         std::ranges::all_of(word, [](unsigned char c) { return std::isalnum(c) || c == '_'; });
}

/// "flux=-k*u_x": a name, and the expression.
Named named(const std::string& quantity) {
  const auto equals = quantity.find('=');
  if (equals == std::string::npos || !is_name(quantity.substr(0, equals)) || quantity[equals + 1] == '=')
    return {quantity, quantity};
  return {quantity.substr(0, equals), quantity.substr(equals + 1)};
}

/// A column of values of this rank's points.
struct Column {
  std::string name;
  std::vector<double> value;
};

class Evaluation {
 public:
  Evaluation(const SampleRequest& request, const Communicator& comm, Fields fields)
      : request_(request),
        comm_(comm),
        fields_(std::move(fields)),
        parts_(fields_.parts()),
        points_(sample_points(comm, request, parts_.file.problem.domain)),
        rows_(slab_of(points_.shape.front(), comm.size(), comm.rank())) {}

  void run() {
    evaluate();
    const auto path = output();
    if (path == "-" || path.extension() == ".csv")
      write_csv(path);
    else if (path.extension() == ".h5" || path.extension() == ".vtkhdf")
      write_hdf5(path);
    else
      throw Error(Status::usage,
                  fmt::format("sample: --output '{}' has none of the endings .csv, .h5 and .vtkhdf "
                              "(which say the format); write for example --output sample.csv",
                              path.string()));
    if (path != "-") report(path);
  }

 private:
  void evaluate() {
    std::vector<Named> quantities;
    for (const auto& text : request_.quantities) quantities.push_back(named(text));
    if (quantities.empty())
      for (const auto& field : parts_.model.problem.fields) quantities.push_back({field, field});
    std::vector<std::string> expressions;
    for (const auto& quantity : quantities) expressions.push_back(quantity.expression);
    const auto compiled =
        compile_expressions(parts_, expressions, residual_scope(parts_.model.problem, false));
    own_ = points_.of(rows_);
    for (const auto& quantity : quantities) columns_.push_back({quantity.name, {}});
    const Timers timer;
    const std::int64_t size = own_.size();
    const auto most = max(comm_, static_cast<long long>((size + batch - 1) / batch));
    for (long long b = 0; b < most; ++b) {
      const auto begin = std::min<std::int64_t>(b * batch, size), end = std::min(begin + batch, size);
      const std::vector<Point> some(own_.begin() + begin, own_.begin() + end);
      const auto values = values_at(parts_, some, compiled);
      for (std::size_t c = 0; c < columns_.size(); ++c)
        columns_[c].value.insert(columns_[c].value.end(), values[c].begin(), values[c].end());
    }
    seconds_ = max(comm_, timer.elapsed());
  }

  fs::path output() const {
    if (!request_.output.empty()) return request_.output;
    return fs::path(request_.solution).parent_path() / "sample.csv";
  }

  std::vector<Column> coordinates() const {
    std::vector<Column> columns;
    const auto& names = parts_.file.problem.domain.coordinates;
    for (std::size_t d = 0; d < names.size(); ++d) {
      auto& column = columns.emplace_back(Column{names[d], {}});
      for (const auto& x : own_) column.value.push_back(x[d]);
    }
    return columns;
  }

  std::vector<Column> all_columns() const {
    auto columns = coordinates();
    columns.insert(columns.end(), columns_.begin(), columns_.end());
    return columns;
  }

  /// Rank 0 writes the lines of all, rank after rank.
  void write_csv(const fs::path& path) const {
    const auto columns = all_columns();
    std::string text;
    if (comm_.rank() == 0) text = header(columns);
    for (std::size_t i = 0; i < own_.size(); ++i)
      for (std::size_t c = 0; c < columns.size(); ++c)
        fmt::format_to(std::back_inserter(text), "{:.15g}{}", columns[c].value[i],
                       c + 1 < columns.size() ? ',' : '\n');
    std::vector<Message<char>> outgoing;
    if (comm_.rank() != 0) outgoing.push_back({0, {text.begin(), text.end()}});
    const auto incoming = ddpinn::exchange(comm_, outgoing);
    on_root(comm_, [&] {
      for (const auto& message : incoming) text.append(message.data.begin(), message.data.end());
      if (path == "-")
        std::cout << text << std::flush;
      else
        write_text(path, text);
    });
  }

  static std::string header(const std::vector<Column>& columns) {
    std::string text;
    for (const auto& column : columns) {
      const bool quote = column.name.find(',') != std::string::npos;
      text += (text.empty() ? "" : ",") + (quote ? "\"" + column.name + "\"" : column.name);
    }
    return text + "\n";
  }

  /// A column a data set; for VTK on a grid with its dimensions, x fastest.
  void write_hdf5(const fs::path& path) const {
    const bool for_vtk = path.extension() == ".vtkhdf";
    auto data = path;
    if (for_vtk) data.replace_extension(".h5");
    const fs::path temporary = broadcast(comm_, temporary_name(data).string());
    const int total = points_.shape.front() * static_cast<int>(points_.row());
    const bool shaped = for_vtk && points_.grid();
    const auto shape = shaped ? points_.shape : std::vector{total};
    const Slab rows = shaped ? rows_ : Slab{rows_.first * points_.row(), rows_.rows * points_.row()};
    try {
      SharedFile file(comm_, temporary, SharedFile::Mode::create);
      std::vector<std::string> names;
      for (const auto& column : all_columns()) {
        names.push_back(dataset_name(column.name));
        file.write(names.back(), shape, {rows}, column.value);
      }
      if (for_vtk && !shaped) file.write("points", {total, 3}, {rows}, places());
      file.close();
      on_root(comm_, [&] {
        replace_file(temporary, data);
        if (!for_vtk) return;
        names.erase(names.begin(), names.begin() + parts_.file.problem.domain.coordinates.size());
        shaped ? write_vtkhdf_image(path, data.filename().string(), names, image())
               : write_vtkhdf_points(path, data.filename().string(), names, total);
      });
    } catch (const Error&) {
      std::error_code ignored;
      if (comm_.rank() == 0) fs::remove(temporary, ignored);
      throw;
    }
  }

  /// x, y, z of the points; what there are fewer of is 0.
  std::vector<double> places() const {
    std::vector<double> result;
    const auto dimension = std::min<std::size_t>(parts_.file.problem.domain.coordinates.size(), 3);
    for (const auto& x : own_)
      for (std::size_t d = 0; d < 3; ++d) result.push_back(d < dimension ? x[d] : 0);
    return result;
  }

  VtkImage image() const {
    VtkImage image;
    image.shape = points_.shape;
    for (const int d : points_.axis) {
      image.lower.push_back(points_.lower[d]);
      image.upper.push_back(points_.upper[d]);
    }
    return image;
  }

  void report(const fs::path& path) const {
    long long outside = 0;
    const auto& first = columns_.front().value;
    for (const double value : first) outside += std::isnan(value) ? 1 : 0;
    outside = sum(comm_, outside);
    const long long all = sum(comm_, std::ssize(own_));
    log::info(
        "result: points={} without_value={} quantities={} seconds={:.3f} per_second={:.3g} ranks={} file={}",
        all, outside, columns_.size(), seconds_, static_cast<double>(all) / std::max(seconds_, 1e-9),
        comm_.size(), path.string());
  }

  const SampleRequest& request_;
  const Communicator& comm_;
  Fields fields_;
  const Fields::Parts& parts_;
  SamplePoints points_;
  Slab rows_;
  std::vector<Point> own_;
  std::vector<Column> columns_;
  double seconds_ = 0;
};

}  // namespace

void sample_solution(const SampleRequest& request) {
  const Communicator comm(MPI_COMM_WORLD);
  auto file = request;
  std::error_code ignored;
  if (fs::is_directory(file.solution, ignored))
    file.solution = (fs::path(file.solution) / "solution.h5").string();
  file.solution = broadcast(comm, file.solution);
  Evaluation(file, comm, Fields::load(file.solution, MPI_COMM_WORLD)).run();
}

}  // namespace ddpinn
