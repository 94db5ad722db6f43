#include "tests/widgets/gallery.h"

#include <doctest/doctest.h>

#include <string>

#include "web/widgets/null_painter.h"
#include "web/widgets/svg_painter.h"

using namespace backstep::ui;

TEST_CASE("gallery: every page is whole, readable and free of overlaps in every theme") {
  for (const gallery::Page& page : gallery::kPages) {
    for (int kind = 0; kind < kThemeCount; ++kind) {
      NullPainter painter(page.size, static_cast<ThemeKind>(kind));
      painter.set_touch(page.touch);
      painter.frame_of(page.draw);
      INFO(std::string(page.name), " ", std::string(theme_name(static_cast<ThemeKind>(kind))));
      for (const std::string& problem : painter.problems()) FAIL_CHECK(problem);
      // Nothing moves by itself: equal frames, and none is asked for.
      const std::uint64_t first = painter.digest();
      painter.frame_of(page.draw);
      CHECK(painter.digest() == first);
      CHECK_FALSE(painter.wants_frame());
    }
  }
}

TEST_CASE("gallery: the SVG back end draws every text that the null back end sees") {
  for (const gallery::Page& page : gallery::kPages) {
    NullPainter seen(page.size);
    seen.frame_of(page.draw);
    SvgPainter painter(page.size, ThemeKind::kLight, page.name, "sample");
    page.draw(painter);
    const std::string svg = painter.finish();
    for (const DrawnItem& item : seen.items()) {
      if (item.kind != DrawnItem::Kind::kText || page.touch) continue;
      std::string escaped;
      append_escaped(&escaped, item.text);
      CHECK(svg.find(">" + escaped + "</text>") != std::string::npos);
    }
  }
}
