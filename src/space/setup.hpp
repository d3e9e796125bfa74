// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/decomposition.hpp"
#include "problem/case/case_file.hpp"
#include "problem/model.hpp"
#include "space/network_family.hpp"

#include <vector>

namespace ddpinn {

/// What follows from the case file alone, before any point is drawn.
struct Setup {
  Model model;
  Decomposition decomposition;
  std::vector<int> owner;  ///< rank of each subdomain
  NetworkFamily family;    ///< its scale is 1 where the case says "auto"
};

/// @throws Error (Status::case_file)
Setup set_up(const CaseFile&, int ranks);

}  // namespace ddpinn
