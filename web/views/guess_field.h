// The reader's guess at a covered number: a field that shows what was typed, and for fingers a pad of keys.
#pragma once

#include "web/views/page_state.h"
#include "web/widgets/painter.h"

namespace backstep::views {

// The sentence of the step; where its number is to be predicted, with the field for it.
float words_height(const ui::Painter& painter, const app::Model& model, const PageState& state, float width,
                   float viewport_height);
void draw_words(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                Intents& intents);

// Field, and what may be done with it, from the left; on a touch screen the field opens the pad.
void draw_guess_field(ui::Painter& painter, ui::Rect area, const app::Model& model, PageState& state, Intents& intents);

inline constexpr float kGuessPad = 100;  // px of height
void draw_guess_pad(ui::Painter& painter, const ui::Rect& area, const app::Model& model, Intents& intents);

}  // namespace backstep::views
