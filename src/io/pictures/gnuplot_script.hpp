// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/pictures/figure_data.hpp"

#include <string>
#include <vector>

namespace ddpinn {

/// One panel of a figure: a slice and the files that hold its data.
struct Panel {
  std::string data;               ///< file written by figure_data
  std::string borders;            ///< file written by border_data; empty for none
  std::string label;              ///< which slice; empty for the whole domain
  std::vector<std::string> axes;  ///< names of the horizontal and vertical coordinate
  std::vector<Range> extent;      ///< of the domain along them
};

/// Everything that a figure of one field shows.
struct Figure {
  std::string title;
  std::string field;
  std::vector<Panel> panels;
  Range value;                ///< of the field over all panels
  Range error;                ///< of its error and the estimate of it, which share a scale; empty: not drawn
  bool has_exact = false;     ///< whether the error is drawn, and of curves the exact values too
  bool has_estimate = false;  ///< whether the estimated error is drawn
};

/// The first lines of a script: which format, how large, and where to. @param width, height in pixels
std::string plot_header(int width, int height, const std::string& output, const std::string& script);

/// A gnuplot script that draws curves or heat maps, to be run in the folder of its data; `output` is the
/// picture's path without its ending. Pictures are PNG unless the user sets format to 'pdf' or 'svg'.
std::string figure_script(const Figure&, const std::string& output);

/// A gnuplot script for the convergence: residual over iterations, data columns iteration, residual; and the
/// ends of nonlinear steps in a second file. @param steps whether there are both
std::string convergence_script(const std::string& title, const std::string& iteration_label, bool steps,
                               const std::string& output);

}  // namespace ddpinn
