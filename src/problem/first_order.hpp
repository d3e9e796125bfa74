// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/model.hpp"

#include <ddpinn/problem.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// Conservation laws that are solved as first-order systems by least squares. For a law div F(u, grad u) = s
/// the components q of its flux are fields of their own, with the equations
///     q = F(u, grad u),    div q = s,
/// which have first derivatives only: q is continuous where F is, and u may have kinks (first-order system
/// least squares: Z. Cai et al., SIAM J. Numer. Anal. 31, 1994).

/// The fields for the components of a law's flux, by direction; empty where there is none, and along t.
/// `flux_x`, or with the law's name before that where several are solved. Components that are written the
/// same are one field, named after the first: the stresses that two laws share.
std::vector<std::string> flux_fields(const Problem&, const Conservation&);

/// Whether no law before it has a component of its flux that is written as this one.
bool is_first_written(const Problem&, const Conservation&, const std::string& coordinate);

/// Whether a law is solved so: the components of its flux are fields of the problem.
bool is_first_order(const Problem&, const Conservation&);
bool has_first_order_laws(const Problem&);

/// What flows out with the outward normal: n_x*flux_x + ..., with this ending of the fields' names.
std::string outward_flux(const Problem&, const Conservation&, const std::string& ending = "");

/// Names of the equations that stand for a law.
std::vector<std::string> equation_names(const Problem&, const Conservation&);

/// The field for a component of a flux that a statement of the interior defines, q = F(u, grad u); -1: none.
int defined_flux(const Model&, const Statement&);
/// Whether a statement of the interior says that fluxes are balanced: the other one of a law that is solved
/// so.
bool balances_fluxes(const Model&, const Statement&);

/// Adds the fields of a law's flux at the end, if they are not there.
void add_flux_fields(Problem&, const Conservation&);

/// Writes the equations of first-order laws, and their conditions: what flows out where the case says it, or
/// that nothing does where nothing is said of a law and its field; and the same flux on both sides of
/// interfaces. Does nothing to laws that are written out already.
/// @pre the expressions are right
void write_out_first_order(Problem&);

/// The problem with its first-order laws in weak form instead, without the fields of their fluxes.
Problem in_weak_form(Problem);

}  // namespace ddpinn
