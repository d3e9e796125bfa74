// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <mpi.h>

#include <concepts>
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace ddpinn {

/// An MPI communicator: owns a duplicate, so that messages of ddpinn never meet those of others. Move-only.
class Communicator {
 public:
  /// @note Collective over `parent`.
  explicit Communicator(MPI_Comm parent);
  Communicator(Communicator&& other) noexcept;
  Communicator& operator=(Communicator&& other) noexcept;
  ~Communicator();

  int rank() const noexcept { return rank_; }
  int size() const noexcept { return size_; }
  MPI_Comm get() const noexcept { return comm_; }
  /// A tag for the messages of one `exchange`, other than that of the one before: a rank that is through may
  /// send its next messages to one that still listens for the last ones.
  int next_tag() const noexcept { return tag_ = 1 - tag_; }
  /// The first `ranks` ranks; empty on the others. @note Collective.
  std::optional<Communicator> first(int ranks) const;

 private:
  void free() noexcept;

  MPI_Comm comm_ = MPI_COMM_NULL;
  int rank_ = 0;
  int size_ = 1;
  mutable int tag_ = 0;
};

/// Sums, minima, maxima over all ranks, the same on every rank. NaN on any rank gives NaN. @note Collective.
double sum(const Communicator&, double value);
double min(const Communicator&, double value);
double max(const Communicator&, double value);
long long sum(const Communicator&, long long value);
long long max(const Communicator&, long long value);
/// Of integers of any type, so that those of other sizes don't hesitate between the two above.
template <std::integral Integer>
long long sum(const Communicator& comm, Integer value) {
  const long long number = value;
  return sum(comm, number);
}
/// Elementwise, in place. @note Collective.
void sum(const Communicator&, std::span<double> values);
void max(const Communicator&, std::span<double> values);
/// Whether any rank says so. @note Collective.
bool any(const Communicator&, bool value);
/// Rank `root`'s text on every rank. @note Collective.
std::string broadcast(const Communicator&, std::string text, int root = 0);
/// All ranks' values, one after the other in the order of ranks, on every rank. @note Collective.
std::vector<long long> all_gather(const Communicator&, long long value);
std::vector<double> all_gather(const Communicator&, std::span<const double> values);

/// A message to or from another rank.
template <class T>
struct Message {
  int rank = 0;
  std::vector<T> data;
};

/// Sends each message and receives those that others sent here, sorted by the sender's rank (several from one
/// sender in the order in which they were sent). Receivers need not know who sends: the non-blocking
/// consensus of Hoefler, Siebert, Lumsdaine (PPoPP 2010). Messages to oneself are moved, not sent. To be
/// called as `ddpinn::exchange`: without the namespace, std::exchange is found as well. @note Collective.
std::vector<Message<std::byte>> exchange(const Communicator& comm, std::vector<Message<std::byte>> outgoing);

template <class T>
std::vector<Message<T>> exchange(const Communicator& comm, const std::vector<Message<T>>& outgoing) {
  static_assert(std::is_trivially_copyable_v<T>);
  std::vector<Message<std::byte>> raw(outgoing.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    raw[i].rank = outgoing[i].rank;
    raw[i].data.resize(outgoing[i].data.size() * sizeof(T));
    if (!raw[i].data.empty()) std::memcpy(raw[i].data.data(), outgoing[i].data.data(), raw[i].data.size());
  }
  raw = ddpinn::exchange(comm, std::move(raw));
  std::vector<Message<T>> incoming(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    incoming[i].rank = raw[i].rank;
    incoming[i].data.resize(raw[i].data.size() / sizeof(T));
    if (!raw[i].data.empty()) std::memcpy(incoming[i].data.data(), raw[i].data.data(), raw[i].data.size());
  }
  return incoming;
}

}  // namespace ddpinn
