// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/compressed_jacobian.hpp"
#include "base/random.hpp"
#include "parallel/communicator.hpp"
#include "space/field.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace ddpinn::test {

/// A case from a text, ready to be solved on the ranks of a communicator (MPI_COMM_SELF: on each rank alone).
class SmallCase {
 public:
  SmallCase(const std::string& text, MPI_Comm ranks, const std::vector<std::string>& overrides = {})
      : file(parse_case(text, "test.toml", overrides)),
        comm(ranks),
        space(comm, lay_out(file, comm.size())),
        discretisation(space, file.options.points) {}
  SmallCase(const SmallCase&) = delete;
  SmallCase& operator=(const SmallCase&) = delete;

  /// Random coefficients of the networks of this rank's blocks, which depend on the subdomain only.
  Field random_field(std::uint64_t seed, double range = 1) const {
    auto field = discretisation.zero_field();
    for (const auto& block : discretisation.blocks()) {
      Random random(seed, block.subdomain);
      for (auto& value : field[block.subdomain].entries()) value = random.uniform(-range, range);
    }
    return field;
  }

  /// The fields at the rows' points, for such coefficients.
  std::vector<FieldValues> fields(const Field& field) const {
    auto values = discretisation.lift();
    discretisation.add_fields(field, values);
    return values;
  }

  /// Fields and derivatives at any points of the domain, on every rank. @note Collective.
  FieldValues values_at(Field field, const std::vector<Point>& points,
                        const std::vector<Derivative>& derivatives) const {
    field.complete();
    PointSet own;
    std::vector<std::size_t> place;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (!space.owns(space.decomposition().core_at(points[i]))) continue;
      own.x.push_back(points[i]);
      own.measure.push_back(1);
      place.push_back(i);
    }
    const auto found = field.at(field.points(own, derivatives));
    FieldValues all(derivatives.size(), std::vector<double>(points.size(), 0.0));
    for (std::size_t a = 0; a < all.size(); ++a) {
      for (std::size_t i = 0; i < place.size(); ++i) all[a][place[i]] = found[a][i];
      sum(comm, all[a]);
    }
    return all;
  }

  CaseFile file;
  Communicator comm;
  Space space;  ///< with random hidden layers
  Rows discretisation;
};

/// The linear least-squares problem of a case at the fields where all networks are zero. @note Collective.
class CompressedProblem : public CompressedJacobian {
 public:
  CompressedProblem(SmallCase& c, double compression_tolerance)
      : CompressedProblem(c, compression_tolerance, weighted(c)) {}

  /// This rank's part of a random vector of unknowns, the same on any number of ranks.
  petsc::Vec random_unknowns(std::uint64_t seed) const {
    auto x = jacobian.create_unknowns();
    const petsc::LocalArray entries(x);
    for (int k : layout.owned()) {
      Random random(seed, k);
      for (std::size_t i = 0; i < layout.size(k); ++i)
        entries.get()[layout.local_offset(k) + i] = random.uniform(-1, 1);
    }
    return x;
  }

  Linearisation linear;
  SharedMatrices raw;
  const SharedMatrices& compressed = jacobian.blocks();

 private:
  CompressedProblem(const SmallCase& c, double compression_tolerance, Linearisation at)
      : CompressedJacobian(c.comm, c.discretisation, compression_tolerance, c.discretisation.jacobian(at)),
        linear(std::move(at)),
        raw(c.discretisation.jacobian(linear)) {}
  static Linearisation weighted(SmallCase& c) {
    const auto lift = c.discretisation.lift();
    c.discretisation.set_weights(lift);
    return c.discretisation.linearise(lift);
  }
};

/// A vector's entries of all ranks on every rank. @note Collective.
inline std::vector<double> gathered(const Communicator& comm, ::Vec x) {
  return all_gather(comm, petsc::ConstLocalArray(x).get());
}

/// The compressed Jacobian with the rows of all ranks, one rank after the other, on every rank. @note
/// Collective.
inline Matrix dense_jacobian(const SmallCase& c, const CompressedProblem& problem) {
  const auto& chunks = c.discretisation.rows().chunks;
  const auto rows = c.discretisation.rows().count, columns = problem.layout.total();
  std::vector<double> own(rows * columns,
                          0.0);  // row after row, so that those of several ranks can stand together
  for (std::size_t b = 0; b < problem.compressed.size(); ++b) {
    const auto& block = c.discretisation.blocks()[b];
    const auto first = problem.layout.global_offset(block.subdomain);
    for (const auto& [chunk, offset] : block.parts)
      for (std::size_t i = 0; i < chunks[chunk].count; ++i)
        for (std::size_t j = 0; j < problem.compressed[b].columns(); ++j)
          own[(chunks[chunk].begin + i) * columns + first + j] = problem.compressed[b](offset + i, j);
  }
  const auto all = all_gather(c.comm, own);
  Matrix dense(all.size() / std::max<std::size_t>(1, columns), columns);
  for (std::size_t i = 0; i < dense.rows(); ++i)
    for (std::size_t j = 0; j < columns; ++j) dense(i, j) = all[i * columns + j];
  return dense;
}

}  // namespace ddpinn::test
