// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/choices.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// Transmission conditions of coupling = "interface".
struct InterfaceOptions {
  TransmissionCondition transmission = TransmissionCondition::automatic;
  std::optional<double>
      robin_parameter;  ///< factor of the value in Robin conditions, 1/length; empty: automatic
  SubdomainOrder order = SubdomainOrder::additive;
  Acceleration acceleration = Acceleration::krylov;
  int local_steps = 10;  ///< of training a subdomain between exchanges of traces
};

/// Overlapping subdomains and their windows.
struct DecompositionOptions {
  std::vector<int> subdomains;                             ///< cores per direction; default 4 in each
  std::map<std::string, std::vector<double>> breakpoints;  ///< by coordinate; replaces the number above
  double overlap = 0.25;  ///< a box grows on each side by this fraction of the narrower of the two cores
  Window window = Window::bump;
  std::vector<std::vector<int>> levels;  ///< further, coarser decompositions added to the sum
  Coupling coupling = Coupling::windowed;
  InterfaceOptions interface;
};

/// Points at which the rows of the least-squares problem stand.
struct PointsOptions {
  std::vector<int> interior;  ///< a subdomain core and direction; default 8 in each
  int boundary = 8;           ///< a subdomain core and direction of its boundary
  Sampling sampling = Sampling::gauss;
  int refine_every = 0;  ///< Gauss-Newton iterations after which interior points are drawn anew; 0: never
};

struct NetworkOptions {
  /// "mlp", "fourier", "residual", "module", or a name that was registered (network.hpp).
  std::string kind = "mlp";
  std::string file;                 ///< of kind "module": TorchScript; other kinds of the library have none
  std::vector<int> hidden = {100};  ///< widths of the hidden layers
  Activation activation = Activation::tanh;
  std::optional<double> scale;  ///< range of the first layer's weights in local coordinates; empty: automatic
  std::vector<int> polynomial_degree;  ///< per direction, of the features that are polynomials; empty: 2, or
                                       ///< the order of the equations where that is higher
  bool shared = true;  ///< one set of random hidden layers for all subdomains; trained ones are never shared
  std::uint64_t seed = 1;
  Precision precision = Precision::float64;  ///< float32: Adam only
};

struct KrylovOptions {
  KrylovType type = KrylovType::cg;
  PreconditionerType preconditioner = PreconditionerType::two_level;
  double compression =
      1e-11;  ///< singular values of a local block below this fraction of its largest are dropped
};

struct AdamOptions {
  double learning_rate = 1e-3;
  int decay_every = 5000;  ///< steps after which the learning rate falls by `decay_factor`
  double decay_factor = 0.5;
  AdamSchedule schedule = AdamSchedule::all;
  int every = 1;          ///< local steps between refreshes of the neighbours
  double relaxation = 1;  ///< part of the change between two refreshes that is kept
};

struct GaussNewtonOptions {
  bool variable_projection = true;  ///< output layers are eliminated
  double damping = 1e-6;            ///< of the first step, relative to the largest squared column
};

struct SolverOptions {
  std::vector<Method> method = {Method::least_squares};  ///< each from where the last one ended
  double tolerance = 1e-10;  ///< relative, of the linear and the nonlinear iteration
  int max_iterations = 100;  ///< of the nonlinear iteration
  int max_krylov_iterations = 1000;
  std::optional<double> time_limit;  ///< seconds
  /// Relative L2 error that every field is to have: numerics that the case leaves open choose themselves.
  std::optional<double> accuracy;
  /// Nonlinear solves: values that parameters take one after the other, by name, each solve from the fields
  /// of the last. All lists are equally long, and end with the parameters' own values.
  std::map<std::string, std::vector<double>> continuation;
  /// Number of the first guess of a nonlinear solve. 0: zero, or, where the statements say nothing there,
  /// what conditions alone say; 1: the latter always; from 2 on: the same with a bump, a dent, waves.
  int start = 0;
  bool congruence = true;  ///< whether what congruent subdomains have in common is computed once
  int starts = 1;  ///< first guesses and initial values of unknowns that are tried, for other solutions
  KrylovOptions krylov;
  AdamOptions adam;
  GaussNewtonOptions gauss_newton;

  /// Whether hidden layers are trained, by any of the methods.
  bool trains() const { return method != std::vector{Method::least_squares}; }
};

struct TimeOptions {
  int slabs = 1;                    ///< parts of the time interval, solved one after the other
  std::vector<double> breakpoints;  ///< their ends; empty: equal parts
};

/// States that a run saves, from which another one goes on.
struct CheckpointOptions {
  std::optional<double> every = 600;  ///< seconds; 0: only where a signal or a limit asks for one
  int keep = 2;                       ///< the newest ones that are left
};

struct OutputOptions {
  std::string directory;  ///< default "results/" and the case file's name without its ending
  std::vector<int>
      grid;            ///< points per direction of the output grid; default 65 (33 from four coordinates on)
  bool fields = true;  ///< whether fields are written on the output grid, and drawn
  bool pictures = true;
  CheckpointOptions checkpoint;
};

/// How a case grows in a weak scaling study.
struct ScalingOptions {
  std::vector<std::string> directions = {};  ///< along which subdomains multiply; empty: all but time
  /// Parameters that grow with the subdomains along the coordinate of that name, or, with "all", with the
  /// geometric mean over the directions.
  std::map<std::string, std::string> parameters = {};
};

/// The numerics of a case. Every member has a default that works.
struct Options {
  DecompositionOptions decomposition;
  PointsOptions points;
  NetworkOptions network;
  SolverOptions solver;
  std::vector<int> coarse;  ///< cells per direction of the grid of the coarse correction; empty: none
  TimeOptions time;
  OutputOptions output;
};

}  // namespace ddpinn
