#include "web/views/switch_arrows.h"

namespace backstep::views {
namespace {

constexpr std::int64_t kMostArrows = 16;  // more would be a tangle
constexpr float kHeight = 0.84F;          // of the cell: arrows pass below the digits

}  // namespace

bool draw_switch_arrows(ui::Painter& painter, const app::Model& model, const StageView& view,
                        std::span<const GridPlace> places) {
  if (view.plan.layer == model.trace->net().layer_count() || view.plan.slot != Slot::dx || view.partial) return false;
  const Panel* from = view.plan.find(Slot::dy);
  const IndexTensor& switches = model.trace->record(view.plan.layer).switches;
  if (switches.empty() || !from) return false;
  const Panel& to = view.plan.panels.back();
  const auto cell_of = [&](const Panel& panel, const GridPlace& place, std::int64_t index) {
    const PlaneCell at = panel.planes.at(index);
    return place.visible_cell(static_cast<int>(panel.rows.place(at.row)), static_cast<int>(panel.cols.place(at.col)));
  };
  const GridPlace& from_place = places[static_cast<std::size_t>(from - view.plan.panels.data())];
  bool drawn = false;
  const auto arrow = [&](std::int64_t window, std::int64_t winner, float width) {
    const ui::Rect a = cell_of(*from, from_place, window);
    const ui::Rect b = cell_of(to, places.back(), winner);
    if (a.empty() || b.empty()) return;
    const bool beside = b.x > a.right();
    const ui::Vec2 start{beside ? a.right() - 5 : a.x + a.w * kHeight, beside ? a.y + a.h * kHeight : a.bottom() - 5};
    const ui::Vec2 end{beside ? b.x + 4 : b.x + b.w * kHeight, beside ? b.y + b.h * kHeight : b.y + 4};
    const ui::Vec2 bend = beside ? ui::Vec2{(end.x - start.x) / 2, 0} : ui::Vec2{0, (end.y - start.y) / 2};
    drawn = true;
    painter.curved_arrow(start, start + bend, end - bend, end, {painter.theme().ink, width});
  };
  if (view.single && view.plan.see == See::gather) {
    for (const ExplainedTerm& term : view.e.terms) {
      if (term.taken) arrow(term.tap.a.index, view.e.index, 1.8F);
    }
    return drawn;
  }
  // Of a whole channel, or while the gradient is spread, every way that it has gone so far.
  const std::int64_t plane = to.planes.at(view.e.index).plane, windows = from->planes.cells();
  const bool spread = view.plan.see == See::scatter;
  for (std::int64_t k = 0; k < windows && windows <= kMostArrows; ++k) {
    const std::int64_t window = plane * windows + k, winner = plane * to.planes.cells() + switches[window];
    if (spread ? k >= view.scatter.spread : winner > view.e.index) continue;
    arrow(window, winner, spread && window == view.scatter.source ? 2.2F : 1.2F);
  }
  return drawn;
}

}  // namespace backstep::views
