// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/checkpoint/checkpoint_folder.hpp"

#include <ddpinn/result.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace ddpinn {

/// What a run has found so far, and the state of the work under way: what a checkpoint holds.
///
/// A run that goes on from a checkpoint does all that it did before, but takes what the journal has instead
/// of calculating it: a piece of work asks for its record first (`take`), and leaves one when it is done, in
/// place of those of its parts. Work of many steps leaves its state between them (`offer`), and begins with
/// the state that it finds. What is not in a record is calculated anew and must come out the same, so that a
/// run that went on gives, on as many ranks, the very numbers of one that was never stopped.
///
/// A journal of no run (that of a default Monitor) keeps nothing and finds nothing.
class Journal {
 public:
  struct Settings {
    std::filesystem::path folder = {};  ///< for checkpoints; empty: none are written
    double every = 600;                 ///< seconds between them; 0: only where they are asked for
    /// Seconds between two states from which on the later one is written whatever `every` says: a kill on
    /// such a way, a factorisation say, shall lose that way only.
    double long_way = 20;
    int keep = 2;           ///< as many are left
    std::string text = {};  ///< the case
    /// Whether this rank has been asked for a checkpoint since the last call; one rank's word is enough.
    std::function<bool()> asked = {};
    std::function<void(const std::string&)> message = {};  ///< on every rank
  };

  Journal() = default;
  Journal(const Communicator& comm, Settings settings) : comm_(&comm), settings_(std::move(settings)) {
    state_.text = settings_.text;
  }
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  bool is_kept() const { return comm_ != nullptr; }

  /// Goes on from a checkpoint.
  void load(Checkpoint);

  /// Has names until the end of the scope stand for what is within a piece of work.
  class Scope {
   public:
    Scope(Journal& journal, const std::string& name);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Journal& journal_;
    std::size_t length_;
  };
  [[nodiscard]] Scope enter(const std::string& name) { return {*this, name}; }

  /// The record that the checkpoint had; null where it had none, or it was taken already.
  const Record* take(const std::string& name);
  /// Whether the checkpoint had records within the present scope, or of parts of this piece of work in it,
  /// that have not been taken.
  bool resumes(const std::string& name = {}) const;

  /// Leaves a record, in place of that and those of the parts. Nothing where the journal is closed.
  void put(const std::string& name, Record);
  /// Has the journal stay as it is: the run is being stopped, and work ends where it should not.
  void close() { is_open_ = false; }
  bool is_open() const { return is_open_; }
  /// The state of work that the stop has met between two of its steps.
  void put_last(const std::string& name, Record);
  /// Forgets it and those of the parts.
  void erase(const std::string& name);

  /// When the state of work under way is remembered: always, so that a stop on the way to the next loses that
  /// way only, or only where a checkpoint is due.
  enum class Kept { always, when_due };
  /// Offers the state, and writes a checkpoint where one is due. @note Collective.
  template <class Make>
  void offer(const std::string& name, Kept kept, Make&& make) {
    if (!is_kept()) return;
    const bool due = is_due();
    if (due || kept == Kept::always) put(name, std::forward<Make>(make)());
    if (due) write();
  }
  /// Writes a checkpoint where one is due: all that there is of the state is in records. @note Collective.
  void offer() {
    if (is_kept() && is_due()) write();
  }
  /// Writes one. What fails is told as a warning. @note Collective.
  void write();
  /// The same where the last one is not what there is by now: a run that ends before its end. @note
  /// Collective.
  void flush() {
    if (changed_) write();
  }

  /// Blocks of these numbers, wherever they are. Those that no rank has are left out. @note Collective.
  Blocks fetch(const Blocks&, const std::vector<int>& wanted) const;

  /// The iterations of the work in this scope, which records of `take("history")` give back.
  void watch(const std::vector<Iteration>* history);
  std::vector<Iteration> history();

  /// Seconds of the runs before.
  double earlier_seconds() const { return earlier_; }
  /// Seconds that the last checkpoint took.
  double cost() const { return cost_; }
  /// The last one that was written; empty where none was.
  const std::filesystem::path& written() const { return written_; }

 private:
  using Clock = std::chrono::steady_clock;

  std::string path(const std::string& name) const { return scope_ + name; }
  void forget(const std::string& name);
  bool is_due();
  void add_history();
  double elapsed() const;

  const Communicator* comm_ = nullptr;
  Settings settings_;
  Checkpoint state_;
  std::set<std::string> loaded_;  ///< paths of records that have not been taken
  std::string scope_;             ///< with a "/" at its end, unless it is empty
  std::string history_path_;
  const std::vector<Iteration>* history_ = nullptr;
  bool is_open_ = true;
  bool changed_ = false;        ///< since the last checkpoint
  std::size_t iterations_ = 0;  ///< that the records are the state after
  Clock::time_point begin_ = Clock::now(), last_ = begin_;
  Clock::time_point state_reached_ = begin_;
  double earlier_ = 0, cost_ = 0;
  std::filesystem::path written_;
};

}  // namespace ddpinn
