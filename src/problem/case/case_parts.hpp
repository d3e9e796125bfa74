// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_file.hpp"
#include "problem/case/case_section.hpp"

#include <ddpinn/options.hpp>
#include <ddpinn/problem.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// The steps in which a case file becomes a problem and its options. Each takes the whole file (`root`) and
/// reports what is wrong to the file's diagnostics.

/// Fills problem and options of `file` from its keys, and checks all of it. `file.path` is set already.
void interpret(const Section& root, CaseFile& file);

/// The same for a tree that was not held against the table of keys yet; sets the remarks too.
/// @throws Error (Status::case_file) with all that is wrong
void interpret(const CaseNode& root, Diagnostics&, const TableReader& tables, CaseFile& file);

/// Whether an [[equation]] states a conservation law that is solved in first-order form.
bool states_law(const Section& equation);

/// Whether a [[condition]] is about the flux of a conservation law.
bool is_natural(const Section& condition);

Problem read_problem(const Section& root, const std::string& case_path);
Domain read_domain(const Section& domain);
Options read_options(const Section& root, const std::string& case_path);

/// Names of coordinates, fields, parameters, definitions, equations, conditions, shapes.
void check_names(const Section& root, const Problem& problem);

/// Faces, surfaces and points of the conditions.
void check_conditions(const Section& root, const Problem& problem);

/// Numbers of entries and breakpoints.
void check_decomposition(const Section& root, const Domain& domain, Options& options);

/// Subdomains that become smaller towards places, as breakpoints.
void refine_decomposition(const Section& decomposition, const Domain& domain, DecompositionOptions& options);

/// Compiles every expression. @returns the highest order of differentiation in the equations, where all
/// compile
std::optional<int> check_expressions(const Section& root, const Problem& problem);

/// Whether shapes meet the domain's box, and leave something of it. Needs correct expressions.
void check_shapes(const Section& root, const Problem& problem);

/// Makes the kind of network that the case asks for and tries it. @param order highest order of
/// differentiation in the equations @returns its number of features; none where something is wrong
std::optional<std::size_t> check_network(const Section& root, const Problem& problem, int order,
                                         const Options& options);

/// Chooses the number of interior points where the case does not say it, or checks that it makes enough rows.
/// @param order highest order of differentiation in the equations @param width features of a network that are
/// no polynomials
void check_points(const Section& root, const Problem& problem, int order, std::size_t width,
                  Options& options);

/// Replaces lines of conditions (Condition::along) by points on them: twice `points.boundary` in each
/// core. Needs a case without errors.
void expand_lines(Problem& problem, const Options& options);

/// One of [[data]]. @param directory of the case file @param seed unless the case gives one
DataSet read_data_set(const Section& section, const std::string& directory, std::uint64_t seed);

/// Reads the files of observations, or generates them. Needs correct expressions.
void load_data(const Section& root, Problem& problem);

/// Bounds and starting values.
void check_unknowns(const Section& root, const Problem& problem);

/// Whether there are observations enough where unknowns are fitted to nothing else. Needs loaded data.
void check_observations(const Section& root, const Problem& problem, const Options& options);

/// That there is an equation, an energy or a law to solve, and what cannot be used together with weak forms.
void check_weak_forms(const Section& root, const Problem& problem, const Options& options);

/// Conditions that a weak form meets by itself. Needs correct expressions. @param order of the
/// forms
void check_natural_conditions(const Section& root, const Problem& problem, int order);

/// Weak forms in time. @pre the expressions are right
void check_weak_time(const Section& root, const Problem& problem);

/// What the coupling and the method cannot do with each other, with interfaces between materials, unknowns,
/// data or time slabs.
void check_methods(const Section& root, const Problem& problem, const Options& options);

/// Where quantities are, and at which values of coordinates.
void check_quantities(const Section& root, const Problem& problem);

/// What time slabs need. Needs correct expressions.
void check_slabs(const Section& root, const Problem& problem, const Options& options);

/// Drops [coarse] with a remark where it has no effect: the windowed coupling uses it to start nonlinear
/// solves only. Needs correct expressions.
void check_coarse(const Section& root, const Problem& problem, Options& options);

/// The parameters of solver.continuation, whose lists then end with the parameters' own values. Drops it with
/// a remark where it has no effect. Needs correct expressions.
void check_continuation(const Section& root, const Problem& problem, Options& options);

/// Remarks on fields of which only derivatives appear. (A condition on an interface may contain the
/// difference of values only; it passes.) Needs correct expressions and the data.
void check_levels(const Section& root, const Problem& problem);

/// Whether the reference file is there and has columns for the coordinates and fields.
void check_reference(const Section& root, const Problem& problem);

/// Whether coordinates and box are complete, so that what depends on them can be checked.
bool is_usable(const Domain& domain);

/// Reports a list at `at` whose length is not the number of coordinates; true if it is right.
bool check_entries(const Section& section, const Location& at, const std::string& path, std::size_t entries,
                   const std::vector<std::string>& coordinates);

}  // namespace ddpinn
