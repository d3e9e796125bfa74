// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "space/group_basis.hpp"
#include "space/space.hpp"

#include <map>
#include <utility>
#include <vector>

namespace ddpinn {

/// Sizes of the fields in the parts of cores between interfaces, by which rows are weighted
/// (row_weights.hpp).
///
/// Those of fields in first-order laws, q = F(u, grad u), differ from part to part as the law does. With the
/// slopes a = |dF/dq| and b = |dF/d(grad u)|, of functions that vary by one over the core, they are
///     s_q = sqrt(b / a S),    s_u = sqrt(a / b S),
/// S the product of the sizes in the whole domain, over the volume of the core relative to the mean. Every
/// row of the law then has the norm of the energy, as sqrt(1/k) |q + k grad u| for a conductivity k, and how
/// well the least squares are conditioned does not depend on how k varies (M. Berndt, T. A. Manteuffel, S. F.
/// McCormick, G. Starke, SIAM J. Numer. Anal. 43, 2005). All other fields have their sizes everywhere.
class PartSizes {
 public:
  /// Those of the family, everywhere.
  PartSizes(const Model& model, const Decomposition& decomposition, const NetworkFamily& family)
      : model_(model), decomposition_(decomposition), family_(family) {}

  /// Whether a statement is a law's that defines a flux, and whether the model has one.
  static bool is_law(const Model&, const StatementGroup&, const Statement&);
  static bool has_laws(const Model&);
  /// Learns what a statement says. @pre it is a law; all are learnt before sizes are asked for
  void learn(const Statement&, const PointGroup&, const GroupBasis::Linearised&);

  /// Of a derivative's field at a point, on the derivative's side of an interface.
  double at(const PointGroup&, std::size_t i, const Derivative&) const;

  /// How much more than others a row counts at a point: those that balance fluxes of a slender body, whose
  /// fields are far larger than the fluxes over the stiffness let expect of the size of a core, or a small
  /// part of what holds the balance would be given up for little. 1 of all others.
  double emphasis(const Statement&, const PointGroup&, std::size_t i) const;

 private:
  /// A core, and the part of the domain in it.
  using Part = std::pair<int, Sides>;
  /// What the definition of a flux says in a part: by field, the largest slope.
  using Slopes = std::map<int, double>;

  Part part(const PointGroup&, std::size_t i, Side) const;
  double relative(int field) const { return family_.relative_size(field); }
  double stiffness(const Slopes&, int flux, int field) const;
  double flux_size(const Part&, int flux, const Slopes&) const;
  double field_size(const Part&, int field) const;
  double volume(const Part&) const;

  const Model& model_;
  const Decomposition& decomposition_;
  const NetworkFamily& family_;
  std::map<Part, std::map<int, Slopes>> parts_;  ///< by flux
};

}  // namespace ddpinn
