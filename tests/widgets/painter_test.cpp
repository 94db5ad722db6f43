#include "web/widgets/painter.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

#include "web/widgets/null_painter.h"
#include "web/widgets/path.h"
#include "web/widgets/svg_painter.h"

using namespace backstep::ui;
using Kind = DrawnItem::Kind;

TEST_CASE("painter: scopes move, scale, fade and clip, and end with their block") {
  NullPainter painter({200, 100});
  painter.frame_of([](Painter& p) {
    {
      const ScopeGuard move(p, translated(p, {10, 20}));
      const ScopeGuard zoom(p, scaled(p, {0, 0}, 2));
      const ScopeGuard fade(p, with_opacity(p, 0.5F));
      const ScopeGuard cut(p, clipped(p, {0, 0, 5, 5}));
      p.fill_rect({1, 1, 10, 10}, rgb(0xFF0000));
      CHECK(p.visible({4, 4, 9, 9}));
      CHECK_FALSE(p.visible({6, 6, 9, 9}));
    }
    p.fill_rect({1, 1, 10, 10}, rgb(0xFF0000));
  });
  REQUIRE(painter.items().size() == 2);
  const DrawnItem& inside = painter.items()[0];
  CHECK(inside.rect == Rect{12, 22, 20, 20});
  CHECK(inside.clip == Rect{10, 20, 10, 10});
  CHECK(inside.colour.a == 128);
  CHECK(painter.items()[1].rect == Rect{1, 1, 10, 10});
  CHECK(painter.items()[1].clip == Rect{0, 0, 200, 100});
}

TEST_CASE("painter: an overlay is free of the clip around it") {
  NullPainter painter({200, 100});
  painter.frame_of([](Painter& p) {
    const ScopeGuard cut(p, clipped(p, {0, 0, 5, 5}));
    const ScopeGuard above(p, on_layer(p, Layer::kOverlay));
    p.fill_rect({50, 50, 10, 10}, rgb(0));
  });
  CHECK(painter.items()[0].layer == Layer::kOverlay);
  CHECK(painter.items()[0].clip == Rect{0, 0, 200, 100});
}

TEST_CASE("painter: nothing is drawn where nothing could be seen") {
  NullPainter painter({200, 100});
  painter.frame_of([](Painter& p) {
    const ScopeGuard fade(p, with_opacity(p, 0));
    p.fill_rect({0, 0, 10, 10}, rgb(0));
    p.text({0, 50}, "x", {}, rgb(0));
    p.line({0, 0}, {5, 5}, {});
    p.hit({hit_id("x"), {0, 0, 50, 50}, "x"});
  });
  CHECK(painter.items().empty());
  CHECK(painter.areas()[0].rect.empty());
}

TEST_CASE("painter: text is aligned by the measured width and centred by its capitals") {
  NullPainter painter({400, 100});
  const TextStyle style = text_style(TextRole::kBody);
  const float width = text_width("Backstep", style);
  painter.frame_of([&](Painter& p) {
    p.text({200, 50}, "Backstep", style, rgb(0), Align::kRight);
    p.text_in({0, 0, 100, 40}, "Backstep", style, rgb(0));
  });
  CHECK(std::fabs(painter.items()[0].rect.right() - 200) < 1e-3);
  const Rect centred = painter.items()[1].rect;
  CHECK(std::fabs(centred.centre().x - 50) < 1e-3);
  CHECK(std::fabs(centred.centre().y - 20) < 1e-3);
  CHECK(std::fabs(centred.w - width) < 1e-3);
}

TEST_CASE("painter: an arrow ends exactly at its tip") {
  NullPainter painter({200, 100});
  painter.frame_of([](Painter& p) {
    p.arrow({10, 50}, {110, 50}, {rgb(0), 1}, 8);
    p.curved_arrow({10, 90}, {10, 60}, {60, 60}, {60, 90}, {rgb(0), 1}, 8);
  });
  REQUIRE(painter.count(Kind::kPolygon) == 2);
  CHECK(painter.items()[1].rect.right() == 110.0F);
  CHECK(painter.items()[0].rect.right() < 110.0F);
  CHECK(painter.items()[3].rect.bottom() == 90.0F);
}

