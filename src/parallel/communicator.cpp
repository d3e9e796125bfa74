// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/communicator.hpp"

#include "base/traffic.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <numeric>

namespace ddpinn {
namespace {

/// @throws Error where a size does not fit into MPI's counts.
int to_count(std::size_t size, const char* what) {
  if (size <= static_cast<std::size_t>(std::numeric_limits<int>::max())) return size;
  throw Error(Status::numerical, std::string(what) + ": " + std::to_string(size) +
                                     " entries are too many (MPI counts up to 2147483647); use more ranks");
}

void count_reduction(const Communicator& comm) {
  if (comm.size() > 1) count_traffic({.reductions = 1});
}

void all_reduce(const Communicator& comm, std::span<double> values, MPI_Op operation) {
  count_reduction(comm);
  MPI_Allreduce(MPI_IN_PLACE, values.data(), to_count(values.size(), "reduction"), MPI_DOUBLE, operation,
                comm.get());
}

long long all_reduce(const Communicator& comm, long long value, MPI_Op operation) {
  count_reduction(comm);
  MPI_Allreduce(MPI_IN_PLACE, &value, 1, MPI_LONG_LONG, operation, comm.get());
  return value;
}

/// Where each rank's part begins among all parts, one after the other.
std::vector<int> offsets(const std::vector<int>& counts) {
  const std::size_t total = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
  to_count(total, "gathering");
  std::vector<int> begin(counts.size(), 0);
  std::exclusive_scan(counts.begin(), counts.end(), begin.begin(), 0);
  return begin;
}

}  // namespace

Communicator::Communicator(MPI_Comm parent) {
  MPI_Comm_dup(parent, &comm_);
  MPI_Comm_rank(comm_, &rank_);
  MPI_Comm_size(comm_, &size_);
}

std::optional<Communicator> Communicator::first(int ranks) const {
  MPI_Comm part = MPI_COMM_NULL;
  MPI_Comm_split(comm_, rank_ < ranks ? 0 : MPI_UNDEFINED, rank_, &part);
  if (part == MPI_COMM_NULL) return std::nullopt;
  std::optional<Communicator> result(std::in_place, part);
  MPI_Comm_free(&part);
  return result;
}

Communicator::Communicator(Communicator&& other) noexcept
    : comm_(std::exchange(other.comm_, MPI_COMM_NULL)),
      rank_(other.rank_),
      size_(other.size_),
      tag_(other.tag_) {}

Communicator& Communicator::operator=(Communicator&& other) noexcept {
  if (this == &other) return *this;
  free();
  comm_ = std::exchange(other.comm_, MPI_COMM_NULL);
  rank_ = other.rank_;
  size_ = other.size_;
  tag_ = other.tag_;
  return *this;
}

Communicator::~Communicator() { free(); }

void Communicator::free() noexcept {
  if (comm_ == MPI_COMM_NULL || std::uncaught_exceptions() > 0)
    return;  // collective: others would not come along
  int finalized = 0;
  MPI_Finalized(&finalized);
  if (!finalized) MPI_Comm_free(&comm_);
}

double sum(const Communicator& comm, double value) {
  all_reduce(comm, {&value, 1}, MPI_SUM);
  return value;
}

double max(const Communicator& comm, double value) {
  max(comm, std::span<double>(&value, 1));
  return value;
}

double min(const Communicator& comm, double value) { return -max(comm, -value); }

long long sum(const Communicator& comm, long long value) { return all_reduce(comm, value, MPI_SUM); }

long long max(const Communicator& comm, long long value) { return all_reduce(comm, value, MPI_MAX); }

void sum(const Communicator& comm, std::span<double> values) { all_reduce(comm, values, MPI_SUM); }

void max(const Communicator& comm, std::span<double> values) {
  // MPI_MAX may drop NaN, so that whether there is one travels beside each value.
  const std::size_t n = values.size();
  std::vector<double> with_flags(2 * n);
  for (std::size_t i = 0; i < n; ++i) {
    const bool nan = std::isnan(values[i]);
    with_flags[i] = nan ? -std::numeric_limits<double>::infinity() : values[i];
    with_flags[n + i] = nan ? 1 : 0;
  }
  all_reduce(comm, with_flags, MPI_MAX);
  for (std::size_t i = 0; i < n; ++i) {
    values[i] = with_flags[n + i] > 0 ? std::numeric_limits<double>::quiet_NaN() : with_flags[i];
  }
}

bool any(const Communicator& comm, bool value) { return max(comm, value ? 1LL : 0LL) != 0; }

std::string broadcast(const Communicator& comm, std::string text, int root) {
  count_reduction(comm);
  long long size = text.size();
  MPI_Bcast(&size, 1, MPI_LONG_LONG, root, comm.get());
  text.resize(size);
  MPI_Bcast(text.data(), to_count(text.size(), "broadcast"), MPI_CHAR, root, comm.get());
  return text;
}

std::vector<long long> all_gather(const Communicator& comm, long long value) {
  count_reduction(comm);
  std::vector<long long> values(comm.size());
  MPI_Allgather(&value, 1, MPI_LONG_LONG, values.data(), 1, MPI_LONG_LONG, comm.get());
  return values;
}

std::vector<double> all_gather(const Communicator& comm, std::span<const double> values) {
  count_reduction(comm);
  const int count = to_count(values.size(), "gathering");
  std::vector<int> counts(comm.size());
  MPI_Allgather(&count, 1, MPI_INT, counts.data(), 1, MPI_INT, comm.get());
  const std::vector<int> begin = offsets(counts);
  const std::size_t last = begin.back();
  std::vector<double> all(last + counts.back());
  MPI_Allgatherv(values.data(), count, MPI_DOUBLE, all.data(), counts.data(), begin.data(), MPI_DOUBLE,
                 comm.get());
  return all;
}

}  // namespace ddpinn
