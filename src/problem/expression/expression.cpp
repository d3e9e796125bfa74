// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression.hpp"

#include "problem/expression/expression_derivative.hpp"
#include "problem/expression/expression_numbers.hpp"
#include "problem/expression/expression_parser.hpp"
#include "problem/expression/expression_program.hpp"
#include "problem/expression/expression_switches.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/grad_mode.h>

#include <algorithm>
#include <map>

namespace ddpinn {
namespace {

/// Points evaluated together: the columns of a chunk stay in the cache, and below the size from which the C
/// library asks the system for new pages at every allocation.
constexpr std::size_t chunk = 8192;

/// Up to so many points plain numbers are faster than tensors.
constexpr std::size_t few = 256;

using Columns = std::span<const std::span<const double>>;

at::Tensor wrap(std::span<const double> values) {
  // LibTorch has no constant tensors; the operations write to none of their arguments.
  return at::from_blob(const_cast<double*>(values.data()), {std::ssize(values)}, at::kDouble);
}

void copy(const at::Tensor& from, double* to) {
  // What LibTorch knows to be zero, such as the second derivative of abs, has no memory.
  if (from._is_zerotensor()) return void(std::fill_n(to, from.numel(), 0.0));
  const at::Tensor values = from.detach().to(at::kDouble).contiguous();
  std::copy_n(values.data_ptr<double>(), values.numel(), to);
}

/// Gradients of the sum of an elementwise function: its derivatives point by point. Undefined where it
/// depends on none.
std::vector<at::Tensor> gradients(const at::Tensor& value, const std::vector<at::Tensor>& inputs,
                                  bool again) {
  if (!value.requires_grad()) return std::vector<at::Tensor>(inputs.size());
  return torch::autograd::grad({value.sum()}, inputs, {}, again, again, true);
}

std::vector<std::vector<double>> coordinate_columns(const std::vector<Argument>& arguments,
                                                    std::span<const Point> points) {
  std::vector<std::vector<double>> columns;
  for (const auto& argument : arguments) {
    if (argument.kind != Argument::Kind::coordinate)
      throw Error(Status::case_file,
                  "Expression: values at points are wanted (the expression uses fields or normals); "
                  "use coordinates only");
    auto& column = columns.emplace_back();
    column.reserve(points.size());
    for (const auto& point : points) column.push_back(point[argument.index]);
  }
  return columns;
}

}  // namespace

struct Expression::Impl {
  explicit Impl(expr::Parsed);

  expr::Parsed parsed;
  std::vector<Argument> arguments;
  bool affine = false;
  bool condition = false;
  double constant = 0;  ///< the value where there is no program
  std::optional<expr::Program> program;
  std::optional<expr::Numbers> numbers;

  void check(Columns columns, std::size_t n) const;
};

void Expression::Impl::check(Columns columns, std::size_t n) const {
  const bool fits =
      columns.size() == arguments.size() &&
      std::all_of(columns.begin(), columns.end(), [n](auto column) { return column.size() == n; });
  if (!fits)
    throw Error(Status::numerical, "Expression: the columns do not fit (one of " + std::to_string(n) +
                                       " values is needed for each of " + std::to_string(arguments.size()) +
                                       " arguments); report this");
}

Expression::Impl::Impl(expr::Parsed from) : parsed(std::move(from)) {
  const expr::Node& root = parsed.graph[parsed.root];
  affine = root.degree <= 1;
  condition = root.condition();
  constant = root.value;
  if (root.constant()) return;
  program.emplace(parsed.graph, parsed.root);
  numbers.emplace(parsed.graph, parsed.root);
  for (int i : program->arguments()) arguments.push_back(parsed.graph.arguments()[i]);
}

Expression::Expression(const Text& text, const Scope& scope)
    : impl_(std::make_shared<const Impl>(expr::parse(text, scope))) {}

Expression Expression::derivative(const std::vector<Argument>& arguments) const {
  auto parsed = impl_->parsed;
  const auto leaf = [&](const Argument& other) {
    return parsed.graph.number(std::ranges::find(arguments, other) != arguments.end());
  };
  parsed.root = expr::differentiate(parsed.graph, parsed.root, leaf);
  return Expression(std::make_shared<const Impl>(std::move(parsed)));
}

std::vector<Expression> Expression::switches() const {
  auto graph = impl_->parsed.graph;
  const auto levels = expr::switches(graph, impl_->parsed.root);
  std::vector<Expression> result;
  for (int root : levels) {
    const Expression found(std::make_shared<const Impl>(expr::Parsed{graph, root}));
    if (std::ranges::all_of(found.arguments(), [](const Argument& argument) {
          return argument.kind == Argument::Kind::coordinate && argument.side == Side::here;
        }))
      result.push_back(found);
  }
  return result;
}

const std::vector<Argument>& Expression::arguments() const { return impl_->arguments; }

bool Expression::affine_in_fields() const { return impl_->affine; }

bool Expression::condition() const { return impl_->condition; }

bool Expression::uses_fields() const {
  return std::any_of(impl_->arguments.begin(), impl_->arguments.end(),
                     [](const Argument& argument) { return argument.kind == Argument::Kind::field; });
}

std::vector<double> Expression::evaluate(Columns columns, std::size_t n) const {
  impl_->check(columns, n);
  std::vector<double> value(n, impl_->constant);
  if (!impl_->program) return value;
  const at::NoGradGuard no_gradients;
  for (std::size_t begin = 0; begin < n; begin += chunk) {
    const std::size_t length = std::min(chunk, n - begin);
    std::vector<at::Tensor> inputs;
    for (auto column : columns) inputs.push_back(wrap(column.subspan(begin, length)));
    copy((*impl_->program)(inputs), value.data() + begin);
  }
  return value;
}

Expression::Linearisation Expression::linearise(Columns columns, std::size_t n) const {
  impl_->check(columns, n);
  Linearisation result{std::vector<double>(n, impl_->constant),
                       std::vector<std::vector<double>>(columns.size())};
  std::vector<double*> targets;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!impl_->arguments[i].sought()) continue;
    result.derivative[i].resize(n);
    targets.push_back(result.derivative[i].data());
  }
  if (!impl_->program) return result;
  const at::AutoGradMode with_gradients(true);
  for (std::size_t begin = 0; begin < n; begin += chunk) {
    const std::size_t length = std::min(chunk, n - begin);
    std::vector<at::Tensor> inputs, fields;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      inputs.push_back(wrap(columns[i].subspan(begin, length)));
      if (!result.derivative[i].empty()) fields.push_back(inputs.back().requires_grad_());
    }
    const at::Tensor value = (*impl_->program)(inputs);
    copy(value, result.value.data() + begin);
    const std::vector<at::Tensor> slopes = gradients(value, fields, false);
    for (std::size_t i = 0; i < slopes.size(); ++i)
      if (slopes[i].defined()) copy(slopes[i], targets[i] + begin);
  }
  return result;
}

