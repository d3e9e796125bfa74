// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/communicator.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <limits>
#include <numeric>

using namespace ddpinn;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("Sums and extremes are those of all ranks", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  const int n = comm.size();
  REQUIRE(sum(comm, comm.rank() + 0.5) == n * (n - 1) / 2 + 0.5 * n);
  REQUIRE(min(comm, comm.rank() - 3.0) == -3.0);
  REQUIRE(max(comm, comm.rank() - 3.0) == n - 4.0);
  REQUIRE(sum(comm, 1LL << 40) == n * (1LL << 40));
  REQUIRE(max(comm, static_cast<long long>(comm.rank())) == n - 1);
}

TEST_CASE("NaN on any rank gives NaN on all", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  for (int bad = 0; bad < comm.size(); ++bad) {
    const double value = comm.rank() == bad ? not_a_number : 1.0;
    REQUIRE(std::isnan(sum(comm, value)));
    REQUIRE(std::isnan(min(comm, value)));
    REQUIRE(std::isnan(max(comm, value)));
    std::vector<double> values = {2.0, value, -1.0};
    max(comm, values);
    REQUIRE(values[0] == 2.0);
    REQUIRE(std::isnan(values[1]));
    REQUIRE(values[2] == -1.0);
  }
}

TEST_CASE("Infinity survives a maximum", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  const double infinity = std::numeric_limits<double>::infinity();
  REQUIRE(max(comm, -infinity) == -infinity);
  REQUIRE(max(comm, comm.rank() == 0 ? infinity : 0.0) == infinity);
}

TEST_CASE("Sums over spans are elementwise, empty ones too", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  std::vector<double> values = {1.0, static_cast<double>(comm.rank())};
  sum(comm, std::span<double>(values));
  REQUIRE(values[0] == comm.size());
  REQUIRE(values[1] == comm.size() * (comm.size() - 1) / 2);
  std::vector<double> none;
  sum(comm, std::span<double>(none));
  max(comm, std::span<double>(none));
  REQUIRE(none.empty());
}

TEST_CASE("One rank's yes is a yes", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  REQUIRE(any(comm, comm.rank() == comm.size() - 1));
  REQUIRE(!any(comm, false));
}

TEST_CASE("A broadcast brings the root's text, empty or not, from any root", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  for (int root = 0; root < comm.size(); ++root) {
    const std::string mine =
        comm.rank() == root ? "from " + std::to_string(root) : "something longer that is replaced";
    REQUIRE(broadcast(comm, mine, root) == "from " + std::to_string(root));
  }
  REQUIRE(broadcast(comm, comm.rank() == 0 ? "" : "x").empty());
}

TEST_CASE("Gathered parts of different lengths follow one another in the order of ranks", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  const std::vector<double> mine(comm.rank(), comm.rank());
  const auto all = all_gather(comm, mine);
  std::vector<double> expected;
  for (int rank = 0; rank < comm.size(); ++rank) expected.insert(expected.end(), rank, rank);
  REQUIRE(all == expected);

  std::vector<long long> ranks(comm.size());
  std::iota(ranks.begin(), ranks.end(), 0);
  REQUIRE(all_gather(comm, static_cast<long long>(comm.rank())) == ranks);
}
