// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"
#include "petsc/star_forest.hpp"

#include <cstddef>
#include <map>
#include <span>
#include <vector>

namespace ddpinn {

/// Which global unknowns belong to which subdomain: rank after rank, and on each the subdomains that it owns,
/// ascending. Exactly PETSc's layout of a distributed vector.
class DofLayout {
 public:
  /// @param size unknowns of each subdomain, the same on every rank
  DofLayout(const std::vector<int>& owner, const std::vector<std::size_t>& size, const Communicator&);

  int subdomains() const { return owner_.size(); }
  int owner(int k) const { return owner_[k]; }
  std::size_t size(int k) const { return size_[k]; }
  /// Place of subdomain k's first unknown in its owner's part of a vector.
  std::size_t local_offset(int k) const { return local_offset_[k]; }
  /// Place of subdomain k's first unknown in the whole vector.
  std::size_t global_offset(int k) const { return local_offset(k) + rank_offset_[owner(k)]; }
  const std::vector<int>& owned() const { return owned_; }
  std::size_t owned_size() const { return owned_size_; }
  std::size_t total() const { return rank_offset_.back(); }

 private:
  std::vector<int> owner_, owned_;
  std::vector<std::size_t> size_, local_offset_, rank_offset_;
  std::size_t owned_size_ = 0;
};

/// The unknowns of a list of subdomains, wherever they are owned, gathered on this rank: ghosts. By PetscSF.
class GhostExchange {
 public:
  /// @note Collective.
  GhostExchange(const Communicator&, const DofLayout&, std::vector<int> subdomains);

  const std::vector<int>& subdomains() const { return subdomains_; }
  std::size_t size() const { return size_; }
  /// Bytes that come from other ranks when they are gathered, and go back to them when they are added.
  long long bytes() const { return bytes_; }
  /// Place of the i-th subdomain's first unknown in the gathered array.
  std::size_t offset(std::size_t i) const { return offset_[i]; }
  /// Place of subdomain k's first unknown in the gathered array. @pre k is in the list
  std::size_t offset_of(int k) const { return offset_[index_.at(k)]; }

  /// gathered = the entries of `global`. @note Collective.
  void gather(::Vec global, std::span<double> gathered) const;
  /// global += the entries of `gathered`, from all ranks. @note Collective.
  void add(std::span<const double> gathered, ::Vec global) const;

 private:
  std::vector<int> subdomains_;
  std::vector<std::size_t> offset_;
  std::map<int, std::size_t> index_;
  std::size_t size_ = 0;
  long long bytes_ = 0;
  petsc::StarForest forest_;
};

}  // namespace ddpinn
