// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

namespace ddpinn {

/// Where and how progress is shown.
struct ProgressSettings {
  std::ostream* stream = nullptr;  ///< nothing is shown without one
  bool terminal = false;           ///< one line, written over and over; otherwise plain lines
  int width = 80;                  ///< characters a line of the terminal
  double interval = 5;             ///< seconds between two lines, or two states of the one line
  std::function<double()> clock;   ///< seconds, monotonic
};

/// For standard error: a line that is written over where it is a terminal, a line every five seconds
/// elsewhere. Silent on all ranks but rank 0, and where `quiet`.
ProgressSettings standard_progress(int rank, bool quiet);

/// Tells the user what the program does and how long it will take. The run is a sequence of phases; what is
/// known of the end of a phase is a number of steps, or a tolerance that the residual runs towards.
class Progress {
 public:
  explicit Progress(ProgressSettings settings);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// Ends the phase, so that what follows on a terminal starts on a line of its own.
  ~Progress();

  /// Ends the phase before. @param steps how many steps the phase has; 0 where that is not known
  void begin(const std::string& phase, long long steps = 0);
  void step(long long done);
  /// An iteration of a solver that stops at `tolerance`; the rest is extrapolated from log10(residual), taken
  /// as linear.
  void iterate(int iteration, double residual, double tolerance);
  void end();

 private:
  bool due();
  void show();
  std::string state() const;
  std::string on_terminal() const;
  void say(const std::string& line);

  ProgressSettings settings_;
  std::string phase_;  ///< empty between phases
  long long steps_ = 0;
  long long done_ = 0;
  int iteration_ = -1;  ///< -1: none yet
  double residual_ = 0;
  double first_residual_ = 0;  ///< of the phase, where the bar starts
  double fraction_ = -1;       ///< done of the phase, between 0 and 1; negative: not known
  double run_start_ = 0;
  double phase_start_ = 0;
  double last_shown_ = 0;
};

/// "0.3 s", "12 s", "3 min 20 s", "2 h 05 min".
std::string duration_text(double seconds);

}  // namespace ddpinn
