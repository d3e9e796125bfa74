// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "driver/plan.hpp"

#include "driver/setup.hpp"

#include <fmt/format.h>

namespace ddpinn {

std::string plan(const CaseFile& file, int ranks) {
  const auto setup = set_up(file, ranks);
  return fmt::format("subdomains: {}\nfeatures per subdomain: {}\n", setup.decomposition.size(),
                     setup.family.shape.features());
}

}  // namespace ddpinn
