#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "web/widgets/font.h"
#include "web/widgets/null_painter.h"
#include "web/widgets/number_text.h"
#include "web/widgets/text_block.h"

using namespace backstep::ui;

TEST_CASE("font: digits are tabular in every face") {
  for (int face = 0; face < kFaceCount; ++face) {
    const TextStyle style{static_cast<Face>(face), 20};
    const float zero = text_width("0", style);
    for (char c = '0'; c <= '9'; ++c) CHECK(text_width({&c, 1}, style) == zero);
  }
}

TEST_CASE("font: widths are those of the shipped fonts") {
  // Inter Regular: H 2084/2816, i 668/2816, em dash 2816... checked against the font files within the table's rounding.
  CHECK(std::fabs(text_width("H", {Face::kSans, 2816}) - 2084) < 2);
  CHECK(std::fabs(text_width("mono", {Face::kMono, 100}) - 4 * 60.2F) < 0.2F);
  CHECK(text_width("Backstep", {Face::kSansBold, 16}) > text_width("Backstep", {Face::kSans, 16}));
  CHECK(text_width("", {Face::kSans, 16}) == 0.0F);
  CHECK(std::fabs(text_width("ab", {Face::kSans, 16}) - text_width("a", {Face::kSans, 16}) -
                  text_width("b", {Face::kSans, 16})) < 1e-4F);
}

TEST_CASE("font: every face has what the page writes in it") {
  const auto all = [](Face face, std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::uint32_t point = next_code_point(text, &at);
      INFO(point);
      CHECK(has_glyph(face, point));
    }
  };
  all(Face::kSans, "Hello 0123456789 −·×∂Σ∑≤≥≈…→←✓∞αβγδεηλσ√“”‘’–—Δ²³");
  all(Face::kSansBold, "Back Next −·×∂…→0123456789");
  all(Face::kSerif, "0123456789[](),=+−·∂∑⌊⌋≤≥≈…→⊙∗⊤∈∞√log max exp e");
  all(Face::kSerifItalic, "XKYLbijpqmnstPzyαβγδεηλσρ");
  all(Face::kMono, "for i in range(4): s += x[i+p, j+q] * k[p, q] 0x3f317218 −·");
  CHECK_FALSE(has_glyph(Face::kSans, 0x4E00));
}

TEST_CASE("font: measures are in a sensible order") {
  for (int face = 0; face < kFaceCount; ++face) {
    const FontMetrics m = font_metrics({static_cast<Face>(face), 100});
    CHECK(m.x_height < m.cap_height);
    CHECK(m.cap_height <= m.ascent);
    CHECK(m.descent > 10);
    CHECK(m.line_height > m.ascent + m.descent);
    CHECK(m.cap_height > 60);
    CHECK(m.cap_height < 76);
  }
}

TEST_CASE("font: malformed UTF-8 is replaced, never read past its end") {
  const auto points = [](std::string_view text) {
    std::vector<std::uint32_t> out;
    for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, &at));
    return out;
  };
  using Points = std::vector<std::uint32_t>;
  CHECK(points("a−") == Points{'a', 0x2212});
  CHECK(points("\xE2\x88") == Points{0xFFFD});          // cut off
  CHECK(points("\x80z") == Points{0xFFFD, 'z'});        // continuation without a lead
  CHECK(points("\xC0\xAF") == Points{0xFFFD, 0xFFFD});  // overlong
  CHECK(points("\xED\xA0\x80")[0] == 0xFFFD);           // surrogate
  CHECK(points("\xF0\x9F\x98\x80") == Points{0x1F600});
}

TEST_CASE("text: wraps at spaces, keeps paragraphs, breaks only what is too long by itself") {
  const TextStyle style = text_style(TextRole::kBody);
  const std::string text = "Nine numbers, nine weights. What goes into the marked cell?";
  for (const float width : {80.0F, 120.0F, 200.0F, 1000.0F}) {
    std::string joined;
    for (const std::string_view line : wrap_text(text, style, width)) {
      CHECK(text_width(line, style) <= width);
      joined += (joined.empty() ? "" : " ") + std::string(line);
    }
    CHECK(joined == text);
  }
  CHECK(wrap_text("one\n\ntwo", style, 500).size() == 3);
  const auto broken = wrap_text("incomprehensibilities", style, 50);
  CHECK(broken.size() > 2);
  for (const std::string_view line : broken) CHECK(text_width(line, style) <= 50);
  CHECK(wrap_text("", style, 100).size() == 1);
  CHECK(wrap_text("∂∂∂", style, 0.5F).size() == 3);  // at least one whole character a line
}

TEST_CASE("text: what does not fit ends in an ellipsis") {
  const TextStyle style = text_style(TextRole::kBody);
  CHECK(fit_text("Next", style, 100) == "Next");
  const std::string cut = fit_text("a rather long label", style, 80);
  CHECK(cut.ends_with("…"));
  CHECK(text_width(cut, style) <= 80);
  CHECK(fit_text("long", style, 3).empty());
}

TEST_CASE("text: a block returns the height it took") {
  NullPainter painter({300, 200});
  const TextStyle style = text_style(TextRole::kBody);
  float height = 0;
  painter.frame_of([&](Painter& p) {
    height = text_block(p, {10, 10, 120, 100}, "one two three four five six seven", style, p.theme().ink);
  });
  CHECK(height == lines_height(painter.items().size(), style));
  CHECK(painter.items().size() > 1);
  CHECK(painter.problems().empty());
}

TEST_CASE("text: a tooltip stays inside the viewport and above everything") {
  NullPainter painter({300, 200});
  for (const Vec2 at : {Vec2{0, 0}, Vec2{295, 0}, Vec2{0, 195}, Vec2{295, 195}}) {
    painter.frame_of([&](Painter& p) {
      const ScopeGuard cut(p, clipped(p, {0, 0, 1, 1}));
      const std::string lines[] = {"conv1.y[0,3,5]", "0.6931"};
      tooltip(p, {at.x, at.y, 5, 5}, lines);
    });
    CHECK(painter.has_text("conv1.y"));
    CHECK(painter.problems().empty());
    for (const DrawnItem& item : painter.items()) CHECK(item.layer == Layer::kOverlay);
  }
}

TEST_CASE("numbers: fewer digits are rounded, and the zero before the point can go") {
  CHECK(short_number(0.69314718F, 4, false) == "0.6931");
  CHECK(short_number(0.69314718F, 2, false) == "0.69");
  CHECK(short_number(-0.69314718F, 2, true) == "−.69");
  CHECK(short_number(0.999F, 2, true) == "1");
  CHECK(short_number(0, 2, true) == "0");
  CHECK(short_number(-10.25F, 2, true) == "−10");
  CHECK(short_number(10.5F, 4, true) == "10.5");
  CHECK(short_number(std::nanf(""), 2, true) == "NaN");
}
