// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "petsc/library.hpp"

#include "base/traffic.hpp"
#include "petsc/check.hpp"

#include <petsclog.h>

#include <exception>
#include <filesystem>
#include <utility>

namespace ddpinn::petsc {
namespace {

/// What PETSc said about the error under way: the first message and where it came from.
struct Report {
  std::string message;
  std::string function;
};

Report& pending() {
  static Report report;
  return report;
}

// PETSc calls this in every function that an error passes through, first where it arose.
PetscErrorCode keep_report(MPI_Comm, int, const char* function, const char*, PetscErrorCode code,
                           PetscErrorType type, const char* message, void*) {
  if (type == PETSC_ERROR_INITIAL) {
    pending().message = message ? message : "";
    pending().function = function ? function : "";
  }
  return code;
}

bool is_option_error(PetscErrorCode code) {
  return code == PETSC_ERR_ARG_UNKNOWN_TYPE || code == PETSC_ERR_USER_INPUT;
}

std::string without_line_ends(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

/// What PETSc has sent, by its own count of its calls of MPI (and of ours in files that include it).
Traffic sent_by_petsc() {
  return {petsc_isend_ct + petsc_send_ct, petsc_isend_len + petsc_send_len,
          petsc_allreduce_ct + petsc_gather_ct + petsc_scatter_ct};
}

void start(MPI_Comm comm, const std::vector<std::string>& options) {
  std::vector<std::string> words = {"ddpinn"};
  words.insert(words.end(), options.begin(), options.end());
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  int count = words.size();
  char** arguments = pointers.data();

  check(PetscOptionsSetValue(nullptr, "-no_signal_handler", "true"));
  check(PetscOptionsSetValue(nullptr, "-options_left", "no"));  // `unused_options` tells it in our words
  PETSC_COMM_WORLD = comm;
  check(PetscInitialize(&count, &arguments, nullptr, nullptr));
  count_traffic_of(sent_by_petsc);
}

void add(const std::vector<std::string>& options) {
  std::string line;
  for (const auto& word : options) line += word + ' ';
  check(PetscOptionsInsertString(nullptr, line.c_str()));
}

}  // namespace

void fail(PetscErrorCode code, const std::source_location& at) {
  const Report report = std::exchange(pending(), {});
  const char* text = nullptr;
  PetscErrorMessage(code, &text, nullptr);
  std::string message = report.message.empty() ? std::string(text ? text : "no message") : report.message;
  std::string where = report.function.empty() ? std::string("PETSc") : "PETSc's " + report.function;
  const std::string place =
      std::filesystem::path(at.file_name()).filename().string() + ":" + std::to_string(at.line());
  throw Error(is_option_error(code) ? Status::usage : Status::numerical,
              where + ": " + without_line_ends(message) + " (PETSc error " + std::to_string(code) +
                  ", called in " + place + "); check the PETSc options after -- and the case");
}

Library::Library(MPI_Comm comm, const std::vector<std::string>& options) {
  if (!runs()) {
    start(comm, options);
    started_ = true;
  } else {
    add(options);
  }
  check(PetscPushErrorHandler(keep_report, nullptr));
}

Library::~Library() {
  if (std::uncaught_exceptions() > 0) return;  // collective: the other ranks would not come along
  PetscPopErrorHandler();
  if (started_) PetscFinalize();
}

bool runs() {
  PetscBool initialised = PETSC_FALSE;
  PetscBool finalised = PETSC_FALSE;
  PetscInitialized(&initialised);
  PetscFinalized(&finalised);
  return initialised && !finalised;
}

std::vector<std::string> unused_options() {
  PetscInt count = 0;
  char** names = nullptr;
  char** values = nullptr;
  check(PetscOptionsLeftGet(nullptr, &count, &names, &values));
  std::vector<std::string> unused;
  for (PetscInt i = 0; i < count; ++i) {
    if (std::string(names[i]) != "options_left") unused.push_back('-' + std::string(names[i]));
  }
  check(PetscOptionsLeftRestore(nullptr, &count, &names, &values));
  return unused;
}

std::string library_version() {
  return std::to_string(PETSC_VERSION_MAJOR) + '.' + std::to_string(PETSC_VERSION_MINOR) + '.' +
         std::to_string(PETSC_VERSION_SUBMINOR);
}

}  // namespace ddpinn::petsc
