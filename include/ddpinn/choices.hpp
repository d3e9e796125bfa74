// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace ddpinn {

/// How subdomains are coupled: by windows, or by transmission conditions (overlapping Schwarz).
enum class QuantityKind { integral, mean, min, max };
enum class Coupling { windowed, interface };
/// Automatic: Dirichlet where a coarse grid corrects every outer iteration, or else Robin.
enum class TransmissionCondition { automatic, dirichlet, robin, neumann };
/// Order of the subdomains in an outer iteration of the interface coupling.
enum class SubdomainOrder { additive, multiplicative, restricted };
/// Of outer iterations: GMRES, Anderson mixing, or nothing.
enum class Acceleration { krylov, anderson, none };
enum class Window {
  bump,   ///< (1 - t^2)^p, p = max(4, derivatives + 1)
  cosine  ///< (1 + cos(pi t))^q, q = p / 2, rounded up
};
enum class Sampling { gauss, uniform, sobol, random };
enum class Activation { tanh, sin, gelu, silu };
enum class Precision { float64, float32 };
/// Conjugate gradients on the normal equations, or LSQR.
enum class KrylovType { cg, lsqr };
/// Overlapping Schwarz with or without coarse space, block Jacobi, a factorisation, or nothing.
enum class PreconditionerType { two_level, one_level, block, direct, none };
/// Which subdomains step together in Adam.
enum class AdamSchedule { all, additive, multiplicative };
/// What is solved for, and how: output layers alone (least squares), or all parameters.
enum class Method { least_squares, gauss_newton, lbfgs, adam };

/// How case files, messages and results spell the values of an enumeration, in its order.
template <class Enumeration>
inline constexpr std::array<std::string_view, 0> spellings{};

template <>
inline constexpr std::array<std::string_view, 4> spellings<QuantityKind>{"integral", "mean", "min", "max"};
template <>
inline constexpr std::array<std::string_view, 2> spellings<Coupling>{"windowed", "interface"};
template <>
inline constexpr std::array<std::string_view, 4> spellings<TransmissionCondition>{"auto", "dirichlet",
                                                                                  "robin", "neumann"};
template <>
inline constexpr std::array<std::string_view, 3> spellings<SubdomainOrder>{"additive", "multiplicative",
                                                                           "restricted"};
template <>
inline constexpr std::array<std::string_view, 3> spellings<Acceleration>{"krylov", "anderson", "none"};
template <>
inline constexpr std::array<std::string_view, 2> spellings<Window>{"bump", "cosine"};
template <>
inline constexpr std::array<std::string_view, 4> spellings<Sampling>{"gauss", "uniform", "sobol", "random"};
template <>
inline constexpr std::array<std::string_view, 4> spellings<Activation>{"tanh", "sin", "gelu", "silu"};
template <>
inline constexpr std::array<std::string_view, 2> spellings<Precision>{"float64", "float32"};
template <>
inline constexpr std::array<std::string_view, 2> spellings<KrylovType>{"cg", "lsqr"};
template <>
inline constexpr std::array<std::string_view, 5> spellings<PreconditionerType>{"two-level", "one-level",
                                                                               "block", "direct", "none"};
template <>
inline constexpr std::array<std::string_view, 3> spellings<AdamSchedule>{"all", "additive", "multiplicative"};
template <>
inline constexpr std::array<std::string_view, 4> spellings<Method>{"least-squares", "gauss-newton", "lbfgs",
                                                                   "adam"};

template <class Enumeration>
constexpr std::string_view spelling(Enumeration value) {
  return spellings<Enumeration>[static_cast<std::size_t>(value)];
}

/// The value that is spelled so; none where no value is.
template <class Enumeration>
constexpr std::optional<Enumeration> value_spelled(std::string_view text) {
  for (std::size_t i = 0; i < spellings<Enumeration>.size(); ++i)
    if (spellings<Enumeration>[i] == text) return static_cast<Enumeration>(i);
  return std::nullopt;
}

}  // namespace ddpinn
