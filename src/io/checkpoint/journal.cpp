// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/checkpoint/journal.hpp"

#include "base/log.hpp"
#include "parallel/agree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ddpinn {

namespace {

constexpr int numbers_of_iteration = 6;

/// Of the time, that checkpoints after long ways may take.
constexpr double small_share = 0.01;

double seconds(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double>(time).count();
}

Record record_of(const std::vector<Iteration>& history, std::size_t count) {
  Record record;
  auto& all = record.numbers["iterations"];
  for (std::size_t i = 0; i < count; ++i) {
    const auto& [nonlinear, krylov, residual, objective, seconds, step_end] = history[i];
    all.insert(all.end(), {static_cast<double>(nonlinear), static_cast<double>(krylov), residual, objective,
                           seconds, step_end ? 1.0 : 0.0});
  }
  return record;
}

}  // namespace

Journal::Scope::Scope(Journal& journal, const std::string& name)
    : journal_(journal), length_(journal.scope_.size()) {
  if (journal.is_kept()) journal_.scope_ += name + "/";
}

Journal::Scope::~Scope() { journal_.scope_.resize(length_); }

void Journal::load(Checkpoint checkpoint) {
  state_.records = std::move(checkpoint.records);
  loaded_.clear();
  for (const auto& [path, record] : state_.records) loaded_.insert(path);
  earlier_ = checkpoint.seconds;
}

const Record* Journal::take(const std::string& name) {
  const auto found = loaded_.extract(path(name));
  return found.empty() ? nullptr : &state_.records.at(found.value());
}

bool Journal::resumes(const std::string& name) const {
  const auto within = name.empty() ? scope_ : path(name) + "/";
  const auto next = loaded_.lower_bound(within);
  return next != loaded_.end() && next->starts_with(within);
}

void Journal::put(const std::string& name, Record record) {
  if (is_kept() && is_open_) put_last(name, std::move(record));
}

void Journal::put_last(const std::string& name, Record record) {
  forget(name);
  state_.records[path(name)] = std::move(record);
  changed_ = true;
  iterations_ = history_ ? history_->size() : 0;
}

void Journal::erase(const std::string& name) {
  if (is_open_) forget(name);
}

void Journal::forget(const std::string& name) {
  const auto is_part = [whole = path(name)](const std::string& other) {
    return other == whole || other.starts_with(whole + "/");
  };
  std::erase_if(state_.records, [&](const auto& entry) { return is_part(entry.first); });
  std::erase_if(loaded_, is_part);
}

void Journal::watch(const std::vector<Iteration>* history) {
  if (!is_kept()) return;
  if (history) {
    history_path_ = path("history");
  } else if (history_) {
    if (is_open_) iterations_ = history_->size();
    add_history();
  }
  history_ = history;
  if (is_open_) iterations_ = history ? history->size() : 0;
}

void Journal::add_history() {
  if (history_) state_.records[history_path_] = record_of(*history_, std::min(iterations_, history_->size()));
}

std::vector<Iteration> Journal::history() {
  std::vector<Iteration> result;
  const auto* record = take("history");
  if (!record) return result;
  const auto& all = record->numbers.at("iterations");
  for (std::size_t i = 0; i < all.size(); i += numbers_of_iteration)
    result.push_back({static_cast<int>(all[i]), static_cast<int>(all[i + 1]), all[i + 2], all[i + 3],
                      all[i + 4], all[i + 5] != 0});
  return result;
}

double Journal::elapsed() const { return seconds(Clock::now() - begin_); }

bool Journal::is_due() {
  const bool asked = settings_.asked && settings_.asked();
  const auto now = Clock::now();
  const double way = seconds(now - std::exchange(state_reached_, now));
  const bool long_way = way >= settings_.long_way && cost_ <= small_share * way;
  const bool late = settings_.every > 0 && (seconds(now - last_) >= settings_.every || long_way);
  return any(*comm_, asked || (comm_->rank() == 0 && late));
}

void Journal::write() {
  if (!is_kept() || settings_.folder.empty()) return;
  const auto begin = Clock::now();
  add_history();
  try {
    state_.seconds = earlier_ + elapsed();
    written_ = add_checkpoint(*comm_, settings_.folder, state_, settings_.keep);
    changed_ = false;
    if (settings_.message) settings_.message(fmt::format("checkpoint {}", written_.string()));
  } catch (const AgreedError& error) {
    log::warning("no checkpoint: {}", error.what());
  }
  last_ = Clock::now();
  cost_ = max(*comm_, seconds(last_ - begin));
}

Blocks Journal::fetch(const Blocks& held, const std::vector<int>& wanted) const {
  Blocks result;
  for (int key : wanted)
    if (const auto found = held.find(key); found != held.end()) result[key] = found->second;
  if (!any(*comm_, result.size() < wanted.size())) return result;
  std::vector<double> keys;
  for (const auto& [key, values] : held) keys.push_back(key);
  const auto counts = all_gather(*comm_, std::ssize(keys));
  const auto all = all_gather(*comm_, keys);
  std::map<int, int> holder;
  std::size_t at = 0;
  for (int rank = 0; rank < comm_->size(); ++rank)
    for (long long i = 0; i < counts[rank]; ++i) holder[static_cast<int>(all[at++])] = rank;
  std::map<int, std::vector<int>> asked;
  for (int key : wanted)
    if (const auto found = holder.find(key); found != holder.end() && !result.contains(key))
      asked[found->second].push_back(key);
  std::vector<Message<int>> questions;
  for (auto& [rank, list] : asked) questions.push_back({rank, std::move(list)});
  std::vector<Message<double>> answers;
  for (const auto& [rank, list] : ddpinn::exchange(*comm_, questions)) {
    auto& answer = answers.emplace_back();
    answer.rank = rank;
    for (int key : list) {
      const auto& values = held.at(key);
      answer.data.insert(answer.data.end(), {static_cast<double>(key), static_cast<double>(values.size())});
      answer.data.insert(answer.data.end(), values.begin(), values.end());
    }
  }
  for (const auto& [rank, data] : ddpinn::exchange(*comm_, answers))
    for (auto from = data.begin(); from != data.end();) {
      const int key = *from++;
      const auto size = static_cast<std::ptrdiff_t>(*from++);
      result[key].assign(from, from + size);
      from += size;
    }
  return result;
}

}  // namespace ddpinn
