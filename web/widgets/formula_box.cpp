// Sizes and shifts follow D. E. Knuth, The TeXbook, appendix G, much simplified: one style for text and display,
// scripts in one smaller size.
#include "web/widgets/formula_box.h"

#include <algorithm>

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

FormulaBox glyphs(std::string_view text, Face face, float size, Tone tone) {
  const TextStyle style{face, size};
  const FontMetrics m = font_metrics(style);
  FormulaBox box;
  box.width = text_width(text, style);
  box.ascent = m.ascent;
  box.descent = m.descent;
  if (!text.empty()) box.runs.push_back({{0, 0}, style, std::string(text), tone});
  return box;
}

FormulaBox build(const Formula& formula, float size, Tone tone);

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

using Parts = std::vector<const Formula*>;

// Whether a sign has nothing to its left to be bound to ("−1"): then it stands close to what follows.
bool is_prefix(const Parts& parts, std::size_t i) {
  if (i == 0) return true;
  const Kind before = parts[i - 1]->kind;
  return before == Kind::kRelation || before == Kind::kBinary || before == Kind::kPunctuation || before == Kind::kTimes;
}

enum class RowStyle : std::uint8_t {
  kNormal,
  kScript,  // tighter
  kPiece,   // part of a longer row: its leading sign is bound to what comes before
};

void append_part(FormulaBox* row, const Parts& parts, std::size_t i, float size, Tone tone, RowStyle style) {
  const Formula& part = *parts[i];
  const bool in_script = style == RowStyle::kScript;
  const bool leads_piece = i == 0 && style == RowStyle::kPiece;
  float space = side_space(part, size, in_script);
  if (part.kind == Kind::kBinary && is_prefix(parts, i) && !leads_piece) space = 0;
  FormulaBox box = build(part, size, tone);
  const float end = row->width + space + box.width;
  row->put(std::move(box), {row->width + space, 0});
  row->width = end + space;
  if (part.kind == Kind::kPunctuation) row->width += kCommaSpace * size * (in_script ? 0.5F : 1.0F);
  if (part.kind == Kind::kBig || part.kind == Kind::kFraction) row->width += 0.12F * size;
}

FormulaBox build_row(const Parts& parts, float size, Tone tone, RowStyle style) {
  FormulaBox row;
  for (std::size_t i = 0; i < parts.size(); ++i) append_part(&row, parts, i, size, tone, style);
  return row;
}

Parts parts_of(const Formula& row) {
  Parts parts;
  for (const Formula& part : row.parts) parts.push_back(&part);
  return parts;
}

FormulaBox build_in_script(const Formula& formula, float size, Tone tone) {
  if (formula.kind != Kind::kRow) return build(formula, size, tone);
  return build_row(parts_of(formula), size, tone, RowStyle::kScript);
}

bool is_nothing(const Formula& formula) { return formula.kind == Kind::kRow && formula.parts.empty(); }

FormulaBox build_script(const Formula& formula, float size, Tone tone) {
  FormulaBox box = build(formula.parts[0], size, tone);
  const float script = smaller(size, kScriptSize);
  const float x = box.width + 0.04F * size;
  const float base_ascent = box.ascent;
  if (!is_nothing(formula.parts[1])) {
    box.put(build_in_script(formula.parts[1], script, tone), {x, 0.2F * size});
  }
  if (!is_nothing(formula.parts[2])) {
    FormulaBox above = build_in_script(formula.parts[2], script, tone);
    box.put(std::move(above), {x, -std::max(0.38F * size, base_ascent - 0.42F * size)});
  }
  box.width += 0.05F * size;
  return box;
}

FormulaBox build_fraction(const Formula& formula, float size, Tone tone) {
  const float inner = smaller(size, kFractionSize);
  FormulaBox above = build(formula.parts[0], inner, tone);
  FormulaBox below = build(formula.parts[1], inner, tone);
  const float padding = kFractionPadding * size;
  const float width = std::max(above.width, below.width) + 2 * padding;
  const float axis = -kAxis * size;
  const float thickness = std::max(1.0F, size * 0.05F);
  const float gap = 0.14F * size;
  FormulaBox box;
  const Vec2 above_at{(width - above.width) / 2, axis - thickness / 2 - gap - above.descent};
  const Vec2 below_at{(width - below.width) / 2, axis + thickness / 2 + gap + below.ascent};
  box.put(std::move(above), above_at);
  box.put(std::move(below), below_at);
  box.rules.push_back({{0, axis - thickness / 2, width, thickness}, tone});
  box.width = width;
  return box;
}

