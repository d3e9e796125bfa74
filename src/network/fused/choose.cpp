// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/fused/operations.hpp"

#include <ddpinn/error.hpp>

#include <string>
#include <type_traits>
#include <vector>

namespace ddpinn::fused {

namespace {

template <class Real>
const Operations<Real>& pick(const Operations<float>& (*single)(), const Operations<double>& (*twice)()) {
  if constexpr (std::is_same_v<Real, float>)
    return single();
  else
    return twice();
}

/// Those that this processor runs, the fastest first.
template <class Real>
std::vector<const Operations<Real>*> available() {
  std::vector<const Operations<Real>*> result;
#ifdef __x86_64__
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
    result.push_back(&pick<Real>(avx512_float, avx512_double));
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    result.push_back(&pick<Real>(avx2_float, avx2_double));
#endif
  result.push_back(&pick<Real>(baseline_float, baseline_double));
  return result;
}

}  // namespace

template <class Real>
const Operations<Real>& choose_operations(const std::string& name) {
  for (const auto* operations : available<Real>())
    if (name.empty() || name == operations->name) return *operations;
  throw Error(Status::usage,
              "kernel: instruction set '" + name +
                  "' is not there (this processor or build lacks it); choose avx512, avx2 or baseline, "
                  "or leave the choice to the program");
}

template const Operations<float>& choose_operations(const std::string&);
template const Operations<double>& choose_operations(const std::string&);

}  // namespace ddpinn::fused
