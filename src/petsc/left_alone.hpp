// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <functional>

namespace ddpinn::petsc {

/// Keeps what would destroy an object that its handle leaves alone while an exception unwinds: destruction
/// may be collective, and the other ranks may not come along. Without memory for that the object is lost.
void leave_alone(std::function<void()> destroy) noexcept;

/// How many objects of this rank were left alone.
std::size_t left_alone();

/// Destroys them, the first to be left first. @pre all ranks have left the same @note Collective.
void destroy_left_alone();

/// Keeps them to the end of the process, as where ranks have left different ones: they count no more.
void keep_left_alone();

}  // namespace ddpinn::petsc
