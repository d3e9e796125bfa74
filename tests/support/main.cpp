// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// One main for the tests on any number of ranks.
#if __has_include(<catch2/catch_all.hpp>)
#define DDPINN_CATCH2_V3 1
#else
#define DDPINN_CATCH2_V3 0
#define CATCH_CONFIG_RUNNER
#define CATCH_CONFIG_NO_POSIX_SIGNALS  // else ranks that MPI_Abort ends report a failure of their own
#endif
#include "base/log.hpp"
#include "parallel/communicator.hpp"
#include "parallel/processes.hpp"
#include "support/catch.hpp"

#include <ddpinn/session.hpp>

#include <cstdio>
#include <string>

namespace {

#if DDPINN_CATCH2_V3
using Listener = Catch::EventListenerBase;
using Ended = void;
#else
using Listener = Catch::TestEventListenerBase;
using Ended = bool;
#endif

/// Ends all ranks when one of several fails: it will not come to the collectives where the others wait for
/// it.
struct EndAllRanks : Listener {
  using Listener::Listener;

  void testCaseStarting(const Catch::TestCaseInfo& info) override {
    Listener::testCaseStarting(info);
    may_fail_ = info.okToFail();
  }
  Ended assertionEnded(const Catch::AssertionStats& stats) override {
    const auto& result = stats.assertionResult;
    if (ddpinn::world_size() > 1 && !may_fail_ && !result.isOk()) end(result);
    return Ended(true);
  }

 private:
  static void end(const Catch::AssertionResult& result) {
    const std::string expression(result.hasExpression() ? std::string(result.getExpression())
                                                        : "(exception)");
    const std::string found(result.hasExpandedExpression() ? std::string(result.getExpandedExpression())
                                                           : std::string(result.getMessage()));
    const auto at = result.getSourceInfo();
    std::fprintf(stderr, "[rank %d of %d] %s:%zu: FAILED: %s\n  -> %s\n", ddpinn::world_rank(),
                 ddpinn::world_size(), at.file, at.line, expression.c_str(), found.c_str());
    std::fflush(stderr);
    ddpinn::abort_all_ranks(42);
  }

  bool may_fail_ = false;
};

/// One seed for all ranks, else they run the tests in different orders.
void agree(Catch::Session& session, const ddpinn::Communicator& world) {
  auto& settings = session.configData();
  settings.rngSeed = static_cast<unsigned>(ddpinn::max(world, static_cast<long long>(settings.rngSeed)));
  if (world.rank() == 0) return;
#if DDPINN_CATCH2_V3
  settings.defaultOutputFilename = "/dev/null";
#else
  settings.outputFilename = "/dev/null";
#endif
}

}  // namespace

CATCH_REGISTER_LISTENER(EndAllRanks)

int main(int argc, char** argv) {
  const ddpinn::Session parallel(MPI_COMM_WORLD);
  const ddpinn::Communicator world(MPI_COMM_WORLD);
  ddpinn::log::set_level(ddpinn::log::Level::warning);
  Catch::Session session;
  int status = session.applyCommandLine(argc, argv);
  agree(session, world);
  if (status == 0) status = session.run();
  const auto worst = ddpinn::max(world, static_cast<long long>(status));
  return worst > 255 ? 255 : static_cast<int>(worst);
}
