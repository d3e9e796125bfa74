// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/summary.hpp"

#include "io/disk.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace ddpinn {
namespace {

// Keeps the order in which a reader wants the keys.
using Json = nlohmann::ordered_json;

Json optional_number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json options_json(const Options& options) {
  const auto& d = options.decomposition;
  const auto& s = options.solver;
  return {
      {"decomposition",
       {{"subdomains", d.subdomains},
        {"breakpoints", d.breakpoints},
        {"overlap", d.overlap},
        {"window", d.window},
        {"levels", d.levels},
        {"coupling", d.coupling},
        {"interface",
         {{"transmission", d.interface.transmission},
          {"robin_parameter", optional_number(d.interface.robin_parameter)},
          {"order", d.interface.order},
          {"acceleration", d.interface.acceleration}}}}},
      {"points",
       {{"interior", options.points.interior},
        {"boundary", options.points.boundary},
        {"sampling", options.points.sampling},
        {"refine", {{"every", options.points.refine_every}}}}},
      {"network",
       {{"kind", options.network.kind},
        {"file", options.network.file},
        {"hidden", options.network.hidden},
        {"activation", options.network.activation},
        {"scale", optional_number(options.network.scale)},
        {"polynomial_degree", options.network.polynomial_degree},
        {"seed", options.network.seed},
        {"precision", options.network.precision}}},
      {"solver",
       {{"method", s.method},
        {"tolerance", s.tolerance},
        {"max_iterations", s.max_iterations},
        {"max_krylov_iterations", s.max_krylov_iterations},
        {"time_limit", optional_number(s.time_limit)},
        {"krylov",
         {{"type", s.krylov.type},
          {"preconditioner", s.krylov.preconditioner},
          {"compression", s.krylov.compression}}},
        {"gauss_newton",
         {{"variable_projection", s.gauss_newton.variable_projection}, {"damping", s.gauss_newton.damping}}},
        {"adam",
         {{"learning_rate", s.adam.learning_rate},
          {"decay", {{"every", s.adam.decay_every}, {"factor", s.adam.decay_factor}}},
          {"schedule", s.adam.schedule},
          {"every", s.adam.every},
          {"relaxation", s.adam.relaxation}}}}},
      {"coarse", options.coarse},
      {"time", {{"slabs", options.time.slabs}, {"breakpoints", options.time.breakpoints}}},
      {"output",
       {{"directory", options.output.directory},
        {"grid", options.output.grid},
        {"pictures", options.output.pictures}}}};
}

Json interface_json(const std::optional<InterfaceReport>& interface) {
  if (!interface) return nullptr;
  return {{"outer_iterations", interface->outer_iterations},
          {"jump", interface->jump},
          {"trace_rows", interface->trace_rows},
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

Json identified_json(const std::vector<Identified>& identified) {
  Json list = Json::array();
  for (const auto& u : identified)
    list.push_back({{"name", u.name}, {"value", u.value}, {"standard_error", u.standard_error}});
  return list;
}

Json a_posteriori_json(const Result& result) {
  if (result.fresh_residuals.empty()) return nullptr;
  Json residuals = Json::array(), estimates = Json::array(), balances = Json::array();
  for (const auto& r : result.fresh_residuals)
    residuals.push_back({{"name", r.name},
                         {"kind", r.condition ? "condition" : "equation"},
                         {"rms", r.rms},
                         {"max", r.largest},
                         {"points", r.points}});
  for (const auto& e : result.estimates)
    estimates.push_back({{"field", e.field}, {"l2_relative", e.l2_relative}});
  for (const auto& b : result.balances) {
    Json fluxes = Json::object();
    for (const auto& [place, flux] : b.fluxes) fluxes[place] = flux;
    balances.push_back({{"name", b.name},
                        {"flux", fluxes},
                        {"net_flux", b.net_flux},
                        {"source", b.source},
                        {"relative_defect", b.relative_defect}});
  }
  return {{"residuals", residuals}, {"estimates", estimates}, {"conservation", balances}};
}

Json phases_json(const std::vector<Phase>& phases) {
  Json list = Json::array();
  for (const auto& p : phases)
    list.push_back({{"name", p.name}, {"min", p.min}, {"mean", p.mean}, {"max", p.max}});
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
  for (const auto& u : result.identified)
    lines.push_back(fmt::format("result: unknown={} value={:.10g} standard_error={:.3e} iterations={}",
                                u.name, u.value, u.standard_error, result.nonlinear_iterations));
  lines.push_back(fmt::format(
      "result: iterations={} residual={:.3e} seconds={:.2f} ranks={} subdomains={} unknowns={}",
      result.iterations, result.residual, result.seconds, result.ranks, result.subdomains, result.unknowns));
  if (result.bytes_exchanged > 0) lines.back() += fmt::format(" bytes_exchanged={}", result.bytes_exchanged);
  if (result.data_rows > 0) lines.back() += fmt::format(" data_rows={}", result.data_rows);
  return lines;
}

std::string summary_text(const Result& result, const RunRecord& record) {
  const Json summary = {{"title", record.title},
                        {"case_file", record.case_file},
                        {"converged", result.converged},
                        {"stop_reason", result.stop_reason},
                        {"errors", errors_json(result.errors)},
                        {"unknowns_identified", identified_json(result.identified)},
                        {"a_posteriori", a_posteriori_json(result)},
                        {"iterations", result.iterations},
                        {"nonlinear_iterations", result.nonlinear_iterations},
                        {"residual", result.residual},
                        {"seconds", result.seconds},
                        {"ranks", result.ranks},
                        {"threads", record.threads},
                        {"subdomains", result.subdomains},
                        {"unknowns", result.unknowns},
                        {"rows", result.rows},
                        {"interface", interface_json(result.interface)},
                        {"data_rows", result.data_rows},
                        {"forward_solves", result.forward_solves},
                        {"bytes_exchanged", result.bytes_exchanged},
                        {"scale", result.scale},
                        {"seed", record.options.network.seed},
                        {"peak_memory_bytes", result.peak_memory},
                        {"phases", phases_json(result.phases)},
                        {"host", record.host},
                        {"versions", record.versions},
                        {"options", options_json(record.options)}};
  // A text with bytes that are no UTF-8, as in an odd path, must not cost the whole summary.
  return summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void write_summary(const std::filesystem::path& directory, const Result& result, const RunRecord& record) {
  write_text(directory / "summary.json", summary_text(result, record));
}

}  // namespace ddpinn
