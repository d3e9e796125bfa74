// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <ddpinn/error.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace ddpinn {

/// Throws the error of the lowest rank that has one on every rank, so that no rank waits for one that gave
/// up.
/// @note Collective.
void agree(const Communicator&, const std::optional<Error>& failure);

/// Runs `work` on every rank; where it throws on any rank, every rank throws. `work` may hold one collective
/// call, as its last step. @note Collective.
template <class Work>
void collectively(const Communicator& comm, Work&& work) {
  std::optional<Error> failure;
  try {
    std::forward<Work>(work)();
  } catch (const Error& error) {
    failure = error;
  } catch (const std::exception& error) {
    failure = Error(Status::input_output, error.what());
  }
  agree(comm, failure);
}

/// Runs `work` on rank 0 only; where it throws, every rank throws the same. @note Collective.
template <class Work>
void on_root(const Communicator& comm, Work&& work) {
  collectively(comm, [&] {
    if (comm.rank() == 0) work();
  });
}

}  // namespace ddpinn
