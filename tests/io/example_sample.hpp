// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/fields/grid_sample.hpp"
#include "parallel/communicator.hpp"

#include <unistd.h>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

namespace ddpinn::test {

/// Value of the example at a grid point: its index, and outside the domain for every seventh point.
inline double example_value(std::int64_t index) {
  return index % 7 == 3 ? std::numeric_limits<double>::quiet_NaN() : std::sqrt(static_cast<double>(index));
}

/// A grid whose points are dealt out to the ranks like cards, with columns u, u_exact and subdomain.
inline GridSample example_sample(const std::vector<std::string>& coordinates, const std::vector<int>& counts,
                                 int rank, int ranks) {
  GridSample sample{coordinates,  counts, {},
                    {1, 2, 3, 4}, {},     {{"u", {}}, {"u_exact", {}}, {"subdomain", {}}}};
  std::int64_t points = 1;
  for (const int n : counts) points *= n;
  for (std::int64_t i = rank; i < points; i += ranks) {
    sample.index.push_back(i);
    sample.columns[0].value.push_back(example_value(i));
    sample.columns[1].value.push_back(example_value(i) + 1e-6);
    sample.columns[2].value.push_back(static_cast<double>(2 * i / points));
  }
  return sample;
}

/// A new folder, the same on all ranks: rank 0 makes and names it. @note Collective.
inline std::filesystem::path new_folder(const Communicator& comm) {
  std::string name;
  if (comm.rank() == 0) {
    name = (std::filesystem::temp_directory_path() / "ddpinn_test_XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) name.clear();
  }
  return broadcast(comm, name);
}

/// Whether a file under a temporary name is in the folder.
inline bool has_temporary(const std::filesystem::path& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".part") return true;
  return false;
}

/// A folder that is removed with all that is in it, when every rank is through with it.
class Folder {
 public:
  explicit Folder(const Communicator& comm) : comm_(comm), path_(new_folder(comm)) {}
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    any(comm_, false);
    std::error_code ignored;
    if (comm_.rank() == 0) std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  const Communicator& comm_;
  std::filesystem::path path_;
};

inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Equal, where NaN equals NaN.
inline bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

}  // namespace ddpinn::test
