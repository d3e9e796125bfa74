// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/field_sizes.hpp"

#include "parallel/agree.hpp"
#include "space/field_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

/// What a field that varies by less than this part of its largest value varies by is rounding.
constexpr double least_variation = 1e-8;

/// Sizes below this part of what was supposed are those of fields that are zero but for what a solve leaves.
constexpr double least_size = 1e-8;

/// A function that varies by one as half a wave over the domain has derivatives of pi, here about three, over
/// its width for each order.
double slope_of(const Rows& rows, const Derivative& derivative) {
  return over_widths(std::pow(3, order(derivative.alpha)), rows.model().region.box(), derivative.alpha);
}

double whole_decade(double size) { return std::pow(10, std::round(std::log10(size))); }

/// The amount of a statement, and the slopes of its terms by field.
struct Balance {
  double amount = 0;
  std::vector<double> slopes;
};

/// Adds this rank's points.
void add_balances(const Rows& rows, std::size_t g, const FieldValues& fields,
                  std::vector<Balance>& balances) {
  const auto& group = rows.rows().groups[g];
  const auto& model = rows.model();
  for (const auto& statement : group.statements->statements) {
    auto& balance = balances.emplace_back(Balance{0, std::vector<double>(model.fields.size(), 0.0)});
    const auto values = evaluate(statement, group, fields, rows.unknowns(), model, true);
    balance.amount = largest(values.residual);
    for (std::size_t a = 0; a < values.derivative.size(); ++a) {
      const auto& derivative = group.derivatives[a];
      auto& slope = balance.slopes[derivative.field];
      slope = std::max(slope, largest(values.derivative[a]) * slope_of(rows, derivative));
    }
  }
}

std::vector<Balance> balances(const Rows& rows) {
  const auto& comm = rows.space().communicator();
  std::vector<Balance> result;
  const auto lift = rows.lift();
  collectively(comm, [&] {
    for (std::size_t g = 0; g < lift.size(); ++g) add_balances(rows, g, lift[g], result);
  });
  for (auto& balance : result) {
    balance.amount = max(comm, balance.amount);
    max(comm, balance.slopes);
  }
  return result;
}

/// Sizes that the case gives, else those of the lifts; zero where there are none.
std::vector<double> given_sizes(const Rows& rows) {
  const auto& given = rows.model().scales;
  auto sizes = given;
  const auto lift = rows.lift();
  for (std::size_t g = 0; g < lift.size(); ++g) {
    const auto& derivatives = rows.rows().groups[g].derivatives;
    for (std::size_t a = 0; a < lift[g].size(); ++a) {
      auto& size = sizes[derivatives[a].field];
      if (given[derivatives[a].field] > 0) continue;
      size = std::max(size, largest(lift[g][a]) / slope_of(rows, derivatives[a]));
    }
  }
  max(rows.space().communicator(), sizes);
  return sizes;
}

/// Finds sizes that balance the terms of statements.
class Balancing {
 public:
  /// @param known sizes, where not zero @param given by the case: these stay
  Balancing(std::vector<Balance> balances, std::vector<double> known, const std::vector<double>& given)
      : balances_(std::move(balances)), sizes_(std::move(known)), given_(given) {}

  std::vector<double> run() {
    take_from_single_fields();
    while (!complete())
      if (!propagate()) suppose();
    return std::move(sizes_);
  }

 private:
  bool known(std::size_t f) const { return sizes_[f] > 0; }
  bool complete() const {
    return std::ranges::all_of(sizes_, [](double size) { return size > 0; });
  }

  void take_from_single_fields() {
    for (const auto& [amount, slopes] : balances_) {
      const auto present = [](double slope) { return slope > 0; };
      if (!(amount > 0) || std::ranges::count_if(slopes, present) != 1) continue;
      const auto f = std::ranges::find_if(slopes, present) - slopes.begin();
      if (given_[f] == 0) sizes_[f] = std::max(sizes_[f], amount / slopes[f]);
    }
  }

