#include "web/widgets/transport.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "web/widgets/controls.h"
#include "web/widgets/heatmap.h"
#include "web/widgets/null_painter.h"
#include "web/widgets/plot.h"

using namespace backstep::ui;
using Kind = DrawnItem::Kind;

namespace {

std::vector<ScrubPhase> phases_of(std::initializer_list<std::int64_t> counts) {
  std::vector<ScrubPhase> phases;
  std::int64_t first = 0;
  for (const std::int64_t count : counts) {
    phases.push_back({"phase " + std::to_string(phases.size()), "p", first, count});
    first += count;
  }
  return phases;
}

struct Rig {
  NullPainter painter;
  std::vector<ScrubPhase> phases = phases_of({16, 16, 4, 2, 3, 2, 14, 16, 16, 46, 20});
  Transport spec;
  TransportHit hit;

  explicit Rig(Vec2 size, bool touch = false) : painter(size) {
    painter.set_touch(touch);
    spec.scrubber.phases = phases;
    spec.scrubber.steps = 155;
    spec.scrubber.step = 40;
    spec.position = "step 40 of 155";
  }
  void operator()(Painter& p) {
    const float w = p.frame().viewport.w - 40;
    hit = transport(p, {20, 20, w, transport_height(p, w, spec)}, spec);
  }
};

}  // namespace

TEST_CASE("scrubber: steps and places agree in every proportion and width") {
  for (const auto& phases :
       {phases_of({16, 16, 4, 2, 3}), phases_of({5000, 1, 1, 3800, 2}), phases_of({1}), phases_of({1, 100000000})}) {
    const std::int64_t steps = phases.back().first + phases.back().count;
    for (const float width : {40.0F, 354.0F, 1368.0F}) {
      const ScrubLayout layout(phases, width);
      CHECK(std::fabs(layout.segments().back().x + layout.segments().back().w - width) < 0.1F);
      float before = -1;
      for (const auto& s : layout.segments()) {
        CHECK(s.x > before);
        CHECK(s.w > 0.5F);
        before = s.x + s.w;
      }
      CHECK(layout.step_at(-5) == 0);
      CHECK(layout.step_at(width + 5) == steps - 1);
      std::int64_t last = 0;
      for (float x = 0; x <= width; x += 0.5F) {
        const std::int64_t step = layout.step_at(x);
        CHECK(step >= last);
        CHECK(step < steps);
        last = step;
      }
      for (const auto& s : layout.segments()) {
        if (s.w / static_cast<float>(s.count) < 0.5F) continue;  // many steps share a pixel
        for (std::int64_t step = s.first; step < s.first + s.count; ++step) {
          CHECK(layout.step_at(layout.x_of(step)) == step);
        }
      }
    }
  }
  CHECK(ScrubLayout({}, 100).step_at(50) == 0);
}

TEST_CASE("scrubber: phases are in proportion, except that the shortest can still be hit") {
  const auto phases = phases_of({100, 200, 1});
  const ScrubLayout layout(phases, 600);
  CHECK(std::fabs(layout.segments()[1].w / layout.segments()[0].w - 2) < 0.01F);
  CHECK(layout.segments()[2].w >= 6);
}

TEST_CASE("transport: every control is clicked by its label, on desktop and phone") {
  for (const bool phone : {false, true}) {
    Rig rig(phone ? Vec2{390, 300} : Vec2{1440, 300}, phone);
    rig.painter.frame_of(rig);
    REQUIRE(rig.painter.click("Next", rig));
    CHECK(rig.hit.next);
    REQUIRE(rig.painter.click("Back", rig));
    CHECK(rig.hit.back);
    REQUIRE(rig.painter.click("Play", rig));
    CHECK(rig.hit.play);
    REQUIRE(rig.painter.click("channel", rig));
    CHECK(rig.hit.grain == 2);
    const auto problems = rig.painter.problems();
    INFO((problems.empty() ? std::string() : problems[0]));
    CHECK(problems.empty());
    CHECK_FALSE(rig.hit.next);
  }
}

TEST_CASE("transport: the scrubber seeks by click and by dragging, also past its ends") {
  Rig rig({1440, 300});
  rig.painter.frame_of(rig);
  const DrawnArea* area = rig.painter.find_area("Step 40 of 155");
  REQUIRE(area != nullptr);
  const Rect bar = area->rect;
  rig.painter.click_at({bar.x + 1, bar.centre().y}, rig);
  CHECK(rig.hit.seek == 0);
  rig.painter.drag({bar.x + 300, bar.centre().y}, {1500, 500}, rig);
  CHECK(rig.hit.seek == 154);
  rig.painter.frame_of(rig);
  CHECK(rig.hit.seek == -1);
}

TEST_CASE("transport: ends of the pass disable what leads nowhere") {
  Rig rig({1440, 300});
  rig.spec.can_back = false;
  rig.painter.frame_of(rig);
  rig.painter.click("Back", rig);
  CHECK_FALSE(rig.hit.back);
  rig.spec.playing = true;
  rig.painter.frame_of(rig);
  CHECK(rig.painter.find_area("Pause") != nullptr);
}

