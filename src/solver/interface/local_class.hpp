// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/congruence.hpp"
#include "assembly/rows.hpp"
#include "solver/interface/grid_defect.hpp"
#include "solver/interface/traces.hpp"
#include "solver/linear/local_system.hpp"

#include <ddpinn/options.hpp>

#include <map>
#include <memory>
#include <vector>

namespace ddpinn {

/// Output coefficients of networks by subdomain: features by fields.
using Coefficients = std::map<int, Matrix>;

/// What all layers of an interface coupling share.
struct InterfaceCase {
  const Space& space;  ///< whose hidden layers change where they are trained
  PointsOptions points;
  double compression = 1e-11;
  TransmissionRule rule;
  std::vector<std::vector<std::vector<double>>> robin;  ///< by subdomain, face and field
  GridCorrection* grid = nullptr;                       ///< none without
  bool trains = false;                                  ///< whether hidden layers are unknowns too
  Congruence congruence;

  /// Output coefficients of one network.
  std::size_t network_size() const { return space.family().shape.features() * space.model().fields.size(); }
};

/// Which boxes are congruent but for coefficients and right sides of statements.
Congruence congruence_of(const Model&, const Decomposition&, const NetworkFamily&, const TransmissionRule&,
                         const Options&);

/// The part of the cores whose points a solution is judged at. Local problems of the interface coupling have
/// points of their own; those of the windowed sum start nonlinear solves, and judge the solution. For large
/// linear problems they would be too many: some of the cores have to do.
double judged_part(const Model&, const Decomposition&, const Options&);

/// What a subdomain gives to trace rows of its neighbours.
struct Giving {
  std::size_t stage = 0;
  std::size_t part = 0;             ///< of its box
  std::unique_ptr<TraceRows> rows;  ///< receiver after receiver; targets are rows of the receiver's box
  std::vector<int> receivers;       ///< boxes
  std::vector<std::size_t> first;   ///< row of each receiver's first, and the end
};

/// Congruent boxes of this rank, by what the first of them has. Their local problems differ in the slopes and
/// right sides of their statements alone.
struct LocalClass {
  /// A subdomain of the box.
  struct Part {
    int k = 0;
    std::size_t first_row = 0;        ///< of the box's transmission rows
    std::unique_ptr<TraceRows> rows;  ///< targets are rows of the box
    GridDefect::Nodes nodes;
  };
  int box = 0;
  std::size_t stage = 0;
  std::vector<Part> parts;
  std::vector<Giving> giving;   ///< of the parts that are live
  std::vector<double> weights;  ///< of the transmission rows
  /// Where slopes differ, what all systems have in common: from coefficients to what is given, by `giving`,
  /// and from traces to what they add to J^T r, columns of J by transmission rows. Empty before they were
  /// needed.
  std::vector<Matrix> given;
  Matrix taken;
  std::vector<std::size_t> members;        ///< whoever has the class knows where these are
  std::unique_ptr<Rows> problem;           ///< its last rows are those of the transmission
  std::vector<std::vector<Point>> points;  ///< of the problem, by group, in the first box

  /// The subdomain of a member's box.
  int network(int member_box, std::size_t part) const {
    return member_box == box ? parts[part].k : member_box;
  }
};

/// Local systems that were made, by their Jacobians: boxes whose neighbours' boxes end differently give other
/// traces, but have the same problem of their own.
class KnownSystems {
 public:
  /// @param weights of the transmission rows, the last ones of `jacobian`
  std::shared_ptr<LocalSystem> system(const Matrix& jacobian, const std::vector<double>& weights,
                                      double tolerance, std::size_t most);

