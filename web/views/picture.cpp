#include "web/views/picture.h"

#include "web/app/mirror.h"
#include "web/views/formulas.h"
#include "web/views/sentence.h"
#include "web/views/stage.h"

namespace backstep::views {

void draw_picture(ui::Painter& painter, const app::Model& model, PageState& state) {
  ui::Rect rest = painter.frame().viewport;
  painter.fill_rect(rest, painter.theme().ground);
  if (!model.trace) return;
  Intents ignored;
  state.picture = true;
  draw_sentence(painter, ui::cut_bottom(rest, sentence_height(rest.w, rest.h)), app::sentence(model));
  draw_stage(painter, rest, model, state, ignored);
}

std::string picture_name(const app::Model& model) {
  std::string name = "backstep";
  if (!model.trace) return name;
  bool gap = true;
  for (const char c : model.trace->steps().name(model.step())) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain && gap) name += '-';
    if (plain) name += c;
    gap = !plain;
  }
  return name;
}

std::string formula_latex(const app::Model& model) {
  if (!model.trace) return "";
  return ui::to_latex(formula_of(*model.trace, model.trace->steps().block_of(model.step())));
}

}  // namespace backstep::views
