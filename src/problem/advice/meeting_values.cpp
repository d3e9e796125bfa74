// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/advice/meeting_values.hpp"

#include "problem/advice/boundary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace ddpinn {

namespace {

/// Relative to the largest of all values that are asked for, the difference from which on two contradict.
constexpr double contradiction = 0.01;

constexpr int samples = 24;

/// A condition that fixes the value of one field, on one face of the box, or where its factor vanishes.
struct GivenValue {
  int field = 0;
  const StatementGroup* group = nullptr;  ///< null: exact enforcement
  const Statement* statement = nullptr;
  Face face{};

  std::string name(const Model& model) const {
    if (!statement) return "the exact enforcement of " + model.fields[field];
    return "'" + statement->name + "' on " + name_of(model, face);
  }
};

/// The field of which the residual is an affine function, and of nothing else that is sought.
std::optional<int> only_field(const Statement& statement) {
  std::optional<int> field;
  for (const auto& argument : statement.residual.arguments()) {
    if (argument.kind == Argument::Kind::coordinate || argument.kind == Argument::Kind::normal) continue;
    if (argument.kind != Argument::Kind::field || field || order(argument.derivative.alpha) > 0) return {};
    field = argument.derivative.field;
  }
  return statement.residual.affine_in_fields() ? field : std::nullopt;
}

bool same_place(const GivenValue& a, const GivenValue& b) {
  return !a.statement || !b.statement ||
         (a.face.direction == b.face.direction && a.face.upper == b.face.upper);
}

/// Whether both are about one field, and at places that can meet: opposite faces do not.
bool meet(const GivenValue& a, const GivenValue& b) {
  return a.field == b.field && a.statement != b.statement &&
         (same_place(a, b) || a.face.direction != b.face.direction);
}

class Values {
 public:
  explicit Values(const Model& model) : model_(model), box_(model.region.box()) {
    for (const auto& group : model.groups)
      if (!group.interior && !group.is_data() && !group.is_weak() && !group.interface)
        for (const auto& statement : group.statements)
          if (const auto field = only_field(statement))
            for (const auto& face : group.faces) given_.push_back({*field, &group, &statement, face});
    for (std::size_t f = 0; f < model.enforcement.size(); ++f)
      if (model.enforcement[f]) given_.push_back({static_cast<int>(f)});
  }

  std::vector<std::string> warnings() {
    for (const bool same : {true, false})
      for (std::size_t i = 0; i < given_.size(); ++i)
        for (std::size_t j = i + 1; j < given_.size(); ++j)
          if (same_place(given_[i], given_[j]) == same && meet(given_[i], given_[j]))
            compare(given_[i], given_[j]);
    return all_;
  }

 private:
  /// What is asked for at a place of its face.
  std::optional<double> at(const GivenValue& given, const Point& x) const {
    if (!model_.region.contains(std::span(&x, 1))[0]) return {};
    if (!given.statement) {
      if (zeros(model_, given.field, x, 0) == 0) return {};
      return model_.enforcement[given.field]->lift.at(std::span(&x, 1))[0];
    }
    if (!stands_at(*given.group, given.face, x)) return {};
    std::vector<double> columns;
    std::size_t place = 0;
    const auto& arguments = given.statement->residual.arguments();
    for (std::size_t a = 0; a < arguments.size(); ++a) {
      double value = 0;
      if (arguments[a].kind == Argument::Kind::coordinate) value = x[arguments[a].index];
      if (arguments[a].kind == Argument::Kind::normal && arguments[a].index == given.face.direction)
        value = given.face.upper ? 1 : -1;
      if (arguments[a].kind == Argument::Kind::field) place = a;
      columns.push_back(value);
    }
    std::vector<std::span<const double>> spans;
    for (const auto& column : columns) spans.emplace_back(&column, 1);
    const auto linear = given.statement->residual.linearise(spans, 1);
    const double value = -linear.value[0] / linear.derivative[place][0];
    return std::isfinite(value) ? std::optional(value + 0.0) : std::nullopt;
  }

  /// The largest value that is asked for of the field anywhere.
  double size(const GivenValue& a, const GivenValue& b) const {
    double largest = 0;
    for (const auto& given : {a, b})
      for (auto x : scattered(box_, samples))
        if (const auto value = at(given, given.statement ? on_face(x, given.face, box_) : x))
          largest = std::max(largest, std::abs(*value));
    return largest;
  }

  /// Where both may be asked for: enforced values on the face itself, and where it meets others.
  std::vector<Point> places(const GivenValue& a, const GivenValue& b) const {
    std::vector<Point> result;
    for (auto x : scattered(box_, samples)) {
      if (a.statement) x = on_face(x, a.face, box_);
      if (b.statement) x = on_face(x, b.face, box_);
      result.push_back(x);
      if (a.statement && b.statement) continue;
      for (const auto& face : faces_of(model_))
        if (face.direction != a.face.direction) result.push_back(on_face(x, face, box_));
    }
    return result;
  }

  void compare(const GivenValue& a, const GivenValue& b) {
    if (told_.contains({a.statement, b.statement})) return;
    const double largest = size(a, b);
    for (const auto& x : places(a, b)) {
      const auto first = at(a, x), second = at(b, x);
      if (!first || !second) continue;
      if (std::abs(*first - *second) <= contradiction * std::max(largest, std::abs(*first))) continue;
      told_.insert({a.statement, b.statement});
      return tell(a, b, x, *first, *second);
    }
  }

  void tell(const GivenValue& a, const GivenValue& b, const Point& x, double first, double second) {
    const bool start = model_.coordinates[a.face.direction] == "t" ||
                       (b.statement && model_.coordinates[b.face.direction] == "t");
    const auto remedy =
        same_place(a, b) ? "leave out one of them, or give them places of their own by `where`"
        : start ? "let the start change to the other value near the edge, or that value in a ramp in time"
                : "let one of them change to the other near the edge";
    all_.push_back(fmt::format(
        "{}{} and {} ask for different values of {} ({:.4g} and {:.4g} at {}), which no smooth field has; {}",
        prefix((b.statement ? b : a).statement->at), a.name(model_), b.name(model_), model_.fields[a.field],
        first, second, place_of(model_, x), remedy));
  }

  const Model& model_;
  const Box& box_;
  std::vector<GivenValue> given_;
  std::set<std::pair<const Statement*, const Statement*>> told_;
  std::vector<std::string> all_;
};

}  // namespace

std::vector<std::string> contradictory_values(const Model& model) { return Values(model).warnings(); }

}  // namespace ddpinn
