// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_table.hpp"

#include <ddpinn/case_file.hpp>
#include <ddpinn/options.hpp>

namespace ddpinn {

/// Keys that state the mathematics, without those of sections that may be there several times.
std::vector<CaseKey> problem_keys();

/// Keys of one shape. @param section "domain.remove", "domain.keep" or "domain.interface"
std::vector<CaseKey> shape_keys(const std::string& section);
/// Those of [[decomposition.refine]].
std::vector<CaseKey> refine_keys();

/// Keys of such sections, and what they set.
const KeyTable<Unknown>& unknown_table();
const KeyTable<Equation>& equation_table();
const KeyTable<Energy>& energy_table();
const KeyTable<Condition>& condition_table();
const KeyTable<Enforcement>& enforcement_table();
const KeyTable<DataSet>& data_table();
const KeyTable<NaturalCondition>& natural_table();
const KeyTable<Conservation>& conservation_table();
const KeyTable<Quantity>& quantity_table();

/// Keys that state the numerics, and the options that they set.
const KeyTable<Options>& options_table();

/// Keys of the section [scaling], at which a run does not look.
const KeyTable<ScalingOptions>& scaling_table();

/// What it says; checked, directions and parameters being those of the case.
ScalingOptions read_scaling(const Section& root, const Problem& problem);

}  // namespace ddpinn
