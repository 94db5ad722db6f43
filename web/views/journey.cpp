#include "web/views/journey.h"

#include <algorithm>

namespace backstep::views {
namespace {

constexpr double kLongest = 2.2;   // seconds for the whole way
constexpr double kSlowest = 0.42;  // for each moment of it
constexpr double kFastest = 0.05;

bool same_block(const app::Model& model, const Cursor& a, const Cursor& b) {
  const StepIndex& steps = model.trace->steps();
  return steps.block_of(a.step).first == steps.block_of(b.step).first;
}

// How many moments lie between the two, the goal among them; 0: it is cut to.
std::int64_t moments_between(const app::Model& model, const Cursor& from, const Cursor& to) {
  if (!same_block(model, from, to)) return 0;
  const bool products = to.grain == Grain::product;
  if (from.step != to.step) return products || from.step > to.step ? 0 : to.step - from.step;
  // The same cell: its products are added one by one, from none where it was not looked into before.
  const std::int64_t before = from.grain == Grain::product && from.term >= 0 ? from.term : 0;
  return products ? std::max<std::int64_t>(0, model.term() - before) : 0;
}

}  // namespace

void follow(Journey& journey, ui::Painter& painter, const app::Model& model) {
  const app::Tour& tour = model.state.tour;
  const bool on = tour.runs() && tour.stop == journey.stop + 1 && journey.hash == model.hash;
  const bool moved = tour.stop != journey.stop || !(journey.at == model.cursor()) || journey.hash != model.hash;
  if (!moved) return;
  journey.moments = on && model.trace ? moments_between(model, journey.at, model.cursor()) : 0;
  journey.from = journey.at;
  journey.to = model.cursor();
  if (journey.moments > 0) {
    journey.each = std::clamp(kLongest / static_cast<double>(journey.moments), kFastest, kSlowest);
    journey.motion.begin(painter);
  }
  journey.stop = tour.stop;
  journey.at = model.cursor();
  journey.hash = model.hash;
}

std::optional<app::Model> on_the_way(const Journey& journey, ui::Painter& painter, const app::Model& model) {
  if (journey.moments <= 0) return std::nullopt;
  const float t = journey.motion.at(painter, journey.each * static_cast<double>(journey.moments));
  const auto moment = static_cast<std::int64_t>(t * static_cast<float>(journey.moments)) + 1;
  if (t >= 1 || moment >= journey.moments) return std::nullopt;
  app::Model out;
  out.trace = model.trace;
  out.hash = model.hash;
  out.state.scene = model.state.scene;
  out.state.edits = model.state.edits;
  out.state.revealed = model.state.revealed;
  out.state.tour = model.state.tour;
  Cursor& cursor = out.state.scene.cursor;
  if (journey.from.step == journey.to.step) {
    cursor.term = model.term() - journey.moments + moment;
  } else {
    cursor = {journey.from.step + moment, -1, Grain::cell};
  }
  return out;
}

}  // namespace backstep::views
