// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/streams.hpp"
#include "network/trainable_network.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ddpinn {

/// One network at the points of a group.
struct NetworkCover {
  std::size_t network = 0;    ///< its place in the list of parameters
  std::span<const Point> xi;  ///< the points in its coordinates
  Directional laplacian{};    ///< c of the Laplacian stream, in its coordinates
};

/// Points that are covered by the same networks. Every cover has one xi for each point, in the same order.
struct NetworkGroup {
  std::vector<NetworkCover> covers;

  std::size_t points() const { return covers.empty() ? 0 : covers.front().xi.size(); }
};

/// Consecutive points of a group. The array of a cover holds, for each stream, for each output, the values at
/// the points: stream s of output o at the k-th point is entry (s * outputs + o) * count + k. Derivatives are
/// those with respect to the cover's own coordinates.
struct PointBlock {
  std::size_t group = 0;
  std::size_t first = 0;  ///< the first of the points in the group
  std::size_t count = 0;
  std::span<const std::span<const double>> values;  ///< by cover
  std::span<const std::span<double>> cotangents;    ///< by cover, to be written: zero when handed over
};

/// Writes the derivatives of the loss with respect to all values of a block. Called once for each block, in
/// order.
using Cotangents = std::function<void(const PointBlock&)>;

/// Arrays for every cover, in the order of groups and of covers in a group, laid out as in a PointBlock that
/// is the whole group; or for every network.
using Arrays = std::span<const std::span<double>>;
using ConstArrays = std::span<const std::span<const double>>;

/// What the numbers of arrays follow from.
struct KernelSize {
  int dimension = 1;
  int outputs = 1;
  std::size_t parameters = 0;  ///< of a network
};
/// @throws Error (Status::numerical) where a layer is missing or has no units
KernelSize kernel_size(const TrainableShape&);

/// Evaluates networks of one kind, differentiates, and pulls derivatives back to their parameters: all
/// networks of a rank in one call, each with its own parameters and points. What goes in and out is
/// double; `Precision` is that of the computation. Calls do not depend on each other, but one kernel serves
/// one thread at a time.
///
/// How solvers use it. With the rows r(theta), and v = the streams of all networks at all points:
/// - The loss and its gradient (Adam, L-BFGS) are one call of `gradient`, whose callback sums the covers of a
/// block by
///   windows, evaluates residuals, and returns (dr/dv)^T W^2 r. Nothing but a block is ever stored. Where the
///   callback is dear for small blocks (compiled expressions), call `evaluate` for all points first, then the
///   residuals, then `gradient` with a callback that hands out what is known: a third more work in the
///   networks.
/// - Ghost networks of other ranks stand in the list of parameters like owned ones, refreshed before the
/// call; their
///   gradients are added to the owner's by the reverse scatter.
/// - Products J^T w (matrix-free Gauss-Newton) are `gradient` with the cotangents (dr/dv)^T w.
/// - The Jacobian of residuals (Levenberg-Marquardt) is `jacobian` with the coefficients dr/dv, one call for
/// each
///   residual. Its last (inputs + 1) * outputs columns are those of the output layer, linear parameters that
///   variable projection eliminates.
/// - Jets are Taylor coefficients: multiply by alpha! and by powers of the map's scale for derivatives in x.
/// The
///   Laplacian stream takes the scale in its c.
class NetworkKernel {
 public:
  NetworkKernel(const KernelSize& size, Streams streams);
  virtual ~NetworkKernel() = default;
  NetworkKernel(const NetworkKernel&) = delete;
  NetworkKernel& operator=(const NetworkKernel&) = delete;

  const KernelSize& size() const { return size_; }
  const Streams& streams() const { return streams_; }
  /// streams * outputs: numbers that a network gives at a point.
  std::size_t values() const { return streams_.size() * static_cast<std::size_t>(size_.outputs); }

  /// The streams of all covers.
  /// @param values values() * points for each cover
  void evaluate(ConstArrays parameters, std::span<const NetworkGroup> groups, Arrays values) const;
  /// Adds the gradient of the loss with respect to the parameters of each network to `gradients`.
  void gradient(ConstArrays parameters, std::span<const NetworkGroup> groups, const Cotangents& cotangents,
                Arrays gradients) const;
  /// For each cover and point the derivative of sum over streams and outputs of coefficient * value with
  /// respect to the parameters of the cover's network.
  /// @param coefficients values() * points for each cover
  /// @param rows         for each cover a matrix of points by size().parameters, column-major as `Matrix`
  void jacobian(ConstArrays parameters, std::span<const NetworkGroup> groups, ConstArrays coefficients,
                Arrays rows) const;

 protected:
  /// All points of one cover, for jacobian.
  struct RowTask {
    const NetworkCover& cover;
    std::span<const double> parameters;
    std::span<const double> coefficients;
    std::span<double> rows;
  };

 private:
  virtual void do_evaluate(ConstArrays parameters, std::span<const NetworkGroup>, Arrays values) const = 0;
  virtual void do_gradient(ConstArrays parameters, std::span<const NetworkGroup>, const Cotangents&,
                           Arrays gradients) const = 0;
  virtual void do_jacobian(const RowTask&) const = 0;

  void check(ConstArrays parameters, std::span<const NetworkGroup>) const;

  KernelSize size_;
  Streams streams_;
};

/// LibTorch's tensors and automatic differentiation; for comparison, and for devices.
/// @param device as LibTorch names it: "cpu", "cuda:0"
std::unique_ptr<NetworkKernel> make_reference_kernel(const TrainableShape&, const Streams&,
                                                     Precision = Precision::float64,
                                                     const std::string& device = "cpu");

/// For processors: blocks of points that stay in the cache go forward and back through all layers.
/// @param instructions "" for the best that the processor has, or one of avx512, avx2 and baseline
/// @throws Error (Status::usage) where the processor or the build lacks them
std::unique_ptr<NetworkKernel> make_fused_kernel(const TrainableShape&, const Streams&,
                                                 Precision = Precision::float64,
                                                 const std::string& instructions = "");

}  // namespace ddpinn
