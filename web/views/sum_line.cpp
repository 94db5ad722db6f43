#include "web/views/sum_line.h"

#include <algorithm>

namespace backstep::views {
namespace {

namespace f = ui::f;

constexpr float kSize = 17;
constexpr float kSmallSize = 15;

bool negative(const std::string& number) { return number.rfind("−", 0) == 0; }

ui::Formula factor(const std::string& number, bool bracket) {
  return bracket && negative(number) ? f::fence("(", f::text(number), ")") : f::text(number);
}

// `named`: a value of a set or a single one is told by its place.
ui::Formula term(const ui::Token& token, bool first, bool named) {
  if (token.b.empty() && named) return f::text(token.a + ": " + token.result);
  if (token.b.empty()) return factor(token.result, !first);
  return f::row({factor(token.a, !first), f::times(), factor(token.b, true)});
}

// `shown` terms around the current one; dots stand for the others.
ui::Formula sum(const Working& w, int shown) {
  const int total = static_cast<int>(w.tokens.size());
  const int current = w.complete ? 0 : std::max(0, static_cast<int>(w.added) - 1);
  const int from = std::clamp(current - shown / 2, 0, std::max(0, total - shown));
  const int to = std::min(total, from + shown);
  const bool named = w.joiner == "," || total == 1;
  std::vector<ui::Formula> parts;
  const auto join = [&] {
    if (!parts.empty()) parts.push_back(w.joiner == "," ? f::comma() : f::binary("+"));
  };
  const auto dots = [&](int left_out) {
    if (left_out <= 0) return;
    join();
    parts.push_back(f::text("…"));
  };
  dots(from);
  for (int i = from; i < to; ++i) {
    const ui::Token& token = w.tokens[static_cast<std::size_t>(i)];
    join();
    const bool current_term = !w.complete && i + 1 == w.added;
    const bool pale = !token.taken || (!w.complete && i >= w.added);
    parts.push_back(f::toned(term(token, i == 0, named), current_term ? ui::Tone::kMarked
                                                         : pale       ? ui::Tone::kDim
                                                                      : ui::Tone::kNormal));
  }
  dots(total - to);
  // The tail says "= 6" or how far the sum has come.
  const bool equals = w.tail.rfind("= ", 0) == 0;
  parts.push_back(f::relation(equals ? "=" : "→"));
  parts.push_back(f::text(equals ? w.tail.substr(2) : w.tail));
  return f::row(std::move(parts));
}

}  // namespace

ui::FormulaLayout layout_sum_line(const Working& w, ui::Vec2 room) {
  const int total = static_cast<int>(w.tokens.size());
  for (int shown = std::min(total, 16); shown > 0; --shown) {
    for (const float size : {kSize, kSmallSize}) {
      ui::FormulaLayout layout = ui::layout_formula(sum(w, shown), room.x, size);
      if (layout.height <= room.y && layout.width <= room.x) return layout;
    }
  }
  return ui::layout_formula(f::text(w.tail), room.x, kSmallSize);
}

}  // namespace backstep::views
