#include "web/views/inspector.h"

#include <algorithm>

#include "engine/format.h"
#include "engine/notation.h"
#include "web/views/formulas.h"
#include "web/widgets/controls.h"
#include "web/widgets/heatmap.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr float kPadding = 24;
constexpr float kSection = 24;  // px between sections
constexpr std::size_t kMostTerms = 40;

// Draws from the top down and keeps the place.
class Column {
 public:
  Column(ui::Painter& painter, const ui::Rect& area) : painter_(painter), area_(area), y_(area.y) {}

  void title(std::string_view text) {
    painter_.text_in({area_.x, y_, area_.w, 18}, text, ui::text_style(ui::TextRole::kCaption), painter_.theme().dim_ink,
                     ui::Align::kLeft);
    y_ += 26;
  }
  void formula(const ui::Formula& formula, float size) {
    y_ += ui::draw_formula(painter_, {area_.x, y_, area_.w, 0}, formula, size) + kSection;
  }
  void text(std::string_view text, const ui::TextStyle& style, ui::Colour ink, float after = kSection) {
    y_ += ui::text_block(painter_, {area_.x, y_, area_.w, 0}, text, style, ink) + after;
  }
  void legend(float scale, std::string_view text) {
    ui::colour_legend(painter_, {area_.x, y_, std::min(area_.w, 240.0F), 44}, scale, text);
    y_ += 44 + kSection;
  }
  float height() const { return y_ - area_.y; }

 private:
  ui::Painter& painter_;
  ui::Rect area_;
  float y_;
};

std::string factor(double v) { return v < 0.0 ? "(" + format_number(v) + ")" : format_number(v); }

// "0·(−1) + 2·1 + … = 6": the products as one line of text; of several channels those of the shown one.
std::string numbers_text(const StageView& view) {
  std::string out;
  const auto& terms = view.e.terms;
  std::size_t first = 0, end = terms.size();
  const bool channels = view.pairs.size() > 1;
  if (channels) {
    const TermPair& pair = view.pairs[view.pair];
    first = static_cast<std::size_t>(pair.first);
    end = view.pair + 1 < view.pairs.size() ? first + static_cast<std::size_t>(pair.count) : terms.size();
    if (first > 0) out = factor(terms[first - 1].total);
  }
  for (std::size_t i = first; i < std::min(end, first + kMostTerms); ++i) {
    const bool product = terms[i].tap.b.slot == Slot::w || terms[i].tap.b.slot == Slot::dy;
    if (!out.empty()) out += view.e.fold == Fold::maximum ? ", " : " + ";
    out += product ? factor(terms[i].a) + "·" + factor(terms[i].b) : factor(terms[i].a);
  }
  if (end > first + kMostTerms) out += " + … " + std::to_string(end - first - kMostTerms) + " more";
  if (view.e.fold == Fold::maximum) out = "max(" + out + ")";
  const bool last = end == terms.size();
  return out + " = " + format_number(last ? static_cast<double>(view.e.value) : terms[end - 1].total) +
         (last ? "" : " so far");
}

// Wraps "a + b + c" only at its signs: spaces inside a term would be a place to break too.
void draw_numbers(Column& column, ui::Painter& painter, const StageView& view) {
  if (view.working.equation) {
    column.formula(*view.working.equation, 18);
    return;
  }
  column.text(numbers_text(view), {ui::Face::kSans, 14}, painter.theme().ink);
}

float draw_sections(ui::Painter& painter, const ui::Rect& area, const app::Model& model, const StageView& view) {
  const ui::Theme& t = painter.theme();
  const Trace& trace = *model.trace;
  const Block& block = trace.steps().block_of(model.step());
  Column column(painter, area);
  column.title("Formula");
  column.formula(formula_of(trace, block), 19);
  if (block.phase == Phase::backward) column.text(view.plan.heading + ".", ui::text_style(ui::TextRole::kBody), t.ink);
  const std::string cell = cell_symbol(trace, view.plan.layer, view.plan.slot, view.e.index);
  if (!model.covered(view.plan.layer, view.plan.slot, view.e.index)) {
    const bool channels = view.pairs.size() > 1;
    column.title("With numbers, " + cell + (channels ? ", " + view.working.channels[view.pair].name : ""));
    draw_numbers(column, painter, view);
    column.title("Result, in full");
    const ui::TextStyle code = ui::text_style(ui::TextRole::kCode);
    column.text(format_exact(view.e.value), code, t.ink, 4);
    column.text(format_hex(view.e.value) + "  float32", code, t.dim_ink);
  }
  column.title("Colours");
  const Panel& output = view.plan.panels.back();
  column.legend(view.panels.back().scale, output.title);
  return column.height();
}

}  // namespace

void draw_inspector(ui::Painter& painter, const PageLayout& layout, const app::Model& model, PageState& state,
                    Intents& intents) {
  const ui::Rect& area = layout.inspector;
  const ui::ScopeGuard guard(painter, layout.sheet ? ui::on_layer(painter, ui::Layer::kRaised) : painter.scope());
  const ui::ScopeGuard clip(painter, ui::clipped(painter, area));
  const ui::Theme& t = painter.theme();
  painter.fill_rect(area, t.surface);
  if (!layout.sheet) painter.line({area.x, area.y}, {area.x, area.bottom()}, {t.hairline, 1});
  const ui::HitState drag =
      painter.hit({ui::hit_id("inspector"), area, "Inspector", ui::HitRole::kRegion, ui::kHitDrag | ui::kHitWheel});
  const float padding = area.w < 400 ? 18 : kPadding;
  const ui::Rect inner{area.x + padding, area.y + 20 - state.inspector_scroll, area.w - 2 * padding, area.h};
  const float height = draw_sections(painter, inner, model, state.stage) + 20;
  const float most = std::max(0.0F, height - area.h);
  state.inspector_scroll = std::clamp(state.inspector_scroll - drag.drag_delta.y + drag.wheel.y, 0.0F, most);
  const float side = ui::control_height(painter);
  if (ui::button(painter, {area.right() - side - 8, area.y + 8, side, side},
                 {.name = "inspector.close",
                  .label = "Close the inspector",
                  .style = ui::ButtonStyle::kQuiet,
                  .icon = ui::Icon::kClose,
                  .icon_only = true})) {
    intents.push_back(app::ToggleInspector{});
  }
}

}  // namespace backstep::views
