// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_tree.hpp"

#include <ddpinn/choices.hpp>
#include <ddpinn/problem.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace ddpinn {

/// Reads a value that is known to be right; where one stands for a list, it is a list of one.
void from_node(const CaseNode&, std::string&);
void from_node(const CaseNode&, Text&);
void from_node(const CaseNode&, bool&);
void from_node(const CaseNode&, int&);
void from_node(const CaseNode&, std::uint64_t&);
void from_node(const CaseNode&, double&);
void from_node(const CaseNode&, std::optional<Text>&);
/// A number; none for "auto". A duration is read in seconds.
void from_node(const CaseNode&, std::optional<double>&);

template <class Enumeration>
requires std::is_enum_v<Enumeration>
void from_node(const CaseNode& node, Enumeration& target) {
  target = value_spelled<Enumeration>(node.text).value();
}

template <class Value>
void from_node(const CaseNode& node, std::vector<Value>& target) {
  target.clear();
  for (const auto& item : node.items) from_node(item, target.emplace_back());
  if (node.kind != CaseNode::Kind::array) from_node(node, target.emplace_back());
}

/// The value as a case file holds it.
CaseNode to_node(const std::string&);
CaseNode to_node(const Text&);
CaseNode to_node(bool);
CaseNode to_node(int);
CaseNode to_node(std::uint64_t);
CaseNode to_node(double);  ///< none where it is infinite: no bound

template <class Enumeration>
requires std::is_enum_v<Enumeration> CaseNode to_node(Enumeration value) {
  return to_node(std::string(spelling(value)));
}

template <class Value>
CaseNode to_node(const std::optional<Value>& value) {
  CaseNode none;
  none.kind = CaseNode::Kind::none;
  return value ? to_node(*value) : none;
}

template <class Value>
CaseNode to_node(const std::vector<Value>& values) {
  CaseNode list;
  list.kind = CaseNode::Kind::array;
  for (const auto& value : values) list.items.push_back(to_node(value));
  return list;
}

}  // namespace ddpinn
