// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace ddpinn::html {

namespace {

constexpr const char* style =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "h1{font-size:1.6rem}h2{font-size:1.15rem;margin:1.6rem 0 .4rem}table{border-collapse:collapse}"
    "td,th{padding:.2rem .8rem .2rem 0;text-align:left;border-bottom:1px solid #ddd;vertical-align:top}"
    "pre{background:#f5f5f5;padding:.8rem;overflow:auto;font-size:.85rem}img,svg{max-width:100%;height:auto}"
    ".good{border-left:.4rem solid #2a8a3e;padding-left:.8rem}.bad{border-left:.4rem solid "
    "#c0392b;padding-left:.8rem}"
    ".open{border-left:.4rem solid "
    "#b8860b;padding-left:.8rem}.bar{background:#31688e;height:.8rem;display:inline-block}"
    "summary{cursor:pointer;font-weight:600}";

constexpr std::array<const char*, 6> colours{"#31688e", "#c0392b", "#35b779",
                                             "#b8860b", "#7e3f98", "#444444"};

constexpr double width = 760, height = 340, left = 70, right = 20, top = 20, bottom = 45;

struct Axes {
  double first = std::numeric_limits<double>::infinity(), last = -first;  ///< along
  double lower = first, upper = -first;                                   ///< decades

  void include(double x, double y) {
    first = std::min(first, x);
    last = std::max(last, x);
    lower = std::min(lower, std::log10(y));
    upper = std::max(upper, std::log10(y));
  }
  void widen() {
    if (last <= first) last = first + 1;
    lower = std::floor(lower);
    upper = std::max(std::ceil(upper), lower + 1);
  }
  double x(double value) const { return left + (width - left - right) * (value - first) / (last - first); }
  double y(double decade) const { return top + (height - top - bottom) * (upper - decade) / (upper - lower); }
};

bool is_drawn(const std::pair<double, double>& point) {
  return std::isfinite(point.first) && std::isfinite(point.second) && point.second > 0;
}

std::string grid_lines(const Axes& axes) {
  std::string text;
  const int step = std::max(1, static_cast<int>((axes.upper - axes.lower) / 8));
  for (int decade = static_cast<int>(axes.lower); decade <= axes.upper; decade += step)
    text += fmt::format(
        "<line x1=\"{0:.1f}\" x2=\"{1:.1f}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\" stroke=\"#ddd\"/>"
        "<text x=\"{3:.1f}\" y=\"{4:.1f}\" text-anchor=\"end\" font-size=\"13\">1e{5}</text>\n",
        left, width - right, axes.y(decade), left - 8, axes.y(decade) + 4, decade);
  for (const double part : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    const double value = axes.first + part * (axes.last - axes.first);
    text +=
        fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" font-size=\"13\">{:.4g}</text>\n",
                    axes.x(value), height - bottom + 18, value);
  }
  return text;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '&')
      result += "&amp;";
    else if (c == '"')
      result += "&quot;";
    else if (c == '\'')
      result += "&#39;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
      result += c;
  }
  return result;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t block = 0;
    const auto count = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k)
      block = block << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k) text += k <= count ? letters[block >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::string text = "<table>\n";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const char* cell = i == 0 ? "th" : "td";
    text += "<tr>";
    for (const auto& entry : rows[i]) text += fmt::format("<{0}>{1}</{0}>", cell, entry);
    text += "</tr>\n";
  }
  return text + "</table>\n";
}

std::string section(std::string_view title, const std::string& body, bool open) {
  if (body.empty()) return {};
  if (open) return fmt::format("<h2>{}</h2>\n{}\n", escaped(title), body);
  return fmt::format("<details><summary>{}</summary>\n{}\n</details>\n", escaped(title), body);
}

std::string page(std::string_view title, const std::string& body, int refresh) {
  const auto again =
      refresh > 0 ? fmt::format("<meta http-equiv=\"refresh\" content=\"{}\">\n", refresh) : std::string();
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width\">\n{}<link rel=\"icon\" "
      "href=\"data:,\">\n<title>{}</title>\n<style>{}</style>\n"
      "</head>\n<body>\n{}</body>\n</html>\n",
      again, escaped(title), style, body);
}

std::string log_plot(const std::vector<Curve>& curves, std::string_view along, std::string_view upward) {
  Axes axes;
  for (const auto& curve : curves)
    for (const auto& point : curve.points)
      if (is_drawn(point)) axes.include(point.first, point.second);
  if (axes.last < axes.first) return {};
  axes.widen();
  std::string text =
      fmt::format("<svg viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\">\n{2}", width,
                  height, grid_lines(axes));
  for (std::size_t c = 0; c < curves.size(); ++c) {
    const char* colour = colours[c % colours.size()];
    std::string points;
    for (const auto& point : curves[c].points)
      if (is_drawn(point))
        points += fmt::format("{:.1f},{:.1f} ", axes.x(point.first), axes.y(std::log10(point.second)));
    text += fmt::format("<polyline fill=\"none\" stroke=\"{}\" stroke-width=\"2\" points=\"{}\"/>\n", colour,
                        points);
    if (curves.size() > 1)
      text += fmt::format(
          "<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"{}\" font-size=\"13\" text-anchor=\"end\">{}</text>\n",
          width - right, top + 16 * (c + 1.0), colour, escaped(curves[c].name));
  }
  text += fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" font-size=\"14\">{}</text>\n<text "
      "transform=\"rotate(-90)\" "
      "x=\"{:.1f}\" y=\"16\" text-anchor=\"middle\" font-size=\"14\">{}</text>\n</svg>\n",
      (left + width - right) / 2, height - 6, escaped(along), -(top + height - bottom) / 2, escaped(upward));
  return text;
}

}  // namespace ddpinn::html
