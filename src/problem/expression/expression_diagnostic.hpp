// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/problem.hpp>

#include <cstddef>
#include <string>

namespace ddpinn::expr {

/// Reports an error at a character of an expression: "file:line:column: message", the line's text, and a
/// caret.
/// @param offset index of the character in `text.value`; its size stands for the end
/// @throws Error (Status::case_file)
[[noreturn]] void fail(const Text& text, std::size_t offset, const std::string& message);

}  // namespace ddpinn::expr
