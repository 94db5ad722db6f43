// The terms of one cell as a row of chips that add up: "0·−1 = 0" + … = 6.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/widgets/painter.h"

namespace backstep::ui {

struct Token {
  std::string a = {};       // "3", "b"
  std::string b = {};       // second factor, or empty: shown as "3·1", or in two lines where numbers are long
  std::string result = {};  // "3"; shown as "= 3"
  float value = 0;          // decides the fill
  bool taken = true;        // false: a mask or switch closed it, or it did not win: pale, its text stays
};

struct TokenRow {
  std::string_view name = {};  // dotted id: "stage.terms"
  std::span<const Token> tokens = {};
  std::string_view joiner = "+";  // between chips; "," where a maximum is taken
  std::int64_t added = 0;         // the first `added` terms are in the sum; the last of them is the current one
  bool complete = false;          // all are added and none is current
  std::string tail = {};          // "= 6" after the last chip
  float scale = 0;                // symmetric scale of the fills
};

// Positions relative to the top left corner of the row. An item of several tokens stands for those left out.
struct TokenLayout {
  struct Item {
    int first = 0;
    int count = 1;
    Rect rect;
  };
  std::vector<Item> items;
  Rect tail = {};
  float height = 0;
  TextStyle style = {};  // of the chips' factors
  bool stacked = false;  // the factors stand one below the other

  // Rectangle of a token, or of the chip that stands for it.
  Rect rect_of(int token) const;
};

// Wraps to rows of `width` px and collapses what does not fit `max_rows` rows, keeping the first ones, the surroundings
// of the current one and the last.
TokenLayout layout_tokens(const TokenRow& row, float width, int max_rows);

struct TokenHit {
  int token = -1;  // hovered or clicked; -1: none
  HitState state;
};
TokenHit draw_tokens(Painter& painter, Vec2 top_left, const TokenLayout& layout, const TokenRow& row);

// One chip by itself, for tokens in flight.
void draw_token(Painter& painter, const Rect& rect, const Token& token, const TokenLayout& layout, float scale);

}  // namespace backstep::ui
