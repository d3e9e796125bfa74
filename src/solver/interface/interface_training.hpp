// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/checkpoint/journal.hpp"
#include "solver/interface/interface_layer.hpp"
#include "solver/interface/local_trainer.hpp"

#include <map>
#include <memory>
#include <string>

namespace ddpinn {

/// Trains the networks of an interface coupling, each on the rows of its own box with the traces of its
/// neighbours. The hidden layers are left in the discretisation.
class InterfaceTraining {
 public:
  /// All networks with random hidden layers. @note Collective.
  InterfaceTraining(const Communicator&, Rows&, const Options&);

  /// Every network of a layer takes at most `steps` steps of a method, all at the same time, with the traces
  /// that it is given; the coefficients become those of the trained output layers. @note Collective.
  void round(const std::vector<InterfaceLayer::Local>& layer, Method, int steps, Coefficients&);
  /// Forgets the rows of a layer that is solved.
  void leave_layer() { rows_.clear(); }

  /// All networks as they are, and back to them. @note Collective.
  std::map<int, LocalTrainer> networks() const { return trainers_; }
  void restore(const std::map<int, LocalTrainer>& networks);
  /// Shorter Gauss-Newton steps from now on.
  void grow_damping(double factor);

  /// All networks, by subdomain.
  Blocks blocks() const;
  /// @note Collective.
  void take(const Blocks&, const Journal&);

  /// Trained parameters of all networks of all ranks.
  long long parameters() const { return parameters_; }

 private:
  void publish();

  const Communicator& comm_;
  Rows& discretisation_;
  NetworkParameters network_;
  Precision precision_;
  std::map<int, LocalTrainer> trainers_;
  std::map<int, std::unique_ptr<TrainedRows>> rows_;
  long long parameters_ = 0;
};

}  // namespace ddpinn
