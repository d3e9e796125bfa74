// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/solution_record.hpp"

namespace ddpinn {

namespace {

std::vector<double> numbers_of(const Solution& solution) {
  return as_numbers(solution.converged, solution.stationary, solution.nonlinear_iterations,
                    solution.krylov_iterations, solution.data_emphasis, solution.residual, solution.unknowns,
                    solution.rows, solution.coarse_unknowns, solution.bytes_exchanged);
}

void take_numbers(const std::vector<double>& numbers, Solution& solution) {
  solution.converged = numbers.at(0) != 0;
  solution.stationary = numbers.at(1) != 0;
  solution.nonlinear_iterations = static_cast<int>(numbers.at(2));
  solution.krylov_iterations = static_cast<int>(numbers.at(3));
  solution.data_emphasis = numbers.at(4);
  solution.residual = numbers.at(5);
  solution.unknowns = static_cast<long long>(numbers.at(6));
  solution.rows = static_cast<long long>(numbers.at(7));
  solution.coarse_unknowns = static_cast<long long>(numbers.at(8));
  solution.bytes_exchanged = static_cast<long long>(numbers.at(9));
}

std::vector<double> numbers_of(const InterfaceReport& report) {
  return as_numbers(report.outer_iterations, report.jump, report.trace_rows, report.messages, report.bytes);
}

InterfaceReport interface_from(const std::vector<double>& numbers) {
  return {static_cast<int>(numbers.at(0)), numbers.at(1), static_cast<long long>(numbers.at(2)),
          static_cast<long long>(numbers.at(3)), static_cast<long long>(numbers.at(4))};
}

}  // namespace

Record record_of(const Rows& rows, const Solution& solution) {
  Record record;
  put_rows(rows, record);
  auto complete = solution.field;
  complete.complete();
  put_field(complete, "coefficients", record);
  record.numbers["solution"] = numbers_of(solution);
  record.numbers["standard_errors"] = solution.standard_errors;
  record.texts["stop_reason"] = solution.stop_reason;
  if (solution.interface) record.numbers["interface"] = numbers_of(*solution.interface);
  if (solution.energy) record.numbers["energy"] = {*solution.energy};
  return record;
}

Solution solution_from(Rows& rows, const Record& record, const Journal& journal) {
  get_rows(rows, record, journal);
  Solution solution{rows.zero_field(), {}};
  get_field(solution.field, "coefficients", record, journal);
  take_numbers(record.numbers.at("solution"), solution);
  solution.standard_errors = record.numbers.at("standard_errors");
  solution.stop_reason = record.texts.at("stop_reason");
  if (const auto found = record.numbers.find("interface"); found != record.numbers.end())
    solution.interface = interface_from(found->second);
  if (record.numbers.contains("energy")) solution.energy = record.number("energy");
  return solution;
}

Record record_of_all(const Rows& rows, const Solution& solution) {
  auto record = record_of(rows, solution);
  put_fields(rows, solution.fields, "fields", record);
  put_weights(rows, record);
  return record;
}

Solution all_of_solution_from(Rows& rows, const Record& record, const Journal& journal) {
  auto solution = solution_from(rows, record, journal);
  solution.fields = get_fields(rows, "fields", record, journal);
  get_weights(rows, record, journal);
  return solution;
}

}  // namespace ddpinn
