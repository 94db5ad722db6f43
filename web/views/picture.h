// The stage and its sentence alone, for export.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

void draw_picture(ui::Painter& painter, const app::Model& model, PageState& state);

// What the picture of a moment is called as a file, without its ending: "backstep-conv1-y-0-1-1".
std::string picture_name(const app::Model& model);

// The formula of the present step as LaTeX; empty where there is no step.
std::string formula_latex(const app::Model& model);

}  // namespace backstep::views
