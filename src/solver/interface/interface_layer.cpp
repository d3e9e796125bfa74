// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/interface_layer.hpp"

#include "dense/lapack.hpp"
#include "parallel/square_sum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

/// Boxes whose unknowns are multiplied at once: enough for the speed of matrix products.
constexpr std::size_t together = 128;

/// Boxes whose statements are evaluated at once: a call has a price of its own, and memory another.
constexpr std::size_t evaluated = 32;

/// c = op(a) b + beta c, where b has few columns or many.
void multiply_columns(Op op, MatrixView a, MatrixView b, double beta, double* c) {
  if (b.columns == 1)
    multiply(1, op, a, b.data, beta, c);
  else
    multiply(1, op, a, Op::none, b, beta, c, op == Op::none ? a.rows : a.columns);
}

/// Of the members of a system, one a column. @param y their unknowns
Matrix coefficients_of(const LocalSystems& system, MatrixView y) {
  const auto& transform = system.system->transform;
  auto result = Matrix::uninitialised(transform.rows(), y.columns);
  multiply_columns(Op::none, transform, y, 0, result.data());
  return result;
}

}  // namespace

/// Calls visit(members, y): parts of the members of a system, and the offset of the first one's unknowns.
template <class Visit>
void InterfaceLayer::for_blocks(const LocalSystems& system, Visit&& visit) const {
  const Members all = system.members;
  for (std::size_t begin = 0; begin < all.size(); begin += together)
    visit(all.subspan(begin, std::min(together, all.size() - begin)),
          system.first_unknown + begin * system.unknowns());
}

Coefficients InterfaceLayer::start() const {
  Coefficients result;
  // With materials, parts that hardly reach into a box have too few points there for a fit.
  if (grid_ && !case_.space.model().region.has_interfaces())
    for (const auto& own : own_) result[own.k] = grid_->fit(own.k);
  return result;
}

void InterfaceLayer::linearise(const Coefficients& coefficients, bool reweight, const StopTest& stop) {
  const auto traces = given_traces(coefficients);
  if (grid_) grid_->prepare(coefficients);
  systems_.clear();
  KnownSystems known;
  in_rounds(case_.space.communicator(), classes_.size(), 1, stop,
            [&](std::size_t c) { linearise(classes_[c], coefficients, traces, reweight, known); });
  for (auto& system : systems_) system.system->basis = {};
  unknowns_ = 0;
  for (auto& system : systems_) {
    system.first_unknown = unknowns_;
    unknowns_ += system.members.size() * system.unknowns();
  }
}

void InterfaceLayer::linearise(LocalClass& local, const Coefficients& coefficients,
                               std::span<const double> traces, bool reweight, KnownSystems& known_systems) {
  const std::size_t number = &local - classes_.data(), rows = local.weights.size();
  ClassLinearisation linearisation(case_, local, number, grid_.get(), known_systems, systems_, reweight);
  const Members all = local.members;
  for (std::size_t begin = 0; begin < all.size(); begin += evaluated) {
    const auto members = all.subspan(begin, std::min(evaluated, all.size() - begin));
    const auto fields = own_traces(local, members, coefficients);
    std::vector<ClassLinearisation::Box> boxes;
    for (std::size_t i = 0; i < members.size(); ++i) {
      auto& own = own_[members[i]];
      auto& box = boxes.emplace_back();
      box.member = members[i];
      box.k = own.k;
      for (std::size_t p = 0; p < local.parts.size(); ++p)
        box.coefficients.push_back(&coefficients.at(local.network(own.k, p)));
      box.field = {fields.column(i), rows};
      box.traces = traces.subspan(own.first_trace, rows);
      box.places = &own.places;
      box.state = &own.state;
    }
    linearisation.add(boxes);
  }
  linearisation.finish();
}

void InterfaceLayer::weigh(const Coefficients& coefficients) {
  for (auto& own : own_) {
    auto& local = classes_[own.local_class];
    std::vector<const Matrix*> known;
    for (const auto& part : local.parts) known.push_back(&coefficients.at(part.k));
    const auto present = local_fields(case_, local, own.k, known);
    local.problem->set_weights(present);
    own.state.weights = std::make_shared<const Rows::Weights>(local.problem->weights());
  }
}

Blocks InterfaceLayer::weights() const {
  Blocks blocks;
  for (const auto& own : own_) {
    if (!own.state.weights) continue;
    auto& block = blocks[own.k];
    for (const auto& group : *own.state.weights)
      for (const auto& column : group) block.insert(block.end(), column.begin(), column.end());
  }
  return blocks;
}

