// The stage and its sentence as one SVG document: for export and for the headless program.
#pragma once

#include <string>

#include "web/app/state.h"
#include "web/widgets/colour.h"

namespace backstep::views {

std::string stage_svg(const app::Model& model, int width, int height, ui::ThemeKind theme);

// The whole page, for looking at it without a browser.
std::string page_svg(const app::Model& model, int width, int height, ui::ThemeKind theme, bool embed = false);

}  // namespace backstep::views
