// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/tensor/derivatives.hpp"
#include "network/tensor/tensor_kind.hpp"
#include "network/tensor/vector_map.hpp"

#include "base/random.hpp"

#include <ddpinn/error.hpp>

#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/grad_mode.h>
#include <torch/script.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace ddpinn {

namespace {

using at::Tensor;

[[noreturn]] void refuse(const std::string& what) { throw Error(Status::case_file, "network.file: " + what); }

/// What LibTorch says, without its trace.
std::string reason(const std::exception& error) {
  std::string text = error.what(), line;
  if (const auto trace = text.find("\nException raised from"); trace != std::string::npos) text.resize(trace);
  std::istringstream lines(text);
  for (std::string next; std::getline(lines, next);)
    if (next.find_first_not_of(" ~<-") != std::string::npos && !next.ends_with("HERE")) line = next;
  return line;
}

/// Any network in TorchScript that maps points (n, d) to features (n, k). Its parameters are as they are
/// stored, for all subdomains. It computes in double.
class Module final : public tensor::TensorKind {
 public:
  Module(const std::string& file, int dimension) : file_(file), dimension_(dimension) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored))
      refuse("there is no file " + file + " (paths are relative to the case file); correct the path");
    try {
      module_ = torch::jit::load(file);
      module_.eval();
      module_.to(at::kDouble);
    } catch (const std::exception& error) {
      refuse(file + " is not TorchScript (\"" + reason(error) +
             "\"); write it by torch.jit.script(network).save(\"net.pt\")");
    }
    find_parameters();
    find_width();
  }

  std::size_t width() const override { return width_; }
  std::size_t parameters() const override { return stored_.size(); }
  void draw(double, std::uint64_t, std::uint64_t, std::span<double> parameters) const override {
    std::ranges::copy(stored_, parameters.begin());
  }
  bool has_scale() const override { return false; }

  tensor::Jet forward(const Tensor& parameters, const Tensor& points,
                      const tensor::StreamAlgebra& algebra) const override {
    const at::AutoGradMode with_gradients(true);
    const Tensor x = points.to(at::kCPU, at::kDouble).detach().requires_grad_();
    return tensor::streams_of(values(parameters.to(at::kCPU, at::kDouble), x), x, algebra);
  }

  void check(int order, bool trained) const override {
    check_points_are_independent();
    for (int m = 1; m <= order; ++m) check_derivatives(m);
    if (!trained) return;
    if (stored_.empty())
      refuse("the module in " + file_ +
             " has no parameters to train (a frozen module keeps them as constants); save it without "
             "torch.jit.freeze, or use method = \"least-squares\"");
    check_gradient(order);
  }

  std::string description() const override { return std::filesystem::path(file_).filename().string(); }
  std::string layers() const override {
    return std::to_string(dimension_) + "-module-" + std::to_string(width_);
  }

 private:
  struct Parameter {
    torch::jit::Module owner;
    std::string name;
    std::size_t first;
    std::vector<std::int64_t> sizes;
  };

  void find_parameters() {
    for (const auto& owner : module_.modules())
      for (const auto& parameter : owner.named_parameters(false)) {
        const Tensor value = parameter.value.detach().contiguous();
        parameters_.push_back({owner, parameter.name, stored_.size(), value.sizes().vec()});
        const double* numbers = value.data_ptr<double>();
        stored_.insert(stored_.end(), numbers, numbers + value.numel());
      }
  }

  void find_width() {
    const Tensor x = probe();
    const auto wanted = "points of shape (n, " + std::to_string(dimension_) + ")";
    Tensor y;
    try {
      y = values(stored(), x);
    } catch (const std::exception& error) {
      refuse("the module in " + file_ + " does not take " + wanted + " (\"" + reason(error) +
             "\"); its input is the coordinates of n points, one for each coordinate of the case");
    }
    if (!y.defined() || y.dim() != 2 || y.size(0) != x.size(0) || y.size(1) < 1)
      refuse("the module in " + file_ + " makes no features (n, k) of " + wanted + " (of " +
             std::to_string(x.size(0)) + " points it makes " + described(y) +
             "); end it with its last hidden layer, the output layer is added");
    width_ = y.size(1);
  }

  static std::string described(const Tensor& y) {
    if (!y.defined()) return "something that is no tensor";
    std::string text;
    for (const auto size : y.sizes()) text += (text.empty() ? "" : ", ") + std::to_string(size);
    return "a tensor of shape (" + text + ")";
  }

  Tensor stored() const { return at::tensor(stored_, at::kDouble); }

  /// Some points, no two of which have a coordinate in common.
  Tensor probe() const {
    Random random(1, 0);
    std::vector<double> numbers;
    for (int i = 0; i < 7 * dimension_; ++i) numbers.push_back(random.uniform(-1, 1));
    return at::tensor(numbers, at::kDouble).view({7, dimension_});
  }

  /// @param parameters as TensorKind::forward has them
  Tensor values(const Tensor& parameters, const Tensor& x) const {
    if (parameters.dim() == 1) return call(parameters, x, [](const Tensor& tensor) { return tensor; });
    const tensor::VectorMap map(x.size(0));
    const Tensor y = call(parameters, x.unsqueeze(1), [&](const Tensor& tensor) { return map.in(tensor); });
    return map.out(y).squeeze(1);
  }

  template <class Wrap>
  Tensor call(const Tensor& parameters, const Tensor& x, Wrap&& wrap) const {
    const torch::jit::GraphOptimizerEnabledGuard eager(false);
    for (auto& [owner, name, first, sizes] : parameters_)
      owner.setattr(name, wrap(tensor::part(parameters, first, sizes)));
    const auto y = module_.forward({wrap(x)});
    return y.isTensor() ? y.toTensor() : Tensor();
  }

  tensor::Jet jet(const Tensor& parameters, const std::vector<MultiIndex>& alphas) const {
    const tensor::StreamAlgebra algebra(Streams::jet(JetSpace(dimension_, alphas)), {});
    return forward(parameters, probe(), algebra);
  }

  void check_points_are_independent() const {
    const Tensor x = probe(), together = values(stored(), x), alone = values(stored(), x.narrow(0, 3, 1));
    if ((together.narrow(0, 3, 1) - alone).abs().max().item<double>() >
        1e-9 * together.abs().max().item<double>())
      refuse(
          "the module in " + file_ +
          " mixes points (the features of one change with those it is evaluated with); leave out layers that "
          "work over the batch");
  }

  std::vector<MultiIndex> pure(int order) const {
    std::vector<MultiIndex> alphas(dimension_);
    for (int d = 0; d < dimension_; ++d) alphas[d][d] = static_cast<std::uint8_t>(order);
    return alphas;
  }

  void check_derivatives(int order) const {
    try {
      const JetSpace space(dimension_, pure(order));
      const auto jets = jet(stored(), pure(order));
      for (const auto& alpha : pure(order))
        if (jets[space.index_of(alpha)].abs().max().item<double>() > 0) return;
    } catch (const std::exception& error) {
      refuse("LibTorch can't differentiate the module in " + file_ + " " + times(order) + " (\"" +
             reason(error) + "\"), as the equations ask for; build it from functions that it can");
    }
    refuse("the module in " + file_ + " is not smooth enough (its derivatives of order " +
           std::to_string(order) +
           " are zero everywhere, but are in the equations); use activations like tanh, sin, GELU or SiLU in "
           "place of ReLU");
  }

  void check_gradient(int order) const {
    try {
      const at::AutoGradMode with_gradients(true);
      const Tensor own = stored().requires_grad_();
      Tensor sum;
      for (const auto& stream : jet(own, pure(order)))
        sum = sum.defined() ? sum + stream.sum() : stream.sum();
      torch::autograd::grad({sum}, {own});
    } catch (const std::exception& error) {
      refuse("LibTorch can't differentiate the module in " + file_ + " with respect to its parameters (\"" +
             reason(error) + "\"), as training asks for; use method = \"least-squares\"");
    }
  }

  static std::string times(int order) {
    return order == 1 ? "once" : order == 2 ? "twice" : std::to_string(order) + " times";
  }

  std::string file_;
  int dimension_;
  // A call puts its parameters into the module first, and LibTorch's forward() is not constant.
  mutable torch::jit::Module module_;
  mutable std::vector<Parameter> parameters_;
  std::vector<double> stored_;
  std::size_t width_ = 0;
};

}  // namespace

std::shared_ptr<const NetworkKind> make_module(const NetworkSettings& settings) {
  if (settings.file.empty())
    throw Error(
        Status::case_file,
        "network.kind = \"module\" without network.file (which names the module); write for example file "
        "= \"net.pt\"");
  return std::make_shared<Module>(settings.file, settings.dimension);
}

}  // namespace ddpinn
