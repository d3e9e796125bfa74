// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/energy_rows.hpp"
#include "assembly/isolated_rows.hpp"
#include "assembly/row_form.hpp"
#include "assembly/statement_rows.hpp"
#include "dense/shared_matrices.hpp"
#include "space/field.hpp"

#include <memory>
#include <vector>

namespace ddpinn {

/// A subdomain whose network covers rows of this rank: a column block of the Jacobian.
struct Block {
  struct Part {
    std::size_t chunk;   ///< of LocalRows::chunks
    std::size_t offset;  ///< of the chunk's first row in the block
  };
  int subdomain = 0;
  std::vector<Part> parts;  ///< ascending in both
  std::size_t rows = 0;
};

/// All rows at the present fields: r and, by group and statement, dr/d(fields and derivatives), both
/// weighted.
struct Linearisation {
  std::vector<double> residual;  ///< by row of this rank
  std::vector<std::vector<GroupBasis::Linearised>> derivative;
  std::vector<std::vector<double>> unknowns;  ///< dr/d(unknown), weighted: by unknown and row of this rank
  RowForm form = {};                          ///< of weak forms
};

/// Statements at points, with the networks that cover them: residuals, linearisation, Jacobian and weights.
/// The points are those of a rank's cores under windows (point_groups.hpp), or those of one box, which its
/// own networks cover alone (box_rows.hpp). No communication: rows are local.
class Rows {
 public:
  /// With points in the cores of this rank.
  Rows(Space, const PointsOptions&);
  /// With given rows, of weight one.
  Rows(Space, LocalRows);

  const LocalRows& rows() const { return rows_; }
  const std::vector<Block>& blocks() const { return blocks_; }
  /// @pre the subdomain covers rows
  const Block& block(int subdomain) const;
  const std::vector<GroupBasis>& bases() const { return bases_; }
  const Space& space() const { return space_; }
  const NetworkFamily& family() const { return space_.family(); }
  const Model& model() const { return space_.model(); }
  const Decomposition& decomposition() const { return space_.decomposition(); }
  const std::vector<int>& owner() const { return space_.owner(); }

  /// Exchanges the hidden layers for trained ones.
  void set_hidden_layers(HiddenLayers layers) {
    auto family = space_.family();
    family.trained = std::make_shared<const HiddenLayers>(std::move(layers));
    space_ = space_.with(std::move(family));
  }

  /// Weights by group, statement and point.
  using Weights = std::vector<std::vector<std::vector<double>>>;
  const Weights& weights() const { return weights_; }
  void take_weights(Weights weights) { weights_ = std::move(weights); }
  /// Those that are all one.
  Weights unit_weights() const;
  /// The weights by row of this rank; one where no statement has a row.
  std::vector<double> weights_by_row() const;

  /// Moves the points of the rows to those of another box, which is congruent to theirs: coordinates that
  /// statements see, not those of the networks. @param points by group, those of this box
  void move_points(const std::vector<std::vector<Point>>& points, const Point& shift, int core);

  /// Draws all random features anew in another range.
  void set_scale(double scale) {
    auto family = space_.family();
    family.scale = scale;
    space_ = space_.with(std::move(family));
  }

  /// The sizes of the fields, by which the next weights are made (field_sizes.hpp).
  void set_sizes(std::vector<double> sizes) {
    auto family = space_.family();
    family.sizes = std::move(sizes);
    space_ = space_.with(std::move(family));
  }

  /// The same problem on other rows, of weight one.
  Rows with_rows(LocalRows rows) const { return {space_, std::move(rows)}; }
  /// Rows of single subdomains, with the weights of the rows that they are copies of.
  Rows isolated(const IsolatedRows&) const;

  /// The same rows, and after them `count` rows for each subdomain of this rank that only its network has a
  /// part in, such as those of a damping; their residual is zero. It refers to this discretisation.
  Rows with_own_rows(int rank, std::size_t count) const;

  /// Whether `jacobian` looks for congruent blocks, of affine statements; at first it does not.
  void set_congruence(bool looks) { congruence_ = looks; }
  bool looks_for_congruence() const { return congruence_; }

  /// Values of the model's unknowns at which everything below is evaluated; the initial ones at first.
  const std::vector<double>& unknowns() const { return unknowns_; }
  void set_unknowns(std::vector<double> values) { unknowns_ = std::move(values); }

