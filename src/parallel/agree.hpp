// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <ddpinn/error.hpp>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace ddpinn {

/// Any exception as an Error, with the status that the program would end with. Not null.
Error as_error(const std::exception_ptr&);

/// An error that every rank has thrown, so that all of them may catch it and go on together. Any other may be
/// of one rank alone, and ends the run.
class AgreedError : public Error {
 public:
  using Error::Error;
};

/// To be called where an AgreedError was caught: destroys the objects of PETSc that handles have left alone,
/// if all ranks have left as many; else they stay to the end of the process. @note Collective.
void recover(const Communicator&);

/// Throws the error of the lowest rank that has one on every rank, so that no rank waits for one that gave
/// up.
/// @throws AgreedError @note Collective.
void agree(const Communicator&, const std::optional<Error>& failure);

/// Runs `work` on every rank and returns its value; where it throws on any rank, every rank throws. `work`
/// may hold one collective call, as its last step. @note Collective.
template <class Work>
auto collectively(const Communicator& comm, Work&& work) -> std::invoke_result_t<Work> {
  using Returned = std::invoke_result_t<Work>;
  if constexpr (std::is_void_v<Returned>) {
    std::optional<Error> failure;
    try {
      std::forward<Work>(work)();
    } catch (...) {
      failure = as_error(std::current_exception());
    }
    agree(comm, failure);
  } else {
    std::optional<Returned> value;
    collectively(comm, [&] { value.emplace(std::forward<Work>(work)()); });
    return std::move(*value);
  }
}

/// Runs `work` on rank 0 only; where it throws, every rank throws the same. @note Collective.
template <class Work>
void on_root(const Communicator& comm, Work&& work) {
  collectively(comm, [&] {
    if (comm.rank() == 0) std::forward<Work>(work)();
  });
}

}  // namespace ddpinn
