// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Usage: ddpinn_mutate SEED CASE...: prints one of the cases with a few mistakes in it, the same ones for the
// same seed.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace {

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return n > 0 ? random_() % n : 0; }

  std::string mutate(std::string text) {
    const auto mistakes = 1 + below(4);
    for (std::size_t i = 0; i < mistakes; ++i) make_mistake(text);
    return text;
  }

 private:
  void make_mistake(std::string& text) {
    switch (below(11)) {
      case 0:
        return void(text.erase(below(text.size()), 1 + below(3)));
      case 1:
        return void(text.insert(below(text.size() + 1), 1 + below(3), static_cast<char>(below(256))));
      case 2:
        return swap_lines(text);
      case 3:
        return drop_line(text);
      case 4:
        return repeat_line(text);
      case 5:
      case 6:
        return replace(text, number(text), one_of(numbers_));
      case 7:
        return replace(text, word(text), some_word(text));
      case 8:
        return void(text.insert(inside_quotes(text), one_of(pieces_)));
      case 9:
        return void(text.insert(inside_quotes(text), deep()));
      default:
        return void(text.resize(below(text.size() + 1)));
    }
  }

  using Place = std::pair<std::size_t, std::size_t>;

  /// A run of characters of some kind, at random.
  template <class Is>
  Place run_of(const std::string& text, Is&& is) {
    std::vector<Place> found;
    for (std::size_t i = 0; i < text.size();) {
      std::size_t end = i;
      while (end < text.size() && is(text[end])) ++end;
      if (end > i) found.push_back({i, end - i});
      i = std::max(end, i + 1);
    }
    return found.empty() ? Place{0, 0} : found[below(found.size())];
  }
  Place number(const std::string& text) {
    return run_of(text, [](unsigned char c) { return std::isdigit(c) || c == '.'; });
  }
  Place word(const std::string& text) {
    return run_of(text, [](unsigned char c) { return std::isalpha(c) || c == '_'; });
  }
  std::string some_word(const std::string& text) {
    const auto [begin, size] = word(text);
    return text.substr(begin, size);
  }
  static void replace(std::string& text, Place place, const std::string& by) {
    text.replace(place.first, place.second, by);
  }

  std::size_t inside_quotes(const std::string& text) {
    std::vector<std::size_t> places;
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') inside = false;
      if (inside && text[i] != '"') places.push_back(i);
      if (text[i] == '"') inside = !inside;
    }
    return places.empty() ? 0 : places[below(places.size())];
  }

  Place line(const std::string& text) {
    return run_of(text, [](char c) { return c != '\n'; });
  }
  void drop_line(std::string& text) { replace(text, line(text), ""); }
  void repeat_line(std::string& text) {
    const auto [begin, size] = line(text);
    text.insert(begin, text.substr(begin, size) + "\n");
  }
  void swap_lines(std::string& text) {
    const auto one = line(text), other = line(text);
    const auto first = text.substr(one.first, one.second), second = text.substr(other.first, other.second);
    if (one.first >= other.first) return;
    replace(text, other, first);
    replace(text, one, second);
  }

  /// What is deep or long.
  std::string deep() {
    const auto n = 1 + below(3000);
    std::string text;
    switch (below(4)) {
      case 0:
        return std::string(n, '(') + "x" + std::string(n, ')');
      case 1:
        for (std::size_t i = 0; i < n; ++i) text += "u + ";
        return text;
      case 2:
        for (std::size_t i = 0; i < n; ++i) text += "sin(";
        return text + "x" + std::string(n, ')');
      default:
        for (std::size_t i = 0; i < n % 300; ++i) text += "where(u > 0, 1/u, ";
        return text + "x" + std::string(n % 300, ')');
    }
  }

  template <class List>
  std::string one_of(const List& list) {
    return list[below(list.size())];
  }

  static constexpr std::array<const char*, 16> numbers_{
      "0",    "-1",  "1e308", "-1e-308", "nan",    "inf",       "1e400", "9223372036854775808",
      "0.25", "1e5", "1e-12", "\"\"",    "[1, 2]", "{ a = 1 }", "true",  "1979-05-27"};
  static constexpr std::array<const char*, 16> pieces_{
      "**-",    "/0",      "log(-1)", "sqrt(u)*", "u_xxxx*", "==",    "\\n",      "\\u0000",
      "where(", "(1 > 0)", "u_t",     "n_x*",     "pi",      "1e999", "\xc3\xa9", "t.lower"};
  std::mt19937 random_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 1;
  const unsigned seed = std::strtoul(argv[1], nullptr, 10);
  Mutator mutator(seed);
  std::ifstream file(argv[2 + mutator.below(argc - 2)], std::ios::binary);
  std::cout << mutator.mutate({std::istreambuf_iterator<char>(file), {}});
}
