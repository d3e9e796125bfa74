// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/choices.hpp>

#include <cstddef>
#include <string>

namespace ddpinn::fused {

/// Points are the lanes of vectors. A tile holds the streams of a layer's units at `points` points as streams
/// by units by points, points contiguous; tiles of the same layer stand one behind the other.
struct TileShape {
  int streams = 1;
  int units = 1;
  int lanes = 0;  ///< of the tile's points those that are used, a multiple of the vector length
};

/// factor * left * right, to be added to target; all are numbers of streams. Terms of the same target stand
/// together.
template <class Real>
struct Term {
  int target;
  int left;
  int right;
  Real factor;
};

/// Where a list of terms lies.
template <class Real>
struct Terms {
  const Term<Real>* begin = nullptr;
  const Term<Real>* end = nullptr;
};

/// What pushes streams through an activation sigma, and pulls cotangents back.
template <class Real>
struct StreamFunction {
  Activation activation = Activation::tanh;
  int order = 0;
  /// Number of first derivatives, where the streams are a value, these, and perhaps a Laplacian; else -1.
  int directions = -1;
  bool laplacian = false;
  Real coefficients[4] = {};  ///< of the Laplacian
  /// For all others: powers[k] gives the streams of (z - z_0)^k, k = 2 to order, from those of (z -
  /// z_0)^(k-1) (left) and z (right); pull gives zbar (target) from ybar (left) and slope (right).
  Terms<Real> powers[5];
  Terms<Real> pull;
  int ends[5] = {};  ///< streams of order up to k; they ascend in order
};

/// A layer's weights, row-major outputs by inputs.
template <class Real>
struct Weights {
  const Real* weight;
  const Real* bias;
  int inputs;
  int outputs;
};

/// The arithmetic of the fused kernel, compiled for one instruction set.
template <class Real>
struct Operations {
  const char* name;
  int vector;  ///< numbers in a vector
  int points;  ///< of a tile, a multiple of vector

  /// Streams of sigma(W x + b) and, unless `slopes` is null, of sigma'(W x + b), where the inputs are the
  /// coordinates: a unit is a function of one variable z, so that its stream s of order k is the k-th Taylor
  /// coefficient of sigma at z times factors[unit * streams + s]. One tile; `from` has the coordinates, and
  /// `to` and `slopes` have `units` units in a stream.
  void (*first)(const Weights<Real>&, const StreamFunction<Real>&, const Real* factors, TileShape in,
                const Real* from, int units, Real* to, Real* slopes);
  /// Streams of W in + b (b in stream 0 only) and, where there is a function, of that of them, with the
  /// streams of its derivative in `slopes`. One tile; `in` says its shape.
  void (*forward)(const Weights<Real>&, const StreamFunction<Real>*, TileShape in, const Real* from,
                  int units, Real* to, Real* slopes);
  /// Cotangents of what enters a function, from those of W function(...) + b.
  void (*backward)(const Weights<Real>&, const StreamFunction<Real>&, TileShape out, const Real* from,
                   const Real* slopes, Real* to);
  /// weight += sum over streams and points of cotangent input^T, bias += sum over points of stream 0, over so
  /// many tiles. @param work gradient_work numbers
  void (*gradient)(TileShape in, TileShape out, int tiles, const Real* inputs, const Real* cotangents,
                   Real* weight, Real* bias, Real* work);
  /// The same point by point, one tile: entry (k, parameter) of the column-major matrix, whose column length
  /// is rows, for the first `count` points. @param bias null where it is not wanted
  void (*rows)(TileShape in, TileShape out, const Real* inputs, const Real* cotangents, int count,
               std::size_t rows, double* weight, double* bias);
};

/// Numbers that `gradient` needs for its work, for layers of up to so many units.
template <class Real>
std::size_t gradient_work(const Operations<Real>& operations, int streams, int widest) {
  const std::size_t padded = widest + operations.vector;
  return padded * static_cast<std::size_t>(widest + streams * operations.points);
}

// One pair for each instruction set that the compiler knows; to be used only where the processor has it.
const Operations<float>& baseline_float();
const Operations<double>& baseline_double();
const Operations<float>& avx2_float();
const Operations<double>& avx2_double();
const Operations<float>& avx512_float();
const Operations<double>& avx512_double();

/// The fastest that this processor runs.
/// @param name "" or one of baseline, avx2, avx512 to ask for it
/// @throws Error where the processor or the build has none of this name
template <class Real>
const Operations<Real>& choose_operations(const std::string& name = "");

}  // namespace ddpinn::fused
