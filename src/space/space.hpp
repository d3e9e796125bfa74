// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/decomposition.hpp"
#include "parallel/communicator.hpp"
#include "problem/case/case_file.hpp"
#include "problem/model.hpp"
#include "space/network_family.hpp"

#include <memory>
#include <vector>

namespace ddpinn {

/// Which networks there are on which boxes, and on a given number of ranks the owner of each. No communicator
/// is needed: the ranks may be those of a machine that a run is only planned for.
struct SpaceLayout {
  Model model;
  Decomposition decomposition;
  std::vector<int> owner;  ///< rank of each subdomain
  NetworkFamily family;    ///< its scale is 1 where the case says "auto"
};

/// What follows from the case file alone, before any point is drawn. @throws Error (Status::case_file)
SpaceLayout lay_out(const CaseFile&, int ranks);

/// All subdomains whose boxes reach into cores of a rank, ascending.
std::vector<int> covering_subdomains(const Decomposition&, const std::vector<int>& owner, int rank);

/// The functions that a problem's solution is looked for among: the windowed sums of networks on overlapping
/// boxes, each owned by one rank. Copies share the layout; another scale or trained hidden layers make
/// another family on the same one. The communicator must live as long.
class Space {
 public:
  Space(const Communicator& comm, SpaceLayout layout)
      : comm_(&comm),
        layout_(std::make_shared<const SpaceLayout>(std::move(layout))),
        family_(layout_->family) {}

  const Communicator& communicator() const { return *comm_; }
  const Model& model() const { return layout_->model; }
  const Decomposition& decomposition() const { return layout_->decomposition; }
  const std::vector<int>& owner() const { return layout_->owner; }
  const NetworkFamily& family() const { return family_; }

  /// Whether this rank owns the network of subdomain k.
  bool owns(int k) const { return layout_->owner[k] == comm_->rank(); }
  /// The subdomains, and those of them that are cores, that this rank owns; ascending.
  std::vector<int> owned() const;
  std::vector<int> owned_cores() const;
  /// All subdomains whose boxes reach into cores of this rank, ascending.
  std::vector<int> covering() const {
    return covering_subdomains(layout_->decomposition, layout_->owner, comm_->rank());
  }

  /// Other networks on the same boxes.
  Space with(NetworkFamily family) const;

 private:
  const Communicator* comm_;
  std::shared_ptr<const SpaceLayout> layout_;
  NetworkFamily family_;
};

}  // namespace ddpinn
