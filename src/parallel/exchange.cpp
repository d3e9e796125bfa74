// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/traffic.hpp"
#include "parallel/communicator.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>
#include <limits>

namespace ddpinn {
namespace {

using Bytes = Message<std::byte>;

/// The messages that have arrived, taken in as they come.
class Inbox {
 public:
  Inbox(MPI_Comm comm, int tag) : comm_(comm), tag_(tag) {}

  /// Takes in one message if there is one.
  void receive_one() {
    int there = 0;
    MPI_Message handle = MPI_MESSAGE_NULL;
    MPI_Status status;
    MPI_Improbe(MPI_ANY_SOURCE, tag_, comm_, &there, &handle, &status);
    if (!there) return;
    int count = 0;
    MPI_Get_count(&status, MPI_BYTE, &count);
    Bytes message{status.MPI_SOURCE, std::vector<std::byte>(count)};
    MPI_Mrecv(message.data.data(), count, MPI_BYTE, &handle, MPI_STATUS_IGNORE);
    messages_.push_back(std::move(message));
  }
  void add(Bytes message) { messages_.push_back(std::move(message)); }

  std::vector<Bytes> sorted() && {
    std::stable_sort(messages_.begin(), messages_.end(),
                     [](const Bytes& a, const Bytes& b) { return a.rank < b.rank; });
    return std::move(messages_);
  }

 private:
  MPI_Comm comm_;
  int tag_;
  std::vector<Bytes> messages_;
};

void require_fit(const Communicator& comm, const Bytes& message) {
  const std::string where =
      "message from rank " + std::to_string(comm.rank()) + " to " + std::to_string(message.rank);
  if (message.rank < 0 || message.rank >= comm.size()) {
    throw Error(Status::numerical, where + ": there is no such rank (" + std::to_string(comm.size()) +
                                       " ranks run); this is an error in ddpinn, please report it");
  }
  if (std::cmp_greater(message.data.size(), std::numeric_limits<int>::max())) {
    throw Error(Status::numerical, where + ": " + std::to_string(message.data.size()) +
                                       " bytes are too long (MPI counts up to 2147483647); use more ranks");
  }
}

/// Starts a synchronous send: it completes only when the receiver has begun to take it in.
MPI_Request send(const Communicator& comm, int tag, const Bytes& message) {
  count_traffic({.messages = 1, .bytes = static_cast<double>(message.data.size())});
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Issend(message.data.data(), message.data.size(), MPI_BYTE, message.rank, tag, comm.get(), &request);
  return request;
}

/// Takes in messages until everyone's have arrived: once all of mine are taken in I join a barrier, and once
/// all ranks are in the barrier no message is under way.
void receive_all(const Communicator& comm, Inbox& inbox, std::vector<MPI_Request>& sends) {
  MPI_Request barrier = MPI_REQUEST_NULL;
  bool in_barrier = false;
  for (int done = 0; !done;) {
    inbox.receive_one();
    if (in_barrier) {
      MPI_Test(&barrier, &done, MPI_STATUS_IGNORE);
      continue;
    }
    int sent = 0;
    MPI_Testall(sends.size(), sends.data(), &sent, MPI_STATUSES_IGNORE);
    if (sent) {
      MPI_Ibarrier(comm.get(), &barrier);
      in_barrier = true;
    }
  }
}

}  // namespace

std::vector<Message<std::byte>> exchange(const Communicator& comm, std::vector<Message<std::byte>> outgoing) {
  for (const Bytes& message : outgoing) require_fit(comm, message);
  const int tag = comm.next_tag();
  Inbox inbox(comm.get(), tag);
  std::vector<MPI_Request> sends;
  for (Bytes& message : outgoing) {
    if (message.rank == comm.rank()) {
      inbox.add(std::move(message));
    } else {
      sends.push_back(send(comm, tag, message));
    }
  }
  if (comm.size() > 1) count_traffic({.reductions = 1});  // the barrier
  receive_all(comm, inbox, sends);
  return std::move(inbox).sorted();
}

}  // namespace ddpinn