/// Boxes with the same weights share them, as they did: they may have the same matrices.
void InterfaceLayer::take_weights(const Blocks& held, const Journal& journal) {
  std::vector<int> wanted;
  for (const auto& own : own_) wanted.push_back(own.k);
  std::map<std::pair<std::size_t, std::vector<double>>, std::shared_ptr<const Rows::Weights>> known;
  for (const auto& [k, block] : journal.fetch(held, wanted)) {
    auto& own = *std::ranges::find(own_, k, &Own::k);
    auto& weights = known[{own.local_class, block}];
    if (!weights) {
      auto filled = problem_at(case_, classes_[own.local_class], k).unit_weights();
      auto from = block.begin();
      for (auto& group : filled)
        for (auto& column : group)
          for (auto& weight : column) weight = *from++;
      weights = std::make_shared<const Rows::Weights>(std::move(filled));
    }
    own.state.weights = weights;
  }
}

std::vector<InterfaceLayer::Local> InterfaceLayer::locals(const Coefficients& coefficients) {
  const auto traces = given_traces(coefficients);
  std::vector<Local> result;
  for (const auto& own : own_) {
    const auto& local = classes_[own.local_class];
    const auto first = traces.begin() + own.first_trace;
    local.problem->take_weights(*own.state.weights);
    result.push_back({own.k,
                      local.problem.get(),
                      local.parts.front().rows.get(),
                      local.weights,
                      {first, first + local.weights.size()}});
  }
  return result;
}

/// Adds what boxes give to rows of this rank, and to the contributions to those of others.
void InterfaceLayer::scatter(const Giving& giving, std::span<const Target> targets, const double* values,
                             std::vector<double>& contributions, std::span<double> traces) {
  for (std::size_t slot = 0; slot < targets.size(); ++slot) {
    const auto& [first, places] = targets[slot];
    const auto begin = giving.first[slot], end = giving.first[slot + 1];
    if (places.empty())
      for (auto r = begin; r < end; ++r) traces[first + giving.rows->target(r)] += values[r];
    else
      for (auto r = begin; r < end; ++r) contributions[places[r - begin]] += values[r];
  }
}

void InterfaceLayer::give(std::size_t stage, std::span<const double> y) {
  auto& contributions = stages_[stage].contributions();
  std::ranges::fill(contributions, 0.0);
  std::vector<double> values;
  for (const auto& system : systems_) {
    const auto& local = classes_[system.local_class];
    std::size_t first_target = 0;
    for (std::size_t g = 0; g < local.giving.size(); ++g) {
      const auto& giving = local.giving[g];
      const auto slots = giving.receivers.size(), rows = giving.rows->size(), unknowns = system.unknowns();
      if (giving.stage == stage)
        for_blocks(system, [&](Members members, std::size_t offset) {
          values.resize(rows * members.size());
          const MatrixView mine(y.data() + offset, unknowns, members.size(), unknowns);
          if (system.slim)
            multiply_columns(Op::none, local.given[g], coefficients_of(system, mine), 0, values.data());
          else
            multiply_columns(Op::none, system.giving[g], mine, 0, values.data());
          for (std::size_t i = 0; i < members.size(); ++i)
            scatter(giving, std::span(own_[members[i]].targets).subspan(first_target, slots),
                    values.data() + i * rows, contributions, traces_);
        });
      first_target += slots;
    }
  }
}

/// Solves the local problems of a stage with the present traces and the grid's correction.
void InterfaceLayer::solve(std::size_t stage, bool homogeneous, std::span<double> y) {
  std::vector<double> traces;
  for (const auto& system : systems_) {
    const auto& local = classes_[system.local_class];
    if (local.stage != stage) continue;
    const auto unknowns = system.unknowns(), rows = local.weights.size();
    for_blocks(system, [&](Members members, std::size_t offset) {
      double* mine = y.data() + offset;
      std::fill_n(mine, members.size() * unknowns, 0.0);
      traces.resize(rows * members.size());
      for (std::size_t i = 0; i < members.size(); ++i) {
        const auto& own = own_[members[i]];
        if (!homogeneous) std::ranges::copy(own.state.start, mine + i * unknowns);
        std::copy_n(traces_.data() + own.first_trace, rows, traces.data() + i * rows);
      }
      const MatrixView taken(traces.data(), rows, members.size(), rows);
      if (system.slim) {
        const auto& transform = system.system->transform;
        auto forces = Matrix::uninitialised(transform.rows(), members.size());
        multiply_columns(Op::none, local.taken, taken, 0, forces.data());
        multiply_columns(Op::transpose, transform, forces, 1, mine);
      } else {
        multiply_columns(Op::none, system.system->traces, taken, 1, mine);
      }
      if (grid_)
        for (std::size_t p = 0; p < local.parts.size(); ++p)
          grid_->add_correction(system.images[p], places_of(members, p), mine);
    });
  }
}

