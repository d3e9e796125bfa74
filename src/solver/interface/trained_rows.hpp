// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/training/trainable_rows.hpp"
#include "solver/interface/traces.hpp"

#include <span>
#include <vector>

namespace ddpinn {

/// The rows of one subdomain as functions of all parameters of its network: equations and conditions in its
/// box, then its transmission conditions, for given traces. No communication.
class TrainedRows {
 public:
  /// Refers to all of these. @param problem the last of its rows are those of the transmission
  /// @param weights of these
  TrainedRows(const Rows& problem, const TraceRows&, std::span<const double> weights,
              const NetworkParameters&, Precision);
  TrainedRows(const TrainedRows&) = delete;

  const NetworkParameters& network() const { return *network_; }

  /// Weighted residuals. @throws Error (Status::numerical) where one is not finite
  std::vector<double> residual(std::span<const double> parameters, std::span<const double> traces) const;
  /// The same with slopes.
  Linearisation linearise(std::span<const double> parameters, std::span<const double> traces) const;
  /// The derivative of 1/2 |r|^2. @param gradient of size network().size(), written
  void gradient(std::span<const double> parameters, const Linearisation&, std::span<double> gradient) const;
  /// rows by parameters
  Matrix jacobian(std::span<const double> parameters, const Linearisation&) const;

 private:
  std::vector<FieldValues> fields(std::span<const double> parameters) const;
  void set_transmission(std::span<const double> parameters, std::span<const double> traces,
                        std::vector<double>& residual) const;

  const Rows* problem_;
  const TraceRows* transmission_;
  std::span<const double> weights_;
  const NetworkParameters* network_;
  TrainableRows rows_;
  TrainableGroup interface_;  ///< of the transmission rows
};

}  // namespace ddpinn
