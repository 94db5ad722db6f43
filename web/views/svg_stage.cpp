#include "web/views/svg_stage.h"

#include "web/views/page.h"
#include "web/views/sentence.h"
#include "web/views/stage.h"
#include "web/widgets/svg_painter.h"

namespace backstep::views {

std::string stage_svg(const app::Model& model, int width, int height, ui::ThemeKind theme) {
  const ui::Vec2 size{static_cast<float>(width), static_cast<float>(height)};
  PageState state;
  Intents intents;
  if (model.trace) refresh(state.stage, model, -1);
  ui::SvgPainter painter(size, theme, "Backstep: " + model.state.scene.title, state.stage.sentence);
  ui::Rect rest = painter.frame().viewport;
  painter.fill_rect(rest, painter.theme().ground);
  if (model.trace) {
    draw_sentence(painter, ui::cut_bottom(rest, sentence_height(size.x, size.y)), state.stage.sentence);
    draw_stage(painter, rest, model, state, intents);
  }
  return painter.finish();
}

std::string page_svg(const app::Model& model, int width, int height, ui::ThemeKind theme, bool embed) {
  const ui::Vec2 size{static_cast<float>(width), static_cast<float>(height)};
  PageState state;
  state.embed = embed;
  Intents intents;
  ui::SvgPainter painter(size, theme, "Backstep", "");
  draw_page(painter, model, state, intents);
  return painter.finish();
}

}  // namespace backstep::views