std::vector<const GridDefect::Places*> InterfaceLayer::places_of(Members members, std::size_t part) const {
  std::vector<const GridDefect::Places*> result;
  for (auto m : members) result.push_back(&own_[m].places[part]);
  return result;
}

void InterfaceLayer::apply(std::span<const double> y, std::span<double> to, bool homogeneous) {
  std::ranges::copy(y, to.begin());
  std::ranges::fill(traces_, 0.0);
  for (std::size_t s = 0; s < stages_.size(); ++s) {
    give(s, to);
    stages_[s].begin(traces_);
    if (grid_ && s == 0) {  // while the traces are under way
      grid_->start(homogeneous);
      for (const auto& system : systems_)
        for_blocks(system, [&](Members members, std::size_t offset) {
          const MatrixView mine(y.data() + offset, system.unknowns(), members.size(), system.unknowns());
          for (std::size_t p = 0; p < system.images.size(); ++p)
            grid_->add_defect(system.images[p], places_of(members, p), mine);
        });
    }
    stages_[s].end(traces_);
    if (grid_ && s == 0) {
      const auto timed = optional_scope(timers_, "coarse solve");
      grid_->correct();
    }
    solve(s, homogeneous, to);
  }
}

Coefficients InterfaceLayer::step(std::span<const double> y) const {
  Coefficients result;
  const auto size = case_.network_size();
  for (const auto& system : systems_) {
    const auto& local = classes_[system.local_class];
    for_blocks(system, [&](Members members, std::size_t offset) {
      const auto all =
          coefficients_of(system, {y.data() + offset, system.unknowns(), members.size(), system.unknowns()});
      for (std::size_t i = 0; i < members.size(); ++i)
        for (std::size_t p = 0; p < local.parts.size(); ++p) {
          auto& c = result[local.network(own_[members[i]].k, p)] =
              Matrix::uninitialised(case_.space.family().shape.features(), case_.space.model().fields.size());
          std::copy_n(all.column(i) + p * size, size, c.data());
        }
    });
  }
  return result;
}

/// Systems of one geometry on two ranks are one where their slopes are.
long long InterfaceLayer::classes() const {
  std::vector<double> own;
  for (const auto& system : systems_) {
    own.push_back(case_.congruence.of(classes_[system.local_class].box));
    own.push_back(static_cast<double>(classes_[system.local_class].stage));
    own.push_back(system.projection);
  }
  const auto all = all_gather(case_.space.communicator(), own);
  std::vector<std::array<double, 3>> kinds;
  for (std::size_t i = 0; i < all.size(); i += 3) kinds.push_back({all[i], all[i + 1], all[i + 2]});
  std::ranges::sort(kinds);
  const auto repeated = std::ranges::unique(kinds, [](const auto& a, const auto& b) {
    return a[0] == b[0] && a[1] == b[1] && b[2] - a[2] <= DistinctNumbers::reach;
  });
  return std::ssize(kinds) - std::ssize(repeated);
}

double InterfaceLayer::size_square(std::span<const double> y) const {
  double local = square_sum(y);
  for (const auto& own : own_) local += own.state.size_square;
  return sum(case_.space.communicator(), local);
}

double InterfaceLayer::objective(const Coefficients& coefficients) {
  const auto traces = given_traces(coefficients);
  double total = 0;
  bool finite = true;
  for (auto& local : classes_)
    for (auto m : local.members) {
      if (!finite) break;
      const auto square = objective(local, m, coefficients, traces);
      finite = square.has_value();
      total += square.value_or(0);
    }
  return any(case_.space.communicator(), !finite) ? std::numeric_limits<double>::infinity()
                                                  : sum(case_.space.communicator(), total) / 2;
}

/// |W r|^2 of one box; nothing where it is not finite.
std::optional<double> InterfaceLayer::objective(LocalClass& local, std::size_t member,
                                                const Coefficients& coefficients,
                                                std::span<const double> traces) const {
  const auto& own = own_[member];
  std::vector<const Matrix*> known;
  for (std::size_t p = 0; p < local.parts.size(); ++p)
    known.push_back(&coefficients.at(local.network(own.k, p)));
  const auto present = local_fields(case_, local, own.k, known);
  try {
    local.problem->take_weights(*own.state.weights);
    auto residual = local.problem->residual(present);
    const auto field = own_traces(local, {&member, 1}, coefficients);
    const auto rows = std::span(residual).last(local.weights.size());
    for (std::size_t r = 0; r < rows.size(); ++r)
      rows[r] = local.weights[r] * (field(r, 0) - traces[own.first_trace + r]);
    return square_sum(residual);
  } catch (const Error&) {
    return {};
  }
}

}  // namespace ddpinn
