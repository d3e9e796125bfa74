// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/compiled_function.hpp"

#include "problem/expression/expression_names.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace ddpinn {

namespace {

/// Points of one call, so that temporaries of the function stay in the cache.
constexpr std::size_t chunk = 8192;

using Spans = std::vector<std::span<const double>>;

Function::Columns part(const Function::Columns& all, std::size_t begin, std::size_t length) {
  Function::Columns columns{length, {}, all.value.subspan(begin, length), {}};
  for (const auto& column : all.argument) columns.argument.push_back(column.subspan(begin, length));
  for (const auto& column : all.derivative) columns.derivative.push_back(column.subspan(begin, length));
  return columns;
}

}  // namespace

Function pointwise(
    std::vector<std::string> arguments,
    std::function<double(std::span<const double> argument, std::span<double> derivative)> value,
    bool affine) {
  const auto evaluate = [value = std::move(value)](const Function::Columns& columns) {
    std::vector<double> argument(columns.argument.size()), derivative(argument.size());
    for (std::size_t i = 0; i < columns.points; ++i) {
      for (std::size_t a = 0; a < argument.size(); ++a) argument[a] = columns.argument[a][i];
      std::ranges::fill(derivative, 0.0);
      columns.value[i] = value(argument, derivative);
      for (std::size_t a = 0; a < columns.derivative.size(); ++a) columns.derivative[a][i] = derivative[a];
    }
  };
  return {std::move(arguments), evaluate, affine};
}

CompiledFunction::CompiledFunction(const Function& function, const Location& at, const Scope& scope)
    : function_(function), at_(at), affine_(function.affine) {
  if (!function_.evaluate)
    throw Error(Status::case_file, at, "the function has no `evaluate` (nothing can be computed); set it");
  for (const auto& text : function_.arguments) {
    auto& input = inputs_.emplace_back();
    input.expression.emplace(Text{text, at}, scope);
    for (const auto& argument : input.expression->arguments()) input.arguments.push_back(number_of(argument));
    affine_ = affine_ && input.expression->affine_in_fields();
    if (expr::look_up(text, scope, scope.definitions.size()).kind == expr::Meaning::Kind::argument)
      input.expression.reset();
  }
}

std::size_t CompiledFunction::number_of(const Argument& argument) {
  const auto found = std::ranges::find(arguments_, argument);
  if (found == arguments_.end()) arguments_.push_back(argument);
  return std::ranges::find(arguments_, argument) - arguments_.begin();
}

/// The values of the function's own arguments, and on demand their derivatives.
class CompiledFunction::Values {
 public:
  Values(const CompiledFunction& function, std::span<const std::span<const double>> columns, std::size_t n,
         bool linearise)
      : function_(function), own_(function.inputs_.size()) {
    for (std::size_t a = 0; a < own_.size(); ++a) {
      const auto& input = function.inputs_[a];
      if (!input.expression) continue;
      Spans of_input;
      for (const auto i : input.arguments) of_input.push_back(columns[i]);
      own_[a] = linearise ? input.expression->linearise(of_input, n)
                          : Expression::Linearisation{input.expression->evaluate(of_input, n), {}};
    }
    for (std::size_t a = 0; a < own_.size(); ++a)
      spans_.push_back(function.inputs_[a].expression ? std::span<const double>(own_[a].value)
                                                      : columns[function.inputs_[a].arguments.front()]);
  }

  const Spans& spans() const { return spans_; }

  /// Adds what an argument of the function brings to the derivatives with respect to those of expressions.
  void chain(std::size_t a, const std::vector<double>& slope, Expression::Linearisation& result) const {
    const auto& input = function_.inputs_[a];
    for (std::size_t k = 0; k < input.arguments.size(); ++k) {
      auto& target = result.derivative[input.arguments[k]];
      if (target.empty()) continue;
      for (std::size_t i = 0; i < target.size(); ++i)
        target[i] += input.expression ? slope[i] * own_[a].derivative[k][i] : slope[i];
    }
  }

 private:
  const CompiledFunction& function_;
  std::vector<Expression::Linearisation> own_;
  Spans spans_;
};

void CompiledFunction::call(const Function::Columns& columns) const {
  try {
    function_.evaluate(columns);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {
    throw Error(Status::numerical, at_,
                std::string("the function in C++ has thrown (") + error.what() + "); correct it");
  }
}

void CompiledFunction::call_in_chunks(const Function::Columns& columns) const {
  for (std::size_t begin = 0; begin < columns.points; begin += chunk)
    call(part(columns, begin, std::min(chunk, columns.points - begin)));
}

std::vector<double> CompiledFunction::evaluate(std::span<const std::span<const double>> columns,
                                               std::size_t n) const {
  const Values values(*this, columns, n, false);
  std::vector<double> value(n, std::numeric_limits<double>::quiet_NaN());  // what is not filled is noticed
  call_in_chunks({n, values.spans(), value, {}});
  return value;
}

Expression::Linearisation CompiledFunction::linearise(std::span<const std::span<const double>> columns,
                                                      std::size_t n) const {
  const Values values(*this, columns, n, true);
  std::vector<std::vector<double>> slopes(inputs_.size(), std::vector<double>(n, 0.0));
  Expression::Linearisation result{std::vector<double>(n, std::numeric_limits<double>::quiet_NaN()),
                                   std::vector<std::vector<double>>(arguments_.size())};
  call_in_chunks({n, values.spans(), result.value, {slopes.begin(), slopes.end()}});
  for (std::size_t i = 0; i < arguments_.size(); ++i)
    if (arguments_[i].sought()) result.derivative[i].assign(n, 0.0);
  for (std::size_t a = 0; a < slopes.size(); ++a) values.chain(a, slopes[a], result);
  return result;
}

}  // namespace ddpinn
