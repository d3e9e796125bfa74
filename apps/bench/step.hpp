// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/kernel.hpp"

#include <string>
#include <vector>

namespace ddpinn::bench {

/// One gradient step: the loss of all rows and its gradient with respect to all parameters.
class StepCase {
 public:
  StepCase(std::string name, const TrainableShape&, const Streams&, std::size_t networks, Precision);

  /// A group of points; `xi` has one list for each cover. To be filled before the first step.
  void add_group(const std::vector<std::size_t>& networks, const std::vector<std::vector<Point>>& xi,
                 const Directional& laplacian = {});

  /// Writes cotangents, and returns the block's part of the loss.
  using Rows = std::function<double(const PointBlock&)>;
  void set_rows(Rows rows) { rows_ = std::move(rows); }

  /// @returns the loss; the gradient stays in `gradients`
  double step(const NetworkKernel&);
  /// Products of the step's weights with streams: forward, and back to inputs and weights.
  double product_flops() const;

  std::string name;
  TrainableShape shape;
  Streams streams;
  Precision precision;
  std::size_t points = 0;
  std::vector<std::vector<double>> gradients;

 private:
  std::size_t evaluations_ = 0;  ///< points times covers
  std::vector<std::vector<double>> parameters_;
  std::vector<std::unique_ptr<std::vector<Point>>> xi_;
  std::vector<NetworkGroup> groups_;
  Rows rows_;
};

/// -lap u = f on the unit cube, network 3-w-w-w-w-1, 8192 points.
StepCase poisson_step(int width, Precision);
/// u_t + u u_x = nu u_xx, network 2-20-20-20-1: 2780 rows of the equation and 240 of conditions.
StepCase burgers_step();
/// u' = cos 15x by 30 networks 1-16-16-1 whose windows overlap by 0.7 of a core, 3000 points, u(0) = 0 by a
/// factor tanh 15x (Moseley, Markham, Nissen-Meyer, Adv. Comput. Math. 49, 2023).
StepCase cosine_step();

/// Times every case on both kernels, one line each.
void run_steps();

}  // namespace ddpinn::bench
