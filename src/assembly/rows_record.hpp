// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"
#include "io/checkpoint/journal.hpp"

#include <string>
#include <vector>

namespace ddpinn {

/// Values by group, column and point of the rows.
using PointColumns = std::vector<std::vector<std::vector<double>>>;

/// These values by the core that holds the point, in an order that is the same on any number of ranks.
Blocks by_core(const LocalRows&, const PointColumns&);

/// Values from a record, at the points of these rows. @param columns of each group @note Collective.
PointColumns at_points(const LocalRows&, const std::vector<std::size_t>& columns, const Blocks&,
                       const Journal&);

/// Fields at the rows' points.
void put_fields(const Rows&, const std::vector<FieldValues>&, const std::string& name, Record&);
/// @note Collective.
std::vector<FieldValues> get_fields(const Rows&, const std::string& name, const Record&, const Journal&);

/// Output coefficients and unknowns. @pre the field is complete
void put_field(const Field&, const std::string& name, Record&);
/// Those of all networks that the field knows, ghosts included. @note Collective.
void get_field(Field&, const std::string& name, const Record&, const Journal&);

/// What solvers change in rows: scale, sizes, hidden layers, unknowns. Points are another matter.
void put_rows(const Rows&, Record&);
/// @note Collective.
void get_rows(Rows&, const Record&, const Journal&);

/// A number of each row, as multipliers are. @pre the points are the same when they are taken
void put_by_row(const Rows&, const std::vector<double>&, const std::string& name, Record&);
/// @note Collective.
std::vector<double> get_by_row(const Rows&, const std::string& name, const Record&, const Journal&);

/// The weights. @pre the points are the same when they are taken
void put_weights(const Rows&, Record&);
/// @note Collective.
void get_weights(Rows&, const Record&, const Journal&);

}  // namespace ddpinn
