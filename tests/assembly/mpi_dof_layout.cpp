// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/dof_layout.hpp"

#include "support/catch.hpp"

#include <algorithm>
#include <numeric>

using namespace ddpinn;

namespace {

constexpr int subdomains = 11;

/// Subdomain k has k % 4 unknowns, some none at all.
std::vector<std::size_t> sizes() {
  std::vector<std::size_t> size;
  for (int k = 0; k < subdomains; ++k) size.push_back(static_cast<std::size_t>(k) % 4);
  return size;
}

std::vector<int> scattered_owners(const Communicator& comm) {
  std::vector<int> owner;
  for (int k = 0; k < subdomains; ++k) owner.push_back(k * 7 % 5 % comm.size());
  return owner;
}

petsc::Vec create(const Communicator& comm, const DofLayout& layout) {
  petsc::Vec x;
  petsc::check(VecCreateMPI(comm.get(), layout.owned_size(), PETSC_DETERMINE, x.out()));
  return x;
}

double entry(int k, std::size_t i) { return 100 * k + static_cast<double>(i); }

/// A vector whose entries tell subdomain and place.
petsc::Vec numbered(const Communicator& comm, const DofLayout& layout) {
  auto x = create(comm, layout);
  const petsc::LocalArray entries(x);
  for (int k : layout.owned())
    for (std::size_t i = 0; i < layout.size(k); ++i) entries.get()[layout.local_offset(k) + i] = entry(k, i);
  return x;
}

}  // namespace

TEST_CASE("Every unknown has one place, in its owner's part of a PETSc vector") {
  const Communicator comm(MPI_COMM_WORLD);
  const DofLayout layout(scattered_owners(comm), sizes(), comm);
  const auto x = create(comm, layout);
  PetscInt first = 0, last = 0, total = 0;
  petsc::check(VecGetOwnershipRange(x, &first, &last));
  petsc::check(VecGetSize(x, &total));
  REQUIRE(static_cast<std::size_t>(total) == layout.total());
  std::vector<int> used(layout.total(), 0);
  for (int k = 0; k < subdomains; ++k) {
    REQUIRE(layout.size(k) == sizes()[k]);
    for (std::size_t i = 0; i < layout.size(k); ++i) ++used.at(layout.global_offset(k) + i);
    if (layout.owner(k) != comm.rank()) continue;
    REQUIRE(std::ranges::find(layout.owned(), k) != layout.owned().end());
    REQUIRE(layout.global_offset(k) == static_cast<std::size_t>(first) + layout.local_offset(k));
    REQUIRE(layout.global_offset(k) + layout.size(k) <= static_cast<std::size_t>(last));
  }
  REQUIRE(std::ranges::all_of(used, [](int n) { return n == 1; }));
  REQUIRE(std::ranges::is_sorted(layout.owned()));
}

TEST_CASE("Ghosts are the entries of their owners") {
  const Communicator comm(MPI_COMM_WORLD);
  const DofLayout layout(scattered_owners(comm), sizes(), comm);
  const auto x = numbered(comm, layout);
  for (int step : {1, 2, 3}) {
    std::vector<int> wanted;
    for (int k = comm.rank() % step; k < subdomains; k += step) wanted.push_back(k);
    const GhostExchange ghosts(comm, layout, wanted);
    REQUIRE(ghosts.subdomains() == wanted);
    std::vector<double> gathered(ghosts.size(), -1);
    ghosts.gather(x, gathered);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      REQUIRE(ghosts.offset(i) == ghosts.offset_of(wanted[i]));
      for (std::size_t j = 0; j < layout.size(wanted[i]); ++j)
        REQUIRE(gathered[ghosts.offset(i) + j] == entry(wanted[i], j));
    }
  }
}

TEST_CASE("Contributions of all ranks are added at the owner") {
  const Communicator comm(MPI_COMM_WORLD);
  const DofLayout layout(scattered_owners(comm), sizes(), comm);
  std::vector<int> all(subdomains);
  std::iota(all.begin(), all.end(), 0);
  const GhostExchange ghosts(comm, layout, all);
  const auto x = numbered(comm, layout);
  std::vector<double> gathered(ghosts.size());
  for (int k : all)
    for (std::size_t i = 0; i < layout.size(k); ++i)
      gathered[ghosts.offset_of(k) + i] = entry(k, i) + comm.rank();
  ghosts.add(gathered, x);
  const petsc::ConstLocalArray entries(x);
  const int n = comm.size();
  for (int k : layout.owned())
    for (std::size_t i = 0; i < layout.size(k); ++i)
      REQUIRE(entries.get()[layout.local_offset(k) + i] == entry(k, i) * (n + 1) + n * (n - 1) / 2);
}

TEST_CASE("A rank may want no ghosts, and own nothing") {
  const Communicator comm(MPI_COMM_WORLD);
  const DofLayout layout(std::vector<int>(subdomains, comm.size() - 1), sizes(), comm);
  REQUIRE((layout.owned_size() == 0) == (comm.rank() != comm.size() - 1));
  const auto x = numbered(comm, layout);
  const GhostExchange ghosts(comm, layout, comm.rank() == 0 ? std::vector<int>{3, 7} : std::vector<int>{});
  std::vector<double> gathered(ghosts.size());
  ghosts.gather(x, gathered);
  if (comm.rank() == 0) REQUIRE(gathered == std::vector<double>{300, 301, 302, 700, 701, 702});
  std::ranges::fill(gathered, 1.0);
  ghosts.add(gathered, x);
  const petsc::ConstLocalArray entries(x);
  if (comm.rank() == comm.size() - 1) REQUIRE(entries.get()[layout.local_offset(7) + 2] == 703);
}
