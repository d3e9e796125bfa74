// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/jet_space.hpp"
#include "network/streams.hpp"

#include <ddpinn/choices.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ddpinn {

struct NetworkShape;
class FeatureKernel;
class NetworkKernel;
enum class Precision;

/// What the hidden layers of a kind are made from. A kind takes of it what it has a use for.
struct NetworkSettings {
  int dimension = 1;        ///< d, 1 to max_dimension
  std::vector<int> hidden;  ///< widths of the hidden layers
  Activation activation = Activation::tanh;
  std::string file = {};  ///< of a network that is read from one
};

/// The hidden layers of a kind of network: functions on [-1,1]^d, the features, that depend on parameters.
/// The networks of all subdomains are of one kind and differ in their parameters. Polynomials and the linear
/// output layer are common to all kinds, and no matter of theirs.
class NetworkKind {
 public:
  virtual ~NetworkKind() = default;

  /// Number of features.
  virtual std::size_t width() const = 0;
  /// Number of parameters.
  virtual std::size_t parameters() const = 0;
  /// Random parameters, which depend on (seed, subdomain) and on `scale`, the range of the first layer's
  /// weights. @param parameters parameters() numbers, written
  virtual void draw(double scale, std::uint64_t seed, std::uint64_t subdomain,
                    std::span<double> parameters) const = 0;
  /// Whether the scale matters to `draw`, so that it is worth choosing.
  virtual bool has_scale() const { return true; }
  /// Checks what can only be found by trying.
  /// @param order highest order of differentiation that is asked for @param trained whether the parameters
  /// are unknowns
  /// @throws Error (Status::case_file), without place
  virtual void check(int order, bool trained) const;

  /// Features and polynomials with a linear output layer.
  virtual std::unique_ptr<FeatureKernel> features(const NetworkShape&, const JetSpace&) const = 0;
  /// For training. The parameters of the kernel are those of the hidden layers, then those of the output
  /// layer: width by outputs weights and the biases, as the last layer of a TrainableShape.
  virtual std::unique_ptr<NetworkKernel> kernel(const Streams&, int outputs, Precision) const = 0;

  /// For the reader of a plan: "tanh"; and the layers, "2-30-30".
  virtual std::string description() const = 0;
  virtual std::string layers() const = 0;
  /// Whether LibTorch evaluates it, and holds what no plan knows for a while.
  virtual bool uses_tensors() const { return false; }
};

/// "2-30-30"
std::string layers_text(int dimension, const std::vector<int>& hidden);

/// The fully connected network: kind "mlp", and what stands for polynomials alone (hidden = {0}).
std::shared_ptr<const NetworkKind> make_mlp(const NetworkSettings&);

/// @throws Error (Status::case_file), without place, for a name that is none, or settings that do not fit
std::shared_ptr<const NetworkKind> make_network_kind(const std::string& name, const NetworkSettings&);

/// All names, those of the library first, then those that were registered (ddpinn/network.hpp).
std::vector<std::string> network_kinds();

}  // namespace ddpinn
