// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Usage: compare_fields A.h5 B.h5 FIELD... Prints the largest difference of the fields of two runs on the
// same output grid, each relative to the field's largest value in A.
#include "io/fields/field_file.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>
#include <cmath>
#include <exception>
#include <iostream>
#include <limits>

namespace {

/// Points outside the domain are NaN in both; a NaN in one only is an infinite difference.
double relative_difference(const std::vector<double>& a, const std::vector<double>& b) {
  double difference = 0, largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) && std::isnan(b[i])) continue;
    if (std::isnan(a[i]) || std::isnan(b[i])) return std::numeric_limits<double>::infinity();
    difference = std::max(difference, std::abs(a[i] - b[i]));
    largest = std::max(largest, std::abs(a[i]));
  }
  return largest > 0 ? difference / largest : difference;
}

double compare(int argc, char** argv) {
  double result = 0;
  for (int i = 3; i < argc; ++i) {
    const auto a = ddpinn::read_field(argv[1], argv[i]), b = ddpinn::read_field(argv[2], argv[i]);
    if (a.size() != b.size())
      throw ddpinn::Error(ddpinn::Status::usage, std::string(argv[2]) + ": field '" + argv[i] +
                                                     "' has another size (" + std::to_string(b.size()) +
                                                     " instead of " + std::to_string(a.size()) +
                                                     " points); compare runs with the same output.grid");
    result = std::max(result, relative_difference(a, b));
  }
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "Usage: compare_fields A.h5 B.h5 FIELD...\n";
    return static_cast<int>(ddpinn::Status::usage);
  }
  try {
    std::cout.precision(3);
    std::cout << std::scientific << compare(argc, argv) << "\n";
    return 0;
  } catch (const ddpinn::Error& error) {
    std::cerr << "error: " << error.what() << "\n";
    return static_cast<int>(error.status());
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << "\n";
    return static_cast<int>(ddpinn::Status::input_output);
  }
}
