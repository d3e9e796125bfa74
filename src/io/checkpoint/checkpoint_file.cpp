// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/checkpoint/checkpoint_file.hpp"

#include "io/fields/row_file.hpp"
#include "parallel/agree.hpp"

#include <ddpinn/version.hpp>

#include <fmt/format.h>

#include <numeric>
#include <span>
#include <sstream>

namespace ddpinn {

namespace {

constexpr const char* format_name = "ddpinn checkpoint";
constexpr const char* format_version = "1";
constexpr const char* table_name = "contents";
constexpr const char* numbers_name = "numbers";
constexpr const char* blocks_name = "blocks";

/// Numbers in a row of the file, which has a checksum of its own.
constexpr int page = 512;

int pages_of(std::size_t numbers) { return 1 + numbers / page; }

/// Full pages, from row `first` on.
Rows paged(std::vector<double> numbers, int first) {
  const int count = pages_of(numbers.size());
  numbers.resize(static_cast<std::size_t>(count) * page, 0.0);
  Rows rows;
  for (int p = 0; p < count; ++p)
    rows[first + p].assign(numbers.begin() + p * page, numbers.begin() + (p + 1) * page);
  return rows;
}

/// All blocks of this rank: number of the item, of the block, its length, and its numbers, until item -1.
std::vector<double> stream_of(const Records& records) {
  std::vector<double> stream;
  double item = 0;
  for (const auto& [path, record] : records)
    for (const auto& [name, blocks] : record.blocks) {
      for (const auto& [key, values] : blocks) {
        stream.insert(stream.end(), {item, static_cast<double>(key), static_cast<double>(values.size())});
        stream.insert(stream.end(), values.begin(), values.end());
      }
      ++item;
    }
  stream.push_back(-1);
  return stream;
}

std::vector<double> numbers_of(const Records& records) {
  std::vector<double> all;
  for (const auto& [path, record] : records)
    for (const auto& [name, values] : record.numbers) all.insert(all.end(), values.begin(), values.end());
  return all;
}

/// Names, lengths and texts, a line each, and which pages belong to one stream.
std::string table_of(const Records& records, const std::vector<long long>& pages) {
  std::string table;
  for (auto count : pages) table += fmt::format("stream {}\n", count);
  for (const auto& [path, record] : records) {
    table += fmt::format("record {}\n", path);
    for (const auto& [name, values] : record.numbers)
      table += fmt::format("numbers {} {}\n", name, values.size());
    for (const auto& [name, text] : record.texts)
      table += fmt::format("text {} {}\n{}\n", name, text.size(), text);
    for (const auto& [name, blocks] : record.blocks) table += fmt::format("blocks {}\n", name);
  }
  return table;
}

/// What the table says; numbers and blocks are still empty.
struct Contents {
  std::vector<int> pages;  ///< by stream
  Records records;
  std::vector<Blocks*> items;
  std::vector<std::pair<std::vector<double>*, std::size_t>> numbers;
};

void read_line(const std::string& kind, std::istringstream& words, std::istringstream& table, Record* record,
               Contents& contents) {
  std::string name;
  std::size_t size = 0;
  words >> name;
  if (kind == "blocks") {
    contents.items.push_back(&record->blocks[name]);
    return;
  }
  words >> size;
  if (kind == "numbers") {
    contents.numbers.emplace_back(&record->numbers[name], size);
    return;
  }
  std::string text(size, ' ');
  table.read(text.data(), size);
  table.ignore();
  record->texts[name] = std::move(text);
}

Contents read_table(const std::string& text) {
  Contents contents;
  Record* record = nullptr;
  std::istringstream table(text);
  for (std::string line, kind; std::getline(table, line);) {
    std::istringstream words(line);
    words >> kind;
    if (kind == "stream")
      words >> contents.pages.emplace_back();
    else if (kind == "record")
      words >> line, record = &contents.records[line];
    else
      read_line(kind, words, table, record, contents);
  }
  return contents;
}

std::vector<double> joined(const Rows& rows) {
  std::vector<double> all;
  for (const auto& [number, row] : rows) all.insert(all.end(), row.begin(), row.end());
  return all;
}

std::vector<int> consecutive(int first, int count) {
  std::vector<int> rows(count);
  std::iota(rows.begin(), rows.end(), first);
  return rows;
}

void take_stream(std::span<const double> stream, const Contents& contents) {
  std::size_t at = 0;
  while (stream[at] >= 0) {
    const auto item = static_cast<std::size_t>(stream[at]);
    const int key = stream[at + 1];
    const auto values = stream.subspan(at + 3, stream[at + 2]);
    (*contents.items.at(item))[key].assign(values.begin(), values.end());
    at += 3 + values.size();
  }
}

void read_numbers(RowFileReader& file, Contents& contents) {
  const auto all = joined(file.read(numbers_name, consecutive(0, file.shape(numbers_name).at(0))));
  auto at = all.begin();
  for (auto& [values, size] : contents.numbers) {
    values->assign(at, at + static_cast<std::ptrdiff_t>(size));
    at += static_cast<std::ptrdiff_t>(size);
  }
}

/// The streams of this rank.
void read_blocks(const Communicator& comm, RowFileReader& file, const Contents& contents) {
  std::vector<int> wanted;
  std::vector<std::size_t> lengths;
  for (int s = 0, first = 0; s < std::ssize(contents.pages); first += contents.pages[s++]) {
    if (s % comm.size() != comm.rank()) continue;
    for (int row : consecutive(first, contents.pages[s])) wanted.push_back(row);
    lengths.push_back(static_cast<std::size_t>(contents.pages[s]) * page);
  }
  const auto all = joined(file.read(blocks_name, wanted));
  std::size_t begin = 0;
  for (auto length : lengths) {
    take_stream(std::span(all).subspan(begin, length), contents);
    begin += length;
  }
}

void check_format(const Communicator& comm, RowFileReader& file, const std::filesystem::path& path) {
  const auto format = file.attribute("format"), version = file.attribute("format_version");
  collectively(comm, [&] {
    if (format != format_name || version != format_version)
      throw Error(Status::input_output,
                  fmt::format("{}: the format is '{}', version {} (this program reads '{}', version {}); use "
                              "the version of ddpinn that wrote it",
                              path.string(), format, version, format_name, format_version));
  });
}

}  // namespace

double write_checkpoint(const Communicator& comm, const std::filesystem::path& path,
                        const Checkpoint& checkpoint) {
  auto stream = stream_of(checkpoint.records);
  const auto pages = all_gather(comm, pages_of(stream.size()));
  const int first = std::accumulate(pages.begin(), pages.begin() + comm.rank(), 0LL);
  const int all = std::accumulate(pages.begin(), pages.end(), 0LL);
  auto numbers = numbers_of(checkpoint.records);
  const int of_numbers = pages_of(numbers.size());
  // Names, lengths and attributes must be the same on every rank, as HDF5 has it; clocks are not.
  const auto table = broadcast(comm, table_of(checkpoint.records, pages));
  const double seconds = max(comm, checkpoint.seconds);
  const double bytes = 8.0 * page * (all + of_numbers) + table.size() + checkpoint.text.size();
  RowFileWriter file(comm, path, bytes);
  file.write_attributes({{"format", format_name},
                         {"format_version", format_version},
                         {"ddpinn", version},
                         {"ranks", std::to_string(comm.size())},
                         {"seconds", fmt::format("{:.17g}", seconds)}});
  file.write_text("case", checkpoint.text);
  file.write_text(table_name, table);
  file.write(numbers_name, {of_numbers, page}, comm.rank() == 0 ? paged(std::move(numbers), 0) : Rows{});
  file.write(blocks_name, {all, page}, paged(std::move(stream), first));
  file.finish();
  return bytes;
}

Checkpoint read_checkpoint(const Communicator& comm, const std::filesystem::path& path) {
  RowFileReader file(comm, path);
  check_format(comm, file, path);
  Checkpoint checkpoint;
  checkpoint.text = file.read_text("case");
  const auto seconds = file.attribute("seconds");
  const auto table = file.read_text(table_name);
  auto contents = collectively(comm, [&] {
    checkpoint.seconds = std::stod(seconds);
    return read_table(table);
  });
  read_numbers(file, contents);
  read_blocks(comm, file, contents);
  checkpoint.records = std::move(contents.records);
  return checkpoint;
}

}  // namespace ddpinn