  /// The fields of a statement whose sizes it may tell, since it has a term or an amount that is known.
  std::vector<std::size_t> told_by(const Balance& balance, double& amount) const {
    std::vector<std::size_t> unknown;
    amount = balance.amount;
    for (std::size_t f = 0; f < sizes_.size(); ++f) {
      if (!(balance.slopes[f] > 0)) continue;
      if (known(f))
        amount = std::max(amount, balance.slopes[f] * sizes_[f]);
      else
        unknown.push_back(f);
    }
    return amount > 0 ? unknown : std::vector<std::size_t>{};
  }

  /// @returns whether any size was found
  bool propagate() {
    std::size_t fewest = 0;
    std::vector<double> found(sizes_.size(), 0.0);
    for (const auto& balance : balances_) {
      double amount = 0;
      const auto told = told_by(balance, amount);
      if (told.empty() || (fewest > 0 && told.size() > fewest)) continue;
      if (told.size() < fewest) std::ranges::fill(found, 0.0);
      fewest = told.size();
      for (auto f : told) found[f] = std::max(found[f], amount / balance.slopes[f]);
    }
    for (std::size_t f = 0; f < sizes_.size(); ++f)
      if (!known(f)) sizes_[f] = found[f];
    return fewest > 0;
  }

  /// The first field that nothing tells of is as large as the largest.
  void suppose() {
    const double size = std::ranges::max(sizes_);
    *std::ranges::find(sizes_, 0.0) = size > 0 ? size : 1;
  }

  std::vector<Balance> balances_;
  std::vector<double> sizes_;
  const std::vector<double>& given_;
};

/// The interior points of this rank, with the values of all fields.
FieldValues values_at_equations(const Field& field, const Rows& rows) {
  const auto wanted = values_of_fields(rows.model());
  FieldValues all(wanted.size());
  for (const auto& group : rows.rows().groups) {
    if (!group.statements->interior) continue;
    const auto values = field.at(field.points(group.points, wanted));
    for (std::size_t f = 0; f < all.size(); ++f)
      all[f].insert(all[f].end(), values[f].begin(), values[f].end());
  }
  return all;
}

}  // namespace

std::vector<double> supposed_sizes(const Rows& rows) {
  const auto& given = rows.model().scales;
  auto sizes = Balancing(balances(rows), given_sizes(rows), given).run();
  for (std::size_t f = 0; f < sizes.size(); ++f)
    if (given[f] == 0) sizes[f] = whole_decade(sizes[f]);
  return sizes;
}

std::vector<double> sizes_of(const Field& field, const Rows& rows, std::vector<double> supposed) {
  const auto& comm = rows.space().communicator();
  const auto values = collectively(comm, [&] { return values_at_equations(field, rows); });
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (std::size_t f = 0; f < values.size(); ++f) {
    double greatest = -infinity, least = infinity;
    for (double v : values[f]) {
      greatest = std::max(greatest, v);
      least = std::min(least, v);
    }
    greatest = max(comm, greatest);
    least = min(comm, least);
    const double variation =
        std::max(greatest - least, least_variation * std::max(std::abs(greatest), std::abs(least)));
    if (rows.model().scales[f] == 0 && variation > least_size * supposed[f] && std::isfinite(variation))
      supposed[f] = whole_decade(variation);
  }
  return supposed;
}

double counting_norm(double norm, double supposed, double measure) {
  constexpr double nothing = 10 * least_size;
  const double whole = supposed * std::sqrt(measure);
  return norm > nothing * whole ? norm : whole;
}

bool differ_much(const std::vector<double>& former, const std::vector<double>& sizes) {
  constexpr double much = 50;
  double least = 1, greatest = 1;
  for (std::size_t f = 0; f < sizes.size(); ++f) {
    const double ratio = sizes[f] / former[f];
    least = f == 0 ? ratio : std::min(least, ratio);
    greatest = f == 0 ? ratio : std::max(greatest, ratio);
  }
  return greatest > much * least;
}

}  // namespace ddpinn
