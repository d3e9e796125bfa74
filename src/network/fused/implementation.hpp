// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// The table of operations of one instruction set. Included once by each file that defines DDPINN_ISA.
#pragma once

#include "network/fused/gradients.hpp"
#include "network/fused/layers.hpp"

#define DDPINN_TEXT_OF(name) #name
#define DDPINN_TEXT(name) DDPINN_TEXT_OF(name)

namespace ddpinn::fused::DDPINN_ISA {

template <class Real>
constexpr Operations<Real> table() {
  return {DDPINN_TEXT(DDPINN_ISA),
          lanes<Real>,
          tile_vectors * lanes<Real>,
          first<Real>,
          forward<Real>,
          backward<Real>,
          gradient<Real>,
          rows<Real>};
}

}  // namespace ddpinn::fused::DDPINN_ISA
