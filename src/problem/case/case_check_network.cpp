// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/network_kind.hpp"
#include "problem/case/case_parts.hpp"

namespace ddpinn {

std::optional<std::size_t> check_network(const Section& root, const Problem& problem, int order,
                                         const Options& options) {
  const auto section = root.section("network");
  const auto& network = options.network;
  const int dimension = problem.domain.coordinates.size();
  try {
    const auto kind =
        make_network_kind(network.kind, {dimension, network.hidden, network.activation, network.file});
    kind->check(order, options.solver.trains());
    if (network.scale && !kind->has_scale())
      root.diagnostics().remark(section.at("scale"), "network.scale has no effect with kind = \"" +
                                                         network.kind +
                                                         "\" (whose parameters are not drawn)");
    return kind->width();
  } catch (const Error& error) {
    root.error(section.at(section.has("file") ? "file" : "kind"), error.what());
  }
  return {};
}

}  // namespace ddpinn
