// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_lexer.hpp"

#include "problem/expression/expression_diagnostic.hpp"

#include <array>
#include <charconv>

namespace ddpinn::expr {
namespace {

// Character classes of ASCII; those of <cctype> depend on the locale.
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Longer symbols before their beginnings.
constexpr std::array<std::string_view, 16> symbols = {"**", "<=", ">=", "==", "!=", "<", ">", "+",
                                                      "-",  "*",  "/",  "(",  ")",  ",", "&", "|"};

constexpr std::size_t longest_name = 100;

struct Mistake {
  std::string_view text;
  const char* remedy;
};

// What people write who come from other languages.
constexpr std::array<Mistake, 8> mistakes = {
    {{"^", "write powers as **, such as x**2"},
     {"//", "write / (all numbers are real)"},
     {"%", "write the remainder with other functions"},
     {"=", "write an equation left = right as left - (right), and == to compare"},
     {"~", "write not"},
     {"!", "write not, or != to compare"},
     {"[", "write parentheses ( )"},
     {"{", "write parentheses ( )"}}};

class Lexer {
 public:
  explicit Lexer(const Text& text) : text_(text), rest_(text.value) {}

  std::vector<Token> run() {
    std::vector<Token> result;
    do {
      while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
      result.push_back(next());
    } while (result.back().kind != Token::Kind::end);
    return result;
  }

 private:
  std::size_t offset() const { return text_.value.size() - rest_.size(); }

  Token take(Token::Kind kind, std::size_t length, double value = 0) {
    Token token{kind, rest_.substr(0, length), offset(), value};
    rest_.remove_prefix(length);
    return token;
  }

  Token next() {
    if (rest_.empty()) return {Token::Kind::end, rest_, offset(), 0};
    const char c = rest_.front();
    if (is_letter(c)) return name();
    if (is_digit(c) || (c == '.' && rest_.size() > 1 && is_digit(rest_[1]))) return number();
    if (!rest_.starts_with("//")) {
      for (auto symbol : symbols)
        if (rest_.starts_with(symbol)) return take(Token::Kind::symbol, symbol.size());
    }
    unreadable();
  }

  Token name() {
    std::size_t length = 1;
    while (length < rest_.size() && (is_letter(rest_[length]) || is_digit(rest_[length]))) ++length;
    if (length > longest_name)
      fail(text_, offset(),
           "a name has " + std::to_string(length) + " characters (at most " + std::to_string(longest_name) +
               " are allowed); shorten it");
    return take(Token::Kind::name, length);
  }

  Token number() {
    double value = 0;
    // from_chars takes no notice of the locale, unlike strtod.
    const auto [end, status] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    const std::size_t length = end - rest_.data();
    const std::string written(rest_.substr(0, length));
    if (status != std::errc{})
      fail(text_, offset(),
           "the number " + written + " does not fit into double precision (1e-308 to 1e308); scale it");
    if (length < rest_.size() && (is_letter(rest_[length]) || rest_[length] == '.'))
      fail(text_, offset() + length,
           "a number ends in '" + std::string(1, rest_[length]) + "' (after " + written +
               " an operator was expected); write products with *, such as 2*x, and powers of ten as 1e-3");
    return take(Token::Kind::number, length, value);
  }

  [[noreturn]] void unreadable() const {
    for (const auto& [mistake, remedy] : mistakes)
      if (rest_.starts_with(mistake))
        fail(text_, offset(), "'" + std::string(mistake) + "' is not an operator here; " + remedy);
    std::size_t length = 1;
    while (length < rest_.size() && (static_cast<unsigned char>(rest_[length]) & 0xC0) == 0x80) ++length;
    fail(text_, offset(),
         "unexpected character '" + std::string(rest_.substr(0, length)) +
             "' (expressions are made of names, numbers, operators, parentheses and commas); remove it");
  }

  const Text& text_;
  std::string_view rest_;
};

}  // namespace

std::vector<Token> tokens(const Text& text) { return Lexer(text).run(); }

}  // namespace ddpinn::expr