TEST_CASE("null painter: finds text that is cut off, overlaps or is too pale") {
  NullPainter painter({200, 100});
  const TextStyle style = text_style(TextRole::kBody);
  const auto problems = [&](auto draw) {
    painter.frame_of(draw);
    return painter.problems();
  };
  CHECK(problems([&](Painter& p) { p.text({10, 50}, "fine", style, p.theme().ink); }).empty());
  auto found = problems([&](Painter& p) { p.text({180, 50}, "too long", style, p.theme().ink); });
  REQUIRE(found.size() == 1);
  CHECK(found[0].find("cut off") == 0);
  found = problems([&](Painter& p) {
    p.text({10, 50}, "one", style, p.theme().ink);
    p.text({20, 52}, "two", style, p.theme().ink);
  });
  REQUIRE(found.size() == 1);
  CHECK(found[0].find("overlap") == 0);
  found = problems([&](Painter& p) {
    p.fill_rect({0, 0, 100, 100}, rgb(0x888888));
    p.text({10, 50}, "pale", style, rgb(0x999999));
  });
  REQUIRE(found.size() == 1);
  CHECK(found[0].find("contrast 1.") == 0);
  // What lies below an opaque card is not seen, and does not count.
  CHECK(problems([&](Painter& p) {
          p.text({10, 50}, "one", style, p.theme().ink);
          p.fill_rect({0, 0, 200, 100}, rgb(0xFFFFFF));
          p.text({12, 50}, "two", style, p.theme().ink);
        }).empty());
  found = problems([](Painter& p) { p.hit({hit_id("b"), {10, 10, 12, 12}, ""}); });
  CHECK(found.size() == 2);  // no label, too small
}

TEST_CASE("null painter: equal frames have equal digests, and any difference shows") {
  NullPainter painter({200, 100});
  const auto digest = [&](float x, const char* text, float dash) {
    painter.frame_of([&](Painter& p) {
      p.fill_rect({x, 0, 10, 10}, rgb(0x123456), 2);
      p.text({20, 50}, text, {}, rgb(0));
      p.line({0, 0}, {50, 50}, {rgb(0), 1, dash, dash});
    });
    return painter.digest();
  };
  const std::uint64_t one = digest(1, "a", 0);
  CHECK(digest(1, "a", 0) == one);
  CHECK(digest(2, "a", 0) != one);
  CHECK(digest(1, "b", 0) != one);
  CHECK(digest(1, "a", 2) != one);
}

TEST_CASE("svg painter: a whole document with real text, clips and layers") {
  SvgPainter painter({120, 80.5F}, ThemeKind::kLight, "A & B", "one < two");
  painter.fill_rect({1, 2, 5.456F, 4}, rgb(0xFF8800), 2);
  {
    const ScopeGuard above(painter, on_layer(painter, Layer::kOverlay));
    painter.text({10, 20}, "−1 < \"2\"", text_style(TextRole::kBody), rgb(0x112233));
  }
  const ScopeGuard cut(painter, clipped(painter, {0, 0, 10, 10}));
  painter.stroke_rect({2, 2, 8, 8}, {faded(rgb(0), 0.5F), 1, 3, 2}, 4);
  const std::string svg = painter.finish();
  const auto has = [&](std::string_view part) { return svg.find(part) != std::string::npos; };
  CHECK(svg.find("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 120 80.5\"") == 0);
  CHECK(has("<title>A &amp; B</title>"));
  CHECK(has("<desc>one &lt; two</desc>"));
  CHECK(has("<rect x=\"1\" y=\"2\" width=\"5.46\" height=\"4\" rx=\"2\" fill=\"#ff8800\"/>"));
  CHECK(has(">−1 &lt; &quot;2&quot;</text>"));
  CHECK(has("textLength="));
  CHECK(has("<clipPath id=\"c0\"><rect x=\"0\" y=\"0\" width=\"10\" height=\"10\"/></clipPath>"));
  CHECK(has("<g clip-path=\"url(#c0)\">\n<rect x=\"2.5\" y=\"2.5\" width=\"8\" height=\"8\" rx=\"4\" fill=\"none\""));
  CHECK(has("stroke-opacity=\"0.5\" stroke-dasharray=\"3 2\""));
  // The overlay's text comes last although it was drawn before the clipped frame; every group is closed.
  CHECK(svg.find("<text") > svg.find("<g clip-path"));
  std::size_t open = 0;
  std::size_t closed = 0;
  for (std::size_t at = svg.find("<g"); at != std::string::npos; at = svg.find("<g", at + 1)) ++open;
  for (std::size_t at = svg.find("</g>"); at != std::string::npos; at = svg.find("</g>", at + 1)) ++closed;
  CHECK(open == closed);
  CHECK(svg.substr(svg.size() - 7) == "</svg>\n");
}

