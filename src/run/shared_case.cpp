// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/shared_case.hpp"

#include "io/fields/table_file.hpp"
#include "parallel/agree.hpp"
#include "problem/case/case_diagnostics.hpp"

namespace ddpinn {

namespace {

std::vector<std::string> broadcast_all(const Communicator& comm, std::vector<std::string> words) {
  words.resize(sum(comm, comm.rank() == 0 ? std::ssize(words) : 0));
  for (auto& word : words) word = broadcast(comm, word);
  return words;
}

}  // namespace

CaseFile read_shared_case(const Communicator& comm, const std::string& path,
                          const std::vector<std::string>& overrides) {
  std::string text;
  on_root(comm, [&] { text = case_text(path); });
  text = broadcast(comm, text);
  return parse_case(text, broadcast(comm, path), broadcast_all(comm, overrides), shared_tables(comm));
}

}  // namespace ddpinn
