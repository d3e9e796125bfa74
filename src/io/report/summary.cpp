// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/summary.hpp"

#include "io/disk.hpp"
#include "problem/case/case_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace ddpinn {
namespace {

// Keeps the order in which a reader wants the keys.
using Json = nlohmann::ordered_json;

/// What is not set is null.
Json json(const CaseNode& node) {
  switch (node.kind) {
    case CaseNode::Kind::text:
    case CaseNode::Kind::other:
      return node.text;
    case CaseNode::Kind::integer:
      return node.integer;
    case CaseNode::Kind::number:
      return node.number;
    case CaseNode::Kind::boolean:
      return node.boolean;
    case CaseNode::Kind::none:
      return nullptr;
    case CaseNode::Kind::array:
    case CaseNode::Kind::table:
      break;
  }
  Json all = node.kind == CaseNode::Kind::array ? Json::array() : Json::object();
  for (const auto& item : node.items) all.push_back(json(item));
  for (const auto& member : node.members) all[member.key] = json(member.value);
  return all;
}

Json interface_json(const std::optional<InterfaceReport>& interface) {
  if (!interface) return nullptr;
  return {{"outer_iterations", interface->outer_iterations},
          {"jump", interface->jump},
          {"trace_rows", interface->trace_rows},
          {"classes", interface->classes},
          {"messages_per_iteration", interface->messages},
          {"bytes_per_iteration", interface->bytes}};
}

Json errors_json(const std::vector<FieldError>& errors) {
  Json list = Json::array();
  for (const auto& e : errors) {
    list.push_back({{"field", e.field},
                    {"l2_relative", e.l2_relative},
                    {"linf", e.linf},
                    {"l1_over_std", e.l1_over_std},
                    {"points", e.points}});
  }
  return list;
}

Json estimates_json(const std::vector<ErrorEstimate>& estimates) {
  Json list = Json::array();
  for (const auto& e : estimates) list.push_back({{"field", e.field}, {"l2_relative", e.l2_relative}});
  return list;
}

Json statements_json(const std::vector<StatementResidual>& statements) {
  Json list = Json::array();
  for (const auto& s : statements)
    list.push_back({{"name", s.name}, {"at_points", s.at_points}, {"at_fresh_points", s.at_fresh_points}});
  return list;
}

Json identified_json(const std::vector<Identified>& identified) {
  Json list = Json::array();
  for (const auto& u : identified)
    list.push_back({{"name", u.name}, {"value", u.value}, {"standard_error", u.standard_error}});
  return list;
}

Json quantities_json(const std::vector<QuantityValue>& quantities) {
  Json list = Json::array();
  for (const auto& q : quantities)
    list.push_back({{"name", q.name}, {"value", q.value}, {"time_slabs", q.slabs}});
  return list;
}

Json a_posteriori_json(const Result& result) {
  if (result.fresh_residuals.empty()) return nullptr;
  Json residuals = Json::array(), balances = Json::array();
  for (const auto& r : result.fresh_residuals)
    residuals.push_back({{"name", r.name},
                         {"kind", r.condition ? "condition" : "equation"},
                         {"rms", r.rms},
                         {"max", r.largest},
                         {"points", r.points}});
  for (const auto& b : result.balances) {
    Json fluxes = Json::object();
    for (const auto& [place, flux] : b.fluxes) fluxes[place] = flux;
    balances.push_back({{"name", b.name},
                        {"flux", fluxes},
                        {"net_flux", b.net_flux},
                        {"source", b.source},
                        {"relative_defect", b.relative_defect}});
  }
  return {{"residuals", residuals},
          {"estimates", estimates_json(result.grid_estimates)},
          {"conservation", balances}};
}

Json phases_json(const std::vector<Phase>& phases, const std::vector<PhaseEffort>& efforts) {
  Json list = Json::array();
  for (std::size_t i = 0; i < phases.size(); ++i) {
    const auto& p = phases[i];
    list.push_back({{"name", p.name}, {"min", p.min}, {"mean", p.mean}, {"max", p.max}});
    if (i >= efforts.size()) continue;
    list.back()["cpu"] = efforts[i].cpu;
    list.back()["messages"] = efforts[i].sent.messages;
    list.back()["bytes"] = efforts[i].sent.bytes;
    list.back()["reductions"] = efforts[i].sent.reductions;
  }
  return list;
}

Json ranks_json(const std::vector<RankUse>& ranks) {
  Json list = Json::array();
  for (const auto& use : ranks)
    list.push_back({{"rank", use.rank}, {"peak_memory_bytes", use.memory}, {"seconds", use.seconds}});
  return list;
}

}  // namespace

