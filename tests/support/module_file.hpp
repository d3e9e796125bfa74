// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/trainable_network.hpp"

#include <span>
#include <string>
#include <vector>

namespace ddpinn::test {

/// A file that goes with the object, one for each rank and object.
class TemporaryFile {
 public:
  TemporaryFile();
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// A network in TorchScript.
class ModuleFile : public TemporaryFile {
 public:
  /// One of parameters w1, b1, w2, b2, ... with these sizes. @param forward what is done with x:
  /// "torch.tanh(x)"
  ModuleFile(const std::vector<std::pair<std::string, std::vector<long>>>& parameters,
             std::span<const double> values, const std::string& forward);
  /// The hidden layers of a fully connected network, written down anew. @param values laid out as those of
  /// the shape
  ModuleFile(const TrainableShape& shape, std::span<const double> values);
};

}  // namespace ddpinn::test
