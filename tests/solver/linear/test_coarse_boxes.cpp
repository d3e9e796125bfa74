// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/coarse_boxes.hpp"

#include "decomposition/decomposition_support.hpp"

#include <functional>
#include <set>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

NetworkShape quadratic(int dimension) {
  NetworkShape shape;
  shape.dimension = dimension;
  shape.polynomial_degree = 2;
  return shape;
}

/// Value of the network of subdomain k at its middle where every larger box has this polynomial:
/// coefficients by box.
double at_middle(CoarseBoxes& boxes, int k, const std::vector<MultiIndex>& exponents,
                 const std::function<double(int box, const MultiIndex&)>& coefficient) {
  const auto coefficients = boxes.polynomials(k);
  double value = 0;
  for (std::size_t b = 0; b < boxes.over(k).size(); ++b)
    for (std::size_t j = 0; j < exponents.size(); ++j)
      value += coefficient(boxes.over(k)[b], exponents[j]) * (*coefficients)(0, b * exponents.size() + j);
  return value;
}

}  // namespace

TEST_CASE("A constant on all larger boxes is that constant on every subdomain") {
  for (const bool periodic : {false, true})
    for (const int cores : {2, 3}) {
      const Decomposition decomposition(example_box(2, {periodic, false}), equal_cores({7, 6}), 2);
      const auto shape = quadratic(2);
      CoarseBoxes boxes(decomposition, shape, cores);
      REQUIRE(boxes.size() == (cores == 2 ? 4 * 3 : 3 * 2));
      for (int k = 0; k < decomposition.size(); ++k) {
        REQUIRE(boxes.polynomials(k)->columns() == boxes.over(k).size() * shape.coarse_polynomials());
        const auto all = boxes.polynomials(k);
        for (std::size_t i = 0; i < all->rows(); ++i) {
          double sum = 0;
          for (std::size_t b = 0; b < boxes.over(k).size(); ++b) sum += (*all)(i, b * all->rows());
          REQUIRE(sum == Approx(i == 0 ? 1 : 0).margin(1e-12));
        }
      }
    }
}

TEST_CASE("A linear function on all larger boxes is that function on every subdomain") {
  const Decomposition decomposition(example_box(2), equal_cores({8, 6}), 2);
  const auto shape = quadratic(2);
  CoarseBoxes boxes(decomposition, shape, 2);
  // x on a larger box: its middle, and half its width times the first Legendre polynomial.
  const double core = 1.0 / 4, half = core / 2 + 0.25 * core;
  const auto x = [&](int box, const MultiIndex& e) {
    const int cell = decomposition[boxes.home(box)].cell[0] / 2;
    if (order(e) == 0) return (cell + 0.5) * core;
    return order(e) == 1 && e[0] == 1 ? half : 0.0;
  };
  for (int k = 0; k < decomposition.size(); ++k) {
    const auto& own = decomposition[k].box;
    REQUIRE(at_middle(boxes, k, shape.exponents(), x) ==
            Approx((own.lower[0] + own.upper[0]) / 2).margin(1e-12));
  }
}

TEST_CASE("Boxes are as large as few enough coarse functions take") {
  const Decomposition space(example_box(3), equal_cores({8, 8, 8}), 2),
      plane(example_box(2), equal_cores({30, 40}), 2);
  REQUIRE(cores_per_box(space, 10) == 1);
  REQUIRE(cores_per_box(space, 40) == 2);
  REQUIRE(cores_per_box(space, 10, 5119) == 2);
  REQUIRE(cores_per_box(space, 10, 1600) == 2);
  REQUIRE(cores_per_box(space, 10, 1599) == 3);
  REQUIRE(cores_per_box(space, 10, 1) == 8);
  REQUIRE(cores_per_box(plane, 40) == 1);
}

TEST_CASE("Coefficients on subdomains that stand alike in their larger boxes are stored once") {
  const Decomposition decomposition(example_box(2), equal_cores({12, 12}), 2);
  CoarseBoxes boxes(decomposition, quadratic(2), 3);
  std::set<const Matrix*> distinct;
  for (int k = 0; k < decomposition.size(); ++k) distinct.insert(boxes.polynomials(k).get());
  REQUIRE(distinct.size() == 25);  // per direction three places inside, and both ends
}
