#include "web/views/switch_arrows.h"

namespace backstep::views {
namespace {

constexpr std::int64_t kMostArrows = 16;  // more would hide what they point at

}  // namespace

void draw_switch_arrows(ui::Painter& painter, const app::Model& model, const StageView& view,
                        std::span<const GridPlace> places) {
  if (view.plan.layer == model.trace->net().layer_count() || view.plan.slot != Slot::dx) return;
  const IndexTensor& switches = model.trace->record(view.plan.layer).switches;
  if (switches.empty() || view.plan.panels.front().slot != Slot::dy) return;
  const Panel& from = view.plan.panels.front();
  const Panel& to = view.plan.panels.back();
  const std::int64_t plane = view.panels.back().plane;
  const std::int64_t windows = from.planes.cells();
  for (std::int64_t k = 0; k < windows; ++k) {
    const std::int64_t won = switches[plane * windows + k];
    const std::int64_t target = plane * to.planes.cells() + won;
    const bool current = target == view.e.index && !view.partial;
    if (target > view.e.index || (windows > kMostArrows && !current)) continue;
    const PlaneCell at = from.planes.at(k);
    const ui::Rect a = places.front().grid.cell_rect(static_cast<int>(from.rows.place(at.row)),
                                                     static_cast<int>(from.cols.place(at.col)));
    const ui::Rect b =
        places.back().grid.cell_rect(static_cast<int>(won / to.planes.cols), static_cast<int>(won % to.planes.cols));
    const ui::Colour ink = current ? painter.theme().ink : ui::faded(painter.theme().dim_ink, 0.45F);
    const float bend = (b.centre().x - a.centre().x) / 2;
    const ui::Vec2 start{a.right() - 4, a.centre().y}, end{b.x + 4, b.centre().y};
    painter.curved_arrow(start, {start.x + bend, start.y}, {end.x - bend, end.y}, end, {ink, current ? 2.0F : 1.2F});
  }
}

}  // namespace backstep::views
