// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/training/trainable_field.hpp"

#include "dense/lapack.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/small_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

const std::vector<std::string> trained{"solver.method=\"adam\"", "network.hidden=[4, 3]"};

/// Carries a Laplacian, with a convection and a reaction beside it, exact enforcement, two fields.
const std::string advection = R"toml(fields = ["u", "v"]
[domain]
coordinates = ["x", "y"]
lower = [0, -1]
upper = [2, 1]
[[equation]]
residual = "(1 + x)*(2*u_xx + 3*u_yy) - exp(0.1*v)*u_x + v"
[[equation]]
residual = "(2*v_xx + 3*v_yy)**2 + u_y*v - sin(x)"
[[condition]]
on = ["y.lower"]
residual = "n_y*u_y + u**2 - v"
[exact_enforcement]
v = { lift = "1 + 0.2*x*y + x**2", factor = "x*(2 - x)*(1 + y)" }
[decomposition]
subdomains = [2, 2]
[points]
interior = 4
boundary = 4
)toml";

/// A case whose networks are trained, with random parameters.
struct Trained {
  explicit Trained(const std::string& text, MPI_Comm ranks)
      : c(text, ranks, trained), field(c.comm, c.discretisation), parameters(field.create_parameters()) {
    field.take_hidden_layers(parameters);
    field.set_outputs(c.random_field(5, 0.5), parameters);
    field.refresh(parameters);
    c.discretisation.set_weights(field.fields());
  }

  double objective() {
    field.refresh(parameters);
    double sum = 0;
    for (double r : c.discretisation.residual(field.fields())) sum += r * r / 2;
    return ddpinn::sum(c.comm, sum);
  }

  petsc::Vec gradient() {
    field.refresh(parameters);
    auto result = field.create_parameters();
    field.gradient(c.discretisation.linearise(field.fields()), result);
    return result;
  }

  /// A number of the gradient for each subdomain, on every rank: its scalar product with fixed random
  /// numbers.
  std::vector<double> fingerprint(::Vec gradient) {
    const petsc::ConstLocalArray entries(gradient);
    std::vector<double> result(field.layout().subdomains(), 0.0);
    for (int k : field.layout().owned()) {
      Random random(3, k);
      for (std::size_t i = 0; i < field.layout().size(k); ++i)
        result[k] += random.uniform(-1, 1) * entries.get()[field.layout().local_offset(k) + i];
    }
    sum(c.comm, result);
    return result;
  }

  SmallCase c;
  TrainableField field;
  petsc::Vec parameters;
};

}  // namespace

TEST_CASE("Trained networks have the rows and fields of the same features and output coefficients") {
  for (const auto& text : {small_poisson, tangled, advection}) {
    Trained t(text, MPI_COMM_WORLD);
    const auto expected = t.field.fields();
    t.c.discretisation.set_hidden_layers(t.field.hidden_layers());
    const auto found = t.c.fields(t.field.output_field());
    const auto rows = t.c.discretisation.residual(found), of_field = t.c.discretisation.residual(expected);
    for (std::size_t i = 0; i < rows.size(); ++i)
      REQUIRE(of_field[i] == Approx(rows[i]).epsilon(1e-10).margin(1e-9));
    if (text != tangled) continue;  // the others carry Laplacians
    for (std::size_t g = 0; g < found.size(); ++g)
      for (std::size_t a = 0; a < found[g].size(); ++a)
        for (std::size_t i = 0; i < found[g][a].size(); ++i)
          REQUIRE(found[g][a][i] == Approx(expected[g][a][i]).epsilon(1e-10).margin(1e-9));
  }
}

