// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"
#include "io/checkpoint/journal.hpp"
#include "solver/interface/grid_defect.hpp"
#include "solver/interface/trace_exchange.hpp"
#include "solver/interface/traces.hpp"
#include "solver/linear/local_system.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

namespace ddpinn {

/// Output coefficients of networks by subdomain: features by fields.
using Coefficients = std::map<int, Matrix>;

/// Whether a network's output coefficients are all zero, so that it need not be evaluated.
inline bool is_zero(const Matrix& coefficients) {
  return std::ranges::all_of(coefficients.entries(), [](double c) { return c == 0; });
}

/// What all layers of an interface coupling share.
struct InterfaceCase {
  const Space& space;  ///< whose hidden layers change where they are trained
  PointsOptions points;
  double compression = 1e-11;
  TransmissionRule rule;
  std::vector<std::vector<std::vector<double>>> robin;  ///< by subdomain, face and field
  GridCorrection* grid = nullptr;                       ///< none without
  bool trains = false;                                  ///< whether hidden layers are unknowns too
};

/// Sums over all trace rows of all ranks.
struct Jump {
  double difference = 0;  ///< squares of the difference between a subdomain's field and its trace
  double trace = 0;       ///< squares of the traces
  double relative() const;
};

/// The coupled local problems of the boxes of one layer in time (all subdomains where there is no time),
/// linearised: unknowns y by subdomain, and the map y -> F(y) of an outer iteration, which takes the traces
/// of the windowed sum of all T y, and solves all local problems with them. With order "multiplicative"
/// subdomains of one colour after those of another, with the newest traces; there are 2^d colours.
class InterfaceLayer {
 public:
  /// @param members boxes of this layer @param before those of the layer before @note Collective.
  InterfaceLayer(const InterfaceCase&, std::vector<int> members, std::vector<int> before);

  /// The linearised problem of the change of all fields about those of these coefficients, which hold this
  /// rank's subdomains of this layer and the one before. @param reweight whether to fix the weights of rows
  /// here
  /// @note Collective.
  void linearise(const Coefficients&, bool reweight);

  /// Fixes the weights of rows at these fields, and nothing else. No communication.
  void weigh(const Coefficients&);

  /// The weights, by box.
  Blocks weights() const;
  /// Weights that a journal has. @param coefficients as of `linearise` @note Collective.
  void take_weights(const Blocks&, const Journal&, const Coefficients&);

  /// What a subdomain of this rank has for itself.
  struct Local {
    int k = 0;
    const Rows* problem = nullptr;  ///< with a row for each transmission condition at its end
    const TraceRows* transmission = nullptr;
    std::span<const double> weights = {};  ///< of the transmission rows
    std::vector<double> traces = {};       ///< that its neighbours give
  };
  /// @pre weights are fixed, and boxes have one part each @note Collective.
  std::vector<Local> locals(const Coefficients&);

  /// Coefficients about which a nonlinear problem is linearised first: those of the grid's own solution; none
  /// without a grid.
  Coefficients start() const;

  /// Unknowns of this rank.
  std::size_t unknowns() const { return unknowns_; }
  /// to = F(y); with `homogeneous` the linear part of F. @note Collective.
  void apply(std::span<const double> y, std::span<double> to, bool homogeneous);
  /// The change of the coefficients.
  Coefficients step(std::span<const double> y) const;

  /// |J c|^2 + |y|^2 over the ranks, the size of the solution in the norm of y. @note Collective.
  double size_square(std::span<const double> y) const;
  /// 1/2 |W r|^2 of the local problems, transmission rows included; infinite where it is not finite.
  /// @note Collective.
  double objective(const Coefficients&);
  /// @note Collective.
  Jump jump(const Coefficients&);

  long long trace_rows() const { return trace_rows_; }
  /// Of this rank, in one outer iteration.
  long long messages() const;
  long long bytes() const;
  const std::vector<int>& members() const { return members_; }

 private:
  struct Giving {
    std::size_t stage = 0;
    std::unique_ptr<TraceRows> rows;  ///< targets are places in the stage's exchange
    Matrix traces;                    ///< rows by unknowns
  };
  /// A subdomain of a box.
  struct Part {
    int k = 0;
    std::size_t first_row = 0;        ///< of the box's transmission rows
    std::unique_ptr<TraceRows> rows;  ///< targets are rows of the box
    std::vector<Giving> giving;       ///< none where it is not live
  };
  /// A box, whose parts have one local problem.
  struct Own {
    int k = 0;
    std::size_t stage = 0;
    std::size_t first_trace = 0;    ///< of this rank's traces
    std::size_t first_unknown = 0;  ///< of this rank's y
    std::vector<Part> parts;
    std::unique_ptr<Rows> problem;  ///< its last rows are those of the transmission
    std::vector<double> weights;    ///< of the transmission rows
    LocalSystem system;
    double size_square = 0;
  };

  std::size_t stage_of(int k) const;
  std::set<int> reached_from(int k, int time_offset) const;
  void create_own(const std::map<int, Traces>&);
  void create_giving(int k, const std::map<int, Traces>&, std::vector<Giving>&);
  std::vector<FieldValues> fields(Own&, const Coefficients&) const;
  void add_to_grid(const Own&, const Part&, MatrixView transform);
  void linearise(Own&, const Coefficients&, std::span<const double> traces, bool reweight);
  void set_transmission(const Own&, const Coefficients&, std::span<const double> traces,
                        std::vector<double>& residual) const;
  std::vector<double> given_traces(const Coefficients&);
  std::vector<double> own_traces(const Own&, const Coefficients&) const;
  Matrix jacobian(const Own&, const Linearisation&) const;
  /// Output coefficients of one network.
  std::size_t network_size() const;
  void give(std::size_t stage, std::span<const double> y);

  const InterfaceCase& case_;
  std::vector<int> members_;
  std::unique_ptr<DofLayout> layout_;      ///< of trace rows
  std::vector<TraceExchange> stages_;      ///< one a colour
  std::unique_ptr<TraceExchange> inflow_;  ///< from the layer before
  std::vector<Own> own_;
  std::map<int, std::vector<Giving>> before_;
  std::unique_ptr<GridDefect> grid_;
  std::vector<double> traces_;
  std::size_t unknowns_ = 0;
  long long trace_rows_ = 0;
};

}  // namespace ddpinn
