#include "web/views/inspector.h"

#include <algorithm>

#include "engine/format.h"
#include "engine/notation.h"
#include "web/app/see.h"
#include "web/views/check_panel.h"
#include "web/views/code_panel.h"
#include "web/views/formulas.h"
#include "web/views/window_axes.h"
#include "web/widgets/controls.h"
#include "web/widgets/heatmap.h"

namespace backstep::views {
namespace {

constexpr float kPadding = 24;
constexpr float kBar = 44;
constexpr std::size_t kMostTerms = 40;

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

// "gather | scatter | im2col | matrix", where the step offers more than one.
void draw_see(Column& column, const app::Model& model, const StageView& view, Intents& intents) {
  const std::vector<See> all = app::sees_of(*model.trace, model.trace->steps().block_of(model.step()));
  if (all.size() < 2) return;
  std::vector<std::string_view> names;
  int chosen = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    names.push_back(all[i] == See::unrolled ? "im2col" : see_name(all[i]));
    if (all[i] == app::shown_see(model)) chosen = static_cast<int>(i);
  }
  column.title("Seen as");
  const bool spread = view.plan.see == See::scatter;
  ui::Rect line = column.take(ui::control_height(column.painter()), spread ? 8 : Column::kSection);
  line.w = std::min(line.w, ui::segmented_width(column.painter(), names));
  const int clicked = ui::segmented(column.painter(), line, "inspector.see", names, chosen);
  if (clicked >= 0) intents.push_back(app::SetSee{all[static_cast<std::size_t>(clicked)]});
  if (spread) column.text(scatter_text(view.scatter) + ".", {ui::Face::kSans, 14}, column.painter().theme().ink);
}

void draw_flip(Column& column, const NetworkLayer& layer, int index, Intents& intents) {
  const Conv2d* conv = std::get_if<Conv2d>(&layer.op);
  if (!conv) return;
  constexpr std::string_view kNames[] = {"cross-correlation", "convolution"};
  column.title(conv->flip ? "The kernel is turned by 180° first: true convolution" : "The kernel is laid on as it is");
  ui::Rect line = column.take(ui::control_height(column.painter()));
  line.w = std::min(line.w, ui::segmented_width(column.painter(), kNames));
  const int clicked = ui::segmented(column.painter(), line, "inspector.flip", kNames, conv->flip ? 1 : 0);
  if (clicked >= 0 && (clicked == 1) != conv->flip)
    intents.push_back(app::EditLayer{index, "flip", clicked == 1 ? "true" : "false", ""});
}

// Rows and columns of the padded input that the floor drops.
std::string unread_text(const NetworkLayer& layer) {
  const auto axes = window_axes(layer);
  if (!axes || axes->transposed) return "";
  const auto unread = [](const WindowAxis& axis, const char* what) -> std::string {
    const std::vector<bool> read = axis.read();
    const auto n = std::count(read.begin(), read.end(), false);
    return n == 0 ? "" : std::to_string(n) + " " + what + (n == 1 ? "" : "s");
  };
  const std::string rows = unread(axes->rows, "row"), cols = unread(axes->cols, "column");
  if (rows.empty() && cols.empty()) return "";
  return "Of the padded input " + rows + (rows.empty() || cols.empty() ? "" : " and ") + cols + " are never read.";
}

void draw_size(Column& column, const NetworkLayer& layer) {
  const auto size = size_formula(layer);
  if (!size) return;
  column.title("Output size");
  column.formula(size->letters, 15, 6);
  column.formula(size->rows, 15, 6);
  const std::string unread = unread_text(layer);
  column.formula(size->cols, 15, unread.empty() ? Column::kSection : 6);
  const ui::Theme& t = column.painter().theme();
  if (!unread.empty()) column.text(unread, {ui::Face::kSans, 14}, t.ink);
}

// Code names and the letters on the stage, side by side.
void draw_names(Column& column, const Network& net, int layer) {
  const bool weighted = !net.layer(layer).shapes.w.is_none();
  std::string out;
  for (const Slot slot : {Slot::x, Slot::w, Slot::b, Slot::y, Slot::dx, Slot::dw, Slot::db, Slot::dy}) {
    const bool parameter = slot == Slot::w || slot == Slot::b || slot == Slot::dw || slot == Slot::db;
    if (parameter && !weighted) continue;
    out += (out.empty() ? "" : ",  ") + std::string(slot_name(slot)) + " is " + symbol(net, layer, slot);
  }
  column.title("Names in the code");
  column.text(out, {ui::Face::kSans, 13}, column.painter().theme().ink);
}

float draw_sections(ui::Painter& painter, const ui::Rect& area, const app::Model& model, const StageView& view,
                    Intents& intents) {
  const ui::Theme& t = painter.theme();
  const Trace& trace = *model.trace;
  const Block& block = trace.steps().block_of(model.step());
  const bool layered = block.layer < trace.net().layer_count();
  Column column(painter, area);
  // Where the tour measures a gradient, that is what it opens the inspector for.
  const bool measured = model.state.tour.runs() && model.check;
  if (measured) draw_check(column, model, intents);
  column.title("Formula");
  column.formula(formula_of(trace, block), 19);
  if (block.phase == Phase::backward) column.text(view.plan.heading + ".", ui::text_style(ui::TextRole::kBody), t.ink);
  draw_see(column, model, view, intents);
  if (layered && block.phase != Phase::update) draw_flip(column, trace.net().layer(block.layer), block.layer, intents);
  const std::string cell = cell_symbol(trace, view.plan.layer, view.plan.slot, view.e.index);
  if (!model.covered(view.plan.layer, view.plan.slot, view.e.index)) {
    const bool channels = view.pairs.size() > 1;
    const bool named = channels && view.pair < view.working.channels.size();
    column.title("With numbers, " + cell + (named ? ", " + view.working.channels[view.pair].name : ""));
    draw_numbers(column, painter, view);
    column.title("Result, in full");
    const ui::TextStyle code = ui::text_style(ui::TextRole::kCode);
    column.text(format_exact(view.e.value), code, t.ink, 4);
    column.text(format_hex(view.e.value) + "  float32", code, t.dim_ink);
  }
  if (layered && block.slot == Slot::y) draw_size(column, trace.net().layer(block.layer));
  draw_code(column, trace, view);
  if (layered) draw_names(column, trace.net(), block.layer);
  if (!measured) draw_check(column, model, intents);
  column.title("Colours");
  const Panel& output = view.plan.panels.back();
  ui::colour_legend(
      painter,
      [&] {
        ui::Rect line = column.take(44);
        line.w = std::min(line.w, 240.0F);
        return line;
      }(),
      view.panels.back().scale, output.title);
  return column.height();
}

// Stays while the sections scroll below it.
void draw_bar(ui::Painter& painter, const ui::Rect& bar, float padding, Intents& intents) {
  const ui::Theme& t = painter.theme();
  painter.text_in({bar.x + padding, bar.y, bar.w - padding, bar.h}, "Inspector", {ui::Face::kSansBold, 14}, t.ink,
                  ui::Align::kLeft);
  painter.line({bar.x, bar.bottom()}, {bar.right(), bar.bottom()}, {t.hairline, 1});
  const float side = std::min(ui::control_height(painter), bar.h);
  if (ui::button(painter, {bar.right() - side - 8, bar.centre().y - side / 2, side, side},
                 ui::icon_button("inspector.close", "Close the inspector", ui::Icon::kClose))) {
    intents.push_back(app::ToggleInspector{});
  }
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
  ui::Rect rest = area;
  // Opened by a stop of the tour it has no bar: the stop closes it.
  if (model.state.scene.view.inspector) draw_bar(painter, ui::cut_top(rest, kBar), padding, intents);
  const ui::ScopeGuard below(painter, ui::clipped(painter, rest));
  const ui::Rect inner{rest.x + padding, rest.y + 16 - state.inspector_scroll, rest.w - 2 * padding, rest.h};
  const float height = draw_sections(painter, inner, model, state.stage, intents) + 16;
  const float most = std::max(0.0F, height - rest.h);
  state.inspector_scroll = std::clamp(state.inspector_scroll - drag.drag_delta.y + drag.wheel.y, 0.0F, most);
}

}  // namespace backstep::views
