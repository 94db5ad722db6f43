// For a projector: the stage and its sentence alone, large, and the tour's words while it runs.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

// px of the smallest digit on a screen of 1920 x 1080; on others in proportion.
inline constexpr float kPresentedDigits = 24;

// `shown`: the moment on the stage, which may be on the way to the model's own.
void draw_presented(ui::Painter& painter, const app::Model& model, const app::Model& shown, PageState& state,
                    Intents& intents);

}  // namespace backstep::views
