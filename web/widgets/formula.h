// Formulas: one description tree, drawn on the canvas and written as LaTeX, MathML and plain words.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "web/widgets/painter.h"

namespace backstep::ui {

enum class Tone : std::uint8_t {
  kNormal,
  kDim,     // not part of this step
  kMarked,  // the current term: drawn on a tinted ground
};

struct Formula {
  enum class Kind : std::uint8_t {
    kVariable,     // italic
    kText,         // upright: numbers, names of functions, words
    kRelation,     // "=": space around it; lines may break before it
    kBinary,       // "+", "−": space around it; lines may break before it
    kTimes,        // "·": less space; no break
    kPunctuation,  // ",": space after it
    kRow,          // parts side by side
    kScript,       // base, below, above; empty rows for what is missing
    kFraction,     // above, below
    kBig,          // sign with limits: text is the sign; parts: below, above
    kFence,        // text is the opening bracket and the closing one; parts: inside
  };
  Kind kind = Kind::kRow;
  Tone tone = Tone::kNormal;
  std::string text;
  std::string close;  // closing bracket of a fence
  std::vector<Formula> parts;
};

// Builders, in the lesson's notation.
namespace f {
Formula var(std::string_view name);
Formula text(std::string_view words);
Formula number(double value);  // 4 significant digits
Formula relation(std::string_view sign = "=");
Formula binary(std::string_view sign);
Formula times();
Formula comma();
Formula row(std::initializer_list<Formula> parts);
Formula row(std::vector<Formula> parts);
Formula sub(Formula base, Formula below);
Formula sup(Formula base, Formula above);
Formula fraction(Formula above, Formula below);
Formula sum(Formula below, Formula above = {});
Formula big(std::string_view sign, Formula below, Formula above = {});
Formula fence(std::string_view open, Formula inside, std::string_view close);
Formula at(Formula tensor, std::initializer_list<Formula> indices);  // X[i, j]
Formula partial(Formula of, Formula by);                             // the fraction ∂of/∂by
Formula toned(Formula formula, Tone tone);
}  // namespace f

// A laid out formula: lines of glyph runs and rules, relative to the top left corner.
struct FormulaLayout {
  struct Run {
    Vec2 baseline;
    TextStyle style;
    std::string text;
    Tone tone;
  };
  struct Rule {
    Rect rect;
    Tone tone;
  };
  std::vector<Run> runs;
  std::vector<Rule> rules;  // of fractions
  std::vector<Rect> marks;  // grounds of marked parts
  float width = 0;
  float height = 0;
  float first_baseline = 0;  // from the top, for lining up with text beside it
  int lines = 1;
};

// Breaks lines only before relations and binary signs of the outermost row, never inside a fraction, bracket or script.
// width: px available; size: em of the formula's letters.
FormulaLayout layout_formula(const Formula& formula, float width, float size);
// The same, but a formula that nearly fits is set up to 15 % smaller rather than broken.
FormulaLayout fit_formula(const Formula& formula, float width, float size);
void draw_formula(Painter& painter, Vec2 top_left, const FormulaLayout& layout);
// fit_formula and draw_formula in one; returns the height.
float draw_formula(Painter& painter, const Rect& rect, const Formula& formula, float size = 20);

std::string to_latex(const Formula& formula);
std::string to_mathml(const Formula& formula);  // a whole <math> element
std::string to_plain(
    const Formula& formula);  // one line of text for the mirror: "Y[i, j] = Σ_p Σ_q X[i+p, j+q]·K[p, q] + b"

}  // namespace backstep::ui
