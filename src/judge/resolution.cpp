// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/resolution.hpp"

#include "assembly/field_sizes.hpp"
#include "geometry/quadrature.hpp"
#include "parallel/agree.hpp"
#include "space/field_values.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ddpinn {

namespace {

/// Row k takes values at the n Gauss points of an interval of length 1 to the coefficient of the normalised
/// Legendre polynomial of degree k.
std::vector<std::vector<double>> legendre_transform(int n) {
  const auto rule = gauss_legendre(n);
  std::vector<std::vector<double>> rows(n, std::vector<double>(n));
  for (int i = 0; i < n; ++i) {
    const double x = 2 * rule.node[i] - 1;
    double before = 0, now = 1;
    for (int k = 0; k < n; ++k) {
      rows[k][i] = std::sqrt(2 * k + 1.0) * now * rule.weight[i];
      before = std::exchange(now, ((2 * k + 1) * x * now - k * before) / (k + 1));
    }
  }
  return rows;
}

/// Applies a transform along one direction of a tensor. @param stride entries between neighbours in it
void transform(const std::vector<std::vector<double>>& rows, std::size_t stride,
               std::vector<double>& values) {
  const auto n = rows.size();
  std::vector<double> line(n);
  for (std::size_t first = 0; first < values.size(); ++first) {
    if (first / stride % n != 0) continue;
    for (std::size_t i = 0; i < n; ++i) line[i] = values[first + i * stride];
    for (std::size_t k = 0; k < n; ++k)
      values[first + k * stride] = std::inner_product(line.begin(), line.end(), rows[k].begin(), 0.0);
  }
}

/// All Gauss points of a core.
PointSet core_points(const Box& core, const std::vector<Quadrature>& rules) {
  PointSet result;
  std::size_t count = 1;
  for (const auto& rule : rules) count *= rule.node.size();
  for (std::size_t i = 0; i < count; ++i) {
    Point x{};
    double measure = 1;
    std::size_t rest = i;
    for (std::size_t d = 0; d < rules.size(); ++d) {
      const auto place = rest % rules[d].node.size();
      rest /= rules[d].node.size();
      x[d] = core.lower[d] + core.width(d) * rules[d].node[place];
      measure *= core.width(d) * rules[d].weight[place];
    }
    result.x.push_back(x);
    result.measure.push_back(measure);
  }
  return result;
}

void add_core(const Field& field, int k, const std::vector<Quadrature>& rules, CoreSamples& samples) {
  const auto& decomposition = field.space().decomposition();
  const auto all = core_points(decomposition[k].core, rules);
  const auto inside = field.space().model().region.contains(all.x);
  const auto sides = decomposition.sides(all.x);
  const auto begin = samples.x.size();
  bool whole = true;
  for (std::size_t i = 0; i < all.size(); ++i) {
    whole = whole && inside[i] && sides[i] == sides.front();
    if (!inside[i]) continue;
    samples.x.push_back(all.x[i]);
    samples.measure.push_back(all.measure[i]);
  }
  samples.cores.push_back({k, begin, whole});
}

/// The squared coefficients of one field, added up over the cores of this rank.
class Spectrum {
 public:
  Spectrum(const std::vector<int>& counts, const std::vector<int>& intervals) : counts_(counts) {
    most_ = std::ranges::max(counts) - 1;
    modes_.resize(counts.size());
    for (std::size_t d = 0; d < counts.size(); ++d) {
      modes_[d].assign(intervals[d], std::vector<double>(counts[d], 0.0));
      transforms_.push_back(legendre_transform(counts[d]));
    }
    totals_.assign(counts.size() * most_ + 1, 0.0);
  }

  /// Coefficients of a core.
  std::size_t size() const { return std::accumulate(counts_.begin(), counts_.end(), 1, std::multiplies<>()); }

