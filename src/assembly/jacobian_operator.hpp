// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/dof_layout.hpp"
#include "assembly/rows.hpp"

#include <optional>
#include <span>
#include <vector>

namespace ddpinn {

/// The compressed Jacobian as a distributed operator: rows local, columns local or ghost, dense blocks.
/// Its unknowns may be those that were chosen for an earlier linearisation.
class JacobianOperator {
 public:
  /// @note Collective.
  JacobianOperator(const Communicator&, const Rows&, const DofLayout&, SharedMatrices blocks);

  /// Takes the uncompressed blocks of another linearisation, for the same unknowns: from here on J T with the
  /// transforms T that gave the former blocks, factor by factor. @param transforms by block; outlive this
  void linearise_anew(SharedMatrices blocks, const SharedMatrices& transforms);
  /// Whether that has happened, so that what was made of the former blocks is about another matrix.
  bool is_linearised_anew() const { return transforms_ != nullptr; }
  /// Stands for other rows from here on, which must live as long. @pre their Jacobian is the same
  /// (jacobian_numbers.hpp)
  void serve(const Rows& rows) { discretisation_ = &rows; }
  /// Gives the blocks away: what is left tells layouts only.
  SharedMatrices take_blocks() { return std::move(blocks_); }

  const Communicator& communicator() const { return *comm_; }
  const Rows& discretisation() const { return *discretisation_; }
  const DofLayout& layout() const { return *layout_; }
  const SharedMatrices& blocks() const { return blocks_; }

  /// From here on the normal operator is J^T S J; none: S = 1.
  /// @param symmetric whether S is, on all ranks @pre all ranks give a form, or none; those without rows too
  void set_form(std::optional<RowForm> form, bool symmetric = true) {
    form_ = std::move(form);
    symmetric_ = symmetric;
  }
  bool has_form() const { return form_.has_value(); }
  bool is_symmetric() const { return symmetric_; }

  /// y += what an uncompressed vector, such as a gradient, is in the unknowns. @param by_block the part of
  /// each block @param transforms T by block @note Collective.
  void add_compressed(const std::vector<std::vector<double>>& by_block, const SharedMatrices& transforms,
                      ::Vec y) const;

  /// rows = J x. @note Collective.
  void multiply(::Vec x, std::span<double> rows) const;
  /// y = J^T rows, or J^T S rows. @note Collective.
  void multiply_transposed(std::span<const double> rows, ::Vec y) const;

  /// The unknowns of this rank's blocks, one after the other in the order of the blocks. @note Collective.
  std::vector<double> gather(::Vec x) const;

  petsc::Vec create_unknowns() const;
  petsc::Vec create_rows() const;

  /// J itself, and J^T J, as PETSc's shell matrices. They refer to this operator.
  petsc::Mat rectangular() const;
  petsc::Mat normal() const;

 private:
  void find_batches();

  const Communicator* comm_;
  const Rows* discretisation_;
  const DofLayout* layout_;
  SharedMatrices blocks_;
  std::vector<std::vector<std::size_t>> batches_;  ///< of blocks that are one matrix, and have one transform
  const SharedMatrices* transforms_ = nullptr;
  GhostExchange ghosts_;
  std::optional<RowForm> form_;
  bool symmetric_ = true;
};

}  // namespace ddpinn
