#include "web/views/svg_stage.h"

#include "web/app/mirror.h"
#include "web/views/page.h"
#include "web/views/picture.h"
#include "web/widgets/svg_painter.h"

namespace backstep::views {

std::string stage_svg(const app::Model& model, int width, int height, ui::ThemeKind theme) {
  const ui::Vec2 size{static_cast<float>(width), static_cast<float>(height)};
  PageState state;
  const std::string sentence = model.trace ? app::sentence(model) : "";
  ui::SvgPainter painter(size, theme, "Backstep: " + model.state.scene.title, sentence);
  draw_picture(painter, model, state);
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
