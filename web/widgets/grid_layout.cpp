#include "web/widgets/grid_layout.h"

#include <algorithm>
#include <cmath>

#include "web/widgets/colour.h"
#include "web/widgets/number_text.h"

namespace backstep::ui {
namespace {

constexpr float kLargestDigits = 26;  // px
constexpr float kDigitShare = 0.36F;  // of the cell's height: single digits look neither lost nor cramped
constexpr float kWideShare = 0.5F;    // the same where the cell is wider than high
constexpr float kSideShare = 0.08F;   // of the cell's width left free on each side
constexpr float kLeastSide = 4;       // px left free on both sides together where it is narrowest

float gap_for(float cell) { return cell >= 24 ? 2.0F : cell >= 8 ? 1.0F : 0.0F; }

// Numbers smaller than `tiny` may be left out: they can be written as "~0".
float widest(std::span<const float> values, int digits, bool without_zero, float tiny) {
  float width = 0;
  for (const float v : values) {
    if (std::fabs(v) < tiny) continue;
    width = std::max(width, text_width(short_number(v, digits, without_zero), {Face::kSans, 1}));
  }
  return width;
}

// Shares of the largest magnitude: of a number that may be written "~0", and where only one digit fits.
constexpr float kTiny = 1e-3F;
constexpr float kTinyForOneDigit = 1e-2F;

}  // namespace

Rect GridLayout::cell_rect(int row, int col) const { return span_rect(row, col, 1, 1); }

Rect GridLayout::span_rect(int row, int col, int row_count, int col_count) const {
  return {origin.x + static_cast<float>(col) * pitch_x(), origin.y + static_cast<float>(row) * pitch(),
          static_cast<float>(col_count) * pitch_x() - gap, static_cast<float>(row_count) * pitch() - gap};
}

bool GridLayout::cell_at(Vec2 point, int* row, int* col) const {
  if (pitch() <= 0 || point.x < origin.x || point.y < origin.y) return false;
  *row = static_cast<int>((point.y - origin.y) / pitch());
  *col = static_cast<int>((point.x - origin.x) / pitch_x());
  return *row < rows && *col < cols;
}

GridLayout grid_of(Vec2 origin, int rows, int cols, float cell, float wider) {
  const float size = std::max(1.0F, std::floor(cell));
  return {{std::floor(origin.x), std::floor(origin.y)}, size, gap_for(size), rows, cols, std::floor(wider)};
}

GridLayout fit_grid(const Rect& area, int rows, int cols, float max_cell, bool centred) {
  const auto cell_for = [&](float extent, int count) {
    // The gap depends on the cell, the cell on the gap: the first guess is at most one step off.
    const float guess = extent / static_cast<float>(std::max(1, count));
    return (extent + gap_for(guess)) / static_cast<float>(std::max(1, count)) - gap_for(guess);
  };
  GridLayout layout =
      grid_of({area.x, area.y}, rows, cols, std::min({max_cell, cell_for(area.w, cols), cell_for(area.h, rows)}));
  if (centred) {
    const Rect b = layout.bounds();
    layout.origin = {std::floor(area.x + (area.w - b.w) / 2), std::floor(area.y + (area.h - b.h) / 2)};
  }
  return layout;
}

DigitFit fit_digits(std::span<const float> values, float cell, float wider) {
  const float width_px = cell + wider;
  const float room = width_px * (1 - 2 * kSideShare);
  // A small cell gives its digits a larger share before it goes without; so does a wide one, as text in a line does.
  const float share = wider > 0 ? std::min(cell * kWideShare, width_px * kDigitShare) : cell * kDigitShare;
  const float wanted = std::min({kLargestDigits, std::max(share, kSmallestDigits), cell * kShareOfHeight});
  const float scale = symmetric_scale(values);
  struct Way {
    int digits;
    bool without_zero;
    float smallest;  // share of the wanted size below which the next way is tried
  };
  // Full numbers as long as they stay a reasonable size, then fewer digits, at last whatever can still be read.
  constexpr Way kWays[] = {{4, false, 0.5F}, {4, true, 0.42F}, {3, true, 0.42F}, {2, true, 0.0F}, {1, true, 0.0F}};
  for (const Way& way : kWays) {
    const bool last = way.digits == 1;
    const float tiny = (last ? kTinyForOneDigit : kTiny) * scale;
    const float width = widest(values, way.digits, way.without_zero, tiny);
    const float size = width > 0 ? std::min(wanted, (last ? width_px - kLeastSide : room) / width) : wanted;
    if (size < std::max(kSmallestDigits, wanted * way.smallest)) continue;
    return {{Face::kSans, std::floor(size * 2) / 2}, way.digits, way.without_zero, true, tiny};
  }
  return {};
}

std::string fitted_number(float value, const DigitFit& fit, float width) {
  constexpr std::string_view kNearlyZero = "~0";
  for (int digits = kFullDigits; digits > fit.digits; --digits) {
    std::string text = short_number(value, digits, fit.without_zero);
    if (text_width(text, fit.style) <= width) return text;
  }
  std::string text = short_number(value, fit.digits, fit.without_zero);
  const bool tiny = value != 0 && std::fabs(value) < fit.tiny;
  return tiny && text_width(text, fit.style) > width ? std::string(kNearlyZero) : text;
}

}  // namespace backstep::ui
