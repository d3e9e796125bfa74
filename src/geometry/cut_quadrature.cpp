// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/cut_quadrature.hpp"

#include "geometry/tensor_points.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Places at which a line is looked at, both ends among them.
constexpr int probes = 9;
constexpr int bisections = 45;
constexpr int most_halvings = 3;
/// Pieces of volumes have less to integrate than the whole. On pieces of curves the values of polynomials on
/// both sides are compared, which swing between too few points however short the piece is; in three
/// directions that would be most of the points.
constexpr double share_in_volume = 0.5;
/// From which share of the normal on a direction crosses a surface well.
constexpr double well_crossed = 0.4;

double probe(const Box& box, int d, int i) {
  constexpr double inset = 1e-9;  // ends belong to neighbours too
  return box.lower[d] + box.width(d) * std::clamp(i / (probes - 1.0), inset, 1 - inset);
}

/// Without repetitions next to each other.
template <class T>
std::vector<T> merged(const std::vector<T>& all) {
  std::vector<T> result;
  for (const auto& value : all)
    if (result.empty() || result.back() != value) result.push_back(value);
  return result;
}

/// Lines in a box with the weights of the rule across them.
struct Lines {
  std::vector<Point> at;
  std::vector<double> weight;
};

class CutBox {
 public:
  /// @param inner the direction of the lines
  /// @param share how the points of a piece fall with its part of the width: with this power of it
  CutBox(const Box& box, const std::vector<int>& counts, const PartOf& parts, int inner, double share)
      : box_(box), counts_(counts), parts_(parts), order_{inner}, share_(share) {
    for (int d = 0; d < box.dimension; ++d)
      if (d != inner) order_.push_back(d);
  }

  /// A rule across the lines, whose weights have the measure of the box's other directions.
  Lines lines() const {
    Lines all{{box_.center()}, {1}};
    for (std::size_t level = order_.size() - 1; level > 0; --level) {
      Lines next;
      for (std::size_t i = 0; i < all.at.size(); ++i) divide(all.at[i], all.weight[i], level, next);
      all = std::move(next);
    }
    return all;
  }

  /// Where each line passes from one part to another, ascending.
  std::vector<std::vector<double>> crossings(const std::vector<Point>& lines) const {
    struct Bracket {
      std::size_t line;
      double from, to;
      int part;
    };
    const int d = order_[0];
    std::vector<Point> points;
    for (const auto& line : lines)
      for (int i = 0; i < probes; ++i) {
        points.push_back(line);
        points.back()[d] = probe(box_, d, i);
      }
    const auto part = parts_(points);
    std::vector<Bracket> brackets;
    for (std::size_t k = 0; k < points.size(); ++k)
      if (k % probes > 0 && part[k] != part[k - 1])
        brackets.push_back({k / probes, points[k - 1][d], points[k][d], part[k - 1]});
    std::vector<Point> middles;
    for (const auto& bracket : brackets) middles.push_back(lines[bracket.line]);
    for (int n = 0; n < bisections && !brackets.empty(); ++n) {
      for (std::size_t k = 0; k < brackets.size(); ++k)
        middles[k][d] = (brackets[k].from + brackets[k].to) / 2;
      const auto found = parts_(middles);
      for (std::size_t k = 0; k < brackets.size(); ++k)
        (found[k] == brackets[k].part ? brackets[k].from : brackets[k].to) = middles[k][d];
    }
    std::vector<std::vector<double>> result(lines.size());
    for (const auto& bracket : brackets) result[bracket.line].push_back((bracket.from + bracket.to) / 2);
    return result;
  }

  int inner() const { return order_[0]; }

