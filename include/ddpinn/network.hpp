// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ddpinn {

/// Orders of differentiation by coordinate: {2, 1, 0, 0} is d^3/dx^2 dy; those of coordinates that a case
/// does not have are zero.
using DerivativeOrders = std::array<int, 4>;

/// Points of [-1, 1]^d, the box of a subdomain in its local coordinates.
struct NetworkPoints {
  int dimension = 1;
  std::size_t count = 0;
  std::span<const double> coordinates;  ///< direction by direction, `count` numbers each

  double operator()(std::size_t point, int direction) const { return coordinates[direction * count + point]; }
};

/// A network of the user's own: its features, functions on [-1, 1]^d that depend on parameters. Polynomial
/// features and the linear output layer are added to it as to every network, so that it needs no bias and no
/// outputs of its own. One object serves all subdomains of a rank, which differ in their parameters; its
/// functions leave nothing behind that changes a later call, and are called from one thread at a time.
///
/// `evaluate` alone makes random features, for method = "least-squares"; with `differentiate` all methods
/// train the parameters.
///
/// Register it under a name, on every rank and before a case is read or solved, and name it in the case:
///
///     ddpinn::register_network("waves", [](const ddpinn::NetworkArguments& arguments) {
///       return std::make_shared<Waves>(arguments.dimension, arguments.hidden.back());
///     });
///
///     [network]
///     kind = "waves"
///     hidden = [40]
class Network {
 public:
  virtual ~Network() = default;

  /// Number of features.
  virtual std::size_t width() const = 0;
  /// Number of parameters.
  virtual std::size_t parameters() const = 0;

  /// Random parameters, the same for the same arguments on every rank.
  /// @param scale      network.scale, the range of the first layer's weights; where the case leaves it to the
  ///                   program several are tried, and the best is taken
  /// @param parameters parameters() numbers, to be written
  virtual void draw(double scale, std::uint64_t seed, std::uint64_t subdomain,
                    std::span<double> parameters) const = 0;

  /// Partial derivatives of the features (not divided by factorials), the values among them.
  /// @param derivatives any, up to the order of the equations
  /// @param values      to be written: derivative a of feature j at point k is entry (a * width() + j) *
  ///                    points.count + k
  virtual void evaluate(const NetworkPoints& points, std::span<const double> parameters,
                        std::span<const DerivativeOrders> derivatives, std::span<double> values) const = 0;

  /// Whether `differentiate` is there.
  virtual bool is_differentiable() const { return false; }

  /// For each point, the derivative with respect to the parameters of the sum over derivatives a and features
  /// j of weight * value.
  /// @param weights laid out like the values of `evaluate`
  /// @param rows    to be written: for parameter p at point k entry p * points.count + k
  virtual void differentiate(const NetworkPoints& points, std::span<const double> parameters,
                             std::span<const DerivativeOrders> derivatives, std::span<const double> weights,
                             std::span<double> rows) const;
};

/// What a case says of its network.
struct NetworkArguments {
  int dimension = 1;        ///< coordinates, time among them
  std::vector<int> hidden;  ///< network.hidden
  std::string activation;   ///< network.activation
  std::string file;         ///< network.file, absolute; empty where the case has none
};

/// Makes a network. It may throw Error (Status::case_file) for arguments that do not fit; the message appears
/// with the place of network.kind.
using NetworkFactory = std::function<std::shared_ptr<const Network>(const NetworkArguments&)>;

/// Makes a kind of network known under a name that network.kind then may have. A name that was registered
/// before is replaced.
/// @throws Error (Status::usage) for the name of a kind of the library, or an empty one
void register_network(const std::string& name, NetworkFactory factory);

}  // namespace ddpinn
