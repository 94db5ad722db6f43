#include "web/views/switch_arrows.h"

namespace backstep::views {
namespace {

constexpr float kHeight = 0.84F;  // of the cell: arrows pass below the digits

}  // namespace

void draw_switch_arrows(ui::Painter& painter, const app::Model& model, const StageView& view,
                        std::span<const GridPlace> places) {
  if (view.plan.layer == model.trace->net().layer_count() || view.plan.slot != Slot::dx || view.partial) return;
  const Panel* from = view.plan.find(Slot::dy);
  if (model.trace->record(view.plan.layer).switches.empty() || !from || !view.single) return;
  const Panel& to = view.plan.panels.back();
  const auto cell_of = [&](const Panel& panel, const GridPlace& place, std::int64_t index) {
    const PlaneCell at = panel.planes.at(index);
    return place.grid.cell_rect(static_cast<int>(panel.rows.place(at.row)), static_cast<int>(panel.cols.place(at.col)));
  };
  for (const ExplainedTerm& term : view.e.terms) {
    if (!term.taken) continue;
    const ui::Rect a =
        cell_of(*from, places[static_cast<std::size_t>(from - view.plan.panels.data())], term.tap.a.index);
    const ui::Rect b = cell_of(to, places.back(), view.e.index);
    const bool beside = b.x > a.right();
    const ui::Vec2 start{beside ? a.right() - 5 : a.x + a.w * kHeight, beside ? a.y + a.h * kHeight : a.bottom() - 5};
    const ui::Vec2 end{beside ? b.x + 4 : b.x + b.w * kHeight, beside ? b.y + b.h * kHeight : b.y + 4};
    const ui::Vec2 bend = beside ? ui::Vec2{(end.x - start.x) / 2, 0} : ui::Vec2{0, (end.y - start.y) / 2};
    painter.curved_arrow(start, start + bend, end - bend, end, {painter.theme().ink, 1.8F});
  }
}

}  // namespace backstep::views
