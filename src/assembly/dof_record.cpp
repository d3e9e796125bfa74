// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/dof_record.hpp"

#include "petsc/handle.hpp"

#include <algorithm>

namespace ddpinn {

Blocks by_subdomain(const DofLayout& layout, std::span<const double> owned) {
  Blocks blocks;
  for (int k : layout.owned()) {
    const auto part = owned.subspan(layout.local_offset(k), layout.size(k));
    blocks[k] = {part.begin(), part.end()};
  }
  return blocks;
}

Blocks by_subdomain(const DofLayout& layout, ::Vec vector) {
  return by_subdomain(layout, petsc::ConstLocalArray(vector).get());
}

void from_subdomains(const DofLayout& layout, const Blocks& held, const Journal& journal,
                     std::span<double> owned) {
  for (const auto& [k, values] : journal.fetch(held, layout.owned()))
    std::ranges::copy(values, owned.subspan(layout.local_offset(k), layout.size(k)).begin());
}

void from_subdomains(const DofLayout& layout, const Blocks& held, const Journal& journal, ::Vec vector) {
  const petsc::LocalArray entries(vector);
  from_subdomains(layout, held, journal, entries.get());
}

}  // namespace ddpinn
