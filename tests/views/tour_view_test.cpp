// The tour on the page: the first minute shows one question, every stop can be read, the buttons do what they say.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/views/page_window.h"
#include "web/app/tour.h"

using namespace backstep;
using test::PageWindow;

namespace {

struct Screen {
  float w, h;
  bool touch;
};
constexpr Screen kDesktop{1440, 900, false};
constexpr Screen kPhone{390, 844, true};
constexpr Screen kScreens[] = {kDesktop, kPhone, {1024, 768, false}, {820, 1180, true}, {900, 420, false}};

// The page as a first visitor meets it.
struct FirstVisit : PageWindow {
  explicit FirstVisit(const Screen& screen) : PageWindow({screen.w, screen.h}, screen.touch) {
    app::update(model, app::LoadAddress{"{}", true});
    settle();
  }
};

int areas_of(const PageWindow& window, ui::HitRole role) {
  int count = 0;
  for (const ui::DrawnArea& area : window.painter.areas()) count += area.role == role ? 1 : 0;
  return count;
}

// Words of the tour that stand on the page, however its lines are broken.
bool says(const PageWindow& window, std::string_view text) { return window.painter.has_text(text.substr(0, 12)); }

}  // namespace

TEST_CASE("tour view: the first minute is a picture, a kernel, one blank cell and a question") {
  for (const Screen& screen : kScreens) {
    const FirstVisit window(screen);
    CAPTURE(screen.w);
    CHECK(window.problems() == "");
    // Of all cells one is more than a number: the blank one.
    CHECK(window.painter.find_text("?") != nullptr);
    CHECK(areas_of(window, ui::HitRole::kCell) == 36 + 9 + 16);
    CHECK(says(window, app::tour_text(window.model)));
    for (const char* later : {"Play", "product", "Inspector", "Go to conv1", "Go to a layer", "Network map"}) {
      CAPTURE(later);
      CHECK(window.painter.find_area(later) == nullptr);
    }
    CHECK_FALSE(window.painter.has_text(app::sentence(window.model).substr(0, 12)));
    CHECK_FALSE(window.painter.has_text("Cross-correlation"));
    CHECK_FALSE(window.painter.has_text("= "));
  }
}

TEST_CASE("tour view: every stop is drawn without a flaw and reached by clicking Next") {
  for (const Screen& screen : kScreens) {
    for (const bool everything : {false, true}) {
      if (everything && screen.w != kDesktop.w) continue;
      FirstVisit window(screen);
      if (everything) app::update(window.model, app::ToggleEverything{});
      const std::size_t stops = window.model.state.tour.list->stops.size();
      for (std::size_t i = 0; i < stops; ++i) {
        window.settle();
        CAPTURE(screen.w);
        CAPTURE(everything);
        CAPTURE(i);
        CAPTURE(window.model.state.tour.at().title);
        REQUIRE(window.model.state.tour.stop == i);
        CHECK(window.problems() == "");
        CHECK(says(window, app::tour_text(window.model)));
        CHECK(window.painter.find_text(app::place_text(window.model.state.tour)) != nullptr);
        REQUIRE(window.click(i + 1 < stops ? "Next" : "Finish"));
      }
      CHECK(window.model.state.tour.phase == app::Tour::Phase::left);
      CHECK(window.problems() == "");
    }
  }
}

TEST_CASE("tour view: Next keeps its place from the first stop to the last, whatever opens on the way") {
  for (const Screen& screen : kScreens) {
    FirstVisit window(screen);
    const ui::Rect first = window.painter.find_area("Next")->rect;
    const std::size_t stops = window.model.state.tour.list->stops.size();
    for (std::size_t i = 0; i + 1 < stops; ++i) {
      CAPTURE(screen.w);
      CAPTURE(i);
      REQUIRE(window.model.state.tour.stop == i);
      window.click_at(first.centre());
    }
    CHECK(window.model.state.tour.stop + 1 == stops);
    CHECK(window.model.state.tour.runs());
    window.settle();
    CHECK(window.painter.find_area("Finish")->rect == first);
  }
}

