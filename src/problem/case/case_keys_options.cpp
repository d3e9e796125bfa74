// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_key_lists.hpp"

namespace ddpinn {
namespace {

using Root = KeySection<Options>;

// clang-format off
void declare_decomposition(const Root& root) {
  const auto decomposition = root.part("decomposition", &Options::decomposition, {
    .text = "Overlapping subdomains, each with a network of its own.", .otherwise = "defaults"});
  decomposition.key("subdomains", &DecompositionOptions::subdomains, {
    .text = "Number of subdomains in each direction; independent of the number of ranks.",
    .otherwise = "4 in each direction", .single = true, .minimum = 1, .maximum = 100000,
    .example = "[4, 4]"});
  decomposition.names("breakpoints", &DecompositionOptions::breakpoints, {
    .text = "Graded directions: by coordinate, the ends of the subdomains; replaces the number above.",
    .otherwise = "equal subdomains"},
    {.text = "Ends of the subdomains, ascending, from the domain's lower to its upper end.",
      .otherwise = "equal subdomains", .unit = "of the coordinate", .example = "[0, 0.1, 0.3, 1]"});
  decomposition.key("overlap", &DecompositionOptions::overlap, {
    .text = "Each subdomain grows on each side by this fraction of the narrower of the two neighbours.",
    .minimum = 0, .maximum = 0.5, .above_minimum = true, .example = "0.25"});
  decomposition.key("window", &DecompositionOptions::window, {
    .text = "Window functions that blend the subdomains."});
  decomposition.key("levels", &DecompositionOptions::levels, {
    .text = "Further, coarser decompositions that are added to the sum.", .minimum = 1, .maximum = 100000,
    .example = "[[1, 1], [2, 2]]"});
  decomposition.key("coupling", &DecompositionOptions::coupling, {
    .text = "How subdomains are coupled: by windows, or by transmission conditions at interfaces."});
  const auto interface = decomposition.part("interface", &DecompositionOptions::interface, {
    .text = "Transmission conditions of coupling = \"interface\".", .otherwise = "defaults"});
  interface.key("transmission", &InterfaceOptions::transmission, {
    .text = "Kind of transmission condition. auto: dirichlet where a [coarse] grid corrects every outer "
        "iteration, else robin, as with a robin_parameter."});
  interface.key("robin_parameter", &InterfaceOptions::robin_parameter, {
    .text = "Factor of the value in Robin conditions; auto takes that of optimised Schwarz methods.",
    .unit = "1/length", .minimum = 0, .above_minimum = true, .example = "1.0"});
  interface.key("order", &InterfaceOptions::order, {
    .text = "Order of the subdomains in an outer iteration."});
  interface.key("acceleration", &InterfaceOptions::acceleration, {
    .text = "How outer iterations are accelerated: by GMRES, by Anderson mixing, or not at all."});
  interface.key("local_steps", &InterfaceOptions::local_steps, {
    .text = "Training steps that each subdomain takes before traces are exchanged.", .minimum = 1,
    .maximum = 1000000, .example = "10"});
}

void declare_points(const Root& root) {
  const auto points = root.part("points", &Options::points, {
    .text = "Points at which the rows of the least-squares problem stand.", .otherwise = "defaults"});
  points.key("interior", &PointsOptions::interior, {.text = "Points of a subdomain in each direction.",
    .otherwise = "8 (6 in four dimensions), or more where the networks need more rows", .single = true,
    .minimum = 1, .maximum = 1000, .example = "8"});
  points.key("boundary", &PointsOptions::boundary, {
    .text = "Points of a subdomain's part of the boundary in each direction.", .minimum = 1, .maximum = 1000,
    .example = "8"});
  points.key("sampling", &PointsOptions::sampling, {.text = "How points are placed in a subdomain."});
  const auto refine = points.group("refine", {
    .text = "While hidden layers are trained by gauss-newton, points move to where the residual is large.",
    .otherwise = "off"});
  refine.key("every", &PointsOptions::refine_every, {
    .text = "Iterations after which the interior points are drawn anew; 0 for never.", .minimum = 0,
    .maximum = 1e9, .example = "50"});
}

void declare_network(const Root& root) {
  const auto network = root.part("network", &Options::network, {.text = "The network of each subdomain.",
    .otherwise = "defaults"});
  network.key("kind", &NetworkOptions::kind, {
    .text = "Kind of the hidden layers: \"mlp\" (fully connected), \"fourier\" (sines and cosines of random "
        "frequencies first), \"residual\" (skip connections), \"module\" (any network in TorchScript), a name "
        "that a C++ program registers, or \"auto\": tanh, sines or, where the section says nothing else, "
        "polynomials, whichever trials on a few subdomains show to be best.", .example = "\"fourier\""});
  network.key("file", &NetworkOptions::file, {
    .text = "Of kind \"module\": the network in TorchScript, relative to the case file. It maps points "
        "(n, d) in [-1, 1]^d to features (n, k).", .otherwise = "none", .example = "\"net.pt\""});
  network.key("hidden", &NetworkOptions::hidden, {
    .text = "Widths of the hidden layers; 0 for polynomial features alone.", .minimum = 0, .maximum = 100000,
    .example = "[100]"});
  network.key("activation", &NetworkOptions::activation, {
    .text = "Activation function of the hidden layers."});
  network.key("scale", &NetworkOptions::scale, {
    .text = "Range of the first layer's weights in local coordinates ([-1, 1] on a subdomain); auto "
        "chooses it by trials.", .minimum = 0, .above_minimum = true, .example = "1.0"});
  network.key("polynomial_degree", &NetworkOptions::polynomial_degree, {
    .text = "The polynomials up to this total degree are features too; with a number n_d for each "
        "direction, those with the sum of degree_d / n_d at most 1. 6 to 14, with few hidden units or "
        "none, for solutions that are smooth all over.",
    .otherwise = "2, or the order of the equations where that is higher", .single = true, .minimum = 0,
    .maximum = 40, .example = "8"});
  network.key("shared", &NetworkOptions::shared, {
    .text = "Whether all subdomains have the same random hidden layers, so that what is equal in congruent "
        "subdomains is computed once. Only with coupling = \"interface\": under windows, where features of "
        "neighbours add up, each subdomain has its own, and hidden layers that are trained are its own too."});
  network.key("seed", &NetworkOptions::seed, {.text = "Seed of all random numbers.", .minimum = 0,
    .maximum = 9223372036854775807.0, .example = "1"});
  network.key("precision", &NetworkOptions::precision, {
    .text = "Floating point numbers that the network computes with."});
}

void declare_solver(const Root& root) {
  const auto solver = root.part("solver", &Options::solver, {
    .text = "How the least-squares problem is solved.", .otherwise = "defaults"});
  solver.key("method", &SolverOptions::method, {
    .text = "Which parameters are solved for, and how: output layers only (least-squares), or all; of "
        "several methods each starts where the last one ended.", .single = true,
    .example = "[\"adam\", \"gauss-newton\"]"});
  solver.key("tolerance", &SolverOptions::tolerance, {
    .text = "Relative tolerance of the linear and of the nonlinear iteration.", .minimum = 0, .maximum = 0.9,
    .above_minimum = true, .example = "1e-10"});
  solver.key("max_iterations", &SolverOptions::max_iterations, {
    .text = "Largest number of steps of the nonlinear iteration.", .minimum = 1, .maximum = 1000000000,
    .example = "100"});
  solver.typed("time_limit", KeyType::duration, &SolverOptions::time_limit, {
    .text = "The iteration stops with the best result so far when the run has taken this long.",
    .otherwise = "none", .unit = "s", .minimum = 0, .above_minimum = true, .example = "\"30min\""});
  solver.typed("accuracy", KeyType::number, &SolverOptions::accuracy, {
    .text = "Relative error that every field is to have. Subdomains, time slabs, features, points and "
        "preconditioner that the case leaves open then choose themselves, from coarse to fine.",
    .otherwise = "none: numerics are those given, or their defaults", .minimum = 0, .maximum = 0.5,
    .above_minimum = true, .example = "1e-6"});
  solver.names("continuation", &SolverOptions::continuation, {
    .text = "Values of parameters that a nonlinear solve goes through, each from the fields of the last, such "
        "as { nu = [0.1, 0.03, 0.01] }; several parameters change together.",
    .otherwise = "none, or chosen where the solve does not converge without"},
    {.text = "Its values, from easy to its own, which is the last one or follows it.", .otherwise = "its own",
      .unit = "of the parameter", .example = "[0.1, 0.03, 0.01]"});
  solver.key("start", &SolverOptions::start, {
    .text = "First guess of a nonlinear solve: 0 is zero, or, where the equations say nothing there, the "
        "smoothest fields that meet the linear conditions; 1 is the latter always; 2, 3, ... add a bump, a "
        "dent, a rise, a fall, and waves to it.", .minimum = 0, .maximum = 1000, .example = "1"});
  solver.key("starts", &SolverOptions::starts, {
    .text = "First guesses to try; with unknowns, initial values too. Solutions that differ are all told.",
    .minimum = 1, .maximum = 100, .example = "3"});
  solver.key("congruence", &SolverOptions::congruence, {
    .text = "Whether what congruent subdomains, or time slabs, have in common is computed and stored once. "
        "Without it each has its own, which costs time and memory and changes nothing but rounding."});
  const auto krylov = solver.part("krylov", &SolverOptions::krylov, {
    .text = "The linear solver; any PETSc option works after -- on the command line too.",
    .otherwise = "defaults"});
  krylov.key("type", &KrylovOptions::type, {.text = "Conjugate gradients on the normal equations, or LSQR."});
  krylov.key("preconditioner", &KrylovOptions::preconditioner, {
    .text = "Overlapping Schwarz with or without coarse space, subdomains on their own, or nothing; or "
        "direct: a sparse factorisation of the normal matrix by MUMPS, for up to some 10^5 unknowns in two "
        "dimensions."});
  krylov.key("compression", &KrylovOptions::compression, {
    .text = "Singular values of a subdomain's features below this fraction of the largest are dropped.",
    .minimum = 0, .maximum = 0.1, .example = "1e-11"});
  solver.within("krylov").key("max_iterations", &SolverOptions::max_krylov_iterations, {
    .text = "Largest number of iterations of a linear solve.", .minimum = 1, .maximum = 1000000000,
    .example = "1000"});
  const auto gauss_newton = solver.part("gauss_newton", &SolverOptions::gauss_newton, {
    .text = "Settings of method = \"gauss-newton\".", .otherwise = "defaults"});
  gauss_newton.key("variable_projection", &GaussNewtonOptions::variable_projection, {
    .text = "Whether output layers are eliminated: undamped, solved for at the start and after every step. "
        "If not they start from zero."});
  gauss_newton.key("damping", &GaussNewtonOptions::damping, {
    .text = "Damping of the first step, relative to the largest squared column of the Jacobian; it adapts. "
        "1e-2 where solutions are far, and what least squares make of random features is no start.",
    .minimum = 0, .maximum = 1e6, .above_minimum = true, .example = "1e-2"});
  const auto adam = solver.part("adam", &SolverOptions::adam, {.text = "Settings of method = \"adam\".",
    .otherwise = "defaults"});
  adam.key("learning_rate", &AdamOptions::learning_rate, {.text = "Step size.", .minimum = 0,
    .above_minimum = true, .example = "1e-3"});
  const auto decay = adam.group("decay", {.text = "The step size falls.", .otherwise = "as below"});
  decay.key("every", &AdamOptions::decay_every, {.text = "Steps between reductions.", .minimum = 1,
    .maximum = 1e9, .example = "5000"});
  decay.key("factor", &AdamOptions::decay_factor, {.text = "Factor of a reduction.", .minimum = 0,
    .maximum = 1, .above_minimum = true, .example = "0.5"});
  adam.key("schedule", &AdamOptions::schedule, {.text = "Which subdomains step together."});
  adam.key("every", &AdamOptions::every, {.text = "Local steps between refreshes of the neighbours.",
    .minimum = 1, .maximum = 1e9, .example = "1"});
  adam.key("relaxation", &AdamOptions::relaxation, {
    .text = "Part of the change between two refreshes that is kept: subdomains that step at once, and all "
        "correct the same error, go too far together.",
    .otherwise = "0.5 with schedule = \"additive\" and every above 1, else 1", .minimum = 0, .maximum = 1,
    .above_minimum = true, .example = "0.5"});
}

void declare_time(const Root& root) {
  const auto time = root.part("time", &Options::time, {.text = "Marching in time.",
    .otherwise = "all times at once"});
  time.key("slabs", &TimeOptions::slabs, {
    .text = "Number of equal time slabs, solved one after the other; decomposition.subdomains is for each. "
        "Later slabs start from the end of the slab before instead of the conditions on \"t.lower\".",
    .minimum = 1, .maximum = 1e6, .example = "1"});
  time.key("breakpoints", &TimeOptions::breakpoints, {
    .text = "The ends of the slabs, instead of their number: short ones where the solution changes fast.",
    .otherwise = "slabs", .example = "[0, 0.1, 1]"});
}

void declare_coarse(const Root& root) {
  const auto coarse = root.group("coarse", {
    .text = "Grid whose solution starts nonlinear solves, and corrects every outer iteration of the "
        "interface coupling.", .otherwise = "off"});
  coarse.key("grid", &Options::coarse, {
    .text = "Cells of the grid in each direction; with time slabs, in each slab.", .required = true,
    .single = true, .minimum = 1, .maximum = 100000, .example = "[16, 16]"});
}

void declare_output(const Root& root) {
  const auto output = root.part("output", &Options::output, {.text = "What is written.",
    .otherwise = "defaults"});
  output.key("directory", &OutputOptions::directory, {
    .text = "Directory for all results, relative to the working directory; made if it is not there.",
    .otherwise = "\"results/\" and the case file's name without its ending",
    .example = "\"results/poisson\""});
  output.key("grid", &OutputOptions::grid, {
    .text = "Points in each direction at which fields are written and error norms are taken.",
    .otherwise = "65 in each direction, 33 from four coordinates on", .single = true, .minimum = 2,
    .maximum = 100000, .example = "[65, 65]"});
  output.key("fields", &OutputOptions::fields, {
    .text = "Whether fields are written on the output grid, and drawn. Without, solution.h5 has all that is "
        "known of them; error norms, where an exact solution is known, are still taken on the grid."});
  output.key("pictures", &OutputOptions::pictures, {.text = "Whether pictures are drawn (with gnuplot)."});
  const auto checkpoint = output.part("checkpoint", &OutputOptions::checkpoint, {
    .text = "Saving the state of a run, for ddpinn run --restart.", .otherwise = "defaults"});
  checkpoint.typed("every", KeyType::duration, &CheckpointOptions::every, {
    .text = "Time between checkpoints; 0: only at a signal, and where the run is stopped.",
    .standard = "\"10min\"", .unit = "s", .minimum = 0, .example = "\"10min\""});
  checkpoint.key("keep", &CheckpointOptions::keep, {.text = "Number of checkpoints that are kept.",
    .minimum = 1, .maximum = 1000, .example = "2"});
}

// clang-format on

}  // namespace

const KeyTable<Options>& options_table() {
  static const KeyTable<Options> table = [] {
    KeyTable<Options> keys;
    const Root root(keys, "", "", [](Options& options) -> Options& { return options; });
    for (const auto declare : {declare_decomposition, declare_points, declare_network, declare_solver,
                               declare_time, declare_coarse, declare_output})
      declare(root);
    return keys;
  }();
  return table;
}

}  // namespace ddpinn