  /// @param interval of the core by direction
  void add(std::vector<double> values, double volume, const std::vector<int>& interval) {
    measure_ += volume;
    std::size_t stride = 1;
    for (const auto& rows : transforms_) {
      transform(rows, stride, values);
      stride *= rows.size();
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double square = volume * values[i] * values[i];
      std::size_t rest = i;
      double total = 0;
      for (std::size_t d = 0; d < counts_.size(); ++d) {
        const auto degree = rest % counts_[d];
        rest /= counts_[d];
        modes_[d][interval[d]][degree] += square;
        if (counts_[d] > 1) total += static_cast<double>(degree) * most_ / (counts_[d] - 1);
      }
      totals_[std::lround(total)] += square;
    }
  }

  /// @note Collective.
  void finish(const Communicator& comm) {
    sum(comm, totals_);
    measure_ = sum(comm, measure_);
    for (auto& direction : modes_)
      for (auto& interval : direction) sum(comm, interval);
  }

  /// Over the intervals of the direction that has most.
  double stagnant(const std::vector<int>& degree) const {
    double most = 0;
    for (std::size_t d = 0; d < modes_.size(); ++d) {
      double square = 0;
      for (const auto& interval : modes_[d])
        square += std::max(ddpinn::stagnant(interval, degree[d]), algebraic_tail(interval, degree[d]));
      most = std::max(most, square);
    }
    return most;
  }

  /// Keeps the larger numbers, relative to the whole field. @param supposed its size (field_sizes.hpp)
  void merge_into(Resolution& result, double supposed) const {
    const double all = std::pow(
        counting_norm(std::sqrt(std::reduce(totals_.begin(), totals_.end())), supposed, measure_), 2);
    const auto keep = [all](const std::vector<double>& from, std::vector<double>& to) {
      to.resize(from.size());
      for (std::size_t i = 0; i < from.size(); ++i) to[i] = std::max(to[i], from[i] / all);
    };
    result.modes.resize(modes_.size());
    for (std::size_t d = 0; d < modes_.size(); ++d) {
      result.modes[d].resize(modes_[d].size());
      for (std::size_t i = 0; i < modes_[d].size(); ++i)
        keep(all > 0 ? modes_[d][i] : std::vector<double>{}, result.modes[d][i]);
    }
    if (all > 0) keep(totals_, result.totals);
  }

 private:
  std::vector<int> counts_;
  int most_;
  std::vector<std::vector<std::vector<double>>> transforms_, modes_;
  std::vector<double> totals_;
  double measure_ = 0;
};

}  // namespace

double Resolution::tail(const std::vector<double>& squares, int degree) {
  const auto first = std::min<std::size_t>(std::max(degree, 0), squares.size());
  return std::sqrt(std::reduce(squares.begin() + first, squares.end()));
}

int Resolution::most_degree() const {
  std::size_t samples = 1;
  for (const auto& direction : modes) samples = std::max(samples, direction.front().size());
  return static_cast<int>(samples) - 1;
}

double Resolution::unresolved() const {
  double largest = tail(totals, most_degree() - 1);
  for (const auto& direction : modes) {
    double square = 0;
    for (const auto& interval : direction) {
      const double rest = tail(interval, static_cast<int>(interval.size()) - 2);
      square += rest * rest;
    }
    largest = std::max(largest, std::sqrt(square));
  }
  return largest;
}

CoreSamples sample_cores(const Field& field, const std::vector<int>& counts) {
  std::vector<Quadrature> rules;
  for (int n : counts) rules.push_back(gauss_legendre(n));
  CoreSamples result{counts, {}, {}, {}, {}};
  collectively(field.space().communicator(), [&] {
    for (int k : field.space().owned_cores()) add_core(field, k, rules, result);
    PointSet points{result.x, result.measure, {}};
    result.fields = field.at(field.points(std::move(points), values_of_fields(field.space().model())));
  });
  return result;
}