TEST_CASE("tour view: the marked pixel is dragged, and the tour goes on") {
  for (const Screen& screen : kScreens) {
    FirstVisit window(screen);
    app::update(window.model, app::GoToStop{3});
    window.settle();
    const ui::DrawnArea* pixel = window.painter.find_area("conv1 X[0,2,2]");
    REQUIRE(pixel);
    CHECK((pixel->flags & ui::kHitDrag) != 0);
    const ui::Vec2 from = pixel->rect.centre();
    window.move_to(from);
    window.painter.pointer().down = true;
    window.frame();
    for (int i = 1; i <= 5; ++i) {
      window.painter.pointer().position = from - ui::Vec2{0, static_cast<float>(i) * 6};
      window.frame();
    }
    window.painter.pointer().down = false;
    window.settle();
    CAPTURE(screen.w);
    CHECK(window.model.state.tour.runs());
    CHECK(window.model.state.tour.changed);
    CHECK(says(window, app::tour_text(window.model)));
    CHECK(window.problems() == "");
    REQUIRE(window.click("Next"));
    CHECK(window.model.state.tour.stop == 4);
  }
}

TEST_CASE("tour view: a number is guessed with a finger") {
  FirstVisit window(kPhone);
  CHECK(window.painter.find_area("Key 1") == nullptr);
  REQUIRE(window.click("Your guess"));
  REQUIRE(window.painter.find_area("Key 1") != nullptr);
  CHECK(window.problems() == "");
  REQUIRE(window.click("Key 7"));
  REQUIRE(window.click("Key delete"));
  REQUIRE(window.click("Key minus"));
  REQUIRE(window.click("Key 2"));
  CHECK(window.painter.find_area("Your guess: −2") != nullptr);
  CHECK(window.problems() == "");
  REQUIRE(window.click("Key check"));
  CHECK(window.model.state.guess.right);
  CHECK(window.painter.find_area("Key 1") == nullptr);
  CHECK(window.painter.find_text("?") == nullptr);
}

TEST_CASE("tour view: a blank cell is shown by its button; a click on it tells nothing") {
  FirstVisit window(kDesktop);
  REQUIRE(window.click("Show it"));
  CHECK(app::asked_cell(window.model).empty());
  FirstVisit other(kDesktop);
  REQUIRE(other.click("conv1 Y[0,0,0]"));
  CHECK(app::asked_cell(other.model) == "conv1.y[0,0,0]");
  CHECK(other.state.pad_open);
  CHECK(other.model.state.tour.runs());
  CHECK(other.problems() == "");
}

TEST_CASE("tour view: a text beside the canvas stands for the card, and the step's sentence has its place") {
  ui::Vec2 size{880, 860};
  bool touch = false;
  SUBCASE("two columns") {}
  SUBCASE("narrow columns") { size = {540, 760}; }
  SUBCASE("a phone") { size = {390, 456}, touch = true; }
  PageWindow window(size, touch);
  window.state.embed = window.state.beside = true;
  app::update(window.model, app::LoadAddress{"{}", true});
  window.settle();
  CHECK(window.problems() == "");
  CHECK(window.model.state.tour.runs());
  CHECK(window.painter.find_area("Next") == nullptr);
  CHECK(window.painter.find_area("Skip the tour") == nullptr);
  // What is to be predicted can be answered on the canvas too.
  CHECK(window.painter.find_area("Your guess") != nullptr);
  REQUIRE(window.click("Show it"));
  CHECK(app::asked_cell(window.model).empty());
  CHECK(says(window, app::sentence(window.model)));
  app::update(window.model, app::PauseTour{});
  window.settle();
  CHECK(window.painter.find_area("Resume") == nullptr);
  CHECK(window.problems() == "");
}

