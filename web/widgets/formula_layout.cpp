// Line breaking and drawing of formulas.
#include <cmath>

#include "web/widgets/formula_box.h"

namespace backstep::ui {
namespace {

constexpr float kContinuation = 1.2F;  // em by which following lines are set in
constexpr float kLineGap = 0.55F;      // em between lines
constexpr float kTightest = 0.85F;     // share of the size down to which a formula is shrunk rather than broken

// Appends a finished line below the others.
void add_line(FormulaLayout* layout, FormulaBox&& line, float size) {
  const float x = layout->lines == 0 ? 0 : kContinuation * size;
  const float top = layout->lines == 0 ? 0 : layout->height + kLineGap * size;
  const Vec2 at{x, top + line.ascent};
  if (layout->lines == 0) layout->first_baseline = at.y;
  for (auto& run : line.runs) {
    run.baseline = run.baseline + at;
    layout->runs.push_back(std::move(run));
  }
  for (const auto& rule : line.rules) layout->rules.push_back({moved(rule.rect, at), rule.tone});
  for (const auto& mark : line.marks) layout->marks.push_back(moved(mark, at));
  layout->width = std::max(layout->width, x + line.width);
  layout->height = at.y + line.descent;
  ++layout->lines;
}

}  // namespace

FormulaLayout layout_formula(const Formula& formula, float width, float size) {
  FormulaLayout layout;
  layout.lines = 0;
  FormulaBox line;
  bool started = false;
  for (FormulaPiece& piece : formula_pieces(formula, size)) {
    const float indent = layout.lines == 0 ? 0 : kContinuation * size;
    if (started && indent + line.width + piece.box.width > width) {
      add_line(&layout, std::move(line), size);
      line = {};
      started = false;
    }
    const float x = started ? line.width : -piece.lead;
    const float end = x + piece.box.width;
    line.put(std::move(piece.box), {x, 0});
    line.width = end;
    started = true;
  }
  if (started) add_line(&layout, std::move(line), size);
  return layout;
}

void draw_formula(Painter& painter, Vec2 top_left, const FormulaLayout& layout) {
  const Theme& t = painter.theme();
  const auto ink = [&](Tone tone) { return tone == Tone::kDim ? t.dim_ink : t.ink; };
  for (const Rect& mark : layout.marks) painter.fill_rect(moved(mark, top_left), t.selected, 4);
  for (const auto& rule : layout.rules) painter.fill_rect(moved(rule.rect, top_left), ink(rule.tone));
  for (const auto& run : layout.runs) painter.text(top_left + run.baseline, run.text, run.style, ink(run.tone));
}

FormulaLayout fit_formula(const Formula& formula, float width, float size) {
  float natural = 0;
  for (const FormulaPiece& piece : formula_pieces(formula, size)) natural += piece.box.width;
  // Half steps keep the number of glyph sizes small.
  const float fitting = std::floor(2 * size * width / std::max(natural, 1.0F)) / 2;
  const bool shrink = natural > width && fitting >= kTightest * size;
  return layout_formula(formula, width, shrink ? fitting : size);
}

float draw_formula(Painter& painter, const Rect& rect, const Formula& formula, float size) {
  const FormulaLayout layout = fit_formula(formula, rect.w, size);
  draw_formula(painter, {rect.x, rect.y}, layout);
  return layout.height;
}

}  // namespace backstep::ui