FormulaBox build_big(const Formula& formula, float size, Tone tone) {
  const float sign_size = size * 1.35F;
  const float script = smaller(size, kScriptSize);
  FormulaBox sign = glyphs(formula.text, Face::kSerif, sign_size, tone);
  FormulaBox below = build_in_script(formula.parts[0], script, tone);
  FormulaBox above = build_in_script(formula.parts[1], script, tone);
  const float width = std::max({sign.width, below.width, above.width});
  // The sign's middle lies on the axis; limits keep clear of it.
  const float middle = (sign.ascent - sign.descent) / 2;
  const float shift = middle - kAxis * size;
  const float gap = 0.08F * size;
  FormulaBox box;
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

FormulaBox build_fence(const Formula& formula, float size, Tone tone) {
  FormulaBox inside = build(formula.parts[0], size, tone);
  const FontMetrics m = font_metrics({Face::kSerif, size});
  // Brackets grow with what they hold and stay centred on the axis.
  const float axis = kAxis * size;
  const float half = std::max({(m.ascent + m.descent) / 2, inside.ascent - axis, inside.descent + axis});
  const float growth = half / ((m.ascent + m.descent) / 2);
  const bool tall = growth > 1.05F;
  const float bracket = tall ? size * growth : size;
  const FontMetrics b = font_metrics({Face::kSerif, bracket});
  const float shift = tall ? (b.ascent - b.descent) / 2 - axis : 0;
  FormulaBox box = {};
  FormulaBox open = glyphs(formula.text, Face::kSerif, bracket, tone);
  FormulaBox close = glyphs(formula.close, Face::kSerif, bracket, tone);
  const float open_width = open.width;
  const float inside_width = inside.width;
  box.put(std::move(open), {0, shift});
  box.put(std::move(inside), {open_width, 0});
  box.put(std::move(close), {open_width + inside_width, shift});
  return box;
}

FormulaBox build(const Formula& formula, float size, Tone inherited) {
  const Tone tone = formula.tone == Tone::kNormal ? inherited : formula.tone;
  FormulaBox box;
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
    case Kind::kRow: box = build_row(parts_of(formula), size, tone, RowStyle::kNormal); break;
    case Kind::kScript: box = build_script(formula, size, tone); break;
    case Kind::kFraction: box = build_fraction(formula, size, tone); break;
    case Kind::kBig: box = build_big(formula, size, tone); break;
    case Kind::kFence: box = build_fence(formula, size, tone); break;
  }
  if (formula.tone == Tone::kMarked) {
    // The tinted ground gets room of its own, or it would lie under the signs beside it.
    const float padding = 0.16F * size;
    FormulaBox padded;
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
void flatten(const Formula& formula, Parts* parts) {
  if (formula.kind != Kind::kRow || formula.tone != Tone::kNormal) {
    parts->push_back(&formula);
    return;
  }
  for (const Formula& part : formula.parts) flatten(part, parts);
}

}  // namespace

void FormulaBox::put(FormulaBox&& other, Vec2 at) {
  for (auto& run : other.runs) {
    run.baseline = run.baseline + at;
    runs.push_back(std::move(run));
  }
  for (const auto& rule : other.rules) rules.push_back({moved(rule.rect, at), rule.tone});
  for (const auto& mark : other.marks) marks.push_back(moved(mark, at));
  width = std::max(width, at.x + other.width);
  ascent = std::max(ascent, other.ascent - at.y);
  descent = std::max(descent, other.descent + at.y);
}

std::vector<FormulaPiece> formula_pieces(const Formula& formula, float size) {
  Parts parts;
  flatten(formula, &parts);
  std::vector<FormulaPiece> pieces;
  Parts piece;
  const auto flush = [&] {
    if (piece.empty()) return;
    const bool first = pieces.empty();
    const float lead = first ? 0 : side_space(*piece[0], size, false);
    pieces.push_back({build_row(piece, size, Tone::kNormal, first ? RowStyle::kNormal : RowStyle::kPiece), lead});
    piece.clear();
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Kind kind = parts[i]->kind;
    if (kind == Kind::kRelation || (kind == Kind::kBinary && !is_prefix(parts, i))) flush();
    piece.push_back(parts[i]);
  }
  flush();
  return pieces;
}

}  // namespace backstep::ui
