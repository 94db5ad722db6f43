// Pages of sample widgets: drawn by the null painter in tests, and to be looked at as SVG.
#pragma once

#include <string_view>

#include "web/widgets/painter.h"

namespace backstep::ui::gallery {

struct Page {
  std::string_view name;
  Vec2 size;
  bool touch;
  void (*draw)(Painter&);
};

void forward_cell(Painter& painter);    // desktop, one cell of a forward convolution
void input_gradient(Painter& painter);  // desktop, one cell of dL/dX with rings of nothing
void phone(Painter& painter);
void sheet(Painter& painter);     // formulas, controls, plot, legend, marks
void decimals(Painter& painter);  // long numbers in cells of falling size, down to heat maps

inline constexpr Page kPages[] = {
    {"forward", {1440, 900}, false, forward_cell},
    {"gradient", {1440, 900}, false, input_gradient},
    {"phone", {390, 844}, true, phone},
    {"sheet", {1200, 1000}, false, sheet},
    {"decimals", {1200, 760}, false, decimals},
};

}  // namespace backstep::ui::gallery
