// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/case_file.hpp>

#include <mpi.h>

#include <memory>
#include <string>
#include <vector>

namespace ddpinn {

/// The fields of a solution, functions on the whole domain at all times, on the ranks of a communicator. A
/// Session must live as long as they do. Move-only.
///
/// Expressions are those of a case file: over coordinates, fields and their derivatives ("u", "u_xy", of any
/// order up to that of the equations or 4), parameters, unknowns (with the values found) and definitions.
/// Every rank must give the same ones.
class Fields {
 public:
  /// Reads what `save` has written, on any number of ranks.
  /// @throws Error (Status::input_output) for a file that is not there, or damaged
  /// @note Collective over `comm`.
  static Fields load(const std::string& path, MPI_Comm comm);

  /// Values at points, anywhere in the domain; NaN outside of it. Along periodic coordinates there is no
  /// outside.
  /// @param points this rank's, of one number per coordinate; other ranks have theirs, or none
  /// @returns for each expression one value per point
  /// @throws Error on every rank, for expressions and points that do not fit the problem
  /// @note Collective.
  std::vector<std::vector<double>> evaluate(const std::vector<std::vector<double>>& points,
                                            const std::vector<std::string>& expressions) const;

  /// The integral of an expression over the domain, the same on every rank. By Gauss points in the cores of
  /// subdomains; of low order where shapes cut these.
  /// @note Collective.
  double integrate(const std::string& expression) const;
  /// The same over a part of the boundary: a face ("x.lower"), the surface of a shape, or "boundary": all of
  /// them but those of time, and of interfaces. The outward normal n_x, n_y, ... is among the names.
  double integrate(const std::string& expression, const std::string& place) const;

  /// Writes the networks to one HDF5 file (docs/files.md says how). @throws Error (Status::input_output) on
  /// every rank, and leaves no file then
  /// @note Collective.
  void save(const std::string& path) const;

  /// The problem that is solved, and how, with all defaults filled in.
  const CaseFile& solved_case() const;

  /// The library's own.
  struct Parts;
  explicit Fields(std::unique_ptr<Parts> parts);
  Fields(Fields&&) noexcept;
  Fields& operator=(Fields&&) noexcept;
  ~Fields();
  Parts& parts() { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace ddpinn