  /// Visits the Gauss points of the pieces of [lower, upper] in direction d, with their weights.
  template <class Visit>
  void for_pieces(int d, const std::vector<double>& cuts, Visit&& visit) const {
    constexpr int least = 4;
    auto ends = cuts;
    ends.insert(ends.begin(), box_.lower[d]);
    ends.push_back(box_.upper[d]);
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
      const double width = ends[i + 1] - ends[i];
      if (width <= 1e-12 * box_.width(d)) continue;
      const int count = std::ceil(counts_[d] * std::pow(width / box_.width(d), share_) - 1e-9);
      const auto rule = gauss_legendre(std::max(count, std::min(least, counts_[d])));
      for (std::size_t n = 0; n < rule.node.size(); ++n)
        visit(ends[i] + width * rule.node[n], width * rule.weight[n]);
    }
  }

 private:
  /// What lines pass in the box's slice at a place in the directions from `level` on.
  std::vector<std::vector<int>> passed(const Point& at, std::size_t level) const {
    std::vector<Point> points{at};
    for (std::size_t l = level; l-- > 0;) {  // the innermost direction last, so that lines are consecutive
      std::vector<Point> more;
      for (const auto& x : points)
        for (int i = 0; i < probes; ++i) {
          more.push_back(x);
          more.back()[order_[l]] = probe(box_, order_[l], i);
        }
      points = std::move(more);
    }
    const auto part = parts_(points);
    std::vector<std::vector<int>> lines;
    for (auto begin = part.begin(); begin != part.end(); begin += probes)
      lines.push_back(merged(std::vector<int>(begin, begin + probes)));
    return merged(lines);
  }

  void divide(Point at, double weight, std::size_t level, Lines& result) const {
    const int d = order_[level];
    std::vector<double> cuts;
    auto before = passed_at(at, d, probe(box_, d, 0), level);
    for (int i = 1; i < probes; ++i) {
      auto next = passed_at(at, d, probe(box_, d, i), level);
      if (next != before) {
        double from = probe(box_, d, i - 1), to = probe(box_, d, i);
        for (int n = 0; n < bisections; ++n) {
          const double middle = (from + to) / 2;
          (passed_at(at, d, middle, level) == before ? from : to) = middle;
        }
        cuts.push_back((from + to) / 2);
      }
      before = std::move(next);
    }
    for_pieces(d, cuts, [&](double x, double w) {
      at[d] = x;
      result.at.push_back(at);
      result.weight.push_back(weight * w);
    });
  }

  std::vector<std::vector<int>> passed_at(Point at, int d, double x, std::size_t level) const {
    at[d] = x;
    return passed(at, level);
  }

  const Box& box_;
  const std::vector<int>& counts_;
  const PartOf& parts_;
  std::vector<int> order_;  ///< of the directions, innermost first
  double share_;
};

/// Parts at a grid of probes.
struct Probed {
  std::vector<int> part;
  bool uniform = true;

  Probed(const Box& box, const PartOf& parts) {
    std::vector<Point> points{box.center()};
    for (int d = 0; d < box.dimension; ++d) {
      std::vector<Point> more;
      for (int i = 0; i < probes; ++i)
        for (auto x : points) {
          x[d] = probe(box, d, i);
          more.push_back(x);
        }
      points = std::move(more);
    }
    part = parts(points);
    uniform = std::ranges::all_of(part, [&](int p) { return p == part.front(); });
  }

  /// Lines along a direction that pass more than two parts, and those that pass two.
  std::pair<int, int> lines(int direction) const {
    std::size_t stride = 1;
    for (int d = 0; d < direction; ++d) stride *= probes;
    std::pair<int, int> result{0, 0};
    for (std::size_t k = 0; k < part.size(); ++k) {
      if (k / stride % probes > 0) continue;
      int changes = 0;
      for (int i = 1; i < probes; ++i) changes += part[k + i * stride] != part[k + (i - 1) * stride];
      result.first += changes > 1;
      result.second += changes == 1;
    }
    return result;
  }
};

/// The halves of a box in all directions.
std::vector<Box> halved(const Box& box) {
  std::vector<Box> all{box};
  for (int d = 0; d < box.dimension; ++d) {
    std::vector<Box> more;
    for (const auto& part : all)
      for (const bool upper : {false, true}) {
        more.push_back(part);
        (upper ? more.back().lower : more.back().upper)[d] = (box.lower[d] + box.upper[d]) / 2;
      }
    all = std::move(more);
  }
  return all;
}

