// A small menu above everything else.
#pragma once

#include <span>
#include <string>

#include "web/widgets/painter.h"

namespace backstep::views {

struct MenuItem {
  std::string label = {};
  std::string note = {};  // dim, at the right
  bool chosen = false;
  bool rule_before = false;
  bool disabled = false;
};

inline constexpr int kMenuNothing = -1;
inline constexpr int kMenuClosed = -2;  // clicked elsewhere

// Below `anchor`, its right edge on the anchor's when `right_aligned`. The item clicked, or one of the above.
int draw_menu(ui::Painter& painter, const ui::Rect& anchor, std::string_view name, std::span<const MenuItem> items,
              bool right_aligned);

}  // namespace backstep::views