TEST_CASE("transport: the first minute shows neither grain nor scrubber") {
  Rig rig({1440, 300});
  rig.spec.show_grain = rig.spec.show_scrubber = false;
  rig.painter.frame_of(rig);
  CHECK(rig.painter.find_area("cell") == nullptr);
  CHECK(rig.painter.find_area("Step 40 of 155") == nullptr);
  CHECK(transport_height(rig.painter, 1400, rig.spec) == control_height(rig.painter));
}

TEST_CASE("transport: hovering the scrubber names the step under the pointer") {
  Rig rig({1440, 300});
  rig.spec.scrubber.step_label = [](std::int64_t step) { return "cell " + std::to_string(step); };
  rig.painter.frame_of(rig);
  const Rect bar = rig.painter.find_area("Step 40 of 155")->rect;
  rig.painter.pointer().inside = true;
  rig.painter.pointer().position = {bar.right() - 1, bar.centre().y};
  rig.painter.frame_of(rig);
  CHECK(rig.painter.has_text("cell 154"));
}

TEST_CASE("controls: labels stay inside, focus shows, buttons want the width they need") {
  NullPainter painter({400, 200});
  const Button wide{.name = "b", .label = "Show everything", .icon = Icon::kNext};
  const auto draw = [&](Painter& p) {
    button(p, {10, 10, button_width(p, wide), 36}, wide);
    button(p, {10, 60, 60, 36}, wide);  // too narrow: an ellipsis, no overflow
    const std::string_view options[] = {"gather", "scatter", "matrix"};
    segmented(p, {10, 110, segmented_width(p, options), 36}, "view", options, 1);
  };
  painter.frame_of(draw);
  CHECK(painter.problems().empty());
  CHECK(painter.find_text("Show everything") != nullptr);
  CHECK(painter.has_text("…"));
  const int outlines = painter.count(Kind::kOutline);
  painter.focus(hit_id("view", 2));
  painter.frame_of(draw);
  CHECK(painter.count(Kind::kOutline) == outlines + 1);
}

TEST_CASE("controls: every icon draws something inside its square") {
  for (int i = 1; i <= static_cast<int>(Icon::kCheck); ++i) {
    NullPainter painter({40, 40});
    painter.frame_of([&](Painter& p) { draw_icon(p, static_cast<Icon>(i), {20, 20}, 14, rgb(0)); });
    CHECK_FALSE(painter.items().empty());
    for (const DrawnItem& item : painter.items()) CHECK(Rect{12, 12, 16, 16}.contains(item.rect));
  }
}

TEST_CASE("heat map: known cells have the colour of their value, unknown ones do not") {
  NullPainter painter({200, 200});
  const float values[] = {1, -1, 0, 1};
  Heatmap map{.name = "h", .label = "conv1.y", .image = {}, .current = true};
  map.image.values = values;
  map.image.h = map.image.w = 2;
  map.image.scale = 1;
  map.image.known = 2;
  const auto draw = [&](Painter& p) { heatmap(p, {10, 10, 40, 40}, map); };
  painter.frame_of(draw);
  const Theme& t = painter.theme();
  const auto fills = [&](Colour c) {
    int n = 0;
    for (const DrawnItem& item : painter.items()) n += item.kind == Kind::kFill && item.colour == c ? 1 : 0;
    return n;
  };
  CHECK(fills(value_colour(t, 1, 1)) == 1);
  CHECK(fills(value_colour(t, -1, 1)) == 1);
  CHECK(fills(value_colour(t, 0, 1)) == 0);
  CHECK(painter.find_area("conv1.y") != nullptr);
  CHECK(heatmap_size(28, 28, {60, 60}) == Vec2{56, 56});
  CHECK(heatmap_size(1, 4, {60, 60}) == Vec2{60, 15});
}

TEST_CASE("legend: ends and middle carry their numbers; a zero scale has only a zero") {
  NullPainter painter({300, 100});
  painter.frame_of([](Painter& p) { colour_legend(p, {10, 10, 200, kLegendHeight}, 2.5F, "∂L/∂K"); });
  for (const char* text : {"−2.5", "0", "2.5", "∂L/∂K"}) CHECK(painter.find_text(text) != nullptr);
  CHECK(painter.problems().empty());
  painter.frame_of([](Painter& p) { colour_legend(p, {10, 10, 200, kLegendHeight}, 0, {}); });
  CHECK(painter.count(Kind::kText) == 1);
}

TEST_CASE("plot: gaps, flat lines and single points are drawn, the nearest index is found") {
  NullPainter painter({300, 200});
  std::int64_t hovered = -1;
  std::vector<float> values = {3, 2, std::nanf(""), 1, 0.5F};
  const auto draw = [&](Painter& p) {
    hovered = plot(p, {10, 10, 280, 120}, {.name = "loss", .label = "Loss", .values = values, .marker = 0});
  };
  painter.frame_of(draw);
  CHECK(painter.problems().empty());
  CHECK(painter.has_text("3"));
  painter.pointer().inside = true;
  painter.pointer().position = {288, 50};
  painter.frame_of(draw);
  CHECK(hovered == 4);
  for (const std::vector<float>& special : {std::vector<float>{}, {1}, {2, 2, 2}, {std::nanf("")}, {-1, 1}}) {
    values = special;
    painter.frame_of(draw);
    for (const DrawnItem& item : painter.items()) {
      CHECK(std::isfinite(item.rect.x + item.rect.y + item.rect.w + item.rect.h));
    }
  }
}
