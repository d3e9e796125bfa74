// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// The kinds of networks by name. A kind of the library has a line among those below and its file.
#include "network/network_kind.hpp"

#include "base/text.hpp"

#include <ddpinn/error.hpp>
#include <ddpinn/network.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

namespace ddpinn {

using Maker = std::shared_ptr<const NetworkKind> (*)(const NetworkSettings&);

std::shared_ptr<const NetworkKind> make_fourier(const NetworkSettings&);
std::shared_ptr<const NetworkKind> make_residual(const NetworkSettings&);
std::shared_ptr<const NetworkKind> make_module(const NetworkSettings&);
std::shared_ptr<const NetworkKind> make_user_network(const std::string& name, const NetworkFactory&,
                                                     const NetworkSettings&);

namespace {

struct LibraryKind {
  const char* name;
  Maker make;
  bool reads_file = false;
};

/// "auto" is fully connected until features are chosen (run/one_solve.hpp).
constexpr LibraryKind library[] = {{"mlp", make_mlp},
                                   {"fourier", make_fourier},
                                   {"residual", make_residual},
                                   {"module", make_module, true},
                                   {"auto", make_mlp}};

std::map<std::string, NetworkFactory>& registered() {
  static std::map<std::string, NetworkFactory> factories;
  return factories;
}

const LibraryKind* of_library(const std::string& name) {
  const auto* found = std::ranges::find(library, name, &LibraryKind::name);
  return found == std::end(library) ? nullptr : found;
}

std::shared_ptr<const NetworkKind> make(const LibraryKind& kind, const NetworkSettings& settings) {
  if (!settings.file.empty() && !kind.reads_file)
    throw Error(Status::case_file,
                std::string("network.file with network.kind = \"") + kind.name +
                    "\" (which is read from no file); use kind = \"module\", or leave it out");
  return kind.make(settings);
}

}  // namespace

void NetworkKind::check(int, bool) const {}

std::string layers_text(int dimension, const std::vector<int>& hidden) {
  return std::accumulate(
      hidden.begin(), hidden.end(), std::to_string(dimension),
      [](const std::string& text, int width) { return text + "-" + std::to_string(width); });
}

void register_network(const std::string& name, NetworkFactory factory) {
  if (name.empty() || of_library(name))
    throw Error(Status::usage,
                "register_network: the name '" + name +
                    "' can't be taken (it is empty, or a kind of the library); choose another");
  registered()[name] = std::move(factory);
}

std::vector<std::string> network_kinds() {
  std::vector<std::string> names;
  for (const auto& kind : library) names.emplace_back(kind.name);
  for (const auto& [name, factory] : registered()) names.push_back(name);
  return names;
}

std::shared_ptr<const NetworkKind> make_network_kind(const std::string& name,
                                                     const NetworkSettings& settings) {
  if (settings.hidden == std::vector<int>{0}) return make_mlp(settings);
  if (const auto* found = of_library(name)) return make(*found, settings);
  if (const auto found = registered().find(name); found != registered().end())
    return make_user_network(name, found->second, settings);
  const auto known = network_kinds();
  const auto nearest = nearest_name(name, known);
  std::string all;
  for (const auto& kind : known) all += (all.empty() ? "" : ", ") + kind;
  throw Error(Status::case_file, "there is no network.kind = \"" + name + "\" (there are " + all + "); " +
                                     (nearest ? "did you mean \"" + *nearest + "\"?"
                                              : "choose one, or register it (ddpinn/network.hpp)"));
}

}  // namespace ddpinn
