// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/jet_space.hpp"

#include <cstddef>
#include <string>

namespace ddpinn {

enum class Activation { tanh, sin, gelu, silu };
Activation activation_from(const std::string& name);

/// Pushes n jets through an activation, in place: entry k of the arrays jets, jets + stride, jets + 2 stride,
/// ... (one for each multi-index of the space) is the k-th jet. Exact for every order, by the recurrences
/// that y' = sigma'(z) z' gives for Taylor coefficients (Griewank, Walther, Evaluating Derivatives, SIAM
/// 2008, section 13.2).
/// @param work at least activation_work(space) * n doubles
void apply_activation(Activation, const JetSpace&, std::size_t n, double* jets, std::size_t stride,
                      double* work);
std::size_t activation_work(const JetSpace&);

}  // namespace ddpinn