namespace {

/// Derivatives of one chunk with respect to the coordinates, each from one of the order below.
class Derivatives {
 public:
  Derivatives(const at::Tensor& value, const std::vector<Argument>& arguments,
              const std::vector<at::Tensor>& inputs)
      : arguments_(arguments), inputs_(inputs) {
    known_[MultiIndex{}] = value;
  }

  const at::Tensor& operator()(const MultiIndex& alpha) {
    if (const auto found = known_.find(alpha); found != known_.end()) return found->second;
    const auto direction =
        std::find_if(alpha.begin(), alpha.end(), [](auto a) { return a > 0; }) - alpha.begin();
    MultiIndex lower = alpha;
    --lower[direction];
    return known_[alpha] = along(direction, (*this)(lower));
  }

 private:
  at::Tensor along(int direction, const at::Tensor& value) const {
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
      if (arguments_[i].index != direction) continue;
      const at::Tensor slope = gradients(value, {inputs_[i]}, true).front();
      if (slope.defined()) return slope;
    }
    return at::zeros_like(value, at::kDouble);
  }

  const std::vector<Argument>& arguments_;
  const std::vector<at::Tensor>& inputs_;
  std::map<MultiIndex, at::Tensor> known_;
};

}  // namespace

std::vector<std::vector<double>> Expression::differentiate(std::span<const Point> points,
                                                           std::span<const MultiIndex> alphas) const {
  const auto columns = coordinate_columns(impl_->arguments, points);
  std::vector<std::vector<double>> result(alphas.size(), std::vector<double>(points.size()));
  if (!impl_->program) {
    for (std::size_t k = 0; k < alphas.size(); ++k)
      if (order(alphas[k]) == 0) std::fill(result[k].begin(), result[k].end(), impl_->constant);
    return result;
  }
  const at::AutoGradMode with_gradients(true);
  for (std::size_t begin = 0; begin < points.size(); begin += chunk) {
    const std::size_t length = std::min(chunk, points.size() - begin);
    std::vector<at::Tensor> inputs;
    for (const auto& column : columns)
      inputs.push_back(wrap(std::span(column).subspan(begin, length)).requires_grad_());
    Derivatives derivatives((*impl_->program)(inputs), impl_->arguments, inputs);
    for (std::size_t k = 0; k < alphas.size(); ++k) copy(derivatives(alphas[k]), result[k].data() + begin);
  }
  return result;
}

std::vector<double> Expression::at(std::span<const Point> points) const {
  const auto columns = coordinate_columns(impl_->arguments, points);
  const std::vector<std::span<const double>> spans(columns.begin(), columns.end());
  if (impl_->numbers && points.size() <= few) return (*impl_->numbers)(spans, points.size());
  return evaluate(spans, points.size());
}

}  // namespace ddpinn