  /// Values at the points of a group that its residuals read beside the fields
  /// (StatementGroup::given_columns).
  void set_given(std::size_t group, std::vector<std::vector<double>> columns) {
    rows_.groups[group].given = std::move(columns);
  }

  /// Place in a block of the row of each point of a group that its subdomain covers, for one statement.
  std::vector<std::size_t> places(const Block&, std::size_t group, std::size_t statement) const;

  /// By row of this rank, the weighted standard deviation of an observation; 0 for all other rows.
  std::vector<double> noise() const;
  /// Rows of this rank that may err together: those of one statement in one core, but observations with a
  /// standard deviation.
  std::vector<std::vector<std::size_t>> clusters() const;

  /// How many times as much as usual (row_weights.hpp) observations with a standard deviation and no weight
  /// of their own count, from the next weighting on.
  void set_data_emphasis(double factor) { data_emphasis_ = factor; }
  double data_emphasis() const { return data_emphasis_; }

  /// Columns of every uncompressed block: features times fields.
  std::size_t columns() const { return family().shape.features() * model().fields.size(); }

  /// The fields where all networks are zero, by group.
  std::vector<FieldValues> lift() const;

  /// Zero coefficients of the networks of the blocks: what a solve for them changes.
  Field zero_field() const;

  /// fields += what the networks with these coefficients contribute. @pre it knows those of the blocks
  void add_fields(const Field&, std::vector<FieldValues>& fields) const;
  /// The same of one subdomain, with this network. @param coefficients features by fields
  void add_fields(int subdomain, const FeatureNetwork&, const Matrix& coefficients,
                  std::vector<FieldValues>& fields) const;

  /// The energy of this rank's points. @throws Error (Status::numerical) where it is not finite
  Amount energy(const std::vector<FieldValues>&) const;
  /// The first variation of the weak form at this rank's points, with respect to the output coefficients of
  /// each block.
  std::vector<std::vector<double>> weak_gradient(const std::vector<FieldValues>&) const;
  /// The same in a direction. @throws Error (Status::numerical) where it is not finite
  Amount work(const std::vector<FieldValues>&, const std::vector<FieldValues>& direction) const;

  /// The rows that are no weak form's.
  std::vector<std::size_t> condition_rows() const;

  /// Weighted residuals at the given fields; those of weak forms' rows, which only stand for a curvature, are
  /// zero. @throws Error (Status::numerical) where one is not finite
  std::vector<double> residual(const std::vector<FieldValues>&) const;
  Linearisation linearise(const std::vector<FieldValues>&) const;

  /// The linearised statements applied to fields: the derivative of the weighted rows in that direction.
  std::vector<double> directional(const Linearisation&, const std::vector<FieldValues>& direction) const;

  /// The linearised rows where all networks are zero. @param fields at which they were linearised
  std::vector<double> linear_rows_at_lift(const Linearisation&, std::vector<FieldValues> fields) const;

  /// The Jacobian of the block's rows with respect to its network's output coefficients.
  Matrix jacobian(const Block& block, const Linearisation& linearisation) const {
    return jacobian(block, family().network(block.subdomain), linearisation);
  }
  /// The same with this network.
  Matrix jacobian(const Block&, const FeatureNetwork&, const Linearisation&) const;
  /// That of every block. Blocks of congruent subdomains are one matrix (jacobian_numbers.hpp).
  SharedMatrices jacobian(const Linearisation&) const;

  /// Fixes the weights of the rows by the statements' linearisation at the given fields (see
  /// row_weights.hpp).
  void set_weights(const std::vector<FieldValues>&);
  /// Multiplies the weights of a group's rows. @param factor by point
  void scale_weights(std::size_t group, const std::vector<double>& factor);

 private:
  void linearise_weak(std::size_t group, const FieldValues&, Linearisation&) const;
  void set_spring_weights(const std::vector<FieldValues>&);
  void find_blocks();
  void scatter(const PointGroup&, std::size_t statement, const std::vector<double>& weight,
               const std::vector<double>& values, std::vector<double>& rows) const;

  Space space_;
  LocalRows rows_;
  std::vector<GroupBasis> bases_;
  std::vector<Block> blocks_;
  std::vector<double> unknowns_;
  double data_emphasis_ = 1;
  bool congruence_ = false;
  Weights weights_;
};

}  // namespace ddpinn
