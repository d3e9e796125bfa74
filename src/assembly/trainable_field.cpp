// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/trainable_field.hpp"

#include "space/field.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

using petsc::check;

namespace {

DofLayout parameter_layout(const Discretisation& discretisation, std::size_t parameters,
                           const Communicator& comm) {
  return {discretisation.owner(), std::vector(discretisation.owner().size(), parameters), comm};
}

/// The networks that reach into the cores of this rank, and those of its rows.
std::vector<int> networks_here(const Discretisation& discretisation, int rank) {
  const auto covering = covering_subdomains(discretisation.decomposition(), discretisation.owner(), rank);
  std::set<int> all(covering.begin(), covering.end());
  for (const auto& block : discretisation.blocks()) all.insert(block.subdomain);
  return {all.begin(), all.end()};
}

}  // namespace

FieldValues cotangent(const Discretisation& discretisation, std::size_t g,
                      const Linearisation& linearisation) {
  const auto& group = discretisation.rows().groups[g];
  FieldValues result(group.derivatives.size());
  for (std::size_t s = 0; s < linearisation.derivative[g].size(); ++s)
    for (std::size_t a = 0; a < linearisation.derivative[g][s].size(); ++a) {
      const auto& slope = linearisation.derivative[g][s][a];
      if (slope.empty()) continue;
      result[a].resize(slope.size(), 0.0);
      for (std::size_t i = 0; i < slope.size(); ++i)
        result[a][i] += slope[i] * linearisation.residual[group.row[i] + s * group.stride[i]];
    }
  return result;
}

TrainableField::TrainableField(const Communicator& comm, const Discretisation& discretisation,
                               Precision precision)
    : comm_(&comm),
      discretisation_(&discretisation),
      network_(discretisation.family().shape, discretisation.model().fields.size()),
      precision_(precision),
      layout_(parameter_layout(discretisation, network_.size(), comm)),
      ghosts_(comm, layout_, networks_here(discretisation, comm.rank())),
      values_(ghosts_.size()) {
  for (std::size_t i = 0; i < ghosts_.subdomains().size(); ++i) place_[ghosts_.subdomains()[i]] = i;
  for (const auto& basis : discretisation.bases())
    groups_.emplace_back(basis, place_, network_, precision, discretisation.model(),
                         discretisation.decomposition());
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
  for (std::size_t g = 0; g < groups_.size(); ++g) groups_[g].add_fields(networks(), result[g]);
  return result;
}

void TrainableField::gradient(const Linearisation& linearisation, ::Vec gradient) const {
  std::vector<double> sums(ghosts_.size(), 0.0);
  std::vector<std::span<double>> parts;
  for (int k : ghosts_.subdomains())
    parts.push_back(std::span(sums).subspan(ghosts_.offset_of(k), network_.size()));
  for (std::size_t g = 0; g < groups_.size(); ++g)
    groups_[g].add_gradient(networks(), cotangent(*discretisation_, g, linearisation), parts);
  check(VecZeroEntries(gradient));
  ghosts_.add(sums, gradient);
}

Matrix TrainableField::jacobian(const Block& block, const Linearisation& linearisation) const {
  Matrix result(block.rows, network_.size());
  std::map<std::size_t, std::size_t> offset;
  for (const auto& part : block.parts) offset[part.chunk] = part.offset;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const auto& group = discretisation_->rows().groups[g];
    const auto covered = discretisation_->bases()[g].covered(block.subdomain);
    std::vector<std::size_t> row(covered.empty() ? 0 : group.points.size());
    for (std::size_t s = 0; s < group.statements->statements.size(); ++s) {
      for (auto i : covered)
        row[i] = group.row[i] + s * group.stride[i] - discretisation_->rows().chunks[group.chunk[i]].begin +
                 offset[group.chunk[i]];
      groups_[g].add_rows(place_.at(block.subdomain), networks(), linearisation.derivative[g][s], row,
                          result);
    }
  }
  return result;
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
