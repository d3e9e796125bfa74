// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/agree.hpp"

#include "petsc/left_alone.hpp"

#include <algorithm>
#include <new>
#include <string>
#include <system_error>

namespace ddpinn {

Error as_error(const std::exception_ptr& exception) {
  try {
    std::rethrow_exception(exception);
  } catch (const Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return {Status::numerical,
            "memory: there is not enough (an allocation failed); use more ranks or machines, or fewer "
            "subdomains, points or hidden units"};
  } catch (const std::system_error& error) {
    return {Status::input_output, error.what()};
  } catch (const std::exception& error) {
    return {Status::numerical, error.what()};
  } catch (...) {
    return {Status::numerical, "an exception of unknown type; this is an error in ddpinn, please report it"};
  }
}

void recover(const Communicator& comm) {
  const auto left = all_gather(comm, static_cast<int>(petsc::left_alone()));
  if (std::ranges::adjacent_find(left, std::ranges::not_equal_to{}) == left.end())
    petsc::destroy_left_alone();
  else
    petsc::keep_left_alone();
}

void agree(const Communicator& comm, const std::optional<Error>& failure) {
  const auto failed = all_gather(comm, failure ? static_cast<int>(failure->status()) : 0);
  const auto first = std::find_if(failed.begin(), failed.end(), [](long long status) { return status != 0; });
  if (first == failed.end()) return;
  const int rank = first - failed.begin();
  const std::string message = broadcast(comm, failure ? failure->what() : "", rank);
  throw AgreedError(static_cast<Status>(*first), message);
}

}  // namespace ddpinn
