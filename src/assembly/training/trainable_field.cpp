// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/training/trainable_field.hpp"

#include "parallel/square_sum.hpp"
#include "space/field.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

using petsc::check;

namespace {

DofLayout parameter_layout(const Rows& discretisation, std::size_t parameters, const Communicator& comm) {
  return {discretisation.owner(), std::vector(discretisation.owner().size(), parameters), comm};
}

/// The networks that reach into the cores of this rank, and those of its rows.
std::vector<int> networks_here(const Rows& discretisation, int rank) {
  const auto covering = covering_subdomains(discretisation.decomposition(), discretisation.owner(), rank);
  std::set<int> all(covering.begin(), covering.end());
  for (const auto& block : discretisation.blocks()) all.insert(block.subdomain);
  return {all.begin(), all.end()};
}

}  // namespace

TrainableField::TrainableField(const Communicator& comm, const Rows& discretisation, Precision precision)
    : comm_(&comm),
      discretisation_(&discretisation),
      network_(discretisation.family().shape, discretisation.model().fields.size()),
      precision_(precision),
      layout_(parameter_layout(discretisation, network_.size(), comm)),
      ghosts_(comm, layout_, networks_here(discretisation, comm.rank())),
      values_(ghosts_.size()) {
  std::map<int, std::size_t> place;
  for (std::size_t i = 0; i < ghosts_.subdomains().size(); ++i) place[ghosts_.subdomains()[i]] = i;
  rows_.emplace(discretisation, place, network_, precision);
}

petsc::Vec TrainableField::create_parameters() const {
  petsc::Vec x;
  check(VecCreateMPI(comm_->get(), layout_.owned_size(), PETSC_DETERMINE, x.out()));
  return x;
}

void TrainableField::take_hidden_layers(::Vec parameters) const {
  check(VecZeroEntries(parameters));
  const petsc::LocalArray entries(parameters);
  for (int k : layout_.owned())
    network_.set_hidden_layers(discretisation_->family().network(k),
                               entries.get().subspan(layout_.local_offset(k), layout_.size(k)));
}

void TrainableField::set_outputs(const Field& field, ::Vec parameters) const {
  const petsc::LocalArray entries(parameters);
  for (int k : layout_.owned())
    if (field.knows(k))
      network_.set_outputs(field[k], entries.get().subspan(layout_.local_offset(k), layout_.size(k)));
}

void TrainableField::refresh(::Vec parameters) { ghosts_.gather(parameters, values_); }

std::optional<double> TrainableField::sum_of_squares(::Vec parameters) {
  refresh(parameters);
  return ddpinn::sum_of_squares(*comm_, [&] { return discretisation_->residual(fields()); });
}

std::span<const double> TrainableField::parameters(int k) const {
  return std::span(values_).subspan(ghosts_.offset_of(k), network_.size());
}

std::vector<std::span<const double>> TrainableField::networks() const {
  std::vector<std::span<const double>> result;
  for (int k : ghosts_.subdomains()) result.push_back(parameters(k));
  return result;
}

std::vector<FieldValues> TrainableField::fields() const {
  auto result = discretisation_->lift();
  rows_->add_fields(networks(), result);
  return result;
}

void TrainableField::gradient(const Linearisation& linearisation, ::Vec gradient) const {
  std::vector<double> sums(ghosts_.size(), 0.0);
  std::vector<std::span<double>> parts;
  for (int k : ghosts_.subdomains())
    parts.push_back(std::span(sums).subspan(ghosts_.offset_of(k), network_.size()));
  rows_->add_gradient(networks(), linearisation, parts);
  check(VecZeroEntries(gradient));
  ghosts_.add(sums, gradient);
}

HiddenLayers TrainableField::hidden_layers() const {
  HiddenLayers result;
  for (int k : ghosts_.subdomains()) result[k] = network_.hidden_layers(parameters(k));
  return result;
}

Field TrainableField::output_field() const {
  auto field = discretisation_->zero_field();
  for (const auto& block : discretisation_->blocks())
    field[block.subdomain] = network_.outputs(parameters(block.subdomain));
  return field;
}

}  // namespace ddpinn
