// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scaling/measurement.hpp"

#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// Which seconds a model is of: those of the clock, or those of the processors, which do not tell of others
/// that share these.
enum class ScalingClock { wall, processor };

/// Time of a run, predicted for one number of ranks.
struct Prediction {
  double ranks = 1;
  double work = 0;      ///< seconds: what is shared out over the ranks, as the rank with most has it
  double fixed = 0;     ///< what every rank does
  double coarse = 0;    ///< coarse set-up and solves
  double messages = 0;  ///< latency, bandwidth and reductions
  double total() const { return work + fixed + coarse + messages; }
};

/// A model of the time of a run, phase by phase:
///
///     t(P) = k(P) (a w(P) + b g(P)) I(P)/I(P0) + m(P) latency + bytes(P) / bandwidth + r(P) stage log2 P
///
/// w: subdomains of the rank with most (imbalance is in it), k: by how much a core is slower where others
/// compute beside it (products of matrices and copies in memory, measured beside the runs), a and b: seconds,
/// fitted to the medians of the measured runs, neither negative; I: iterations, in phases that iterate.
/// g: 1, but for coarse problems that grow with the number N of subdomains as sparse factors do (George, SIAM
/// J. Numer. Anal. 10, 1973): factorisation N^1.5 and N^2, solve N log N and N^(4/3) in 2 and 3 dimensions.
/// Messages m, bytes and reductions r are those counted in the runs; beyond these, neighbours and surfaces of
/// compact blocks of subdomains.
class ScalingModel {
 public:
  /// @param network beyond the measured ranks; empty: as measured
  ScalingModel(const ScalingResults&, ScalingClock, std::optional<NetworkSpeed> network = {});

  /// Of a measured number of ranks with its own counts, messages and rates; of any other extrapolated.
  Prediction predict(double ranks) const;

  /// Seconds of a run by the model's clock.
  double seconds(const Measurement&) const;
  /// Of a measured point, median over its runs.
  double measured(const ScalingPoint&) const;

  /// Subdomains on this many ranks.
  double subdomains(double ranks) const;

 private:
  struct PhaseFit {
    std::string name;
    bool iterates = false;
    bool coarse = false;
    double work = 0;   ///< a
    double fixed = 0;  ///< b
  };

  const ScalingPoint* point_of(double ranks) const;
  double seconds(const ScalingPoint&, const std::string& phase) const;
  double largest_share(double ranks) const;
  double slowdown(double ranks) const;
  double growth(const PhaseFit&, double ranks) const;
  double iterations(double ranks) const;
  double sending(const PhaseFit&, double ranks) const;
  PhaseFit fit(const std::string& name) const;

  ScalingResults results_;
  ScalingClock clock_;
  std::optional<NetworkSpeed> network_;
  std::vector<PhaseFit> phases_;
};

/// What the model that is fitted to all points but the last predicts for the last; empty with less than
/// three.
std::optional<Prediction> predict_last(const ScalingResults&, ScalingClock);

}  // namespace ddpinn
