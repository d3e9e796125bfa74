// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "space/space.hpp"

#include <vector>

namespace ddpinn {

/// What one rank has and sends in an outer iteration of the interface coupling, traces only.
struct InterfacePlan {
  double traces = 0;    ///< trace unknowns of its subdomains
  double messages = 0;  ///< to neighbouring ranks
  double bytes = 0;
  double memory = 0;  ///< bytes of matrices of classes, and of what each subdomain has for itself
};

/// By rank. @throws Error (Status::case_file) where the interface coupling does not fit the equations
std::vector<InterfacePlan> plan_interface(const CaseFile&, const SpaceLayout&, int ranks);

}  // namespace ddpinn
