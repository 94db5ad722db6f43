#include "web/widgets/formula.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "web/widgets/null_painter.h"

using namespace backstep::ui;

namespace {

Formula offset(std::string_view a, std::string_view sign, std::string_view b) {
  return f::row({f::var(a), f::text(sign), f::var(b)});
}

// The lesson's forward convolution and its gradient by the input.
Formula forward() {
  return f::row({f::at(f::var("Y"), {f::var("i"), f::var("j")}), f::relation(), f::sum(f::var("p")),
                 f::sum(f::var("q")), f::at(f::var("X"), {offset("i", "+", "p"), offset("j", "+", "q")}), f::times(),
                 f::at(f::var("K"), {f::var("p"), f::var("q")}), f::binary("+"), f::var("b")});
}

Formula backward() {
  return f::row({f::partial(f::var("L"), f::var("X")), f::relation(), f::sum(f::var("p")),
                 f::at(f::var("K"), {f::var("p")}), f::times(), f::partial(f::var("L"), f::var("Y"))});
}

Formula many_terms(int n) {
  std::vector<Formula> parts = {f::var("Y"), f::relation()};
  for (int i = 0; i < n; ++i) {
    if (i > 0) parts.push_back(f::binary("+"));
    parts.push_back(f::row({f::number(i), f::times(), f::number(-i)}));
  }
  return f::row(std::move(parts));
}

const FormulaLayout::Run* run_of(const FormulaLayout& layout, std::string_view text) {
  for (const auto& run : layout.runs) {
    if (run.text == text) return &run;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("formula: everything lies inside the measured box") {
  for (const Formula& formula : {forward(), backward(), many_terms(9)}) {
    for (const float width : {120.0F, 300.0F, 2000.0F}) {
      const FormulaLayout layout = layout_formula(formula, width, 20);
      const Rect box{0, 0, layout.width, layout.height};
      for (const auto& run : layout.runs) {
        const FontMetrics m = font_metrics(run.style);
        const Rect ink{run.baseline.x, run.baseline.y - m.cap_height, text_width(run.text, run.style), m.cap_height};
        CHECK(box.contains(ink, 0.5F));
      }
      for (const auto& rule : layout.rules) CHECK(box.contains(rule.rect, 0.5F));
    }
  }
}

TEST_CASE("formula: nothing overlaps") {
  NullPainter painter({900, 300});
  for (const Formula& formula : {forward(), backward(), many_terms(9)}) {
    for (const float width : {150.0F, 320.0F, 880.0F}) {
      painter.frame_of([&](Painter& p) { draw_formula(p, {10, 10, width, 200}, formula); });
      const auto problems = painter.problems();
      INFO((problems.empty() ? std::string() : problems[0]));
      CHECK(problems.empty());
    }
  }
}

TEST_CASE("formula: variables are italic, signs and digits upright") {
  const FormulaLayout layout = layout_formula(forward(), 2000, 20);
  CHECK(run_of(layout, "K")->style.face == Face::kSerifItalic);
  CHECK(run_of(layout, "=")->style.face == Face::kSerif);
  CHECK(run_of(layout, "∑")->style.size > 20);
}

TEST_CASE("formula: limits stand below the sign, in smaller letters, centred") {
  const FormulaLayout layout = layout_formula(f::sum(f::var("p"), f::var("n")), 2000, 20);
  const auto* sign = run_of(layout, "∑");
  const auto* below = run_of(layout, "p");
  const auto* above = run_of(layout, "n");
  CHECK(below->style.size < 20);
  CHECK(below->baseline.y > sign->baseline.y);
  CHECK(above->baseline.y < sign->baseline.y - font_metrics(sign->style).cap_height);
  const auto middle = [](const FormulaLayout::Run& run) {
    return run.baseline.x + text_width(run.text, run.style) / 2;
  };
  CHECK(std::fabs(middle(*below) - middle(*sign)) < 1);
}

TEST_CASE("formula: a fraction has its parts above and below one rule of full width") {
  const FormulaLayout layout = layout_formula(f::fraction(f::var("a"), f::text("bcd")), 2000, 20);
  REQUIRE(layout.rules.size() == 1);
  const Rect rule = layout.rules[0].rect;
  CHECK(run_of(layout, "a")->baseline.y < rule.y);
  const auto* below = run_of(layout, "bcd");
  CHECK(below->baseline.y - font_metrics(below->style).cap_height > rule.bottom());
  CHECK(rule.w >= text_width("bcd", below->style));
}

TEST_CASE("formula: scripts are smaller, raised or lowered, and never below 10 px") {
  const FormulaLayout layout =
      layout_formula(f::sup(f::var("e"), f::sub(f::var("z"), f::sub(f::var("i"), f::var("k")))), 2000, 20);
  CHECK(run_of(layout, "z")->baseline.y < run_of(layout, "e")->baseline.y);
  CHECK(run_of(layout, "i")->baseline.y > run_of(layout, "z")->baseline.y);
  CHECK(run_of(layout, "k")->style.size >= 10);
}

TEST_CASE("formula: brackets grow with what they hold") {
  const FormulaLayout small = layout_formula(f::fence("(", f::var("x"), ")"), 2000, 20);
  const FormulaLayout tall = layout_formula(f::fence("⌊", f::fraction(f::var("H"), f::var("s")), "⌋"), 2000, 20);
  CHECK(run_of(small, "(")->style.size == 20.0F);
  const auto* open = run_of(tall, "⌊");
  const FontMetrics m = font_metrics(open->style);
  CHECK(open->style.size > 25);
  CHECK(open->baseline.y - m.ascent <= run_of(tall, "H")->baseline.y - font_metrics({Face::kSerif, 18.4F}).cap_height);
  CHECK(open->baseline.y + m.descent >= run_of(tall, "s")->baseline.y);
}

TEST_CASE("formula: lines break only before signs of the outermost row") {
  const Formula formula = f::row({f::var("Y"), f::relation(), f::fraction(many_terms(4), f::var("n")), f::binary("+"),
                                  f::fence("(", many_terms(4), ")"), f::binary("+"), f::var("b")});
  const FormulaLayout wide = layout_formula(formula, 3000, 20);
  CHECK(wide.lines == 1);
  const FormulaLayout narrow = layout_formula(formula, 60, 20);
  // Before "=", "+ (" and "+ b": the fraction and the bracket stay whole although they are far wider than 60 px.
  CHECK(narrow.lines == 4);
  CHECK(narrow.rules.size() == wide.rules.size());
  for (float width = 100; width < 900; width += 50) {
    const FormulaLayout layout = layout_formula(many_terms(9), width, 20);
    if (width > 130) CHECK(layout.width <= width);
  }
}

TEST_CASE("formula: a sign after another sign is no place to break and takes no space") {
  const FormulaLayout layout = layout_formula(f::row({f::text("1"), f::times(), f::binary("−"), f::text("2")}), 10, 20);
  CHECK(layout.lines == 1);
  const float minus_end = run_of(layout, "−")->baseline.x + text_width("−", {Face::kSerif, 20});
  CHECK(std::fabs(run_of(layout, "2")->baseline.x - minus_end) < 0.01F);
}

TEST_CASE("formula: one that nearly fits is set smaller instead of broken") {
  NullPainter painter({900, 300});
  const float natural = layout_formula(forward(), 2000, 20).width;
  painter.frame_of([&](Painter& p) { draw_formula(p, {10, 10, natural * 0.93F, 200}, forward()); });
  CHECK(painter.find_text("Y")->style.size < 20);
  CHECK(painter.find_text("Y")->rect.bottom() == painter.find_text("b")->rect.bottom());
}

TEST_CASE("formula: marked terms get a ground of their own that touches no neighbour") {
  const Formula formula =
      f::row({f::text("1"), f::binary("+"), f::toned(f::row({f::text("2"), f::times(), f::text("3")}), Tone::kMarked),
              f::binary("+"), f::text("4")});
  const FormulaLayout layout = layout_formula(formula, 2000, 20);
  REQUIRE(layout.marks.size() == 1);
  for (const auto& run : layout.runs) {
    const float middle = run.baseline.x + text_width(run.text, run.style) / 2;
    const bool inside = run.text == "2" || run.text == "3" || run.text == "·";
    CHECK((middle > layout.marks[0].x && middle < layout.marks[0].right()) == inside);
    if (run.text == "4") CHECK(run.baseline.x > layout.marks[0].right());
  }
}

TEST_CASE("formula: the same tree as plain words, LaTeX and MathML") {
  CHECK(to_plain(forward()) == "Y[i, j] = Σ_p Σ_q X[i+p, j+q]·K[p, q] + b");
  CHECK(to_plain(backward()) == "∂L/∂X = Σ_p K[p]·∂L/∂Y");
  CHECK(to_latex(backward()) ==
        "\\frac{\\partial L}{\\partial X} = \\sum_{p} K\\left[ p\\right]  \\cdot \\frac{\\partial L}{\\partial Y}");
  CHECK(to_latex(f::row({f::text("−log"), f::sub(f::var("p"), f::var("t"))})) == "\\mathrm{-log}{p}_{t}");
  CHECK(to_latex(f::row({f::text("√"), f::var("v"), f::text("+"), f::var("ε")})) == "\\sqrt v+\\varepsilon ");
  CHECK(to_latex(f::row({f::var("w"), f::text("′"), f::text("  where  ")})) == "w'\\text{  where  }");
  CHECK(to_mathml(f::sup(f::var("x"), f::text("2"))) ==
        "<math><mrow><msup><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></msup></mrow></math>");
  CHECK(to_mathml(f::sum(f::var("p"))) ==
        "<math><mrow><munder><mo>∑</mo><mrow><mi>p</mi></mrow></munder></mrow></math>");
  CHECK(to_mathml(f::relation("<")).find("&lt;") != std::string::npos);
  CHECK(to_plain(f::fraction(f::row({f::var("H"), f::binary("−"), f::var("k")}), f::var("s"))) == "(H−k)/s");
}