namespace {

/// Adds what whole cores have of a field. @param time direction of the parts, of which this is number p; or
/// -1
void add_cores(const Field& part, const CoreSamples& samples, std::size_t f, int time, int p,
               Spectrum& spectrum) {
  const auto dimension = samples.counts.size();
  for (const auto& core : samples.cores) {
    if (!core.whole) continue;
    const auto& subdomain = part.space().decomposition()[core.subdomain];
    std::vector<int> interval(subdomain.cell.begin(), subdomain.cell.begin() + dimension);
    if (time >= 0) interval[time] = p;
    const auto values = samples.fields[f].begin() + core.begin;
    double volume = 1;
    for (std::size_t d = 0; d < dimension; ++d) volume *= subdomain.core.width(d);
    spectrum.add({values, values + spectrum.size()}, volume, interval);
  }
}

std::vector<int> intervals_of(const Field& part, std::size_t dimension) {
  std::vector<int> intervals;
  for (std::size_t d = 0; d < dimension; ++d)
    intervals.push_back(part.space().decomposition().axis(0, d).cells());
  return intervals;
}

}  // namespace

double stagnant(const std::vector<double>& squares, int degree) {
  constexpr double similar = 9;
  const int fewest = std::max(5, degree / 3 + 1);
  if (degree < fewest) return 0;
  const auto pair = [&](int k) {
    return std::max(squares[k], squares[k + 1]);
  };  // one can be zero by symmetry
  int first = degree - 1;
  while (first > 0 && pair(first - 1) <= similar * pair(degree - 1)) --first;
  if (degree + 1 - first < fewest) return 0;
  return std::reduce(squares.begin() + first, squares.begin() + degree + 1);
}

double algebraic_tail(const std::vector<double>& squares, int degree) {
  constexpr int least_degree = 16;
  constexpr double steepest = 8, same = 1.5;  // an exponential gets twice as steep from k to 2 k
  if (degree < least_degree) return 0;
  const int last = degree / 2, middle = last / 2, first = middle / 2;
  const auto pair = [&](int k) { return std::max(squares[k], squares[k + 1]); };
  const auto power = [&](int from, int to) {
    return std::log(pair(from) / pair(to)) / std::log((to + 1.0) / (from + 1.0));
  };
  if (!(pair(last) > 0)) return 0;
  const double before = power(first, middle), now = power(middle, last);
  if (!(now > 1 && now < steepest && now < same * before)) return 0;
  return pair(last) * (1 + (last + 1) / (now - 1));
}

std::vector<double> stagnant_squares(const Field& field, const std::vector<int>& degree) {
  auto counts = degree;
  for (auto& count : counts) count += 2;
  const auto samples = sample_cores(field, counts);
  std::vector<double> result;
  for (std::size_t f = 0; f < samples.fields.size(); ++f) {
    Spectrum spectrum(counts, intervals_of(field, counts.size()));
    add_cores(field, samples, f, -1, 0, spectrum);
    spectrum.finish(field.space().communicator());
    result.push_back(spectrum.stagnant(degree));
  }
  return result;
}

Resolution resolution(const std::vector<const Field*>& parts, const std::vector<CoreSamples>& samples,
                      int time) {
  auto intervals = intervals_of(*parts.front(), samples.front().counts.size());
  if (time >= 0) intervals[time] = static_cast<int>(parts.size());
  const auto& comm = parts.front()->space().communicator();
  Resolution result;
  for (std::size_t f = 0; f < samples.front().fields.size(); ++f) {
    Spectrum spectrum(samples.front().counts, intervals);
    double supposed = 0;
    for (int p = 0; p < std::ssize(parts); ++p) {
      add_cores(*parts[p], samples[p], f, time, p, spectrum);
      supposed = std::max(supposed, parts[p]->space().family().size(f));
    }
    spectrum.finish(comm);
    spectrum.merge_into(result, supposed);
  }
  const bool complete = std::ranges::all_of(
      samples, [](const auto& part) { return std::ranges::all_of(part.cores, &CoreSamples::Core::whole); });
  result.complete = !any(comm, !complete);
  return result;
}

}  // namespace ddpinn
