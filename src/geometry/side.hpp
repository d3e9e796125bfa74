// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace ddpinn {

/// On which side of an interface a value is taken: `minus` is inside its shape, and the normal points from
/// minus to plus; `here` is away from interfaces.
enum class Side { here, minus, plus };

}  // namespace ddpinn
