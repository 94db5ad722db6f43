// Sizes and shifts follow D. E. Knuth, The TeXbook, appendix G, much simplified: one style for text and display,
// scripts in one smaller size.
#include <algorithm>

#include "web/widgets/formula.h"

namespace backstep::ui {
namespace {

using Kind = Formula::Kind;

constexpr float kScriptSize = 0.72F;  // of the surrounding size
constexpr float kFractionSize = 0.92F;
constexpr float kSmallest = 10;          // px: scripts of scripts stay readable
constexpr float kAxis = 0.25F;           // em: height of fraction rules and signs' middles above the baseline
constexpr float kRelationSpace = 0.28F;  // em on each side
constexpr float kBinarySpace = 0.22F;
constexpr float kTimesSpace = 0.14F;
constexpr float kCommaSpace = 0.2F;
constexpr float kFractionPadding = 0.12F;
constexpr float kContinuation = 1.2F;  // em by which following lines are set in
constexpr float kLineGap = 0.55F;      // em between lines

// A box around the origin of its baseline.
struct Box {
  float width = 0;
  float ascent = 0;
  float descent = 0;
  std::vector<FormulaLayout::Run> runs;
  std::vector<FormulaLayout::Rule> rules;
  std::vector<Rect> marks;

  void put(Box&& other, Vec2 at) {
    for (auto& run : other.runs) run.baseline = run.baseline + at, runs.push_back(std::move(run));
    for (auto& rule : other.rules) rules.push_back({moved(rule.rect, at), rule.tone});
    for (auto& mark : other.marks) marks.push_back(moved(mark, at));
    width = std::max(width, at.x + other.width);
    ascent = std::max(ascent, other.ascent - at.y);
    descent = std::max(descent, other.descent + at.y);
  }
};

Box glyphs(std::string_view text, Face face, float size, Tone tone) {
  const TextStyle style{face, size};
  const FontMetrics m = font_metrics(style);
  Box box;
  box.width = text_width(text, style);
  box.ascent = m.ascent;
  box.descent = m.descent;
  if (!text.empty()) box.runs.push_back({{0, 0}, style, std::string(text), tone});
  return box;
}

Box build(const Formula& formula, float size, Tone tone);

float smaller(float size, float factor) { return std::max(std::min(size, kSmallest), size * factor); }

// Space before and after a leaf inside a row, in px.
float side_space(const Formula& part, float size, bool in_script) {
  const float tight = in_script ? 0.35F : 1.0F;
  switch (part.kind) {
    case Kind::kRelation: return kRelationSpace * size * tight;
    case Kind::kBinary: return kBinarySpace * size * tight;
    case Kind::kTimes: return kTimesSpace * size * tight;
    default: return 0;
  }
}

// Whether a sign has nothing to its left to be bound to ("−1"): then it stands close to what follows.
bool is_prefix(const std::vector<Formula>& parts, std::size_t i) {
  if (i == 0) return true;
  const Kind before = parts[i - 1].kind;
  return before == Kind::kRelation || before == Kind::kBinary || before == Kind::kPunctuation || before == Kind::kTimes;
}

enum class RowStyle : std::uint8_t {
  kNormal,
  kScript,     // tighter
  kContinued,  // a following line: its leading sign is bound to the line before
};

void append_part(Box* row, const std::vector<Formula>& parts, std::size_t i, float size, Tone tone, RowStyle style) {
  const Formula& part = parts[i];
  const bool in_script = style == RowStyle::kScript;
  const bool leads = i == 0 && style == RowStyle::kContinued;
  float space = side_space(part, size, in_script);
  if (part.kind == Kind::kBinary && is_prefix(parts, i) && !leads) space = 0;
  Box box = build(part, size, tone);
  const float start = row->width + (leads ? 0 : space);
  const float end = start + box.width;
  row->put(std::move(box), {start, 0});
  row->width = end + space;
  if (part.kind == Kind::kPunctuation) row->width += kCommaSpace * size * (in_script ? 0.5F : 1.0F);
  if (part.kind == Kind::kBig || part.kind == Kind::kFraction) row->width += 0.12F * size;
}

Box build_row(const std::vector<Formula>& parts, float size, Tone tone, RowStyle style) {
  Box row;
  for (std::size_t i = 0; i < parts.size(); ++i) append_part(&row, parts, i, size, tone, style);
  return row;
}

Box build_in_script(const Formula& formula, float size, Tone tone) {
  if (formula.kind != Kind::kRow) return build(formula, size, tone);
  return build_row(formula.parts, size, tone, RowStyle::kScript);
}

bool is_nothing(const Formula& formula) { return formula.kind == Kind::kRow && formula.parts.empty(); }

Box build_script(const Formula& formula, float size, Tone tone) {
  Box box = build(formula.parts[0], size, tone);
  const float script = smaller(size, kScriptSize);
  const float x = box.width + 0.04F * size;
  const float base_ascent = box.ascent;
  if (!is_nothing(formula.parts[1])) {
    box.put(build_in_script(formula.parts[1], script, tone), {x, 0.2F * size});
  }
  if (!is_nothing(formula.parts[2])) {
    Box above = build_in_script(formula.parts[2], script, tone);
    box.put(std::move(above), {x, -std::max(0.38F * size, base_ascent - 0.42F * size)});
  }
  box.width += 0.05F * size;
  return box;
}

Box build_fraction(const Formula& formula, float size, Tone tone) {
  const float inner = smaller(size, kFractionSize);
  Box above = build(formula.parts[0], inner, tone);
  Box below = build(formula.parts[1], inner, tone);
  const float padding = kFractionPadding * size;
  const float width = std::max(above.width, below.width) + 2 * padding;
  const float axis = -kAxis * size;
  const float thickness = std::max(1.0F, size * 0.05F);
  const float gap = 0.14F * size;
  Box box;
  const Vec2 above_at{(width - above.width) / 2, axis - thickness / 2 - gap - above.descent};
  const Vec2 below_at{(width - below.width) / 2, axis + thickness / 2 + gap + below.ascent};
  box.put(std::move(above), above_at);
  box.put(std::move(below), below_at);
  box.rules.push_back({{0, axis - thickness / 2, width, thickness}, tone});
  box.width = width;
  return box;
}

Box build_big(const Formula& formula, float size, Tone tone) {
  const float sign_size = size * 1.35F;
  const float script = smaller(size, kScriptSize);
  Box sign = glyphs(formula.text, Face::kSerif, sign_size, tone);
  Box below = build_in_script(formula.parts[0], script, tone);
  Box above = build_in_script(formula.parts[1], script, tone);
  const float width = std::max({sign.width, below.width, above.width});
  // The sign's middle lies on the axis; limits keep clear of it.
  const float middle = (sign.ascent - sign.descent) / 2;
  const float shift = middle - kAxis * size;
  const float gap = 0.08F * size;
  Box box;
  const float below_y = shift + sign.descent + gap + below.ascent * 0.8F;
  const float above_y = shift - sign.ascent - gap - above.descent;
  const bool has_above = above.width > 0;
  const Vec2 sign_at{(width - sign.width) / 2, shift};
  const Vec2 below_at{(width - below.width) / 2, below_y};
  const Vec2 above_at{(width - above.width) / 2, above_y};
  box.put(std::move(sign), sign_at);
  if (below.width > 0) box.put(std::move(below), below_at);
  if (has_above) box.put(std::move(above), above_at);
  box.width = width;
  return box;
}

Box build_fence(const Formula& formula, float size, Tone tone) {
  Box inside = build(formula.parts[0], size, tone);
  const FontMetrics m = font_metrics({Face::kSerif, size});
  // Brackets grow with what they hold and stay centred on the axis.
  const float axis = kAxis * size;
  const float half = std::max({(m.ascent + m.descent) / 2, inside.ascent - axis, inside.descent + axis});
  const float growth = half / ((m.ascent + m.descent) / 2);
  const bool tall = growth > 1.05F;
  const float bracket = tall ? size * growth : size;
  const FontMetrics b = font_metrics({Face::kSerif, bracket});
  const float shift = tall ? (b.ascent - b.descent) / 2 - axis : 0;
  Box box = {};
  Box open = glyphs(formula.text, Face::kSerif, bracket, tone);
  Box close = glyphs(formula.close, Face::kSerif, bracket, tone);
  const float open_width = open.width;
  const float inside_width = inside.width;
  box.put(std::move(open), {0, shift});
  box.put(std::move(inside), {open_width, 0});
  box.put(std::move(close), {open_width + inside_width, shift});
  return box;
}

Box build(const Formula& formula, float size, Tone inherited) {
  const Tone tone = formula.tone == Tone::kNormal ? inherited : formula.tone;
  Box box;
  switch (formula.kind) {
    case Kind::kVariable:
      box = glyphs(formula.text, Face::kSerifItalic, size, tone);
      // Italic capitals lean out of their advance.
      box.width += 0.03F * size;
      break;
    case Kind::kText:
    case Kind::kRelation:
    case Kind::kBinary:
    case Kind::kTimes:
    case Kind::kPunctuation: box = glyphs(formula.text, Face::kSerif, size, tone); break;
    case Kind::kRow: box = build_row(formula.parts, size, tone, RowStyle::kNormal); break;
    case Kind::kScript: box = build_script(formula, size, tone); break;
    case Kind::kFraction: box = build_fraction(formula, size, tone); break;
    case Kind::kBig: box = build_big(formula, size, tone); break;
    case Kind::kFence: box = build_fence(formula, size, tone); break;
  }
  if (formula.tone == Tone::kMarked) {
    // The tinted ground gets room of its own, or it would lie under the signs beside it.
    const float padding = 0.16F * size;
    Box padded;
    const float width = box.width + 2 * padding;
    padded.put(std::move(box), {padding, 0});
    padded.width = width;
    const Rect ground{0, -padded.ascent - padding / 2, width, padded.ascent + padded.descent + padding};
    padded.marks.insert(padded.marks.begin(), ground);
    return padded;
  }
  return box;
}

// The outermost row's parts, nested rows opened up: breaks are allowed between any of them.
void flatten(const Formula& formula, std::vector<Formula>* parts) {
  if (formula.kind != Kind::kRow || formula.tone != Tone::kNormal) {
    parts->push_back(formula);
    return;
  }
  for (const Formula& part : formula.parts) flatten(part, parts);
}

}  // namespace

FormulaLayout layout_formula(const Formula& formula, float width, float size) {
  std::vector<Formula> parts;
  flatten(formula, &parts);
  // Pieces between allowed breaks; each but the first begins with its sign.
  std::vector<std::vector<Formula>> pieces(1);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool sign = parts[i].kind == Kind::kRelation || (parts[i].kind == Kind::kBinary && !is_prefix(parts, i));
    if (sign && !pieces.back().empty()) pieces.emplace_back();
    pieces.back().push_back(parts[i]);
  }
  FormulaLayout layout;
  layout.lines = 0;
  const float indent = kContinuation * size;
  std::vector<Formula> line;
  const auto row_style = [&] { return layout.lines == 0 ? RowStyle::kNormal : RowStyle::kContinued; };
  const auto flush = [&] {
    if (line.empty()) return;
    Box box = build_row(line, size, Tone::kNormal, row_style());
    const float x = layout.lines == 0 ? 0 : indent;
    if (layout.lines > 0) layout.height += kLineGap * size;
    const float baseline = layout.height + box.ascent;
    if (layout.lines == 0) layout.first_baseline = baseline;
    layout.height = baseline + box.descent;
    layout.width = std::max(layout.width, x + box.width);
    for (auto& run : box.runs) run.baseline = run.baseline + Vec2{x, baseline}, layout.runs.push_back(std::move(run));
    for (auto& rule : box.rules) layout.rules.push_back({moved(rule.rect, {x, baseline}), rule.tone});
    for (auto& mark : box.marks) layout.marks.push_back(moved(mark, {x, baseline}));
    ++layout.lines;
    line.clear();
  };
  for (const std::vector<Formula>& piece : pieces) {
    std::vector<Formula> longer = line;
    longer.insert(longer.end(), piece.begin(), piece.end());
    const float x = layout.lines == 0 ? 0 : indent;
    if (!line.empty() && x + build_row(longer, size, Tone::kNormal, row_style()).width > width) {
      flush();
      longer = piece;
    }
    line = std::move(longer);
  }
  flush();
  return layout;
}

void draw_formula(Painter& painter, Vec2 top_left, const FormulaLayout& layout) {
  const Theme& t = painter.theme();
  const auto ink = [&](Tone tone) { return tone == Tone::kDim ? t.dim_ink : t.ink; };
  for (const Rect& mark : layout.marks) painter.fill_rect(moved(mark, top_left), t.selected, 4);
  for (const auto& rule : layout.rules) painter.fill_rect(moved(rule.rect, top_left), ink(rule.tone));
  for (const auto& run : layout.runs) painter.text(top_left + run.baseline, run.text, run.style, ink(run.tone));
}

float draw_formula(Painter& painter, const Rect& rect, const Formula& formula, float size) {
  FormulaLayout layout = layout_formula(formula, rect.w, size);
  // A formula that nearly fits is set a little smaller rather than broken.
  for (float smaller_size = size - 1; layout.lines > 1 && smaller_size >= size * 0.85F; smaller_size -= 1) {
    FormulaLayout narrower = layout_formula(formula, rect.w, smaller_size);
    if (narrower.lines == 1) layout = std::move(narrower);
  }
  draw_formula(painter, {rect.x, rect.y}, layout);
  return layout.height;
}

}  // namespace backstep::ui
