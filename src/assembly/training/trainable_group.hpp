// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/laplacian_form.hpp"
#include "assembly/training/network_parameters.hpp"
#include "dense/matrix.hpp"
#include "network/kernel.hpp"
#include "space/group_basis.hpp"

#include <map>
#include <memory>
#include <vector>

namespace ddpinn {

/// Trainable networks at the points of one group. A field or derivative there is a sum over the networks that
/// cover the point of fixed factors (windows, exact enforcement and their derivatives, by Leibniz' rule)
/// times the streams of the network; both directions of differentiation go through these factors. What the
/// polynomials add is a fixed linear map of their coefficients, and no kernel needs to know them.
///
/// Where the statements need no more of second derivatives than a Laplacian (laplacian_form.hpp), the
/// networks carry it as one stream. Of the second derivatives of a field the first then stands for all.
class TrainableGroup {
 public:
  /// @param place of each subdomain's network in the lists of parameters
  TrainableGroup(const GroupBasis&, const std::map<int, std::size_t>& place, const NetworkParameters&,
                 Precision, const Model&, const Decomposition&);

  /// fields += what the networks contribute.
  void add_fields(ConstArrays parameters, FieldValues& fields) const;

  /// Adds to `gradients` the derivative of a loss with respect to the parameters.
  /// @param cotangent the loss's derivative with respect to the fields, laid out like them; empty columns are
  /// zero
  void add_gradient(ConstArrays parameters, const FieldValues& cotangent, Arrays gradients) const;

  /// Adds the rows of one linearised statement to the Jacobian of network `place`.
  /// @param row place in the Jacobian of each of the group's points
  void add_rows(std::size_t place, ConstArrays parameters, const GroupBasis::Linearised&,
                std::span<const std::size_t> row, Matrix& jacobian) const;

 private:
  /// One stream's part of a derivative at the points of a run.
  struct Term {
    std::size_t derivative;
    std::size_t value;  ///< stream * outputs + output
    std::vector<double> factor;
  };
  /// The polynomials' part of a derivative at the points of a run.
  struct Polynomials {
    std::size_t derivative;
    std::size_t first;  ///< parameter
    Matrix values;      ///< points by polynomials
  };
  struct Member {
    std::size_t place;
    std::vector<Point> xi;
    std::vector<Term> terms;
    std::vector<Polynomials> polynomials;
    Directional laplacian{};  ///< in the coordinates of the box
  };
  /// Consecutive points that the same networks cover.
  struct Run {
    std::size_t first;
    std::size_t count;
    std::vector<Member> members;
  };

  void add_run(const GroupBasis&, const std::map<int, std::size_t>& place, std::size_t first,
               std::size_t count);
  /// Of a derivative: points by streams.
  Matrix stream_factors(const GroupBasis&, std::size_t derivative, std::size_t cover, std::size_t first,
                        std::size_t count) const;
  Matrix jet_factors(const GroupBasis&, const Derivative&, std::size_t cover, std::size_t first,
                     std::size_t count) const;
  Matrix polynomial_values(const GroupBasis&, std::size_t derivative, std::size_t cover,
                           const std::vector<Point>& xi, std::size_t first) const;
  std::vector<std::pair<Derivative, double>> parts(std::size_t derivative) const;
  Member member(const GroupBasis&, std::size_t place, std::size_t cover, std::size_t first,
                std::size_t count) const;

  void add_polynomial_fields(ConstArrays parameters, FieldValues& fields) const;
  void add_polynomial_gradient(const FieldValues& cotangent, Arrays gradients) const;
  void add_layer_rows(const Run&, const Member&, ConstArrays layers, const GroupBasis::Linearised&,
                      std::span<const std::size_t> row, Matrix& jacobian) const;

  const PointGroup* group_;
  const NetworkParameters* network_;
  const Decomposition* decomposition_;
  std::optional<Directional> laplacian_;
  std::unique_ptr<NetworkKernel> kernel_;
  std::vector<Run> runs_;
  std::vector<NetworkGroup> networks_;  ///< the runs, as the kernel has them
};

}  // namespace ddpinn
