// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/fields/grid_sample.hpp"

#include <string>

namespace ddpinn {

/// The text of the fields.xdmf that describes a fields.h5 to ParaView: one grid for up to three coordinates,
/// a collection of grids over time for more and where one of them is called t. Only the sample's columns'
/// names are used.
std::string xdmf_text(const GridSample&);

}  // namespace ddpinn
