// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/module_file.hpp"

#include <torch/script.h>
#include <unistd.h>

#include <filesystem>

namespace ddpinn::test {

namespace {

using Parameters = std::vector<std::pair<std::string, std::vector<long>>>;

Parameters layers_of(const TrainableShape& shape) {
  Parameters parameters;
  long inputs = shape.dimension;
  for (std::size_t l = 0; l < shape.hidden.size(); ++l) {
    const long width = shape.hidden[l];
    parameters.push_back({"w" + std::to_string(l), {width, inputs}});
    parameters.push_back({"b" + std::to_string(l), {width}});
    inputs = width;
  }
  return parameters;
}

std::string forward_of(const TrainableShape& shape) {
  std::string text = "x";
  for (std::size_t l = 0; l < shape.hidden.size(); ++l) {
    const auto number = std::to_string(l);
    text = "torch." + std::string(spelling(shape.activation)) + "(torch.linear(" + text + ", self.w" +
           number + ", self.b" + number + "))";
  }
  return text;
}

}  // namespace

TemporaryFile::TemporaryFile() {
  path_ = (std::filesystem::temp_directory_path() / "ddpinn_test_XXXXXX").string();
  if (const int file = ::mkstemp(path_.data()); file >= 0) ::close(file);
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

ModuleFile::ModuleFile(const Parameters& parameters, std::span<const double> values,
                       const std::string& forward) {
  torch::jit::Module module("Network");
  const double* from = values.data();
  for (const auto& [name, sizes] : parameters) {
    at::Tensor parameter = at::empty(sizes, at::kDouble);
    std::copy_n(from, parameter.numel(), parameter.data_ptr<double>());
    from += parameter.numel();
    module.register_parameter(name, parameter, false);
  }
  module.define("def forward(self, x: Tensor) -> Tensor:\n  return " + forward + "\n");
  module.save(path());
}

ModuleFile::ModuleFile(const TrainableShape& shape, std::span<const double> values)
    : ModuleFile(layers_of(shape), values, forward_of(shape)) {}

}  // namespace ddpinn::test
