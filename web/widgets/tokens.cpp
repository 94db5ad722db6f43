#include "web/widgets/tokens.h"

#include <algorithm>
#include <cmath>

#include "web/widgets/text_block.h"

namespace backstep::ui {
namespace {

constexpr TextStyle kTextStyle{Face::kSans, 15};
constexpr TextStyle kSmallTextStyle{Face::kSans, 13};  // where chips would be wide: long decimals, stacked
constexpr TextStyle kJoinerStyle{Face::kSans, 15};
constexpr TextStyle kTailStyle{Face::kSans, 20};
constexpr float kChipHeight = 54;
constexpr float kStackedHeight = 68;
constexpr float kSmallestChip = 58;  // px wide
constexpr float kWideChip = 92;      // px, beyond this the factors are stacked
constexpr float kPadding = 10;
constexpr float kJoinerWidth = 22;
constexpr float kRowGap = 12;
constexpr float kTailGap = 12;
constexpr float kRadius = 7;

TextStyle result_style(const TextStyle& style) { return {style.face, style.size - 2}; }

std::string result_text(const Token& token) { return "= " + token.result; }

std::string product(const Token& token) { return token.b.empty() ? token.a : token.a + "·" + token.b; }
std::string second_factor(const Token& token) { return "· " + token.b; }

float chip_width(const TokenRow& row, const TextStyle& style, bool stacked) {
  float width = 0;
  for (const Token& t : row.tokens) {
    width = std::max(width, text_width(result_text(t), stacked ? style : result_style(style)));
    width = stacked ? std::max({width, text_width(t.a, style), text_width(second_factor(t), style)})
                    : std::max(width, text_width(product(t), style));
  }
  return std::max(kSmallestChip, std::ceil(width + 2 * kPadding));
}

// Which tokens are shown: runs of single ones, and groups (count > 1) between them.
std::vector<TokenLayout::Item> choose(int total, int current, int room) {
  std::vector<TokenLayout::Item> items;
  const auto single = [&](int from, int to) {
    for (int i = from; i < to; ++i) items.push_back({i, 1, {}});
  };
  const auto group = [&](int from, int to) {
    if (to - from == 1) {
      single(from, to);
    } else if (to > from) {
      items.push_back({from, to - from, {}});
    }
  };
  if (total <= room) {
    single(0, total);
    return items;
  }
  // First and last token, two groups, and a window around the current one; at least the groups and the current one.
  const int head = room >= 5 ? 1 : 0;
  const int tail = head;
  const int window = std::max(1, room - 2 - head - tail);
  const int from = std::clamp(current - window / 2, head, std::max(head, total - tail - window));
  const int to = std::min(from + window, total - tail);
  single(0, head);
  group(head, from);
  single(from, to);
  group(to, total - tail);
  single(total - tail, total);
  return items;
}

// The upper part of a chip: the product in one line, or its factors in two.
void draw_factors(Painter& painter, const Rect& r, const Token& token, const TokenLayout& layout, Colour ink) {
  if (!layout.stacked || token.b.empty()) {
    const float share = layout.stacked ? 0.36F : 0.31F;
    painter.text_in({r.x, r.y, r.w, 2 * share * r.h}, product(token), layout.style, ink);
    return;
  }
  painter.text_in({r.x, r.y + r.h * 0.09F, r.w, r.h * 0.27F}, token.a, layout.style, ink);
  painter.text_in({r.x, r.y + r.h * 0.36F, r.w, r.h * 0.27F}, second_factor(token), layout.style, ink);
}

}  // namespace

Rect TokenLayout::rect_of(int token) const {
  for (const Item& item : items) {
    if (token >= item.first && token < item.first + item.count) return item.rect;
  }
  return {};
}

TokenLayout layout_tokens(const TokenRow& row, float width, int max_rows) {
  TokenLayout layout;
  layout.style = kTextStyle;
  float chip = chip_width(row, kTextStyle, false);
  if (chip > kWideChip) {
    layout.style = kSmallTextStyle;
    layout.stacked = true;
    chip = chip_width(row, kSmallTextStyle, true);
  }
  const float height = layout.stacked ? kStackedHeight : kChipHeight;
  chip = std::min(chip, width - kJoinerWidth);
  // Each chip with its joiner, the one at the end of a row included.
  const int per_row = std::max(1, static_cast<int>(width / (chip + kJoinerWidth)));
  const float tail_width = text_width(row.tail, kTailStyle);
  const int total = static_cast<int>(row.tokens.size());
  // The tail needs its place in the last row.
  const float pitch = chip + kJoinerWidth;
  const int tail_slots = static_cast<int>(std::ceil((tail_width + kTailGap - kJoinerWidth) / pitch));
  const int room = std::max(1, per_row * std::max(1, max_rows) - std::max(1, tail_slots));
  const int current = row.complete ? total - 1 : std::max(0, static_cast<int>(row.added) - 1);
  layout.items = choose(total, current, room);

  Vec2 at;
  for (std::size_t i = 0; i < layout.items.size(); ++i) {
    if (i > 0 && i % static_cast<std::size_t>(per_row) == 0) at = {0, at.y + height + kRowGap};
    layout.items[i].rect = {at.x, at.y, chip, height};
    at.x += pitch;
  }
  float x = layout.items.empty() ? 0 : at.x - kJoinerWidth + kTailGap;
  if (x + tail_width > width + 0.5F && x > 0) {
    x = 0;
    at.y += height + kRowGap;
  }
  layout.tail = {x, at.y, tail_width, height};
  layout.height = at.y + height;
  return layout;
}

void draw_token(Painter& painter, const Rect& rect, const Token& token, const TokenLayout& layout, float scale) {
  const Theme& t = painter.theme();
  const Colour full = value_colour(t, token.value, scale);
  const Colour fill = token.taken ? full : dimmed(t, full);
  const Colour ink = token.taken ? ink_on(t, fill) : t.dim_ink;
  painter.fill_rect(rect, fill, kRadius);
  draw_factors(painter, rect, token, layout, ink);
  const Rect below = layout.stacked ? Rect{rect.x, rect.y + rect.h * 0.64F, rect.w, rect.h * 0.27F}
                                    : Rect{rect.x, rect.y + rect.h * 0.5F, rect.w, rect.h * 0.42F};
  painter.text_in(below, result_text(token), layout.stacked ? layout.style : result_style(layout.style), ink);
}

TokenHit draw_tokens(Painter& painter, Vec2 top_left, const TokenLayout& layout, const TokenRow& row) {
  const Theme& t = painter.theme();
  TokenHit hit;
  Rect ring;
  for (std::size_t i = 0; i < layout.items.size(); ++i) {
    const TokenLayout::Item& item = layout.items[i];
    const Rect r = moved(item.rect, top_left);
    if (item.count > 1) {
      painter.stroke_rect(grown(r, -0.5F), {t.control, 1, 3, 3}, kRadius);
      const std::string more = "… " + std::to_string(item.count) + " more";
      const bool fits = text_width(more, kSmallTextStyle) <= r.w - 8;
      painter.text_in(r, fits ? more : "… " + std::to_string(item.count), kSmallTextStyle, t.dim_ink);
    } else {
      const Token& token = row.tokens[static_cast<std::size_t>(item.first)];
      const std::string label = painter.wants_labels() ? product(token) + " = " + token.result : std::string();
      const HitState state =
          painter.hit({hit_id(row.name, static_cast<std::uint64_t>(item.first) + 1), r, label, HitRole::kCell, 0});
      if (item.first < row.added || row.complete) {
        draw_token(painter, r, token, layout, row.scale);
      } else {
        // Still to come: the factors without a result.
        painter.stroke_rect(grown(r, -0.5F), {t.empty, 1}, kRadius);
        const float lower = (layout.stacked ? 0.14F : 0.19F) * r.h;  // there is no result yet: into the middle
        draw_factors(painter, moved(r, {0, lower}), token, layout, t.dim_ink);
      }
      if (state.hovered || state.clicked) {
        hit = {item.first, state};
        painter.stroke_rect(r, {t.ink, 1.5F}, kRadius);
      }
      if (!row.complete && item.first + 1 == row.added) ring = r;
    }
    if (i + 1 < layout.items.size()) {
      painter.text_in({r.right(), r.y, kJoinerWidth, r.h}, row.joiner, kJoinerStyle, t.dim_ink);
    }
  }
  if (!ring.empty()) painter.stroke_rect(grown(ring, 3), {t.ink, 2}, kRadius + 3);
  painter.text_in(moved(layout.tail, top_left), row.tail, kTailStyle, t.ink, Align::kLeft);
  return hit;
}

}  // namespace backstep::ui