std::vector<int> fewer(std::vector<int> counts) {
  for (auto& n : counts) n = std::max(3, static_cast<int>(std::ceil(0.75 * n)));
  return counts;
}

PointSet cut(const Box& box, const std::vector<int>& counts, const PartOf& parts, int halvings) {
  const Probed probed(box, parts);
  if (probed.uniform) return box_points(box, counts, Sampling::gauss, 0);
  int best = 0;
  for (int d = 1; d < box.dimension; ++d) {
    const auto [many, once] = probed.lines(d);
    const auto [best_many, best_once] = probed.lines(best);
    if (many < best_many || (many == best_many && once > best_once)) best = d;
  }
  PointSet all;
  if (probed.lines(best).first > 0 && halvings < most_halvings) {
    for (const auto& half : halved(box)) append(all, cut(half, fewer(counts), parts, halvings + 1));
    return all;
  }
  const CutBox rule(box, counts, parts, best, share_in_volume);
  const auto lines = rule.lines();
  const auto crossings = rule.crossings(lines.at);
  for (std::size_t i = 0; i < lines.at.size(); ++i)
    rule.for_pieces(best, crossings[i], [&](double x, double w) {
      all.x.push_back(lines.at[i]);
      all.x.back()[best] = x;
      all.measure.push_back(lines.weight[i] * w);
    });
  return all;
}

/// Unit normals by central differences.
std::vector<Point> normals(const Box& box, const std::vector<Point>& at, const LevelSet& level) {
  std::vector<Point> result(at.size(), Point{});
  std::vector<double> square(at.size(), 0.0);
  for (int d = 0; d < box.dimension; ++d) {
    const double step = 1e-5 * box.width(d);
    auto up = at, down = at;
    for (std::size_t i = 0; i < at.size(); ++i) {
      up[i][d] += step;
      down[i][d] -= step;
    }
    const auto above = level(up), below = level(down);
    for (std::size_t i = 0; i < at.size(); ++i) {
      result[i][d] = (above[i] - below[i]) / (2 * step);
      square[i] += result[i][d] * result[i][d];
    }
  }
  for (std::size_t i = 0; i < at.size(); ++i)
    for (auto& n : result[i]) n = square[i] > 0 ? n / std::sqrt(square[i]) : 0;
  return result;
}

PointSet surface(const Box& box, const std::vector<int>& counts, const LevelSet& level, const PartOf& parts,
                 int halvings) {
  PointSet best;
  double crossed = -1;
  if (Probed(box, parts).uniform) return best;
  for (int d = 0; d < box.dimension && crossed < well_crossed; ++d) {
    const CutBox rule(box, counts, parts, d, box.dimension < 3 ? 0 : share_in_volume);
    const auto lines = rule.lines();
    const auto crossings = rule.crossings(lines.at);
    PointSet found;
    for (std::size_t i = 0; i < lines.at.size(); ++i)
      for (double x : crossings[i]) {
        found.x.push_back(lines.at[i]);
        found.x.back()[d] = x;
        found.measure.push_back(lines.weight[i]);
      }
    found.normal = normals(box, found.x, level);
    double least = 1;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const double part = std::abs(found.normal[i][d]);
      least = std::min(least, part);
      found.measure[i] /= std::max(part, 1e-6);
    }
    if (least <= crossed || found.size() == 0) continue;
    crossed = least;
    best = std::move(found);
  }
  if (crossed >= well_crossed || halvings >= most_halvings + 1) return best;
  PointSet all;
  for (const auto& half : halved(box)) append(all, surface(half, fewer(counts), level, parts, halvings + 1));
  return all;
}

}  // namespace

PointSet cut_quadrature(const Box& box, const std::vector<int>& counts, const PartOf& parts) {
  return cut(box, counts, parts, 0);
}

PointSet surface_quadrature(const Box& box, const std::vector<int>& counts, const LevelSet& level) {
  const PartOf parts = [&](std::span<const Point> points) {
    std::vector<int> result;
    for (double value : level(points)) result.push_back(value < 0);
    return result;
  };
  return surface(box, counts, level, parts, 0);
}

}  // namespace ddpinn
