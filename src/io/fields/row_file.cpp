// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/row_file.hpp"

#include "io/disk.hpp"
#include "io/fields/checksum.hpp"
#include "io/fields/shared_file.hpp"
#include "parallel/agree.hpp"

#include <fmt/format.h>

#include <numeric>

namespace ddpinn {

namespace {

std::uint32_t crc_of(const std::vector<double>& row) { return crc32(std::as_bytes(std::span(row))); }

std::string checksums_of(const std::string& name) { return name + "_crc32"; }

/// Rows that follow each other stand in one piece of the file.
std::vector<Slab> ranges(const std::vector<int>& rows) {
  std::vector<Slab> result;
  for (int row : rows)
    if (!result.empty() && result.back().first + result.back().rows == row)
      ++result.back().rows;
    else
      result.push_back({row, 1});
  return result;
}

std::vector<int> numbers(const Rows& rows) {
  std::vector<int> result;
  for (const auto& [number, row] : rows) result.push_back(number);
  return result;
}

}  // namespace

RowFileWriter::RowFileWriter(const Communicator& comm, std::filesystem::path path, double bytes)
    : comm_(comm), path_(std::move(path)), temporary_(broadcast(comm, temporary_name(path_).string())) {
  on_root(comm, [&] { require_space(path_, bytes + 65536, path_.filename().string()); });
  file_ = std::make_unique<SharedFile>(comm, temporary_, SharedFile::Mode::create_checked);
}

RowFileWriter::~RowFileWriter() {
  std::error_code ignored;
  if (file_ && comm_.rank() == 0) std::filesystem::remove(temporary_, ignored);
}

void RowFileWriter::write(const std::string& name, const std::vector<int>& shape, Rows rows) {
  written_.push_back({name, shape, std::move(rows)});
  put(written_.back());
}

/// The rows as they are, and their checksums.
void RowFileWriter::put(const Written& data) {
  std::vector<double> values;
  std::vector<std::uint32_t> checksums;
  for (const auto& [number, row] : data.rows) {
    values.insert(values.end(), row.begin(), row.end());
    checksums.push_back(crc_of(row));
  }
  const auto where = ranges(numbers(data.rows));
  file_->write(data.name, data.shape, where, values);
  file_->write(checksums_of(data.name), {data.shape[0]}, where, checksums);
}

void RowFileWriter::write_text(const std::string& name, const std::string& text) {
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  const int size = bytes.size();
  std::vector<Slab> all;
  if (comm_.rank() == 0) all.push_back({0, size});
  file_->write(name, {size}, all, comm_.rank() == 0 ? bytes : std::vector<std::uint8_t>{}, {},
               {{"crc32", crc32(std::as_bytes(std::span(bytes)))}});
}

void RowFileWriter::write_attributes(const std::map<std::string, std::string>& attributes) {
  file_->write_attributes(attributes);
}

void RowFileWriter::finish() {
  file_->close();
  verify();
  on_root(comm_, [&] { replace_file(temporary_, path_); });
  file_.reset();
}

void RowFileWriter::verify() const {
  SharedFile file(comm_, temporary_, SharedFile::Mode::read);
  for (const auto& [name, shape, rows] : written_) {
    const auto found = file.read<double>(name, shape, ranges(numbers(rows)));
    collectively(comm_, [&] {
      auto at = found.begin();
      for (const auto& [number, row] : rows) {
        const std::vector<double> stored(at, at + std::ssize(row));
        at += std::ssize(row);
        if (crc_of(stored) != crc_of(row))
          throw Error(Status::input_output,
                      fmt::format("{}:/{}: the file holds other values than were written (a failing or full "
                                  "disk); choose another output.directory",
                                  path_.string(), name));
      }
    });
  }
  file.close();
}

RowFileReader::RowFileReader(const Communicator& comm, const std::filesystem::path& path)
    : comm_(comm), path_(path), file_(std::make_unique<SharedFile>(comm, path, SharedFile::Mode::read)) {}

RowFileReader::~RowFileReader() = default;

std::string RowFileReader::attribute(const std::string& name) { return file_->read_attribute(name); }

std::vector<int> RowFileReader::shape(const std::string& name) { return file_->shape(name); }

Rows RowFileReader::read(const std::string& name, const std::vector<int>& wanted) {
  const auto shape = file_->shape(name);
  const auto values = file_->read<double>(name, shape, ranges(wanted));
  const auto checksums = file_->read<std::uint32_t>(checksums_of(name), {shape.at(0)}, ranges(wanted));
  return collectively(comm_, [&] {
    Rows rows;
    const auto length = std::accumulate(shape.begin() + 1, shape.end(), 1, std::multiplies<>());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const auto begin = values.begin() + length * std::ssize(rows);
      const auto& row = rows[wanted[i]] = {begin, begin + length};
      if (crc_of(row) != checksums[i])
        throw Error(Status::input_output,
                    fmt::format("{}:/{}: row {} has a wrong checksum (the file was damaged after it was "
                                "written); use another copy",
                                path_.string(), name, wanted[i]));
    }
    return rows;
  });
}

std::string RowFileReader::read_text(const std::string& name) {
  const auto shape = file_->shape(name);
  const auto bytes = file_->read<std::uint8_t>(name, shape, {{0, shape.at(0)}});
  const auto expected = file_->read_number(name, "crc32");
  return collectively(comm_, [&] {
    if (crc32(std::as_bytes(std::span(bytes))) != expected)
      throw Error(Status::input_output,
                  fmt::format("{}:/{}: the text has a wrong checksum (the file was damaged after it was "
                              "written); use another copy",
                              path_.string(), name));
    return std::string(bytes.begin(), bytes.end());
  });
}

}  // namespace ddpinn
