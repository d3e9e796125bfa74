// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/trainable_group.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

bool same_subdomains(const std::vector<Cover>& a, const std::vector<Cover>& b) {
  return std::ranges::equal(a, b, {}, &Cover::subdomain, &Cover::subdomain);
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

}  // namespace

TrainableGroup::TrainableGroup(const GroupBasis& basis, const std::map<int, std::size_t>& place,
                               const TrainableShape& shape, Precision precision)
    : group_(&basis.group()), kernel_(make_fused_kernel(shape, Streams::jet(group_->space), precision)) {
  const auto& cover = group_->cover;
  for (std::size_t first = 0, end; first < cover.size(); first = end) {
    for (end = first + 1; end < cover.size() && same_subdomains(cover[first], cover[end]);) ++end;
    add_run(basis, place, first, end - first);
  }
  for (const auto& run : runs_) {
    auto& group = networks_.emplace_back();
    for (const auto& member : run.members) group.covers.push_back({member.place, member.xi, {}});
  }
}

void TrainableGroup::add_run(const GroupBasis& basis, const std::map<int, std::size_t>& place,
                             std::size_t first, std::size_t count) {
  Run run{first, count, {}};
  const auto& covers = group_->cover[first];
  for (std::size_t c = 0; c < covers.size(); ++c)
    run.members.push_back(member(basis, place.at(covers[c].subdomain), c, first, count));
  runs_.push_back(std::move(run));
}

TrainableGroup::Member TrainableGroup::member(const GroupBasis& basis, std::size_t place, std::size_t cover,
                                              std::size_t first, std::size_t count) const {
  const auto outputs = static_cast<std::size_t>(kernel_->shape().outputs);
  Member result{place, {}, {}};
  for (std::size_t k = 0; k < count; ++k) result.xi.push_back(group_->cover[first + k][cover].xi);
  for (std::size_t a = 0; a < group_->derivatives.size(); ++a) {
    const auto& derivative = group_->derivatives[a];
    Matrix factors(count, group_->space.size());
    for (std::size_t k = 0; k < count; ++k) {
      const auto at = basis.jet_factors(derivative, first + k, group_->cover[first + k][cover]);
      for (std::size_t i = 0; i < at.size(); ++i) factors(k, i) = at[i];
    }
    for (std::size_t i = 0; i < factors.columns(); ++i) {
      std::vector<double> column(factors.column(i), factors.column(i) + count);
      if (std::ranges::any_of(column, [](double f) { return f != 0; }))
        result.terms.push_back(
            {a, i * outputs + static_cast<std::size_t>(derivative.field), std::move(column)});
    }
  }
  return result;
}

void TrainableGroup::add_fields(ConstArrays parameters, FieldValues& fields) const {
  Pieces pieces;
  for (const auto& run : runs_)
    for (std::size_t m = 0; m < run.members.size(); ++m) pieces.add(kernel_->values() * run.count);
  std::vector<double> storage;
  const auto values = pieces.of(storage);
  kernel_->evaluate(parameters, networks_, values);
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
  kernel_->gradient(parameters, networks_, pull_back, gradients);
}

void TrainableGroup::add_rows(std::size_t place, ConstArrays parameters,
                              const GroupBasis::Linearised& linearised, std::span<const std::size_t> row,
                              Matrix& jacobian) const {
  std::vector<double> coefficients, entries;
  for (const auto& run : runs_)
    for (const auto& member : run.members) {
      if (member.place != place) continue;
      coefficients.assign(kernel_->values() * run.count, 0.0);
      for (const auto& term : member.terms) {
        if (linearised[term.derivative].empty()) continue;
        const double* slope = linearised[term.derivative].data() + run.first;
        double* coefficient = coefficients.data() + term.value * run.count;
        for (std::size_t k = 0; k < run.count; ++k) coefficient[k] += term.factor[k] * slope[k];
      }
      entries.assign(run.count * jacobian.columns(), 0.0);
      const NetworkGroup group{{{place, member.xi, {}}}};
      const std::span<const double> read(coefficients);
      const std::span<double> write(entries);
      kernel_->jacobian(parameters, std::span(&group, 1), std::span(&read, 1), std::span(&write, 1));
      for (std::size_t j = 0; j < jacobian.columns(); ++j)
        for (std::size_t k = 0; k < run.count; ++k)
          jacobian(row[run.first + k], j) += entries[j * run.count + k];
    }
}

}  // namespace ddpinn
