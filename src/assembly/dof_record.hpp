// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/dof_layout.hpp"
#include "io/checkpoint/journal.hpp"

#include <petscvec.h>

#include <span>

namespace ddpinn {

/// This rank's part of a vector, by subdomain.
Blocks by_subdomain(const DofLayout&, std::span<const double> owned);
Blocks by_subdomain(const DofLayout&, ::Vec);

/// The same back, on any number of ranks. @note Collective.
void from_subdomains(const DofLayout&, const Blocks&, const Journal&, std::span<double> owned);
void from_subdomains(const DofLayout&, const Blocks&, const Journal&, ::Vec);

}  // namespace ddpinn
