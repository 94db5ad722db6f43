#include "web/views/working_view.h"

#include <algorithm>
#include <cmath>

#include "web/views/sum_line.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr float kChips = 54;         // px, one row of terms
constexpr float kStackedChips = 68;  // px, where the factors stand one below the other
constexpr float kChipGap = 12;
constexpr float kOneRow = 860;  // px from which a 3x3 kernel's terms stand in one row
constexpr float kNarrow = 680;  // px below which the sum is a line of text
constexpr float kLow = 300;     // px of stage below which the sum is one line
constexpr float kLowest = 190;  // and below which only the grids are left
constexpr float kTall = 420;    // px of stage from which terms may take two rows
constexpr std::int64_t kRowOfTerms = 12;
constexpr std::int64_t kTwoRows = 24;  // of more terms only some are shown anyway
constexpr float kEquation = 44;
constexpr float kEquationSize = 24;
constexpr float kNarrowEquation = 20;
constexpr float kLine = 26;  // px, one line of text
constexpr float kLineSize = 15;
constexpr float kSmallestEquation = 12;
constexpr float kChannelSpace = 12;  // px below the row of running sums
constexpr float kChannelGap = 6;

constexpr ui::TextStyle kChannelName{ui::Face::kSans, 13};
constexpr ui::TextStyle kChannelTotal{ui::Face::kSans, 14};

bool has_equation(const StageView& view) {
  if (view.plan.see == See::scatter) return false;
  return view.plan.form == StageForm::kTable || view.block_terms <= 1;
}

int chip_rows(const StageView& view, const ui::Rect& area) {
  const bool many = view.block_terms > kRowOfTerms && view.block_terms <= kTwoRows && view.working.channels.empty();
  if (area.h < kTall) return 1;
  return area.w >= kOneRow ? (many ? 2 : 1) : 2;
}

// Whole numbers fit on one line of a chip, decimals need two.
bool decimals(const StageView& view) {
  for (const Panel& panel : view.plan.panels) {
    for (const float v : panel.values()) {
      if (std::fabs(v * 10 - std::round(v * 10)) > 1e-5F) return true;
    }
  }
  return false;
}

ui::TokenRow token_row(const Working& w) {
  ui::TokenRow row;
  row.name = "stage.terms";
  row.tokens = w.tokens;
  row.joiner = w.joiner;
  row.added = w.added;
  row.complete = w.complete;
  row.tail = w.tail;
  row.scale = w.scale;
  return row;
}

float channel_chip(bool touch) { return touch ? 44.0F : 36.0F; }

std::string total_text(const ChannelChip& chip) { return "→ " + chip.total; }

// The running sum after each channel; choosing one shows its planes.
void draw_channels(ui::Painter& painter, const ui::Rect& area, PageState& state) {
  const StageView& view = state.stage;
  const ui::Theme& t = painter.theme();
  const auto n = view.working.channels.size();
  const float height = channel_chip(painter.frame().coarse_pointer);
  const float inset = (height - 30) / 2;
  float width = 72;
  for (const ChannelChip& chip : view.working.channels) {
    width = std::max(
        {width, ui::text_width(chip.name, kChannelName) + 18, ui::text_width(total_text(chip), kChannelTotal) + 18});
  }
  // As many as fit, around the chosen one.
  const auto room = static_cast<std::size_t>(std::max(1.0F, (area.w + kChannelGap) / (width + kChannelGap)));
  const std::size_t shown = std::min(n, room);
  const std::size_t first = view.pair < shown / 2 ? 0 : std::min(view.pair - shown / 2, n - shown);
  const float all = static_cast<float>(shown) * (width + kChannelGap) - kChannelGap;
  // What the numbers are, where there is room to say it.
  constexpr std::string_view kWhat = "Sum after";
  constexpr float kWidest = 110;  // px of a chip with the longest sum: whether it is said must not change with the sums
  const float what = ui::text_width(kWhat, kChannelName) + 2 * kChannelGap;
  const bool told = static_cast<float>(shown) * (kWidest + kChannelGap) + what <= area.w;
  float x = area.x + std::max(0.0F, (area.w - all - (told ? what : 0)) / 2);
  if (told) {
    painter.text_in({x, area.y, what, height}, kWhat, kChannelName, t.dim_ink, ui::Align::kLeft);
    x += what;
  }
  for (std::size_t i = first; i < first + shown; ++i) {
    const ChannelChip& chip = view.working.channels[i];
    const ui::Rect box{x, area.y, width, height};
    x += width + kChannelGap;
    const bool on = i == view.pair;
    const std::string label = chip.name + (chip.total.empty() ? "" : ", running sum " + chip.total);
    const ui::HitState hit =
        painter.hit({ui::hit_id("stage.channel", i + 1), box, label, ui::HitRole::kOption, on ? ui::kHitSelected : 0});
    if (on || hit.hovered) painter.fill_rect(box, on ? t.selected : t.hover, 7);
    if (!on) painter.stroke_rect(ui::grown(box, -0.5F), {t.hairline, 1}, 7);
    painter.text_in({box.x, box.y + inset, box.w, 14}, chip.name, kChannelName, on ? t.ink : t.dim_ink);
    if (!chip.total.empty())
      painter.text_in({box.x, box.y + inset + 14, box.w, 16}, total_text(chip), kChannelTotal, t.ink);
    if (!hit.clicked) continue;
    state.pair = static_cast<std::int64_t>(i);
    painter.request_frame();
  }
}

