// Inside of the formula layout: boxes of glyphs, before lines are broken.
#pragma once

#include <vector>

#include "web/widgets/formula.h"

namespace backstep::ui {

// A box around the origin of its baseline, in px.
struct FormulaBox {
  float width = 0;
  float ascent = 0;
  float descent = 0;
  std::vector<FormulaLayout::Run> runs;
  std::vector<FormulaLayout::Rule> rules;
  std::vector<Rect> marks;

  // Takes over the other's contents, its origin moved to `at`; the extents grow to hold them.
  void put(FormulaBox&& other, Vec2 at);
};

// What may not be broken: from one allowed break to the next. Each but the first begins with a sign; at the start of a
// line the `lead` px before that sign fall away.
struct FormulaPiece {
  FormulaBox box;
  float lead = 0;
};
std::vector<FormulaPiece> formula_pieces(const Formula& formula, float size);

}  // namespace backstep::ui
