// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include <ddpinn/error.hpp>

namespace ddpinn {

std::string prefix(const Location& at) {
  std::string text;
  if (!at.file.empty()) text += at.file + ':';
  if (at.line > 0) text += std::to_string(at.line) + ':';
  if (at.line > 0 && at.column > 0) text += std::to_string(at.column) + ':';
  return text.empty() ? text : text + ' ';
}

}  // namespace ddpinn