void draw_centred(ui::Painter& painter, const ui::Rect& area, const ui::FormulaLayout& layout) {
  ui::draw_formula(
      painter,
      {area.x + std::max(0.0F, (area.w - layout.width) / 2), area.y + std::max(0.0F, (area.h - layout.height) / 2)},
      layout);
}

WorkingPlaces draw_chips(ui::Painter& painter, const ui::Rect& area, const app::Model& model, const Working& w,
                         Intents& intents) {
  const ui::TokenRow row = token_row(w);
  int rows = 2;
  ui::TokenLayout layout = ui::layout_tokens(row, area.w, rows);
  while (rows > 1 && layout.height > area.h + 0.5F) layout = ui::layout_tokens(row, area.w, --rows);
  float used = layout.tail.right();
  for (const auto& item : layout.items) used = std::max(used, item.rect.right());
  const ui::Vec2 at{area.x + std::max(0.0F, (area.w - used) / 2),
                    area.y + std::max(0.0F, (area.h - layout.height) / 2)};
  const ui::TokenHit hit = ui::draw_tokens(painter, at, layout, row);
  if (hit.token >= 0 && hit.state.clicked && !w.terms.empty()) {
    // A chip is the moment at which its term has just been added.
    intents.push_back(app::Seek{model.step(), w.terms[static_cast<std::size_t>(hit.token)] + 1});
  }
  WorkingPlaces places;
  for (std::size_t token = 0; token < w.terms.size(); ++token) {
    places.terms.resize(static_cast<std::size_t>(w.terms[token]) + 1);
    places.terms.back() = ui::moved(layout.rect_of(static_cast<int>(token)), at);
  }
  return places;
}

}  // namespace

WorkingForm working_form(const ui::Rect& stage) {
  if (stage.h < kLowest) return WorkingForm::kNone;
  if (stage.h < kLow) return WorkingForm::kLine;
  // A phone writes the sum as text: its grids need the height more.
  return stage.w < kNarrow ? WorkingForm::kLines : WorkingForm::kChips;
}

float working_height(const StageView& view, const ui::Rect& stage, bool touch) {
  const WorkingForm form = working_form(stage);
  if (form == WorkingForm::kNone) return 0;
  if (form == WorkingForm::kLine) return kLine;
  const bool chips_possible = form == WorkingForm::kChips && view.plan.form == StageForm::kTable;
  const float channels = view.working.channels.empty() ? 0 : channel_chip(touch) + kChannelSpace;
  if (has_equation(view)) return (chips_possible ? kStackedChips : kEquation) + channels;
  if (form == WorkingForm::kLines) return kSumLineHeight + channels;
  const bool spread = view.plan.see == See::scatter;
  const auto rows = view.block_terms <= 4 && !spread ? 1.0F : static_cast<float>(chip_rows(view, stage));
  const float chips = decimals(view) ? kStackedChips : kChips;
  return rows * chips + (rows - 1) * kChipGap + channels;
}

WorkingPlaces draw_working(ui::Painter& painter, const ui::Rect& area, WorkingForm form, const app::Model& model,
                           PageState& state, Intents& intents) {
  if (form == WorkingForm::kNone) return {};
  const Working& w = state.stage.working;
  ui::Rect rest = area;
  const bool channels = !w.channels.empty() && form != WorkingForm::kLine;
  if (channels)
    draw_channels(painter, ui::cut_top(rest, channel_chip(painter.frame().coarse_pointer) + kChannelSpace), state);
  if (w.equation) {
    float size = form == WorkingForm::kChips   ? kEquationSize
                 : form == WorkingForm::kLines ? kNarrowEquation
                                               : kLineSize;
    ui::FormulaLayout layout = ui::layout_formula(*w.equation, rest.w, size);
    while ((layout.height > rest.h || layout.width > rest.w) && size > kSmallestEquation) {
      layout = ui::layout_formula(*w.equation, rest.w, --size);
    }
    draw_centred(painter, rest, layout);
  } else if (form == WorkingForm::kChips) {
    return draw_chips(painter, rest, model, w, intents);
  } else {
    draw_centred(painter, rest, layout_sum_line(w, {rest.w, rest.h}));
  }
  return {};
}

}  // namespace backstep::views
