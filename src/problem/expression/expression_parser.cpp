// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_parser.hpp"

#include "problem/expression/expression_derivative.hpp"
#include "problem/expression/expression_diagnostic.hpp"
#include "problem/expression/expression_lexer.hpp"
#include "problem/expression/expression_names.hpp"
#include "problem/expression/expression_operators.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace ddpinn::expr {
namespace {

/// Deeper nesting would only exhaust the stack.
constexpr int max_depth = 500;

/// What all the texts that make up one expression share: the graph, and the definitions read so far.
struct Shared {
  const Scope& scope;
  Graph& graph;
  std::vector<std::optional<int>>& definitions;
  const Text& whole;  ///< the expression itself, for messages about definitions
};

/// Reads one text by precedence climbing (V. Pratt, Top down operator precedence, 1973).
class Parser {
 public:
  /// @param visible how many definitions the text may use @param definition its name, where it is a
  /// definition
  Parser(const Text& text, Shared& shared, std::size_t visible, std::string definition)
      : text_(text),
        shared_(shared),
        visible_(visible),
        definition_(std::move(definition)),
        tokens_(tokens(text)) {}

  int run() {
    if (peek().kind == Token::Kind::end)
      fail(text_, 0, "the expression is empty (a number or a formula was expected); write one");
    const int root = expression(Binding::lowest);
    if (is(")")) error(peek(), "there is no '(' for this ')'; remove it");
    if (is(",")) error(peek(), "a comma stands outside of a function's arguments; remove it");
    if (peek().kind != Token::Kind::end)
      error(peek(),
            "an operator was expected before '" + std::string(peek().text) + "'; write products with *");
    return root;
  }

 private:
  const Token& peek() const { return tokens_[position_]; }
  Token next() { return tokens_[position_ + 1 < tokens_.size() ? position_++ : position_]; }
  bool is(std::string_view symbol) const { return is_operator(peek()) && peek().text == symbol; }
  [[noreturn]] void error(const Token& at, const std::string& message) const {
    fail(text_, at.offset, message);
  }
  Graph& graph() { return shared_.graph; }

  void require_number(int node, const Token& at, const std::string& user) {
    if (graph()[node].condition())
      error(at, user + " a condition where a number was expected; write where(condition, 1, 0)");
  }
  void require_condition(int node, const Token& at, const std::string& user) {
    if (!graph()[node].condition())
      error(at, user + " a number where a condition was expected; write a comparison such as " +
                    shared_.scope.coordinates.front() +
                    " > 0, and parentheses around each one joined by & or |");
  }

  int expression(Binding outer) {
    if (++depth_ > max_depth)
      error(peek(), "the expression is nested too deeply (more than " + std::to_string(max_depth) +
                        " levels); move parts of it to [definitions]");
    int left = prefix();
    while (const Infix* infix = find_infix(peek())) {
      if (infix->binding <= outer) break;
      left = infix_operation(left, *infix, next());
    }
    --depth_;
    return left;
  }

  int infix_operation(int left, const Infix& found, const Token& token) {
    // Powers group from the right, and their exponents may have a sign.
    const int right = expression(found.op == Op::power ? Binding::sign : found.binding);
    const auto user = fmt::format("'{}' has", token.text);
    if (found.op == Op::both || found.op == Op::either) {
      require_condition(left, token, user);
      require_condition(right, token, user);
    } else {
      require_number(left, token, user);
      require_number(right, token, user);
    }
    if (found.binding == Binding::comparison) refuse_chain();
    graph().mark(text_, token.offset);
    return graph().binary(found.op, left, right);
  }

  void refuse_chain() const {
    const Infix* again = find_infix(peek());
    if (again && again->binding == Binding::comparison)
      error(peek(),
            "comparisons can't be chained (a < b < c has no elementwise meaning); write (a < b) & (b < c)");
  }

  int prefix() {
    const Token token = next();
    graph().mark(text_, token.offset);
    if (token.kind == Token::Kind::number) return graph().number(token.value);
    if (token.kind == Token::Kind::end)
      error(token, "the expression ends too early (a value was expected); complete it");
    if (!is_operator(token)) return is("(") ? call(token) : name(token);
    if (token.text == "(") return parenthesised(token);
    if (token.text == "not") return negation(token, Binding::logical_not, Op::invert);
    if (token.text == "-") return negation(token, Binding::sign, Op::negate);
    if (token.text == "+") return negation(token, Binding::sign, Op::add);
    error(token, "a value was expected before '" + std::string(token.text) +
                     "'; write a number, a name or parentheses");
  }

  int negation(const Token& token, Binding binding, Op op) {
    const int operand = expression(binding);
    const auto user = fmt::format("'{}' has", token.text);
    if (op == Op::invert)
      require_condition(operand, token, user);
    else
      require_number(operand, token, user);
    graph().mark(text_, token.offset);
    return op == Op::add ? operand : graph().unary(op, operand);
  }

