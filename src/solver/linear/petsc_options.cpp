// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/petsc_options.hpp"

#include "petsc/library.hpp"
#include "petsc/sparse_cholesky.hpp"
#include "petsc/symmetric_blocks.hpp"
#include "solver/linear/krylov.hpp"
#include "solver/linear/preconditioner_kind.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace ddpinn {

namespace {

/// Runs a trial; what PETSc refuses in it is a mistake of the user's.
template <class Trial>
void try_out(const std::string& options, Trial&& trial) {
  try {
    trial();
  } catch (const Error& error) {
    throw Error(Status::usage, fmt::format("PETSc options {}: {}", options, error.what()));
  }
}

void try_factorisation(const Communicator& comm, const char* prefix) {
  petsc::SymmetricBlocks identity;
  const double one = 1;
  identity.add(comm.rank(), comm.rank(), 1, 1, &one);
  const auto matrix = identity.assemble(comm.get(), 1);
  petsc::SparseCholesky(comm.get(), matrix, prefix);
}

/// Whether a word of the command line is an option; "-3" is a value.
bool is_option(const std::string& word) {
  return word.size() > 1 && word[0] == '-' &&
         (std::isalpha(static_cast<unsigned char>(word[1])) || word[1] == '-');
}

/// A word that belongs to no option, which PETSc would pass over in silence.
void require_options(const std::vector<std::string>& given) {
  for (std::size_t i = 0; i < given.size(); ++i)
    if (!is_option(given[i]) && (i == 0 || !is_option(given[i - 1])))
      throw Error(
          Status::usage,
          fmt::format("PETSc options: '{}' belongs to no option (what follows -- is options of PETSc, each "
                      "with one value at the most); remove it, or write it before --",
                      given[i]));
}

/// PETSc takes it for a tolerance, and nothing is ever below that.
void refuse_nan(const std::vector<std::string>& given) {
  for (std::size_t i = 1; i < given.size(); ++i) {
    std::string word = given[i];
    std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::tolower(c); });
    if (word == "nan" || word == "+nan" || word == "-nan")
      throw Error(Status::usage, fmt::format("PETSc options: {} is {} (not a number); write a number",
                                             given[i - 1], given[i]));
  }
}

bool begins_with_one(const std::string& name, const std::vector<std::string>& prefixes) {
  return std::ranges::any_of(prefixes, [&](const auto& prefix) { return name.starts_with("-" + prefix); });
}

void require_asked_for(const std::vector<std::string>& given, const std::vector<std::string>& later) {
  std::vector<std::string> unused;
  // These are asked for when PETSc ends.
  constexpr std::array at_the_end{"-malloc_dump", "-malloc_view", "-memory_view", "-objects_dump",
                                  "-mpidump"};
  for (const auto& name : petsc::unused_options())
    if (std::ranges::find(given, name) != given.end() && !begins_with_one(name, later) &&
        std::ranges::find(at_the_end, name) == at_the_end.end())
      unused.push_back(name);
  if (!unused.empty())
    throw Error(
        Status::usage,
        fmt::format("PETSc options: nothing asks for {} (mistyped, or of a solver that this case does not "
                    "use); correct or remove {}",
                    fmt::join(unused, " "), unused.size() == 1 ? "it" : "them"));
}

}  // namespace

void check_petsc_options(const Communicator& comm, const SolverOptions& options,
                         const std::vector<std::string>& given, const std::vector<std::string>& later) {
  refuse_nan(given);
  require_options(given);
  const auto kind = preconditioner_kind(options.krylov.preconditioner);
  try_out("-ksp_...", [&] { try_krylov_options(comm, options); });
  if (kind.patches) try_out("-patch_kind", [&] { with_petsc_options(*kind.patches); });
  if (kind.coarse) try_out("-coarse_...", [&] { try_factorisation(comm, "coarse_"); });
  if (kind.direct) try_out("-direct_...", [&] { try_factorisation(comm, "direct_"); });
  require_asked_for(given, later);
}

}  // namespace ddpinn
