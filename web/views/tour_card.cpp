#include "web/views/tour_card.h"

#include <algorithm>

#include "web/app/tour.h"
#include "web/views/guess_field.h"
#include "web/views/sentence.h"
#include "web/widgets/controls.h"
#include "web/widgets/text_block.h"
#include "web/widgets/transport.h"

namespace backstep::views {
namespace {

constexpr ui::TextStyle kTitle{ui::Face::kSansBold, 14};
constexpr ui::TextStyle kPlace{ui::Face::kSans, 14};
constexpr float kLow = 520;       // px of height of a page with little room
constexpr float kTitleLine = 22;  // px
constexpr float kBandText = 88;   // three lines of the largest size
constexpr float kCardText = 104;  // five lines on a phone
constexpr float kAskedText = 66;  // three, where a number is asked for
constexpr float kLowText = 46;    // two
constexpr float kLongest = 940;   // px of a line that is still read easily
constexpr float kGap = 12;
constexpr float kPadding = 14;
constexpr float kPhoneButton = 48;

bool phone(float width) { return width < ui::kPhoneWidth; }
float margin(float width) { return width < 620 ? 16.0F : 28.0F; }
bool asks(const app::Model& model) { return !app::asked_cell(model).empty(); }

ui::Button back_button(const app::Model& model) {
  return {.name = "tour.back", .label = "Back", .icon = ui::Icon::kBack, .disabled = model.state.tour.stop == 0};
}
constexpr ui::Button kNext{.name = "tour.next",
                           .label = "Next",
                           .style = ui::ButtonStyle::kPrimary,
                           .icon = ui::Icon::kNext,
                           .icon_after = true};
constexpr ui::Button finish() {
  ui::Button button = kNext;
  button.label = "Finish";
  return button;
}
ui::Button next_button(const app::Model& model) {
  const app::Tour& tour = model.state.tour;
  return tour.stop + 1 == tour.list->stops.size() ? finish() : kNext;
}
// The same at every stop.
float next_width(const ui::Painter& painter) {
  return std::max(ui::button_width(painter, kNext), ui::button_width(painter, finish()));
}
constexpr ui::Button kPause{.name = "tour.pause", .label = "Pause", .style = ui::ButtonStyle::kQuiet};
constexpr ui::Button kSkip{.name = "tour.skip", .label = "Skip the tour", .style = ui::ButtonStyle::kQuiet};
constexpr ui::Button kPauseIcon{.name = "tour.pause", .label = "Pause", .icon = ui::Icon::kPause, .icon_only = true};
constexpr ui::Button kSkipIcon = ui::icon_button("tour.skip", "Skip the tour", ui::Icon::kClose);
constexpr ui::Button kResume{.name = "tour.resume", .label = "Resume"};

float text_height(const app::Model& model, ui::Vec2 page) {
  if (page.y < kLow) return kLowText;
  if (!phone(page.x)) return kBandText;
  return asks(model) ? kAskedText : kCardText;
}

class TourPainter {
 public:
  TourPainter(ui::Painter& painter, const app::Model& model, PageState& state, Intents& intents)
      : painter_(painter), model_(model), state_(state), intents_(intents), tour_(model.state.tour) {}

  // The way that is behind, along the upper edge.
  void progress(const ui::Rect& area) {
    const ui::Theme& t = painter_.theme();
    const float share = static_cast<float>(tour_.stop + 1) / static_cast<float>(tour_.list->stops.size());
    painter_.line({area.x, area.y}, {area.right(), area.y}, {t.hairline, 1});
    painter_.fill_rect({area.x, area.y - 1, area.w * share, 2}, t.ink);
  }

  void title(const ui::Rect& line) {
    const ui::Theme& t = painter_.theme();
    const std::string place = app::place_text(tour_);
    const float width = ui::text_width(place, kPlace);
    const std::string name = ui::fit_text(tour_.at().title, kTitle, line.w - width - kGap);
    painter_.text_in(line, name, kTitle, t.ink, ui::Align::kLeft);
    ui::Rect rest = line;
    ui::cut_left(rest, name.empty() ? 0 : ui::text_width(name, kTitle) + kGap);
    painter_.text_in(rest, place, kPlace, t.dim_ink, ui::Align::kLeft);
  }

  void text(const ui::Rect& area, float largest) {
    const std::string said = app::tour_text(model_);
    draw_text(painter_, area, set_text(said, {area.w, area.h}, largest));
  }

  void press(const ui::Rect& box, const ui::Button& button, app::Intent intent) {
    if (ui::button(painter_, box, button)) intents_.push_back(std::move(intent));
  }

