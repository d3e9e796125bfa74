// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_values.hpp"

#include "problem/case/case_validate.hpp"

#include <cmath>

namespace ddpinn {

void from_node(const CaseNode& node, std::string& target) { target = node.text; }
void from_node(const CaseNode& node, Text& target) { target = {node.text, node.inside}; }
void from_node(const CaseNode& node, bool& target) { target = node.boolean; }
void from_node(const CaseNode& node, int& target) { target = node.integer; }
void from_node(const CaseNode& node, std::uint64_t& target) { target = node.integer; }
void from_node(const CaseNode& node, double& target) { target = node.number; }
void from_node(const CaseNode& node, std::optional<Text>& target) { from_node(node, target.emplace()); }
void from_node(const CaseNode& node, std::optional<double>& target) { target = seconds(node); }

namespace {

CaseNode node_of(CaseNode::Kind kind) {
  CaseNode node;
  node.kind = kind;
  return node;
}

}  // namespace

CaseNode to_node(const std::string& value) {
  auto node = node_of(CaseNode::Kind::text);
  node.text = value;
  return node;
}
CaseNode to_node(const Text& value) { return to_node(value.value); }
CaseNode to_node(bool value) {
  auto node = node_of(CaseNode::Kind::boolean);
  node.boolean = value;
  return node;
}
CaseNode to_node(int value) {
  auto node = node_of(CaseNode::Kind::integer);
  node.integer = value;
  return node;
}
CaseNode to_node(std::uint64_t value) {
  auto node = node_of(CaseNode::Kind::integer);
  node.integer = value;
  return node;
}
CaseNode to_node(double value) {
  auto node = node_of(std::isinf(value) ? CaseNode::Kind::none : CaseNode::Kind::number);
  node.number = value;
  return node;
}

}  // namespace ddpinn
