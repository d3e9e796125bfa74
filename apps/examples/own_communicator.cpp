// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// A program with MPI of its own: each half of its ranks solves two Helmholtz problems, one after the other,
// by a network of its own, random waves. Run it with: mpirun -n 2 own_communicator
#include <ddpinn/network.hpp>
#include <ddpinn/session.hpp>
#include <ddpinn/solve.hpp>

#include <cmath>
#include <cstdio>
#include <memory>
#include <numbers>
#include <random>

namespace {

/// Features sin(w.x + b): parameters w (by direction) and b of one after the other.
class Waves : public ddpinn::Network {
 public:
  Waves(int dimension, int width) : dimension_(dimension), width_(width) {}
  std::size_t width() const override { return width_; }
  std::size_t parameters() const override { return width_ * (dimension_ + 1); }
  void draw(double scale, std::uint64_t seed, std::uint64_t subdomain, std::span<double> all) const override {
    std::seed_seq mixed{seed, subdomain};
    std::mt19937_64 random(mixed);
    for (auto& value : all) value = scale * (2 * static_cast<double>(random() >> 11) * 0x1p-53 - 1);
  }

  void evaluate(const ddpinn::NetworkPoints& x, std::span<const double> all,
                std::span<const ddpinn::DerivativeOrders> derivatives, std::span<double> out) const override {
    for (std::size_t i = 0; i < out.size(); ++i) {
      const auto k = i % x.count, j = i / x.count % width_;
      const auto& orders = derivatives[i / x.count / width_];
      const double* w = &all[j * (dimension_ + 1)];
      double factor = 1, phase = w[dimension_];
      for (std::size_t d = 0; d < dimension_; ++d) {  // each derivative is a factor and a quarter of a period
        factor *= std::pow(w[d], orders[d]);
        phase += w[d] * x(k, d) + orders[d] * std::numbers::pi / 2;
      }
      out[i] = factor * std::sin(phase);
    }
  }

 private:
  std::size_t dimension_, width_;
};

double solve(double wavenumber, MPI_Comm comm) {
  ddpinn::Problem problem;
  problem.domain = {.coordinates = {"x", "y"}, .lower = {0, 0}, .upper = {1, 1}};
  problem.parameters = {{"k", wavenumber}};
  problem.equations.push_back({.name = "helmholtz", .residual = {"u_xx + u_yy + k**2*u"}});
  problem.conditions.push_back(
      {.name = "walls", .on = {"boundary"}, .residual = {"u - cos(k*(x + y)/sqrt(2))"}});
  ddpinn::Options options;
  options.network.kind = "waves";
  const auto solved = ddpinn::solve(problem, options, comm);
  return solved.fields.evaluate({{0.3, 0.6}}, {"u - cos(k*(x + y)/sqrt(2))"})[0][0];
}

}  // namespace

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  ddpinn::register_network("waves", [](const ddpinn::NetworkArguments& arguments) {
    return std::make_shared<Waves>(arguments.dimension, arguments.hidden.back());
  });
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm half = MPI_COMM_NULL;
  MPI_Comm_split(MPI_COMM_WORLD, rank % 2, rank, &half);
  for (const double wavenumber : {5.0, 8.0 + rank % 2}) {
    const ddpinn::Session session(half);  // PETSc runs on the half, and ends with the session
    const double error = solve(wavenumber, half);
    if (session.rank() == 0) std::printf("half %d: k = %g, error %.1e\n", rank % 2, wavenumber, error);
  }
  MPI_Comm_free(&half);
  MPI_Finalize();
}
