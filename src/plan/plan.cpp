// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "plan/plan.hpp"

#include "assembly/training/network_parameters.hpp"
#include "plan/plan_interface.hpp"
#include "plan/plan_memory.hpp"
#include "plan/plan_messages.hpp"
#include "plan/plan_training.hpp"
#include "problem/case/derived_cases.hpp"
#include "problem/forward_problem.hpp"
#include "solver/interface/local_class.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <limits>
#include <ranges>

namespace ddpinn {

namespace {

/// 1234567 as "1.23 MB".
std::string bytes_text(double bytes) {
  constexpr std::array units{"B", "kB", "MB", "GB", "TB", "PB"};
  std::size_t unit = 0;
  for (; bytes >= 999.5 && unit + 1 < units.size(); ++unit) bytes /= 1000;
  return unit == 0 ? fmt::format("{:.0f} B", bytes) : fmt::format("{:.3g} {}", bytes, units[unit]);
}

std::string count_text(double count) { return fmt::format("{:.0f}", count); }

/// Least and most over the ranks.
struct Range {
  double least = std::numeric_limits<double>::infinity();
  double most = 0;

  void add(double value) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
};

class PlanText {
 public:
  /// @param file of the first time slab, and for given values of unknowns that are fitted @param whole the
  /// case
  PlanText(const CaseFile& file, const CaseFile& whole, int ranks)
      : file_(file),
        whole_(whole),
        space_(lay_out(file, ranks)),
        counts_(count(file, space_, ranks)),
        messages_(plan_messages(file, space_, counts_)),
        training_(plan_training(file, space_, counts_)) {
    if (file.options.decomposition.coupling == Coupling::interface)
      interface_ = plan_interface(file, space_, ranks);
    for (int r = 0; r < ranks; ++r) memory_.push_back(plan_memory(file, space_, counts_, r));
    if (judged_part(space_.model, space_.decomposition, file.options) < 1)
      for (int r = 0; r < ranks; ++r) memory_[r].local = interface_[r].memory;
  }

  std::string text() {
    text_ = (file_.problem.title.empty() ? file_.path : file_.problem.title) + "\n";
    problem();
    discretisation();
    ranks();
    iteration();
    warnings();
    return text_;
  }

 private:
  void line(const std::string& name, const std::string& value) {
    text_ += fmt::format("  {:<22} {}\n", name, value);
  }
  void heading(const std::string& name) { text_ += "\n" + name + "\n"; }

  void line(const std::string& name, const Range& range, const std::function<std::string(double)>& shown) {
    const auto least = shown(range.least), most = shown(range.most);
    line(name, least == most ? most : least + " .. " + most);
  }

  void problem() {
    const auto& domain = file_.problem.domain;
    std::vector<std::string> intervals;
    for (std::size_t d = 0; d < domain.coordinates.size(); ++d)
      intervals.push_back(fmt::format("{} in [{:.6g}, {:.6g}]{}", domain.coordinates[d], domain.lower[d],
                                      domain.upper[d], domain.periodic[d] ? " periodic" : ""));
    line("domain", fmt::format("{}", fmt::join(intervals, ", ")));
    if (!domain.shapes.empty()) line("shapes", fmt::format("{}", domain.shapes.size()));
    if (file_.options.time.slabs > 1)
      line("time slabs", fmt::format("{}; what follows is for the first", file_.options.time.slabs));
    line("fields", fmt::format("{}", fmt::join(file_.problem.fields, ", ")));
    if (const auto& accuracy = file_.options.solver.accuracy)
      line("accuracy", fmt::format("{:g}; what follows is for the first level of refinement", *accuracy));
    const bool trains = file_.options.solver.trains();
    line("system", space_.model.affine ? "linear"
                   : trains            ? "nonlinear"
                                       : "nonlinear (Gauss-Newton iteration)");
    if (trains)
      line("trained by",
           fmt::format("{}", fmt::join(file_.options.solver.method | std::views::transform(spelling<Method>),
                                       ", then ")));
    if (const auto& unknowns = whole_.problem.unknowns; !unknowns.empty())
      line("unknowns", fmt::format("{}{}", unknowns.size(), fitted()));
    const std::string about = counts_.exact ? "" : "about ";
    for (const auto& [name, points] : counts_.statements)
      line(name, fmt::format("{}{} points{}", about, count_text(points),
                             points == 0 ? " (it stands nowhere)" : ""));
  }

  /// How unknowns are fitted to solutions for given values of them.
  std::string fitted() const {
    if (!fits_forward_solutions(whole_.problem, whole_.options)) return "";
    const auto near = whole_.problem.unknowns.size() + (space_.model.affine && training_.empty() ? 0 : 1);
    return fmt::format(", fitted to {} observations by {} solutions an iteration; what follows is for one",
                       observations(whole_.problem), 1 + near);
  }

