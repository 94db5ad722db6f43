#include "web/views/cell_menu.h"

#include "web/app/cell_actions.h"
#include "web/views/menu.h"

namespace backstep::views {

void draw_cell_menu(ui::Painter& painter, const app::Model& model, PageState& state, Intents& intents) {
  if (!model.state.menu) {
    state.menu_anchor = {};
    return;
  }
  std::vector<MenuItem> items;
  for (const app::CellAction& action : app::menu_actions(model)) {
    const bool on = static_cast<int>(items.size()) == model.state.menu_item;
    items.push_back({action.label, action.note, on, action.rule_before, !action.possible});
  }
  const ui::Rect middle{painter.frame().viewport.centre().x, painter.frame().viewport.centre().y, 1, 1};
  const ui::Rect& anchor = !state.menu_anchor.empty() ? state.menu_anchor
                           : !state.menu_cell.empty() ? state.menu_cell
                                                      : middle;
  const int chosen = draw_menu(painter, anchor, "cell.menu", items, false);
  if (chosen == kMenuClosed) intents.push_back(app::CloseMenu{});
  if (chosen >= 0) intents.push_back(app::ChooseInMenu{chosen});
}

}  // namespace backstep::views