  int parenthesised(const Token& open) {
    if (is(")")) error(peek(), "the parentheses are empty; write an expression between them");
    const int inside = expression(Binding::lowest);
    close(open);
    return inside;
  }

  void close(const Token& open) {
    if (peek().kind == Token::Kind::end) error(open, "this '(' is never closed; add a ')'");
    if (!is(")"))
      error(peek(), "')' or an operator was expected before '" + std::string(peek().text) +
                        "'; write products with *");
    next();
  }

  int name(const Token& token) {
    const std::string word(token.text);
    const Meaning meaning = look_up(word, shared_.scope, visible_);
    switch (meaning.kind) {
      case Meaning::Kind::number:
        return graph().number(meaning.number);
      case Meaning::Kind::argument:
        check_order(meaning.argument, token);
        return graph().argument(meaning.argument);
      case Meaning::Kind::definition:
        return definition(meaning.definition);
      case Meaning::Kind::unknown:
        break;
    }
    if (word == "where" || word == "d" || find_function(word))
      error(token, "'" + word + "' is a function and needs arguments; write " + word + "(...)");
    unknown(token, word);
  }

  [[noreturn]] void unknown(const Token& token, const std::string& word) const {
    const std::string why = explain_unknown(word, shared_.scope, visible_);
    if (definition_.empty() || !is_forbidden(word, shared_.scope)) error(token, why);
    // Here the definition is right, and its use is wrong.
    const int line = shared_.whole.at.line;
    error(token, why + ", or don't use the definition '" + definition_ + "' " +
                     (line > 0 ? "in line " + std::to_string(line) : "there"));
  }

  void check_order(const Argument& argument, const Token& token) const {
    if (const int degree = order(argument.derivative.alpha); degree > max_order)
      error(token, "'" + std::string(token.text) + "' is a derivative of order " + std::to_string(degree) +
                       " (the highest order is " + std::to_string(max_order) +
                       "); introduce a further field for a lower derivative and an equation for it");
  }

  int definition(std::size_t index) {
    auto& known = shared_.definitions[index];
    if (!known) {
      const auto& [title, text] = shared_.scope.definitions[index];
      known = Parser(text, shared_, index, title).run();
    }
    return *known;
  }

  int call(const Token& token) {
    const std::string word(token.text);
    const Function* function = find_function(word);
    if (word == "d" && derivative_follows()) return derivative(token);
    if (!function && word != "where") not_a_function(token);
    const std::vector<int> operands = arguments(next());
    check_count(token, function ? function->arity : 3, operands.size());
    graph().mark(text_, token.offset);
    if (!function) require_condition(operands[0], token, "the first argument of where is");
    for (std::size_t i = function ? 0 : 1; i < operands.size(); ++i)
      require_number(operands[i], token, "argument " + std::to_string(i + 1) + " of " + word + " is");
    return function ? graph().call(*function, operands)
                    : graph().where(operands[0], operands[1], operands[2]);
  }

  /// Whether what stands in these parentheses has a comma, or the name d no other meaning.
  bool derivative_follows() const {
    int depth = 0;
    for (auto i = position_; i < tokens_.size(); ++i) {
      if (tokens_[i].text == "(") ++depth;
      if (tokens_[i].text == ")" && --depth == 0) break;
      if (tokens_[i].text == "," && depth == 1) return true;
    }
    return look_up("d", shared_.scope, visible_).kind == Meaning::Kind::unknown;
  }

  /// d(expression, x): the derivative of all that depends on x, along x.
  int derivative(const Token& token) {
    const Token open = next();
    int result = expression(Binding::lowest);
    require_number(result, token, "the first argument of d is");
    const std::string& first = shared_.scope.coordinates.front();
    if (!is(","))
      error(token, fmt::format("d has one argument (it takes an expression and a coordinate); write "
                               "d(expression, {})",
                               first));
    while (is(",")) {
      next();
      const Token along = next();
      const auto meaning = look_up(std::string(along.text), shared_.scope, visible_);
      if (along.kind != Token::Kind::name || meaning.kind != Meaning::Kind::argument ||
          meaning.argument.kind != Argument::Kind::coordinate)
        error(along,
              fmt::format("'{}' is not a coordinate (an expression is differentiated along one); write "
                          "d(expression, {})",
                          along.text, first));
      graph().mark(text_, token.offset);
      result = total_derivative(graph(), result, meaning.argument.index, shared_.scope,
                                [&](const std::string& message) { error(token, message); });
    }
    close(open);
    return result;
  }

  std::vector<int> arguments(const Token& open) {
    std::vector<int> operands;
    if (is(")")) {
      next();
      return operands;
    }
    operands.push_back(expression(Binding::lowest));
    while (is(",")) {
      next();
      operands.push_back(expression(Binding::lowest));
    }
    close(open);
    return operands;
  }