TEST_CASE("svg painter: a heat map is one path for each colour, unknown cells are left out") {
  SvgPainter painter({100, 100}, ThemeKind::kLight, "t", "d");
  const float values[] = {1, 1, 0, -1, 1, std::numeric_limits<float>::quiet_NaN()};
  TensorImage image;
  image.values = values;
  image.h = 2;
  image.w = 3;
  image.scale = 1;
  painter.tensor_image({10, 20, 30, 20}, image);
  image.known = 2;
  painter.tensor_image({10, 60, 30, 20}, image);
  const std::string svg = painter.finish();
  CHECK(svg.find("translate(10 20) scale(10.000000 10.000000)") != std::string::npos);
  // Run of two in the first row, one cell in the second, one path.
  CHECK(svg.find("d=\"M0 0h2v1h-2zM1 1h1v1h-1z\"") != std::string::npos);
  CHECK(svg.find("d=\"M0 0h2v1h-2z\"") != std::string::npos);
  const std::string nan_fill = std::string("fill=\"") + hex_text(theme(ThemeKind::kLight).not_finite).data();
  CHECK(svg.find(nan_fill) != std::string::npos);
}

TEST_CASE("svg painter: numbers are short and never in exponents") {
  const auto text = [](float v) {
    std::string out;
    append_number(&out, v);
    return out;
  };
  CHECK(text(0) == "0");
  CHECK(text(-0.001F) == "0");
  CHECK(text(1.5F) == "1.5");
  CHECK(text(-12.346F) == "-12.35");
  CHECK(text(1e7F) == "10000000");
  CHECK(text(0.07F) == "0.07");
  CHECK(text(std::numeric_limits<float>::quiet_NaN()) == "0");
}

TEST_CASE("path: dashes of a closed outline are whole and meet without a seam") {
  std::vector<Vec2> outline;
  rounded_rect_path({0, 0, 60, 40}, 8, &outline);
  const float length = path_length(outline, true);
  CHECK(std::fabs(length - (2 * 44 + 2 * 24 + 2 * 3.14159F * 8)) < 0.5F);
  Dashes dashes;
  dash_path(outline, true, 4, 3, &dashes);
  const float count = std::round(length / 7);
  CHECK(dashes.ends.size() == static_cast<std::size_t>(count));
  std::size_t begin = 0;
  for (const std::size_t end : dashes.ends) {
    const float dash = path_length(std::span(dashes.points).subspan(begin, end - begin), false);
    CHECK(std::fabs(dash - 4) < 0.05F);
    begin = end;
  }
  CHECK(begin == dashes.points.size());
}

TEST_CASE("path: an open line begins and ends with what is left of its pattern") {
  const Vec2 line[] = {{0, 0}, {10, 0}};
  Dashes dashes;
  dash_path(line, false, 4, 2, &dashes);
  REQUIRE(dashes.ends.size() == 2);
  CHECK(dashes.points.front() == Vec2{0, 0});
  CHECK(dashes.points.back() == Vec2{10, 0});
}