  void band(ui::Rect rest) {
    const float width = rest.w;
    ui::cut_top(rest, kPadding);
    title(ui::cut_top(rest, kTitleLine));
    ui::cut_top(rest, 4);
    ui::Rect words = ui::cut_top(rest, text_height(model_, {width, painter_.frame().viewport.h}));
    words.w = std::min(words.w, kLongest);
    text(words, width >= 1000 ? 21.0F : 19.0F);
    ui::cut_top(rest, kGap);
    ui::Rect row = ui::cut_top(rest, ui::control_height(painter_));
    const ui::Button back = back_button(model_);
    press(ui::cut_left(row, ui::button_width(painter_, back)), back, app::TourMove{-1});
    ui::cut_left(row, kGap);
    press(ui::cut_left(row, next_width(painter_)), next_button(model_), app::TourMove{1});
    row.w += 10;  // the last button's text ends at the margin
    press(ui::cut_right(row, ui::button_width(painter_, kSkip)), kSkip, app::LeaveTour{});
    press(ui::cut_right(row, ui::button_width(painter_, kPause)), kPause, app::PauseTour{});
    if (!asks(model_)) return;
    ui::cut_left(row, 2 * kGap);
    draw_guess_field(painter_, row, model_, state_, intents_);
  }

  void card(ui::Rect rest, bool low) {
    ui::cut_top(rest, low ? 4 : 6);
    const float side = ui::control_height(painter_);
    ui::Rect head = ui::cut_top(rest, low ? kTitleLine : 32);
    const ui::Rect skip{head.right() - side + 14, head.centre().y - side / 2, side, side};
    press(skip, kSkipIcon, app::LeaveTour{});
    head.w -= side;
    title(head);
    ui::cut_top(rest, 2);
    text(ui::cut_top(rest, low ? kLowText : asks(model_) ? kAskedText : kCardText), low ? 15.0F : 17.0F);
    ui::cut_top(rest, 8);
    if (asks(model_)) {
      draw_guess_field(painter_, ui::cut_top(rest, side), model_, state_, intents_);
      ui::cut_top(rest, 8);
      if (state_.pad_open) {
        draw_guess_pad(painter_, ui::cut_top(rest, kGuessPad), model_, intents_);
        ui::cut_top(rest, 8);
      }
    }
    ui::Rect row = ui::cut_top(rest, low ? side : kPhoneButton);
    const float third = std::max(96.0F, (row.w - 2 * kGap) * 0.26F);
    press(ui::cut_left(row, third), back_button(model_), app::TourMove{-1});
    ui::cut_left(row, kGap);
    press(ui::cut_right(row, kPhoneButton), kPauseIcon, app::PauseTour{});
    ui::cut_right(row, kGap);
    press(row, next_button(model_), app::TourMove{1});
  }

  // Paused: where it waits, and the way back into it.
  void line(ui::Rect rest) {
    const float height = ui::control_height(painter_);
    const auto place = [&](const ui::Button& button) {
      const ui::Rect box = ui::cut_right(rest, ui::button_width(painter_, button));
      return ui::Rect{box.x, rest.centre().y - height / 2, box.w, height};
    };
    rest.w += 14;
    press(place(kSkipIcon), kSkipIcon, app::LeaveTour{});
    ui::cut_right(rest, 4);
    press(place(kResume), kResume, app::StartTour{});
    ui::cut_right(rest, kGap);
    const std::string text = "Tour paused at " + app::place_text(tour_);
    painter_.text_in(rest, ui::fit_text(text, kTitle, rest.w), kTitle, painter_.theme().ink, ui::Align::kLeft);
    ui::cut_left(rest, ui::text_width(text, kTitle) + kGap);
    painter_.text_in(rest, ui::fit_text(tour_.at().title, kPlace, rest.w), kPlace, painter_.theme().dim_ink,
                     ui::Align::kLeft);
  }

 private:
  ui::Painter& painter_;
  const app::Model& model_;
  PageState& state_;
  Intents& intents_;
  const app::Tour& tour_;
};

}  // namespace

float tour_height(const ui::Painter& painter, const app::Model& model, const PageState& state, ui::Vec2 page) {
  const app::Tour& tour = model.state.tour;
  if (!tour.is_open() || state.beside) return 0;
  const float side = ui::control_height(painter);
  if (!tour.runs()) return side + 8;
  const bool low = page.y < kLow;
  const float text = text_height(model, page);
  if (!low && !phone(page.x)) return kPadding + kTitleLine + 4 + text + kGap + side + kPadding;
  const float field = asks(model) ? side + 8 + (state.pad_open ? kGuessPad + 8 : 0.0F) : 0.0F;
  return low ? 4 + kTitleLine + 2 + text + 8 + field + side + 6
             : 6 + 32 + 2 + text + 8 + field + kPhoneButton + kPadding;
}

void draw_tour(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
               Intents& intents) {
  if (area.empty()) return;
  const ui::Theme& t = painter.theme();
  painter.fill_rect(area, t.surface);
  TourPainter tour(painter, model, state, intents);
  tour.progress(area);
  const float side = margin(area.w);
  const ui::Rect inner{area.x + side, area.y, area.w - 2 * side, area.h};
  const bool low = painter.frame().viewport.h < kLow;
  if (!model.state.tour.runs()) {
    tour.line(inner);
  } else if (low || phone(area.w)) {
    tour.card(inner, low);
  } else {
    tour.band(inner);
  }
}

}  // namespace backstep::views