 private:
  DistinctNumbers jacobians_;
  std::vector<std::shared_ptr<LocalSystem>> systems_;
};

/// What boxes of one class with the same slopes have in common.
struct LocalSystems {
  std::size_t local_class = 0;
  double projection = 0;                         ///< of its slopes, see DistinctNumbers
  std::shared_ptr<const Rows::Weights> weights;  ///< of the problem's rows
  std::vector<double> weights_by_row;            ///< while it is made
  std::shared_ptr<LocalSystem> system;
  /// Whether it has T alone, and multiplies by what the class has: see ClassLinearisation::slim.
  bool slim = false;
  std::vector<Matrix> giving;              ///< by that of the class: rows by unknowns; not of slim ones
  std::vector<GridDefect::Images> images;  ///< by part
  std::vector<std::size_t> members;        ///< as in the class
  std::size_t first_unknown = 0;           ///< of this rank's y, which has one member after the other

  std::size_t unknowns() const { return system->unknowns(); }
};

/// What a box has for itself.
struct LocalState {
  std::shared_ptr<const Rows::Weights> weights;  ///< of its problem's rows; null: not fixed yet
  std::vector<double> start;                     ///< y where its neighbours give nothing
  double size_square = 0;                        ///< |J c|^2 of what the problem is linearised about
};

/// The problem of a class at one of its boxes, which is made where it is missing.
Rows& problem_at(const InterfaceCase&, LocalClass&, int box);
/// Its fields. @param coefficients by part
std::vector<FieldValues> local_fields(const InterfaceCase&, LocalClass&, int box,
                                      const std::vector<const Matrix*>& coefficients);

/// One of several boxes of a class, the statements of which are linearised together.
struct LinearisedRows {
  int k = 0;
  Point shift{};  ///< from the first box of the class
  const std::vector<FieldValues>* fields = nullptr;
  Linearisation* rows = nullptr;  ///< written: not weighted, without unknowns
};

/// @param points of the problem in the first box, by group
void linearise_at(const Rows& problem, const std::vector<std::vector<Point>>& points,
                  std::span<LinearisedRows>);

/// Linearises the boxes of one class after the other. Those whose slopes equal ones that have come before
/// have the same matrices.
class ClassLinearisation {
 public:
  /// @param grid may be null @param systems gets those of the class @param reweight whether to fix the
  /// weights of rows
  ClassLinearisation(const InterfaceCase&, LocalClass&, std::size_t number, GridDefect* grid, KnownSystems&,
                     std::vector<LocalSystems>& systems, bool reweight);

  struct Box {
    std::size_t member = 0;
    int k = 0;
    std::vector<const Matrix*> coefficients;  ///< by part
    std::span<const double> field;            ///< the transmission conditions applied to these
    std::span<const double> traces;           ///< that its neighbours give
    const std::vector<GridDefect::Places>* places = nullptr;
    LocalState* state = nullptr;
  };
  /// Adds some boxes, whose statements are evaluated together.
  void add(std::span<const Box>);
  /// After the last box: states are complete.
  void finish();

 private:
  /// Right sides that wait to be multiplied together.
  struct Work {
    std::vector<double> residuals;
    std::vector<LocalState*> states;
  };

  /// A box with what its statements are there.
  struct Linearised {
    const Box* box = nullptr;
    std::vector<FieldValues> fields;
    Linearisation rows;               ///< not weighted
    DistinctNumbers::Columns slopes;  ///< by which it is told from others
  };

  std::vector<Linearised> linearise(std::span<const Box>);
  void add(Linearised&);
  std::size_t system_of(Linearised&);
  void create(Linearised&);
  Matrix raw_giving(const Giving&) const;
  void add_giving(LocalSystems&) const;
  void add_images(const Box&, LocalSystems&) const;
  void slim(const Matrix& jacobian, LocalSystems&);
  Matrix jacobian(const Linearisation&) const;
  void flush(std::size_t system);
  void release();

  const InterfaceCase& case_;
  LocalClass& class_;
  std::size_t number_;
  GridDefect* grid_;
  KnownSystems& known_systems_;
  std::vector<LocalSystems>& systems_;
  bool reweight_;
  std::size_t first_;      ///< of the class's systems
  DistinctNumbers known_;  ///< slopes of the class's systems
  std::vector<Work> work_;
  std::vector<GridDefect::Quadrature> quadrature_;  ///< by part
};

}  // namespace ddpinn
