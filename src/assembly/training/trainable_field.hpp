// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/dof_layout.hpp"
#include "assembly/training/trainable_rows.hpp"

#include <optional>
#include <span>
#include <vector>

namespace ddpinn {

/// The networks of a discretisation with all their parameters as unknowns: u = G + D sum_j w_j N_j. A rank
/// owns the parameters of its subdomains and keeps copies, ghosts, of all networks that reach into its cores.
class TrainableField {
 public:
  /// @note Collective.
  TrainableField(const Communicator&, const Rows&, Precision = Precision::float64);

  const Communicator& communicator() const { return *comm_; }
  const Rows& discretisation() const { return *discretisation_; }
  /// The parameters of a network: one for all fields in each subdomain.
  const NetworkParameters& network() const { return network_; }
  Precision precision() const { return precision_; }
  const DofLayout& layout() const { return layout_; }

  /// A vector of all parameters, zero.
  petsc::Vec create_parameters() const;
  /// The family's random hidden layers, and output layers of zeros.
  void take_hidden_layers(::Vec parameters) const;
  /// The output layers of this rank's networks, as far as the field knows them.
  void set_outputs(const Field&, ::Vec parameters) const;
  /// Takes the ghosts from their owners. @note Collective.
  void refresh(::Vec parameters);
  /// Bytes that a refresh brings from other ranks, and a gradient sends back to them.
  long long ghost_bytes() const { return ghosts_.bytes(); }
  /// The present parameters of network k, ghost or owned. @pre it reaches into a core of this rank
  std::span<const double> parameters(int k) const;

  /// The rows at some parameters, linearised. @throws Error (Status::numerical) where one is not finite
  /// @note Collective.
  Linearisation linearise(::Vec parameters) {
    refresh(parameters);
    return discretisation_->linearise(fields());
  }
  /// |W r|^2 at some parameters; nothing where a residual is not finite on any rank. @note Collective.
  std::optional<double> sum_of_squares(::Vec parameters);

  /// The fields at the rows' points, as far as the rows depend on them: see `TrainableGroup` on Laplacians.
  std::vector<FieldValues> fields() const;
  /// gradient = J^T r. @note Collective.
  void gradient(const Linearisation&, ::Vec gradient) const;
  /// The Jacobian of a block's rows with respect to all parameters of its network.
  Matrix jacobian(const Block& block, const Linearisation& linearisation) const {
    return rows_->jacobian(block, networks(), linearisation);
  }

  /// The networks as the rest of the program knows them: hidden layers of all networks here, and output
  /// coefficients of the blocks.
  HiddenLayers hidden_layers() const;
  Field output_field() const;

 private:
  std::vector<std::span<const double>> networks() const;

  const Communicator* comm_;
  const Rows* discretisation_;
  NetworkParameters network_;
  Precision precision_;
  DofLayout layout_;
  GhostExchange ghosts_;
  std::optional<TrainableRows> rows_;
  std::vector<double> values_;
};

}  // namespace ddpinn
