// Things one below the other: what the inspector is made of.
#pragma once

#include <algorithm>
#include <string_view>

#include "web/widgets/formula.h"
#include "web/widgets/text_block.h"

namespace backstep::views {

// Draws from the top down and keeps the place.
class Column {
 public:
  static constexpr float kSection = 24;  // px between sections

  Column(ui::Painter& painter, const ui::Rect& area) : painter_(painter), area_(area), y_(area.y) {}

  ui::Painter& painter() { return painter_; }
  float width() const { return area_.w; }
  float height() const { return y_ - area_.y; }

  // Room of this height, to be drawn in.
  ui::Rect take(float height, float after = kSection) {
    const ui::Rect out{area_.x, y_, area_.w, height};
    y_ += height + after;
    return out;
  }
  void title(std::string_view text) {
    const auto style = ui::text_style(ui::TextRole::kCaption);
    this->text(text, style, painter_.theme().dim_ink, 8);
  }
  void formula(const ui::Formula& formula, float size, float after = kSection) {
    y_ += ui::draw_formula(painter_, {area_.x, y_, area_.w, 0}, formula, size) + after;
  }
  void text(std::string_view text, const ui::TextStyle& style, ui::Colour ink, float after = kSection) {
    y_ += ui::text_block(painter_, {area_.x, y_, area_.w, 0}, text, style, ink) + after;
  }

 private:
  ui::Painter& painter_;
  ui::Rect area_;
  float y_;
};

}  // namespace backstep::views
