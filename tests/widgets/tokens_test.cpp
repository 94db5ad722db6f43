#include "web/widgets/tokens.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "web/widgets/null_painter.h"

using namespace backstep::ui;

namespace {

std::vector<Token> tokens_of(int n, bool decimals = false) {
  std::vector<Token> tokens;
  for (int i = 0; i < n; ++i) {
    const std::string a = decimals ? "−0.1234" : std::to_string(i % 10);
    tokens.push_back(
        {a, decimals ? "0.5678" : "−1", decimals ? "−0.07007" : "−" + std::to_string(i % 10), -1.0F, true});
  }
  return tokens;
}

// Every token is stood for exactly once and in order; nothing overlaps or leaves the width.
void check_layout(const TokenLayout& layout, int total, float width) {
  int next = 0;
  for (std::size_t i = 0; i < layout.items.size(); ++i) {
    const TokenLayout::Item& item = layout.items[i];
    CHECK(item.first == next);
    CHECK(item.count >= 1);
    next = item.first + item.count;
    CHECK(item.rect.x >= 0);
    CHECK(item.rect.right() <= width + 0.5F);
    CHECK(item.rect.bottom() <= layout.height + 0.5F);
    CHECK_FALSE(layout.tail.overlaps(item.rect));
    for (std::size_t j = 0; j < i; ++j) CHECK_FALSE(item.rect.overlaps(layout.items[j].rect));
  }
  CHECK(next == total);
  CHECK(layout.tail.bottom() <= layout.height + 0.5F);
}

}  // namespace

TEST_CASE("tokens: few stand in one row with the result after them") {
  const std::vector<Token> tokens = tokens_of(9);
  const TokenRow row{.name = "t", .tokens = tokens, .added = 9, .complete = true, .tail = "= 6", .scale = 3};
  const TokenLayout layout = layout_tokens(row, 1000, 2);
  check_layout(layout, 9, 1000);
  CHECK(layout.items.size() == 9);
  for (const auto& item : layout.items) CHECK(item.rect.y == 0.0F);
  CHECK(layout.tail.x > layout.items.back().rect.right());
  CHECK(layout.tail.right() <= 1000);
}

TEST_CASE("tokens: they wrap to rows, and collapse around the current one when rows run out") {
  for (const bool decimals : {false, true}) {
    for (const int n : {1, 2, 9, 10, 28, 145}) {
      for (const float width : {150.0F, 354.0F, 700.0F}) {
        for (const int rows : {1, 2, 4}) {
          const std::vector<Token> tokens = tokens_of(n, decimals);
          for (const int added : {0, 1, n / 2, n}) {
            const TokenRow row{.name = "t", .tokens = tokens, .added = added, .tail = "= −0.3842", .scale = 3};
            const TokenLayout layout = layout_tokens(row, width, rows);
            check_layout(layout, n, width);
            // No more rows than wanted and one for the result, unless not even three chips find room.
            const Rect chip = layout.items[0].rect;
            const int per_row = std::max(1, static_cast<int>(width / (chip.w + 22)));
            const int least = (3 + per_row - 1) / per_row;
            CHECK(layout.height <= (chip.h + 12) * static_cast<float>(std::max(rows, least) + 1));
            // The current token is always shown by itself.
            const int current = added > 0 ? added - 1 : 0;
            for (const auto& item : layout.items) {
              if (current >= item.first && current < item.first + item.count) CHECK(item.count == 1);
            }
          }
        }
      }
    }
  }
}

TEST_CASE("tokens: long factors are stacked, short ones stay in one line") {
  const std::vector<Token> short_ones = tokens_of(3);
  const std::vector<Token> long_ones = tokens_of(3, true);
  CHECK_FALSE(layout_tokens({.name = "t", .tokens = short_ones}, 600, 1).stacked);
  const TokenLayout layout = layout_tokens({.name = "t", .tokens = long_ones}, 600, 1);
  CHECK(layout.stacked);
  CHECK(layout.items[0].rect.w < 100);
}

TEST_CASE("tokens: drawn chips hold their texts, in every theme and state") {
  const std::vector<Token> tokens = tokens_of(28, true);
  for (int kind = 0; kind < kThemeCount; ++kind) {
    NullPainter painter({400, 400}, static_cast<ThemeKind>(kind));
    for (const int added : {0, 5, 28}) {
      const TokenRow row{.name = "t", .tokens = tokens, .added = added, .tail = "= −0.3842", .scale = 1};
      painter.frame_of([&](Painter& p) { draw_tokens(p, {20, 20}, layout_tokens(row, 360, 3), row); });
      const auto problems = painter.problems();
      INFO((problems.empty() ? std::string() : problems[0]));
      CHECK(problems.empty());
      CHECK(painter.has_text("= −0.3842"));
      CHECK(painter.has_text("more"));
      CHECK((painter.find_text("= −0.07007") != nullptr) == (added > 0));
    }
  }
}

TEST_CASE("tokens: hovering one says which, and flights find their places") {
  const std::vector<Token> tokens = tokens_of(40);
  const TokenRow row{.name = "t", .tokens = tokens, .added = 20, .tail = "= 6", .scale = 3};
  const TokenLayout layout = layout_tokens(row, 400, 2);
  NullPainter painter({500, 300});
  TokenHit hit;
  const auto draw = [&](Painter& p) { hit = draw_tokens(p, {20, 20}, layout, row); };
  painter.frame_of(draw);
  CHECK(hit.token == -1);
  painter.pointer().inside = true;
  painter.pointer().position = layout.rect_of(19).centre() + Vec2{20, 20};
  painter.frame_of(draw);
  CHECK(hit.token == 19);
  // A collapsed token flies to the chip that stands for it.
  CHECK_FALSE(layout.rect_of(5).empty());
  CHECK(layout.rect_of(5) == layout.rect_of(6));
  CHECK(layout.rect_of(99).empty());
}
