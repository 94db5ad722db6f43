// Wrapped text, captions and the tooltip.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/widgets/painter.h"

namespace backstep::ui {

// Breaks UTF-8 text at spaces (and at '\n') into lines no wider than `width` px; a word that is too long by itself is
// broken between characters. The views point into `text`.
std::vector<std::string_view> wrap_text(std::string_view text, const TextStyle& style, float width);

// Height of that many lines, from the top of the first line box to the bottom of the last.
float lines_height(std::size_t lines, const TextStyle& style);

// Draws wrapped text from the top of `rect` and returns its height, which may be more than the rectangle's.
float text_block(Painter& painter, const Rect& rect, std::string_view text, const TextStyle& style, Colour colour,
                 Align align = Align::kLeft);

// The text cut to `width` px with an ellipsis where it is longer.
std::string fit_text(std::string_view text, const TextStyle& style, float width);

// A small card of lines above everything, beside `anchor` and inside the viewport. The first line is strong, the others
// are dim.
void tooltip(Painter& painter, const Rect& anchor, std::span<const std::string> lines);

}  // namespace backstep::ui
