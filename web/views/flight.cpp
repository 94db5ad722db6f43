#include "web/views/flight.h"

#include <algorithm>
#include <cmath>

namespace backstep::views {
namespace {

constexpr float kArrive = 0.62F;         // share of the time after which the terms are reached
constexpr std::size_t kMostFlying = 32;  // numbers at once; more would be a swarm
constexpr float kSmallest = 14;          // px of a cell whose number can be followed

ui::Rect between(const ui::Rect& a, const ui::Rect& b, float t) {
  return {ui::lerp(a.x, b.x, t), ui::lerp(a.y, b.y, t), ui::lerp(a.w, b.w, t), ui::lerp(a.h, b.h, t)};
}

// A square of `size` in the middle of a chip: what flies keeps the shape of a cell.
ui::Rect centred_in(const ui::Rect& r, float size) {
  const float s = std::min({size, r.w, r.h});
  return {r.centre().x - s / 2, r.centre().y - s / 2, s, s};
}

class FlightPainter {
 public:
  FlightPainter(ui::Painter& painter, float t, const StageView& view, std::span<const GridPlace> places,
                const WorkingPlaces& working)
      : painter_(painter), t_(t), view_(view), places_(places), working_(working) {}

  void draw() {
    const ui::Rect target = cell_of(view_.plan.panels.size() - 1, view_.e.index);
    std::size_t flying = 0;
    const auto first = static_cast<std::size_t>(view_.partial ? std::max<std::int64_t>(0, view_.term - 1) : 0);
    const auto end =
        static_cast<std::size_t>(view_.partial ? view_.term : static_cast<std::int64_t>(view_.e.terms.size()));
    for (std::size_t i = first; i < end; ++i) {
      const ExplainedTerm& term = view_.e.terms[i];
      if (!term.taken) continue;
      for (const Operand& operand : {term.tap.a, term.tap.b}) {
        const std::size_t panel = panel_of(operand);
        if (panel >= places_.size() || flying >= kMostFlying) continue;
        ++flying;
        draw_number(cell_of(panel, operand.index), i, target, panel, operand);
      }
    }
  }

 private:
  // The panel whose shown plane holds the operand; the number of panels where none does.
  std::size_t panel_of(const Operand& operand) const {
    for (std::size_t i = 0; i + 1 < view_.panels.size(); ++i) {
      const Panel& panel = view_.plan.panels[i];
      const bool here = panel.slot == operand.slot && operand.slot != Slot::none;
      if (here && panel.planes.at(operand.index).plane == view_.panels[i].plane) return i;
    }
    return places_.size();
  }

  ui::Rect cell_of(std::size_t i, std::int64_t index) const {
    const Panel& panel = view_.plan.panels[i];
    const PlaneCell at = panel.planes.at(index);
    return places_[i].visible_cell(static_cast<int>(panel.rows.place(at.row)),
                                   static_cast<int>(panel.cols.place(at.col)));
  }

  void draw_number(const ui::Rect& from, std::size_t term, const ui::Rect& target, std::size_t i,
                   const Operand& operand) {
    if (from.w < kSmallest) return;
    const bool shown = term < working_.terms.size() && !working_.terms[term].empty();
    const ui::Rect chip = shown ? centred_in(working_.terms[term], from.w) : ui::Rect{};
    const ui::Rect to = centred_in(target, from.w * 0.7F);
    ui::Rect at = shown ? between(from, chip, ui::ease_in_out(std::min(1.0F, t_ / kArrive)))
                        : between(from, to, ui::ease_in_out(t_));
    if (shown && t_ > kArrive) at = between(chip, to, ui::ease_in_out((t_ - kArrive) / (1 - kArrive)));
    const float opacity = std::min(1.0F, 4 * (1 - t_));
    const ui::ScopeGuard guard(painter_, ui::with_opacity(painter_, opacity));
    const float value = view_.plan.panels[i].values()[static_cast<std::size_t>(operand.index)];
    const ui::Colour fill = ui::value_colour(painter_.theme(), value, view_.panels[i].scale);
    painter_.fill_rect(at, fill, 4);
    painter_.stroke_rect(at, {painter_.theme().ground, 1}, 4);
    ui::DigitFit fit = view_.panels[i].fit;
    if (!fit.fits) return;
    fit.style.size *= at.w / std::max(1.0F, from.w);
    painter_.text_in(at, ui::fitted_number(value, fit, at.w), fit.style, ui::ink_on(painter_.theme(), fill));
  }

  ui::Painter& painter_;
  float t_;
  const StageView& view_;
  std::span<const GridPlace> places_;
  const WorkingPlaces& working_;
};

// One group of the grain forward, within the same block of the same pass.
bool one_forward(const Flight& flight, const StageView& view) {
  const Cursor& from = flight.cursor;
  const Cursor& to = view.cursor;
  if (flight.hash != view.hash || flight.block != view.block_first) return false;
  // The first product of a cell that was not looked into before.
  if (to.grain == Grain::product && to.term == 1 && to.step == from.step)
    return from.grain != to.grain || from.term == 0;
  if (from.grain != to.grain) return false;
  if (to.grain == Grain::cell) return to.step == from.step + 1;
  return to.grain == Grain::product && to.step == from.step && to.term == from.term + 1;
}

}  // namespace

void follow(Flight& flight, ui::Painter& painter, const StageView& view) {
  const bool moved = !(flight.cursor == view.cursor) || flight.block != view.block_first || flight.hash != view.hash;
  if (!moved) return;
  flight.motion = {};
  // Only what is gathered flies together.
  if (view.plan.see == See::gather && one_forward(flight, view)) flight.motion.begin(painter);
  flight.cursor = view.cursor;
  flight.block = view.block_first;
  flight.hash = view.hash;
}

void draw_flight(ui::Painter& painter, const Flight& flight, const StageView& view, std::span<const GridPlace> places,
                 const WorkingPlaces& working) {
  const float t = flight.motion.at(painter, flight.seconds);
  if (t >= 1) return;
  const ui::ScopeGuard guard(painter, ui::on_layer(painter, ui::Layer::kRaised));
  FlightPainter(painter, t, view, places, working).draw();
}

}  // namespace backstep::views
