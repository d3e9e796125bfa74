// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// What a Session starts and ends in a program that has MPI, PETSc and signal handlers of its own.
#include "petsc/left_alone.hpp"

#include <ddpinn/error.hpp>
#include <ddpinn/session.hpp>
#include <ddpinn/solve.hpp>

#include <petscsys.h>

#include <cmath>
#include <csignal>
#include <cstdio>
#include <string>

namespace {

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "FAILED: %s\n", what);
  MPI_Abort(MPI_COMM_WORLD, 1);
}

bool petsc_runs() {
  PetscBool started = PETSC_FALSE, ended = PETSC_FALSE;
  PetscInitialized(&started);
  PetscFinalized(&ended);
  return started && !ended;
}

int size_of(MPI_Comm comm) {
  int size = 0;
  MPI_Comm_size(comm, &size);
  return size;
}

int terminations = 0;
int petsc_errors = 0;

void count_termination(int) { ++terminations; }

PetscErrorCode count_petsc_error(MPI_Comm, int, const char*, const char*, PetscErrorCode code, PetscErrorType,
                                 const char*, void*) {
  ++petsc_errors;
  return code;
}

/// -u'' = 1, whose solution is x (1 - x)/2; nonlinear in a way that changes nothing.
void solve_something(MPI_Comm part) {
  ddpinn::Problem problem;
  problem.domain = {.coordinates = {"x"}, .lower = {0}, .upper = {1}};
  problem.equations.push_back({.name = "poisson", .residual = {"(u_xx + 1)*(2 + u**2)"}});
  problem.conditions.push_back({.name = "ends", .on = {"boundary"}, .residual = {"u"}});
  ddpinn::Options options;
  options.network.hidden = {20};
  const auto solved = ddpinn::solve(problem, options, part);
  require(solved.result.converged, "the solve converges");
  const auto columns = solved.fields.evaluate({{0.25}}, {"u", "u_x"});
  require(std::abs(columns[0][0] - 0.09375) < 1e-6 && std::abs(columns[1][0] - 0.25) < 1e-5,
          "fields and derivatives are those of the solution");
}

/// PETSc comes and goes with each of several sessions on a part of the ranks.
void sessions_follow_one_another(MPI_Comm part) {
  for (int i = 0; i < 3; ++i) {
    const ddpinn::Session session(part, {"-some_option", std::to_string(i)});
    require(petsc_runs(), "PETSc runs in a session");
    require(size_of(PETSC_COMM_WORLD) == size_of(part), "PETSc runs on the communicator of the session");
    require(session.size() == size_of(part), "a session knows the size of its communicator");
    PetscInt value = -1;
    PetscOptionsGetInt(nullptr, nullptr, "-some_option", &value, nullptr);
    require(value == i, "a session has its options");
    solve_something(part);
    const ddpinn::Session within(MPI_COMM_SELF);
    require(within.rank() == 0 && size_of(PETSC_COMM_WORLD) == size_of(part),
            "a session within another one leaves PETSc as it is");
  }
  require(!petsc_runs(), "PETSc ends with the session that has started it");
}

/// What an error has left of PETSc's objects goes with PETSc, and not with a session of fewer ranks before.
void objects_end_with_the_outer_session(MPI_Comm part) {
  bool destroyed = false;
  {
    const ddpinn::Session session(part);
    {
      const ddpinn::Session within(MPI_COMM_SELF);
      ddpinn::petsc::leave_alone([&] { destroyed = petsc_runs(); });
    }
    require(!destroyed, "a session within another one destroys nothing that errors have left");
  }
  require(destroyed, "what errors have left is destroyed before PETSc ends");
}

/// What runs already goes on, with its own handler of errors.
void session_leaves_petsc_running(MPI_Comm part) {
  PETSC_COMM_WORLD = part;
  PetscInitialize(nullptr, nullptr, nullptr, nullptr);
  PetscPushErrorHandler(count_petsc_error, nullptr);
  {
    const ddpinn::Session session(part, {"-added", "7"});
    PetscInt value = -1;
    (void)PetscOptionsStringToInt("no number", &value);
    require(petsc_errors == 0, "errors of PETSc are the session's");
    PetscOptionsGetInt(nullptr, nullptr, "-added", &value, nullptr);
    require(value == 7, "options are added to those of a PETSc that runs");
    solve_something(part);
  }
  require(petsc_runs(), "PETSc goes on where the program has started it");
  PetscInt value = -1;
  (void)PetscOptionsStringToInt("no number", &value);
  require(petsc_errors > 0, "errors of PETSc are the program's again");
  PetscPopErrorHandler();
  PetscFinalize();
}

}  // namespace

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  std::signal(SIGTERM, count_termination);
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm part = MPI_COMM_NULL;
  MPI_Comm_split(MPI_COMM_WORLD, rank % 2, rank, &part);
  sessions_follow_one_another(part);
  objects_end_with_the_outer_session(part);
  std::raise(SIGTERM);
  require(terminations == 1, "the program's handler of SIGTERM is still there");
  session_leaves_petsc_running(part);
  MPI_Comm_free(&part);
  MPI_Finalize();
  try {
    const ddpinn::Session late;
    return 1;
  } catch (const ddpinn::Error& error) {
    return std::string(error.what()).find("MPI has ended") == std::string::npos ? 1 : 0;
  }
}