  void check_count(const Token& token, int expected, std::size_t found) const {
    if (static_cast<int>(found) == expected) return;
    const std::string example = expected == 1 ? "(a)" : expected == 2 ? "(a, b)" : "(condition, a, b)";
    error(token, "'" + std::string(token.text) + "' has " + std::to_string(found) + " arguments (it takes " +
                     std::to_string(expected) + "); write " + std::string(token.text) + example);
  }

  [[noreturn]] void not_a_function(const Token& token) const {
    const std::string word(token.text);
    if (look_up(word, shared_.scope, visible_).kind != Meaning::Kind::unknown)
      error(token, "'" + word + "' is not a function (a '(' follows it); write products with *, such as " +
                       word + "*(x)");
    error(token, explain_unknown_function(word));
  }

  const Text& text_;
  Shared& shared_;
  std::size_t visible_;
  std::string definition_;
  std::vector<Token> tokens_;
  std::size_t position_ = 0;
  int depth_ = 0;
};

void check_finite(const Graph& graph, int root) {
  const std::vector<bool> used = graph.reachable(root);
  for (int i = 0; i <= root; ++i) {
    const Node& node = graph[i];
    if (!used[i] || node.op != Op::number || std::isfinite(node.value)) continue;
    fail(*node.text, node.offset,
         std::string("a constant is ") + (std::isnan(node.value) ? "not a number" : "infinite") +
             " (a division by zero, or a function outside of its range); change it");
  }
}

void check_value(const Text& text, const Scope& scope, bool condition) {
  if (condition && scope.expected == Value::number)
    fail(text, 0, "the expression is a condition (a number was expected); write where(condition, 1, 0)");
  if (!condition && scope.expected == Value::condition)
    fail(text, 0,
         "the expression is a number (a condition was expected); write a comparison such as " +
             scope.coordinates.front() + " > 0");
}

void check_coordinates(const Text& text, const Scope& scope) {
  if (scope.coordinates.empty() || scope.coordinates.size() > max_dimension)
    fail(text, 0,
         "there are " + std::to_string(scope.coordinates.size()) + " coordinates (expressions need 1 to " +
             std::to_string(max_dimension) + "); correct domain.coordinates");
}

/// The definitions that a text needs, itself or by others, in order.
std::set<std::size_t> needed_definitions(const Text& text, const Scope& scope) {
  std::unordered_map<std::string_view, std::size_t> number;
  for (std::size_t i = 0; i < scope.definitions.size(); ++i)
    number.try_emplace(scope.definitions[i].first, i);
  std::set<std::size_t> needed;
  std::vector<std::pair<const Text*, std::size_t>> open{{&text, scope.definitions.size()}};
  while (!open.empty()) {
    const auto [next, visible] = open.back();
    open.pop_back();
    for (const auto& token : tokens(*next)) {
      const auto found = token.kind == Token::Kind::name ? number.find(token.text) : number.end();
      if (found == number.end() || found->second >= visible || !needed.insert(found->second).second) continue;
      open.emplace_back(&scope.definitions[found->second].second, found->second);
    }
  }
  return needed;
}

/// Reads a text; first the definitions that it needs, each by itself: one inside the other, a long chain of
/// them would exhaust the stack.
int read(const Text& text, Shared& shared) {
  for (const auto i : needed_definitions(text, shared.scope)) {
    const auto& [title, definition] = shared.scope.definitions[i];
    if (look_up(title, shared.scope, i + 1).kind == Meaning::Kind::definition && !shared.definitions[i])
      shared.definitions[i] = Parser(definition, shared, i, title).run();
  }
  return Parser(text, shared, shared.scope.definitions.size(), "").run();
}

}  // namespace

Parsed parse(const Text& text, const Scope& scope) {
  check_coordinates(text, scope);
  Parsed parsed;
  std::vector<std::optional<int>> definitions(scope.definitions.size());
  Shared shared{scope, parsed.graph, definitions, text};
  parsed.root = read(text, shared);
  check_value(text, scope, parsed.graph[parsed.root].condition());
  check_finite(parsed.graph, parsed.root);
  return parsed;
}

void check_definitions(const Scope& scope, std::size_t own, const std::function<void(const Error&)>& report) {
  Graph graph;
  // What stands for a wrong one, so that each mistake is reported once.
  const int number = graph.argument({}), condition = graph.binary(Op::greater, number, graph.number(0));
  std::vector<std::optional<int>> known(scope.definitions.size(), number);
  std::fill_n(known.begin(), own, condition);
  for (std::size_t i = 0; i < known.size(); ++i) {
    const auto& text = scope.definitions[i].second;
    if (i >= own && text.at.file.empty()) continue;  // it is missing or wrong, which is reported already
    try {
      check_coordinates(text, scope);
      Shared shared{scope, graph, known, text};
      const int root = Parser(text, shared, i, "").run();
      if (i >= own) check_value(text, scope, graph[root].condition());
      check_finite(graph, root);
      known[i] = root;
    } catch (const Error& error) {
      if (i >= own) report(error);
    }
  }
}

}  // namespace ddpinn::expr