std::vector<std::string> result_lines(const Result& result) {
  std::vector<std::string> lines;
  for (const auto& e : result.errors) {
    lines.push_back(
        fmt::format("result: field={} l2_relative={:.3e} linf={:.3e} l1_over_std={:.3e} points={}", e.field,
                    e.l2_relative, e.linf, e.l1_over_std, e.points));
  }
  for (const auto& e : result.estimates)
    lines.push_back(fmt::format("result: field={} estimated_error={:.3e}", e.field, e.l2_relative));
  for (const auto& q : result.quantities)
    lines.push_back(fmt::format("result: quantity={} value={:.10g}", q.name, q.value));
  for (const auto& u : result.identified)
    lines.push_back(fmt::format("result: unknown={} value={:.10g} standard_error={:.3e} iterations={}",
                                u.name, u.value, u.standard_error, result.nonlinear_iterations));
  lines.push_back(fmt::format(
      "result: iterations={} residual={:.3e} seconds={:.2f} ranks={} subdomains={} unknowns={}",
      result.iterations, result.residual, result.seconds, result.ranks, result.subdomains, result.unknowns));
  if (result.interface) lines.back() += fmt::format(" classes={}", result.interface->classes);
  if (result.congruent_slabs > 0) lines.back() += fmt::format(" congruent_slabs={}", result.congruent_slabs);
  if (result.bytes_exchanged > 0) lines.back() += fmt::format(" bytes_exchanged={}", result.bytes_exchanged);
  if (result.data_rows > 0) lines.back() += fmt::format(" data_rows={}", result.data_rows);
  return lines;
}

std::string summary_text(const Result& result, const RunRecord& record) {
  const Json summary = {
      {"title", record.title},
      {"case_file", record.case_file},
      {"converged", result.converged},
      {"resolved", result.resolved},
      {"unresolved_because", result.resolved ? Json(nullptr) : Json(result.unresolved_because)},
      {"stop_reason", result.stop_reason},
      {"solved_until", result.solved_until ? Json(*result.solved_until) : Json(nullptr)},
      {"warnings", record.warnings},
      {"errors", errors_json(result.errors)},
      {"estimated_errors", estimates_json(result.estimates)},
      {"relative_residuals", statements_json(result.statements)},
      {"unknowns_identified", identified_json(result.identified)},
      {"quantities", quantities_json(result.quantities)},
      {"a_posteriori", a_posteriori_json(result)},
      {"iterations", result.iterations},
      {"nonlinear_iterations", result.nonlinear_iterations},
      {"residual", result.residual},
      {"seconds", result.seconds},
      {"ranks", result.ranks},
      {"threads", record.threads},
      {"subdomains", result.subdomains},
      {"congruent_slabs", result.congruent_slabs},
      {"unknowns", result.unknowns},
      {"rows", result.rows},
      {"interface", interface_json(result.interface)},
      {"data_rows", result.data_rows},
      {"forward_solves", result.forward_solves},
      {"bytes_exchanged", result.bytes_exchanged},
      {"scale", result.scale},
      {"seed", record.options.network.seed},
      {"peak_memory_bytes", result.peak_memory},
      {"total_memory_bytes", record.total_memory},
      {"phases", phases_json(result.phases, record.efforts)},
      {"time_and_memory_by_rank", ranks_json(record.ranks)},
      {"host", record.host},
      {"versions", record.versions},
      {"options", json(options_node(record.options))}};
  // A text with bytes that are no UTF-8, as in an odd path, must not cost the whole summary.
  return summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void write_summary(const std::filesystem::path& directory, const Result& result, const RunRecord& record) {
  write_text(directory / "summary.json", summary_text(result, record));
}

}  // namespace ddpinn
