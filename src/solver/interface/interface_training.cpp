// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/interface_training.hpp"

#include "parallel/agree.hpp"
#include "space/neighbours.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

InterfaceTraining::InterfaceTraining(const Communicator& comm, Rows& discretisation, const Options& options)
    : comm_(comm),
      discretisation_(discretisation),
      network_(discretisation.family().shape, discretisation.model().fields.size()),
      precision_(options.network.precision) {
  const auto& decomposition = discretisation.decomposition();
  for (int k = 0; k < decomposition.size(); ++k) {
    if (!decomposition[k].live || discretisation.owner()[k] != comm.rank()) continue;
    std::vector<double> parameters(network_.size(), 0.0);
    network_.set_hidden_layers(discretisation.family().network(k), parameters);
    trainers_.emplace(k, LocalTrainer(network_, options.solver, std::move(parameters)));
  }
  parameters_ = sum(comm, trainers_.size() * network_.size());
  publish();
}

void InterfaceTraining::round(const std::vector<InterfaceLayer::Local>& layer, Method method, int steps,
                              Coefficients& coefficients) {
  collectively(comm_, [&] {
    for (const auto& [k, problem, transmission, weights, traces] : layer) {
      auto& rows = rows_[k];
      if (!rows) rows = std::make_unique<TrainedRows>(*problem, *transmission, weights, network_, precision_);
      auto& trainer = trainers_.at(k);
      network_.set_outputs(coefficients.at(k), trainer.parameters());
      trainer.train(method, steps, *rows, traces);
      coefficients.at(k) = network_.outputs(trainer.parameters());
    }
  });
  publish();
}

void InterfaceTraining::restore(const std::map<int, LocalTrainer>& networks) {
  trainers_ = networks;
  publish();
}

void InterfaceTraining::grow_damping(double factor) {
  for (auto& [k, trainer] : trainers_) trainer.grow_damping(factor);
}

Blocks InterfaceTraining::blocks() const {
  Blocks blocks;
  for (const auto& [k, trainer] : trainers_) blocks[k] = trainer.numbers();
  return blocks;
}

void InterfaceTraining::take(const Blocks& held, const Journal& journal) {
  std::vector<int> wanted;
  for (const auto& [k, trainer] : trainers_) wanted.push_back(k);
  for (const auto& [k, numbers] : journal.fetch(held, wanted)) trainers_.at(k).take(numbers);
  publish();
}

/// The hidden layers of this rank's networks and of all that touch them.
void InterfaceTraining::publish() {
  std::map<int, Matrix> hidden;
  std::set<int> wanted;
  for (const auto& [k, trainer] : trainers_) {
    Matrix column(network_.hidden(), 1);
    std::copy_n(trainer.parameters().begin(), network_.hidden(), column.data());
    hidden.emplace(k, std::move(column));
    wanted.merge(neighbourhood(discretisation_.decomposition(), k));
  }
  for (const auto& block : discretisation_.blocks()) wanted.insert(block.subdomain);
  gather_coefficients(comm_, discretisation_.owner(), wanted, hidden);
  HiddenLayers layers;
  for (const auto& [k, column] : hidden) layers[k] = network_.hidden_layers(column.entries());
  discretisation_.set_hidden_layers(std::move(layers));
}

}  // namespace ddpinn