TEST_CASE("The gradient of all parameters is that of differences") {
  for (const auto& text : {small_poisson, tangled, advection}) {
    Trained t(text, MPI_COMM_WORLD);
    const auto gradient = t.gradient();
    const long long size = t.field.layout().total();
    for (long long i = 0; i < size; i += size / 9) {
      PetscInt begin = 0, end = 0;
      petsc::check(VecGetOwnershipRange(gradient, &begin, &end));
      const bool mine = i >= begin && i < end;
      const std::size_t local = i - begin;
      const auto move = [&](double step) {
        if (mine) petsc::LocalArray(t.parameters).get()[local] += step;
      };
      const double h = 1e-4;
      move(h);
      const double up = t.objective();
      move(-2 * h);
      const double down = t.objective();
      move(h);
      const double found = sum(t.c.comm, mine ? petsc::ConstLocalArray(gradient).get()[local] : 0.0);
      INFO("parameter " << i);
      REQUIRE(found == Approx((up - down) / (2 * h)).epsilon(1e-5).margin(1e-6 * t.objective()));
    }
  }
}

namespace {

void require_transposed(const std::string& text) {
  Trained t(text, MPI_COMM_WORLD);
  const auto gradient = t.fingerprint(t.gradient());
  const auto linear = t.c.discretisation.linearise(t.field.fields());
  std::vector<double> expected(gradient.size(), 0.0);
  for (const auto& block : t.c.discretisation.blocks()) {
    std::vector<double> rows(block.rows);
    for (const auto& [chunk, offset] : block.parts)
      std::copy_n(linear.residual.data() + t.c.discretisation.rows().chunks[chunk].begin,
                  t.c.discretisation.rows().chunks[chunk].count, rows.data() + offset);
    const auto jacobian = t.field.jacobian(block, linear);
    std::vector<double> product(jacobian.columns());
    multiply(1, Op::transpose, jacobian, rows.data(), 0, product.data());
    Random random(3, block.subdomain);
    for (double value : product) expected[block.subdomain] += random.uniform(-1, 1) * value;
  }
  sum(t.c.comm, expected);
  for (std::size_t k = 0; k < expected.size(); ++k) REQUIRE(gradient[k] == Approx(expected[k]).epsilon(1e-9));
}

}  // namespace

TEST_CASE("The gradient is the transposed Jacobian times the residual") {
  require_transposed(tangled);
  require_transposed(advection);
}

TEST_CASE("Objective and gradient are the same on any number of ranks") {
  for (const auto& text : {small_poisson, tangled, advection}) {
    Trained all(text, MPI_COMM_WORLD), alone(text, MPI_COMM_SELF);
    REQUIRE(all.objective() == Approx(alone.objective()).epsilon(1e-11));
    const auto found = all.fingerprint(all.gradient()), expected = alone.fingerprint(alone.gradient());
    for (std::size_t k = 0; k < expected.size(); ++k) REQUIRE(found[k] == Approx(expected[k]).epsilon(1e-9));
  }
}

TEST_CASE("A Laplacian is carried where statements need no more, and only there") {
  const auto form = [](const std::string& residual) {
    SmallCase c(
        on_the_square(
            "[unknowns]\na = { initial = 1 }\n" + equation(residual) + condition("\"boundary\"", "u"), "0") +
            "[[data]]\nvalues = { u = \"x\" }\npoints = 4\n",
        MPI_COMM_SELF, trained);
    return laplacian_form(c.discretisation.rows().groups.front(), c.space.model());
  };
  REQUIRE((*form("a*(u_xx + u_yy) + x"))[1] == 1);
  REQUIRE((*form("a*exp(x)*(u_xx - 0.5*u_yy)**3 + u_x"))[1] == -0.5);
  REQUIRE(!form("u_xx + a*u_yy"));
  REQUIRE(!form("u_xx + (1 + x)*u_yy - a"));
  REQUIRE(!form("u_xx**2 + u_yy**2 - a"));
  REQUIRE(!form("where(u > 100, u_xx, u_xx + u_yy) - a"));
  REQUIRE(!form("u_xx + u_yy + u_xy - a"));
  REQUIRE(!form("u_xx + u_y - a"));
}
