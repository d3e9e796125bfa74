// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/training/trainable_group.hpp"

#include "network/legendre.hpp"

#include <algorithm>
#include <numeric>

namespace ddpinn {

namespace {

bool same_subdomains(const PointCovers& covers, std::size_t a, std::size_t b) {
  if (covers.alike(a, b)) return true;
  if (covers.count(a) != covers.count(b)) return false;
  for (std::size_t c = 0; c < covers.count(a); ++c)
    if (covers.subdomain(a, c) != covers.subdomain(b, c)) return false;
  return true;
}

/// Pieces of one array, of these sizes.
class Pieces {
 public:
  void add(std::size_t size) { sizes_.push_back(size); }
  std::vector<std::span<double>> of(std::vector<double>& storage) const {
    std::size_t total = 0;
    for (auto size : sizes_) total += size;
    storage.assign(total, 0.0);
    std::vector<std::span<double>> result;
    double* begin = storage.data();
    for (auto size : sizes_) {
      result.emplace_back(begin, size);
      begin += size;
    }
    return result;
  }

 private:
  std::vector<std::size_t> sizes_;
};

/// The first parameters of each network, those that the kernel knows.
template <class Number>
std::vector<std::span<Number>> first_of(std::span<const std::span<Number>> parameters, std::size_t count) {
  std::vector<std::span<Number>> result;
  for (auto p : parameters) result.push_back(p.first(count));
  return result;
}

}  // namespace

TrainableGroup::TrainableGroup(const GroupBasis& basis, const std::map<int, std::size_t>& place,
                               const NetworkParameters& network, Precision precision, const Model& model,
                               const Decomposition& decomposition)
    : group_(&basis.group()),
      network_(&network),
      decomposition_(&decomposition),
      laplacian_(laplacian_form(*group_, model)),
      kernel_(network.kernel(
          laplacian_ ? Streams::laplacian(group_->space.dimension()) : Streams::jet(group_->space),
          precision)) {
  const auto& cover = group_->cover;
  for (std::size_t first = 0, end; first < cover.size(); first = end) {
    for (end = first + 1; end < cover.size() && same_subdomains(cover, first, end);) ++end;
    add_run(basis, place, first, end - first);
  }
  for (const auto& run : runs_) {
    auto& group = networks_.emplace_back();
    for (const auto& member : run.members)
      group.covers.push_back({member.place, member.xi, member.laplacian});
  }
}

void TrainableGroup::add_run(const GroupBasis& basis, const std::map<int, std::size_t>& place,
                             std::size_t first, std::size_t count) {
  Run run{first, count, {}};
  const auto& covers = group_->cover;
  for (std::size_t c = 0; c < covers.count(first); ++c)
    run.members.push_back(member(basis, place.at(covers.subdomain(first, c)), c, first, count));
  runs_.push_back(std::move(run));
}

/// The derivatives whose sum with these factors stands in the place of one.
std::vector<std::pair<Derivative, double>> TrainableGroup::parts(std::size_t derivative) const {
  const auto& wanted = group_->derivatives[derivative];
  const int d = laplacian_ ? second_derivative_direction(wanted.alpha) : -1;
  if (d < 0) return {{wanted, 1.0}};
  std::vector<std::pair<Derivative, double>> result;
  for (std::size_t a = 0; a < group_->derivatives.size(); ++a) {
    const auto& other = group_->derivatives[a];
    const int k = second_derivative_direction(other.alpha);
    if (k < 0 || other.field != wanted.field) continue;
    if (result.empty() && a != derivative) return {};  // another one stands for all
    result.emplace_back(other, (*laplacian_)[k] / (*laplacian_)[d]);
  }
  return result;
}

/// Points by multi-indices of the space.
Matrix TrainableGroup::jet_factors(const GroupBasis& basis, const Derivative& derivative, std::size_t cover,
                                   std::size_t first, std::size_t count) const {
  Matrix factors(count, group_->space.size());
  for (std::size_t k = 0; k < count; ++k) {
    const auto at = basis.jet_factors(derivative, first + k, group_->cover.at(first + k, cover));
    for (std::size_t i = 0; i < at.size(); ++i) factors(k, i) = at[i];
  }
  return factors;
}

Matrix TrainableGroup::stream_factors(const GroupBasis& basis, std::size_t derivative, std::size_t cover,
                                      std::size_t first, std::size_t count) const {
  const auto& space = group_->space;
  if (!laplacian_) return jet_factors(basis, group_->derivatives[derivative], cover, first, count);
  const auto& streams = kernel_->streams();
  Matrix result(count, streams.size());
  for (const auto& [part, share] : parts(derivative)) {
    const auto factors = jet_factors(basis, part, cover, first, count);
    for (std::size_t i = 0; i < space.size(); ++i) {
      if (order(space[i]) > 1) continue;
      const auto d = std::ranges::find(space[i], 1) - space[i].begin();
      const auto stream = order(space[i]) == 0 ? 0 : streams.first(d);
      for (std::size_t k = 0; k < count; ++k) result(k, stream) += share * factors(k, i);
    }
  }
  if (const int d = second_derivative_direction(group_->derivatives[derivative].alpha);
      d >= 0 && !parts(derivative).empty()) {
    const auto envelope =
        jet_factors(basis, {group_->derivatives[derivative].field, {}}, cover, first, count);
    for (std::size_t k = 0; k < count; ++k) result(k, streams.size() - 1) = envelope(k, 0) / (*laplacian_)[d];
  }
  return result;
}

Matrix TrainableGroup::polynomial_values(const GroupBasis& basis, std::size_t derivative, std::size_t cover,
                                         const std::vector<Point>& xi, std::size_t first) const {
  LegendreProducts polynomials(group_->space.dimension(), network_->exponents(), group_->space.order());
  std::vector<double> coordinates;
  for (int d = 0; d < group_->space.dimension(); ++d)
    for (const auto& x : xi) coordinates.push_back(x[d]);
  polynomials.take(coordinates.data(), xi.size());
  Matrix values(xi.size(), polynomials.size());
  std::vector<double> jet(xi.size());
  for (const auto& [part, share] : parts(derivative)) {
    const auto factors = jet_factors(basis, part, cover, first, xi.size());
    for (std::size_t p = 0; p < polynomials.size(); ++p)
      for (std::size_t i = 0; i < factors.columns(); ++i) {
        polynomials.fill(p, group_->space[i], jet.data());
        for (std::size_t k = 0; k < xi.size(); ++k) values(k, p) += share * factors(k, i) * jet[k];
      }
  }
  return values;
}

TrainableGroup::Member TrainableGroup::member(const GroupBasis& basis, std::size_t place, std::size_t cover,
                                              std::size_t first, std::size_t count) const {
  const std::size_t outputs = kernel_->size().outputs;
  Member result{place, {}, {}, {}, {}};
  for (std::size_t k = 0; k < count; ++k) result.xi.push_back(group_->cover.at(first + k, cover).xi);
  if (laplacian_) {
    const auto half = decomposition_->half_widths(group_->cover.subdomain(first, cover));
    for (int d = 0; d < group_->space.dimension(); ++d) {
      const std::size_t k = d;
      result.laplacian[k] = (*laplacian_)[k] / (half[k] * half[k]);
    }
  }
  for (std::size_t a = 0; a < group_->derivatives.size(); ++a) {
    const std::size_t field = group_->derivatives[a].field;
    const auto factors = stream_factors(basis, a, cover, first, count);
    for (std::size_t i = 0; i < factors.columns(); ++i) {
      std::vector<double> column(factors.column(i), factors.column(i) + count);
      if (std::ranges::any_of(column, [](double f) { return f != 0; }))
        result.terms.push_back({a, i * outputs + field, std::move(column)});
    }
    if (parts(a).empty()) continue;
    result.polynomials.push_back(
        {a, network_->polynomial(field), polynomial_values(basis, a, cover, result.xi, first)});
  }
  return result;
}

void TrainableGroup::add_fields(ConstArrays parameters, FieldValues& fields) const {
  Pieces pieces;
  for (const auto& run : runs_)
    for (std::size_t m = 0; m < run.members.size(); ++m) pieces.add(kernel_->values() * run.count);
  std::vector<double> storage;
  const auto values = pieces.of(storage);
  kernel_->evaluate(first_of(parameters, network_->layers()), networks_, values);
  std::size_t next = 0;
  for (const auto& run : runs_)
    for (const auto& member : run.members) {
      const auto& value = values[next++];
      for (const auto& term : member.terms) {
        double* field = fields[term.derivative].data() + run.first;
        const double* stream = value.data() + term.value * run.count;
        for (std::size_t k = 0; k < run.count; ++k) field[k] += term.factor[k] * stream[k];
      }
    }
  add_polynomial_fields(parameters, fields);
}

void TrainableGroup::add_polynomial_fields(ConstArrays parameters, FieldValues& fields) const {
  for (const auto& run : runs_)
    for (const auto& member : run.members)
      for (const auto& [derivative, first, values] : member.polynomials)
        for (std::size_t p = 0; p < values.columns(); ++p) {
          const double c = parameters[member.place][first + p];
          const double* column = values.column(p);
          double* field = fields[derivative].data() + run.first;
          for (std::size_t k = 0; k < run.count; ++k) field[k] += c * column[k];
        }
}

void TrainableGroup::add_polynomial_gradient(const FieldValues& cotangent, Arrays gradients) const {
  for (const auto& run : runs_)
    for (const auto& member : run.members)
      for (const auto& [derivative, first, values] : member.polynomials) {
        if (cotangent[derivative].empty()) continue;
        for (std::size_t p = 0; p < values.columns(); ++p)
          gradients[member.place][first + p] += std::inner_product(
              values.column(p), values.column(p) + run.count, cotangent[derivative].data() + run.first, 0.0);
      }
}

void TrainableGroup::add_gradient(ConstArrays parameters, const FieldValues& cotangent,
                                  Arrays gradients) const {
  const auto pull_back = [&](const PointBlock& block) {
    const auto& run = runs_[block.group];
    for (std::size_t m = 0; m < run.members.size(); ++m)
      for (const auto& term : run.members[m].terms) {
        if (cotangent[term.derivative].empty()) continue;
        const double* field = cotangent[term.derivative].data() + run.first + block.first;
        const double* factor = term.factor.data() + block.first;
        double* stream = block.cotangents[m].data() + term.value * block.count;
        for (std::size_t k = 0; k < block.count; ++k) stream[k] += factor[k] * field[k];
      }
  };
  const auto count = network_->layers();
  kernel_->gradient(first_of(parameters, count), networks_, pull_back, first_of(gradients, count));
  add_polynomial_gradient(cotangent, gradients);
}

void TrainableGroup::add_rows(std::size_t place, ConstArrays parameters,
                              const GroupBasis::Linearised& linearised, std::span<const std::size_t> row,
                              Matrix& jacobian) const {
  const auto layers = first_of(parameters, network_->layers());
  for (const auto& run : runs_)
    for (const auto& member : run.members) {
      if (member.place != place) continue;
      add_layer_rows(run, member, layers, linearised, row, jacobian);
      for (const auto& [derivative, first, values] : member.polynomials) {
        if (linearised[derivative].empty()) continue;
        const double* slope = linearised[derivative].data() + run.first;
        for (std::size_t p = 0; p < values.columns(); ++p)
          for (std::size_t k = 0; k < run.count; ++k)
            jacobian(row[run.first + k], first + p) += slope[k] * values(k, p);
      }
    }
}

void TrainableGroup::add_layer_rows(const Run& run, const Member& member, ConstArrays layers,
                                    const GroupBasis::Linearised& linearised,
                                    std::span<const std::size_t> row, Matrix& jacobian) const {
  std::vector<double> coefficients(kernel_->values() * run.count, 0.0);
  for (const auto& term : member.terms) {
    if (linearised[term.derivative].empty()) continue;
    const double* slope = linearised[term.derivative].data() + run.first;
    double* coefficient = coefficients.data() + term.value * run.count;
    for (std::size_t k = 0; k < run.count; ++k) coefficient[k] += term.factor[k] * slope[k];
  }
  const auto columns = network_->layers();
  std::vector<double> entries(run.count * columns, 0.0);
  const NetworkGroup group{{{member.place, member.xi, member.laplacian}}};
  const std::span<const double> read(coefficients);
  const std::span<double> write(entries);
  kernel_->jacobian(layers, std::span(&group, 1), std::span(&read, 1), std::span(&write, 1));
  for (std::size_t j = 0; j < columns; ++j)
    for (std::size_t k = 0; k < run.count; ++k) jacobian(row[run.first + k], j) += entries[j * run.count + k];
}

}  // namespace ddpinn
