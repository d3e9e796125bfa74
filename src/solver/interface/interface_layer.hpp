// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/congruence.hpp"
#include "assembly/rows.hpp"
#include "base/timers.hpp"
#include "io/checkpoint/journal.hpp"
#include "parallel/rounds.hpp"
#include "solver/interface/grid_defect.hpp"
#include "solver/interface/local_class.hpp"
#include "solver/interface/trace_exchange.hpp"
#include "solver/interface/traces.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace ddpinn {

/// Whether a network's output coefficients are all zero, so that it need not be evaluated.
inline bool is_zero(const Matrix& coefficients) {
  return std::ranges::all_of(coefficients.entries(), [](double c) { return c == 0; });
}

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
///
/// Congruent boxes have the same matrices, which are computed and stored once (local_class.hpp), and multiply
/// the unknowns of all of them at once.
class InterfaceLayer {
 public:
  /// @param members boxes of this layer @param before those of the layer before
  /// @param timers where the grid's set-up and solves count; null for nowhere @note Collective.
  InterfaceLayer(const InterfaceCase&, std::vector<int> members, std::vector<int> before,
                 Timers* timers = nullptr);

  /// The linearised problem of the change of all fields about those of these coefficients, which hold this
  /// rank's subdomains of this layer and the one before. @param reweight whether to fix the weights of rows
  /// here
  /// @throws Interrupted @note Collective.
  void linearise(const Coefficients&, bool reweight, const StopTest& stop);

  /// Fixes the weights of rows at these fields, and nothing else. No communication.
  /// @pre every box is a class of its own
  void weigh(const Coefficients&);

  /// The weights, by box.
  Blocks weights() const;
  /// Weights that a journal has. @note Collective.
  void take_weights(const Blocks&, const Journal&);

  /// What a subdomain of this rank has for itself.
  struct Local {
    int k = 0;
    const Rows* problem = nullptr;  ///< with a row for each transmission condition at its end
    const TraceRows* transmission = nullptr;
    std::span<const double> weights = {};  ///< of the transmission rows
    std::vector<double> traces = {};       ///< that its neighbours give
  };
  /// @pre weights are fixed, and boxes have one part each and are classes of their own @note Collective.
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
  /// Kinds of local problems on all ranks, as they were linearised last. @note Collective.
  long long classes() const;
  const std::vector<int>& members() const { return members_; }

 private:
  /// Where a box takes traces for its receivers to: rows of this rank, or places in an exchange.
  struct Target {
    std::size_t first = 0;    ///< of this rank's traces
    std::vector<int> places;  ///< by row that it gives; empty where the receiver is this rank's
  };
  /// A box of this rank.
  struct Own {
    int k = 0;
    std::size_t local_class = 0;
    std::size_t first_trace = 0;             ///< of this rank's traces
    std::vector<Target> targets;             ///< by giving of the class and receiver
    std::vector<GridDefect::Places> places;  ///< by part
    LocalState state;
  };
  /// Boxes of the layer before, which give to this one.
  struct Before {
    int k = 0;
    std::vector<Giving> giving;
    std::vector<Target> targets;
  };
  using Key = std::array<std::size_t, 3>;
  using Members = std::span<const std::size_t>;

  std::size_t stages() const;
  std::size_t stage_of(int k) const;
  std::set<int> reached_from(int k, int time_offset) const;
  Key key_of(int k);
  const std::pair<int, Traces>& traces_of_class(int k);
  void create_classes(const std::vector<int>& owned);
  void create_own_rows(LocalClass&);
  void create_giving(int k, int box, std::size_t part, bool inflow, std::vector<Giving>&);
  void add_giving(int k, int box, int receiver, bool inflow, Giving&);
  std::vector<Target> create_targets(const std::vector<Giving>&, int from, int to, bool inflow);
  void create_grid();

  template <class Visit>
  void for_blocks(const LocalSystems&, Visit&& visit) const;
  void linearise(LocalClass&, const Coefficients&, std::span<const double> traces, bool reweight,
                 KnownSystems&);
  std::optional<double> objective(LocalClass&, std::size_t member, const Coefficients&,
                                  std::span<const double> traces) const;
  std::vector<double> given_traces(const Coefficients&);
  void give_values(const LocalClass&, std::size_t stage, const Coefficients&, std::span<double> traces);
  Matrix own_traces(const LocalClass&, Members, const Coefficients&) const;
  Matrix row_values(const TraceRows&, const std::vector<int>& networks, const Coefficients&,
                    Matrix& raw) const;
  void add_jump(const LocalClass&, const Coefficients&, std::span<const double> traces, Jump&) const;
  std::vector<const GridDefect::Places*> places_of(Members, std::size_t part) const;
  static void scatter(const Giving&, std::span<const Target>, const double* values,
                      std::vector<double>& contributions, std::span<double> traces);
  void give(std::size_t stage, std::span<const double> y);
  void solve(std::size_t stage, bool homogeneous, std::span<double> y);

  const InterfaceCase& case_;
  std::vector<int> members_;
  std::unique_ptr<DofLayout> layout_;      ///< of trace rows
  std::vector<TraceExchange> stages_;      ///< one a colour
  std::unique_ptr<TraceExchange> inflow_;  ///< from the layer before
  DistinctNumbers robin_;
  std::map<Key, std::pair<int, Traces>> traces_of_classes_;  ///< only while the layer is made
  std::vector<LocalClass> classes_;
  std::vector<Own> own_;
  std::vector<Before> before_;
  std::vector<LocalSystems> systems_;
  std::unique_ptr<GridDefect> grid_;
  std::vector<double> traces_;
  Timers* timers_ = nullptr;
  std::size_t unknowns_ = 0;
  long long trace_rows_ = 0;
};

}  // namespace ddpinn