  void discretisation() {
    heading("Discretisation");
    const auto& options = file_.options;
    const auto& shape = space_.family.shape;
    line("subdomains", fmt::format("{} ({}), overlap {:.3g}, window {}", space_.decomposition.live(), grids(),
                                   options.decomposition.overlap, spelling(options.decomposition.window)));
    if (counts_.boxes_without_network > 0)
      line("left out", fmt::format("{} boxes (shapes cover their cores)", counts_.boxes_without_network));
    line("features",
         fmt::format("{} per subdomain and field: {} polynomials, {} units ({})", shape.features(),
                     shape.polynomials(), shape.width(), kind_of(shape)->description()));
    double points = 0, rows = 0, unknowns = 0;
    for (const auto& rank : counts_.ranks) {
      points += rank.points;
      rows += rank.rows;
      unknowns += counts_.unknowns(rank);
    }
    const std::string about = counts_.exact ? "" : "about ";
    line("points", about + count_text(points));
    line("rows", about + count_text(rows));
    if (training_.empty())
      line("unknowns", fmt::format("{}{} before compression", about, count_text(unknowns)));
    else
      networks();
    if (!space_.model.affine && training_.empty() && space_.model.unknowns.empty()) start();
  }

  void networks() {
    const NetworkParameters network(space_.family.shape, space_.model.fields.size());
    double all = 0;
    for (const auto& rank : training_) all += rank.parameters;
    line("networks",
         fmt::format("{}-{}, {} parameters each, {} of them of hidden layers", network.kind().layers(),
                     space_.model.fields.size(), network.size(), network.hidden()));
    line("parameters", count_text(all));
  }

  /// Where the Gauss-Newton iteration starts.
  void start() {
    const auto& options = file_.options;
    if (!options.coarse.empty())
      line("starts from",
           fmt::format("the solution on a grid of {} cells", fmt::join(options.coarse, " x ")));
    else
      line("starts from", options.time.slabs > 1 ? "zero, later the end of the slab before" : "zero");
  }

  /// "4 x 4 x 4", level by level.
  std::string grids() const {
    std::vector<std::string> levels;
    for (int level = 0; level < space_.decomposition.levels(); ++level) {
      std::array<int, max_dimension> cells{};
      for (const auto& s : space_.decomposition.subdomains())
        for (int d = 0; d < s.core.dimension; ++d)
          if (s.level == level) cells[d] = std::max(cells[d], s.cell[d] + 1);
      levels.push_back(fmt::format(
          "{}", fmt::join(cells.begin(), cells.begin() + space_.decomposition.dimension(), " x ")));
    }
    return fmt::format("{}", fmt::join(levels, " and "));
  }

  void ranks() {
    heading(fmt::format("Of {} rank{}, each", memory_.size(), memory_.size() == 1 ? "" : "s"));
    Range subdomains, points, rows, unknowns, memory;
    for (std::size_t r = 0; r < memory_.size(); ++r) {
      const auto& rank = counts_.ranks[r];
      subdomains.add(static_cast<double>(rank.subdomains.size()));
      points.add(rank.points);
      rows.add(rank.rows);
      unknowns.add(training_.empty() ? counts_.unknowns(rank) : training_[r].parameters);
      memory.add(memory_[r].peak());
    }
    line("subdomains", subdomains, count_text);
    line("points", points, count_text);
    line("rows", rows, count_text);
    line(training_.empty() ? "unknowns" : "parameters", unknowns, count_text);
    line("memory at its peak", memory, bytes_text);
    parts(*std::ranges::max_element(memory_, {}, &MemoryPlan::peak));
  }

  /// What the largest rank needs its memory for.
  void parts(const MemoryPlan& memory) {
    line("  libraries", bytes_text(memory.libraries));
    line("  points", bytes_text(memory.points));
    if (memory.training > 0) line("  training", bytes_text(memory.training));
    if (kind_of(space_.family.shape)->uses_tensors())
      line("  LibTorch", "not counted: what it holds while it evaluates some hundred points");
    if (memory.local > 0) line("  local problems", bytes_text(memory.local));
    if (memory.raw_jacobian == 0) return line("  output", bytes_text(memory.output));
    line("  Jacobian",
         fmt::format("{}, compressed {}", bytes_text(memory.raw_jacobian), bytes_text(memory.jacobian)));
    line("  normal blocks", bytes_text(std::max(memory.normal_blocks, memory.patch_blocks)));
    if (memory.patch_factors > 0) line("  local factors", bytes_text(memory.patch_factors));
    if (memory.coarse > 0) line("  coarse problem", bytes_text(memory.coarse));
    if (memory.direct_matrix > 0)
      line("  sparse factorisation",
           fmt::format("{}, and {} for the matrix", bytes_text(memory.direct_factor),
                       bytes_text(memory.direct_matrix)));
    line("  output", bytes_text(memory.output));
  }

