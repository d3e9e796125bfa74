// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/model.hpp"

#include <ddpinn/problem.hpp>

#include <vector>

namespace ddpinn {

/// Whether the problem is stated by energies or by conservation laws that are solved.
bool is_weak(const Problem&);

/// Whether energies fall in time, for they have rates such as u_t, by which they are dissipated.
/// @pre the expressions are right
bool falls_in_time(const Problem&);

/// Whether every first variation is affine in fields and unknowns, so that one linear solve is enough.
/// @pre the expressions are right
bool has_affine_variation(const Problem&);

/// An energy's first variation. @throws Error (Status::case_file)
///
/// Of an energy that falls in time, the density is a sum E(u, grad u) + R(u_t, grad u_t) of what is stored
/// and of the potential of the rate by which it is dissipated (L. Onsager, Phys. Rev. 37, 1931), such as c
/// u_t^2 / 2. Fields follow from
///     dR/d(u_t) + dE/du = 0,
/// the gradient flow of E: for all variations dv the sum of dE/du dv and of dR/d(u_t) dv, not dv_t, vanishes
/// at all times.
WeakForm weak_form(const Problem&, const Energy&);

/// Conservation laws that are solved: for all variations dv of a field v of its own,
///     integral of (flux . grad dv + source dv) = integral over the boundary of flux . n dv.
/// Which field is varied in which law is read off the laws: the flux of each depends on the gradient of its
/// own field where that can be, else they are in the order of the fields. With a flux that falls with the
/// gradient, as that of heat does, the left side times -1 is the first variation of something convex. Laws
/// whose flux rises with it, such as that of stresses, are taken times -1 instead, so that the second
/// variation is positive either way. A flux along t is a density: its rate is a source that is taken away.
class SolvedLaws {
 public:
  /// @pre as many laws are solved as there are fields
  explicit SolvedLaws(const Problem&);

  WeakForm form(const Conservation&) const;
  /// What flows through a surface.
  WeakForm form(const NaturalCondition&) const;

 private:
  struct Law {
    const Conservation* law;
    int field = 0;
    bool rising = false;  ///< the flux rises with the gradient
  };
  const Law& law(const std::string& name) const;

  const Problem& problem_;
  std::vector<Law> laws_;
};

}  // namespace ddpinn