TEST_CASE("tour view: it waits in one line, goes on, and is left with its place in the header") {
  for (const Screen& screen : {kDesktop, kPhone}) {
    FirstVisit window(screen);
    app::update(window.model, app::GoToStop{11});
    window.settle();
    REQUIRE(window.click("Pause"));
    CHECK(window.model.state.tour.phase == app::Tour::Phase::paused);
    CHECK(window.painter.has_text("Tour paused at 12 of 50"));
    CHECK(window.problems() == "");
    REQUIRE(window.click("Next"));  // a step now
    CHECK(window.model.state.tour.stop == 11);
    REQUIRE(window.click("Resume"));
    CHECK(window.model.state.tour.runs());
    CHECK(window.model.state.tour.stop == 11);
    REQUIRE(window.click("Skip the tour"));
    CHECK(window.model.state.tour.phase == app::Tour::Phase::left);
    CHECK(window.problems() == "");
    REQUIRE(window.click("Tour 12 of 50"));
    CHECK(window.model.state.tour.runs());
    CHECK(window.model.state.tour.stop == 11);
  }
}

TEST_CASE("tour view: the way between two stops is walked, and cut without motion") {
  FirstVisit moving(kDesktop);
  FirstVisit still(kDesktop);
  moving.painter.set_motion(true);
  // The nine products; the row; the same products forward to the sixth.
  for (std::size_t i = 1; i < 6; ++i) {
    const bool walked = i == 1 || i == 2 || i == 3 || i == 5;
    app::update(moving.model, app::TourMove{1});
    app::update(still.model, app::TourMove{1});
    still.settle();
    moving.frame();
    moving.painter.advance(0.1);
    moving.frame();
    CAPTURE(i);
    CHECK(moving.painter.wants_frame() == walked);
    CHECK((moving.painter.digest() != still.painter.digest()) == walked);
    CHECK_FALSE(still.painter.wants_frame());
    // Through it in small steps: nothing of it is left.
    for (int frame = 0; frame < 60; ++frame) {
      moving.painter.advance(0.1);
      moving.frame();
    }
    CHECK_FALSE(moving.painter.wants_frame());
    CHECK(moving.painter.digest() == still.painter.digest());
  }
  app::update(moving.model, app::TourMove{-1});
  moving.frame();
  moving.painter.advance(0.1);
  moving.frame();
  CHECK_FALSE(moving.painter.wants_frame());  // back is cut
}

TEST_CASE("tour view: everything is shown at once on request") {
  FirstVisit window(kDesktop);
  REQUIRE(window.click("Show everything"));
  for (const char* open : {"Play", "product", "Go to conv1", "Close the inspector"}) {
    CAPTURE(open);
    CHECK(window.painter.find_area(open) != nullptr);
  }
  CHECK(window.model.state.tour.runs());
}

TEST_CASE("tour view: results are covered and shown from the menu of a cell") {
  PageWindow window({1440, 900});
  app::update(window.model, app::GoTo{"relu1.y[0,1,1]"});
  window.settle();
  const auto open_menu = [&](const char* label) {
    const ui::DrawnArea* area = window.painter.find_area(label);
    REQUIRE(area != nullptr);
    window.move_to(area->rect.centre());
    window.painter.pointer().right_clicked = true;
    window.frame();
    window.painter.pointer().right_clicked = false;
    window.settle();
  };
  open_menu("relu1 Y[0,1,1]");
  REQUIRE(window.click("Cover, to predict it"));
  CHECK(window.model.state.scene.covers == std::vector<std::string>{"relu1.y[0,1,1]"});
  CHECK(window.painter.find_text("?") != nullptr);
  CHECK(app::asked_cell(window.model) == "relu1.y[0,1,1]");
  // The guess can be made without the tour.
  CHECK(window.problems() == "");
  REQUIRE(window.painter.find_area("Show it") != nullptr);
  REQUIRE(window.click("relu1 Y[0,1,1]"));
  CHECK_FALSE(app::asked_cell(window.model).empty());
  REQUIRE(window.click("Show it"));
  CHECK(app::asked_cell(window.model).empty());
  // Again, and the whole tensor.
  app::update(window.model, app::Cover{"relu1.y"});
  window.settle();
  CHECK(app::asked_cell(window.model) == "relu1.y[0,1,1]");
  app::update(window.model, app::Reveal{"relu1.y"});
  CHECK(app::asked_cell(window.model).empty());
  app::update(window.model, app::Cover{"relu1.y[0,1,1]"});
  CHECK(app::asked_cell(window.model) == "relu1.y[0,1,1]");
  app::update(window.model, app::Cover{"nothing"});
  CHECK(window.model.state.error.has_value());
}