  /// What ranks send: a count of its own kind, messages and bytes.
  template <class Plans, class Count>
  void sent(const std::string& what, const Plans& plans, Count count) {
    Range counted, messages, bytes;
    for (const auto& plan : plans) {
      counted.add(count(plan));
      messages.add(plan.messages);
      bytes.add(plan.bytes);
    }
    line(what, counted, count_text);
    line("messages sent", messages, count_text);
    line("bytes sent", bytes, bytes_text);
  }

  void outer_iteration() {
    heading("One outer iteration of the interface coupling, per rank");
    sent("trace unknowns", interface_, [](const auto& plan) { return plan.traces; });
    line("coarse solves", file_.options.coarse.empty() ? "0" : "1");
    const auto rule = transmission_rule(file_.problem, space_.model, file_.options.decomposition.interface,
                                        file_.options.coarse);
    line(
        "kinds of subdomains",
        fmt::format(
            "{}, by their geometry",
            congruence_of(space_.model, space_.decomposition, space_.family, rule, file_.options).classes()));
  }

  void gradient_step() {
    const auto& adam = file_.options.solver.adam;
    heading(adam.schedule == AdamSchedule::all
                ? "One step by gradients, per rank"
                : fmt::format("One refresh of neighbours, after {} steps, per rank", adam.every));
    sent("ghost parameters", training_, [](const auto& plan) { return plan.ghosts; });
  }

  void iteration() {
    if (file_.options.decomposition.coupling == Coupling::interface) return outer_iteration();
    if (trains_by(file_, Method::adam) || trains_by(file_, Method::lbfgs)) gradient_step();
    if (!training_.empty() && !trains_by(file_, Method::gauss_newton) &&
        !trains_by(file_, Method::least_squares))
      return;
    heading("One Krylov iteration, per rank");
    sent("neighbouring ranks", messages_, [](const auto& plan) { return plan.neighbours; });
    line("reductions", fmt::format("{}", messages_.front().reductions));
    line("coarse solves", fmt::format("{}", messages_.front().coarse_solves));
    if (const int solves = messages_.front().factor_solves; solves > 0)
      line("sparse direct solves", fmt::format("{} (MUMPS sends messages of its own)", solves));
  }

  void warnings() {
    const int ranks = static_cast<int>(memory_.size()), cores = space_.decomposition.live();
    if (cores < ranks)
      warn(fmt::format(
          "there are {} subdomains for {} ranks (some ranks would be idle); use at most {} ranks, or more "
          "subdomains",
          cores, ranks, cores));
    double total = 0;
    for (const auto& memory : memory_) total += memory.peak();
    if (const double there = machine_memory(); total > there)
      warn(fmt::format(
          "all ranks together need about {} (this machine has {}); use more machines, or fewer subdomains, "
          "points or hidden units",
          bytes_text(total), bytes_text(there)));
  }

  void warn(const std::string& message) { text_ += "\nwarning: " + message + "\n"; }

  const CaseFile& file_;
  const CaseFile& whole_;
  SpaceLayout space_;
  PlanCounts counts_;
  std::vector<MessagePlan> messages_;
  std::vector<TrainingPlan> training_;    ///< by rank; empty where hidden layers are not trained
  std::vector<InterfacePlan> interface_;  ///< by rank; empty with windowed coupling
  std::vector<MemoryPlan> memory_;
  std::string text_;
};

/// The first of the cases that a run solves.
CaseFile first_part(const CaseFile& file) {
  std::vector<double> initial;
  for (const auto& unknown : file.problem.unknowns) initial.push_back(unknown.initial);
  const bool fits = fits_forward_solutions(file.problem, file.options);
  return slab_case(fits ? forward_case(file, initial) : file, 0);
}

}  // namespace

double machine_memory() {
  std::ifstream info("/proc/meminfo");
  for (std::string key; info >> key;) {
    double kibibytes = 0;
    if (key == "MemTotal:" && info >> kibibytes) return 1024 * kibibytes;
    info.ignore(4096, '\n');
  }
  return std::numeric_limits<double>::infinity();
}

double predicted_memory(const CaseFile& file, int ranks) {
  const auto part = first_part(file);
  const auto space = lay_out(part, ranks);
  const auto counts = count(part, space, ranks, 5e4);
  double total = 0;
  const bool judged = judged_part(space.model, space.decomposition, part.options) < 1;
  const auto interface = judged ? plan_interface(part, space, ranks) : std::vector<InterfacePlan>{};
  for (int r = 0; r < ranks; ++r) {
    auto memory = plan_memory(part, space, counts, r);
    if (judged) memory.local = interface[r].memory;
    total += memory.peak();
  }
  return total;
}

std::string plan(const CaseFile& file, int ranks) { return PlanText(first_part(file), file, ranks).text(); }

}  // namespace ddpinn
