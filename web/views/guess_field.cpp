#include "web/views/guess_field.h"

#include <algorithm>
#include <array>

#include "web/app/mirror.h"
#include "web/app/tour.h"
#include "web/views/sentence.h"
#include "web/widgets/controls.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr float kGap = 8;
constexpr float kField = 150;   // px of width
constexpr float kNarrow = 620;  // px of width below which the field stands below the sentence
constexpr float kMargin = 10;   // px below it then
constexpr float kRadius = 9;
constexpr ui::TextStyle kTyped{ui::Face::kSansBold, 17};
constexpr ui::TextStyle kPrompt{ui::Face::kSans, 15};

struct PadKey {
  std::string_view label;
  std::string_view name;  // read out
  char key;
};
constexpr std::array kPadKeys = {
    PadKey{"1", "1", '1'},     PadKey{"2", "2", '2'},       PadKey{"3", "3", '3'},       PadKey{"4", "4", '4'},
    PadKey{"5", "5", '5'},     PadKey{"−", "minus", '-'},   PadKey{"←", "delete", '\b'}, PadKey{"6", "6", '6'},
    PadKey{"7", "7", '7'},     PadKey{"8", "8", '8'},       PadKey{"9", "9", '9'},       PadKey{"0", "0", '0'},
    PadKey{".", "point", '.'}, PadKey{"OK", "check", '\n'},
};
constexpr int kPadColumns = 7;

// As people write it: a true minus sign.
std::string typed_text(const app::Model& model) {
  std::string out = model.state.guess.typed;
  if (!out.empty() && out.front() == '-') out.replace(0, 1, "−");
  return out;
}

// Whether the reader is asked here; a running tour has a field of its own.
bool asks(const app::Model& model, const PageState& state) {
  return (!model.state.tour.runs() || state.beside) && !app::asked_cell(model).empty();
}

}  // namespace

void draw_guess_field(ui::Painter& painter, ui::Rect area, const app::Model& model, PageState& state,
                      Intents& intents) {
  const ui::Theme& t = painter.theme();
  const bool touch = painter.frame().coarse_pointer;
  const std::string typed = typed_text(model);
  const ui::Button check{.name = "guess.check", .label = "Check"};
  const ui::Button show{.name = "guess.show", .label = "Show it", .style = ui::ButtonStyle::kQuiet};
  const float show_width = ui::button_width(painter, show);
  const float check_width = typed.empty() ? 0 : ui::button_width(painter, check) + kGap;
  const ui::Rect field = ui::cut_left(area, std::min(kField, area.w - show_width - check_width - kGap));
  const std::string label = typed.empty() ? std::string("Your guess") : "Your guess: " + typed;
  const ui::HitState hit = painter.hit({ui::hit_id("guess.field"), field, label, ui::HitRole::kButton, 0});
  const bool open = state.pad_open;
  painter.fill_rect(field, hit.hovered ? t.hover : t.surface, kRadius);
  painter.stroke_rect(ui::grown(field, -0.5F), {open || !typed.empty() ? t.ink : t.control, 1.5F}, kRadius);
  if (hit.focused) ui::focus_ring(painter, field, kRadius);
  const ui::Rect inner{field.x + 12, field.y, field.w - 24, field.h};
  const float end = inner.x + (typed.empty() ? 0 : ui::text_width(typed, kTyped) + 2);
  painter.line({end, field.y + 9}, {end, field.bottom() - 9}, {t.ink, 1.5F});
  if (typed.empty()) {
    painter.text_in({inner.x + 6, inner.y, inner.w, inner.h}, touch ? "Your guess" : "Type a number", kPrompt,
                    t.dim_ink, ui::Align::kLeft);
  } else {
    painter.text_in(inner, typed, kTyped, t.ink, ui::Align::kLeft);
  }
  if (hit.clicked && touch) {
    state.pad_open = !state.pad_open;
    painter.request_frame();
  }
  ui::cut_left(area, kGap);
  if (!typed.empty()) {
    if (ui::button(painter, ui::cut_left(area, check_width - kGap), check)) intents.push_back(app::MakeGuess{});
    ui::cut_left(area, kGap);
  }
  if (ui::button(painter, ui::cut_left(area, show_width), show)) intents.push_back(app::Reveal{});
}

float words_height(const ui::Painter& painter, const app::Model& model, const PageState& state, float width,
                   float viewport_height) {
  const bool below = asks(model, state) && width < kNarrow;
  return sentence_height(width, viewport_height) + (below ? ui::control_height(painter) + kMargin : 0);
}

void draw_words(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                Intents& intents) {
  if (area.empty()) return;
  if (!asks(model, state)) {
    draw_sentence(painter, area, state.stage.sentence);
    return;
  }
  const float side = ui::control_height(painter);
  ui::Rect words = area, field;
  if (area.w < kNarrow) {
    field = ui::cut_bottom(words, side + kMargin);
    field = {field.x + 16, field.y, field.w - 32, side};
  } else {
    field = ui::cut_right(words, std::min(360.0F, area.w / 2));
    field = {field.x, field.centre().y - side / 2, field.w, side};
  }
  painter.line({area.x, area.y}, {area.right(), area.y}, {painter.theme().hairline, 1});
  const std::string& verdict = model.state.guess.verdict;
  draw_sentence(painter, words, verdict.empty() ? app::sentence(model) : verdict);
  draw_guess_field(painter, field, model, state, intents);
}

void draw_guess_pad(ui::Painter& painter, const ui::Rect& area, const app::Model& model, Intents& intents) {
  const float width = (area.w - kGap * (kPadColumns - 1)) / kPadColumns;
  const float height = (area.h - kGap) / 2;
  for (int i = 0; i < static_cast<int>(kPadKeys.size()); ++i) {
    const PadKey& key = kPadKeys[static_cast<std::size_t>(i)];
    const ui::Rect box{area.x + static_cast<float>(i % kPadColumns) * (width + kGap),
                       area.y + static_cast<float>(i / kPadColumns) * (height + kGap), width, height};
    const bool ok = key.key == '\n';
    const bool idle = ok && model.state.guess.typed.empty();
    const std::string name = "Key " + std::string(key.name);
    const ui::HitState hit = painter.hit({ui::hit_id("guess.key", static_cast<std::uint64_t>(i) + 1), box, name,
                                          ui::HitRole::kButton, idle ? ui::kHitDisabled : 0});
    const ui::Theme& t = painter.theme();
    const bool strong = ok && !idle;
    painter.fill_rect(box, strong ? t.primary : hit.pressed ? t.selected : t.hover, kRadius);
    if (hit.focused) ui::focus_ring(painter, box, kRadius);
    const ui::TextStyle style{strong ? ui::Face::kSansBold : ui::Face::kSans, ok ? 15.0F : 19.0F};
    painter.text_in(box, key.label, style, strong ? t.primary_ink : t.ink);
    if (!hit.clicked) continue;
    intents.push_back(ok ? app::Intent{app::MakeGuess{}} : app::Intent{app::TypeGuess{key.key}});
  }
}

}  // namespace backstep::views
