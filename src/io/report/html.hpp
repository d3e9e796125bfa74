// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ddpinn::html {

/// A text between tags and in attributes.
std::string escaped(std::string_view text);

/// RFC 4648, for pictures within a page.
std::string base64(std::string_view bytes);

/// @param rows of cells that are HTML already; the first one is the head
std::string table(const std::vector<std::vector<std::string>>& rows);

/// A heading and what follows, folded where `open` is false.
std::string section(std::string_view title, const std::string& body, bool open = true);

/// A page of its own, without anything from elsewhere. @param refresh seconds after which a browser reads it
/// again; 0: never
std::string page(std::string_view title, const std::string& body, int refresh = 0);

/// Points of a curve: (iteration, residual).
struct Curve {
  std::string name;
  std::vector<std::pair<double, double>> points;
};

/// Curves over a logarithmic axis, as SVG. What is not positive is left out; empty where nothing is left.
std::string log_plot(const std::vector<Curve>& curves, std::string_view along, std::string_view upward);

}  // namespace ddpinn::html
