#include "web/views/working_view.h"

#include <algorithm>

#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr float kChips = 54;  // px, one row of terms
constexpr float kChipGap = 12;
constexpr float kNarrow = 620;  // px
constexpr float kTall = 420;    // px of stage from which terms may take two rows
constexpr std::int64_t kRowOfTerms = 12;
constexpr float kEquation = 44;
constexpr float kEquationSize = 24;
constexpr float kChannels = 44;  // px, row of running sums
constexpr float kOneRow = 860;   // px from which a 3x3 kernel's terms stand in one row

bool has_equation(const StageView& view) { return view.plan.form == StageForm::kTable || view.e.terms.size() <= 1; }

// A phone shows the first terms, those around the current one and the last: the grids need the height more.
int chip_rows(const StageView& view, const ui::Rect& area) {
  const bool many = view.block_terms > kRowOfTerms && view.pairs.size() < 2;
  if (area.w >= kOneRow) return many && area.h >= kTall ? 2 : 1;
  return area.w >= kNarrow && area.h >= kTall ? 2 : 1;
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

// The running sum after each channel; choosing one shows its planes.
void draw_channels(ui::Painter& painter, ui::Rect area, PageState& state) {
  const StageView& view = state.stage;
  const ui::Theme& t = painter.theme();
  constexpr ui::TextStyle kName{ui::Face::kSans, 12};
  constexpr ui::TextStyle kTotal{ui::Face::kSans, 14};
  constexpr float kHeight = 36;
  constexpr float kGap = 6;
  const auto n = view.working.channels.size();
  float width = 64;
  for (const ChannelChip& chip : view.working.channels) {
    width = std::max(width, std::max(ui::text_width(chip.name, kName), ui::text_width("→ " + chip.total, kTotal)) + 16);
  }
  const auto room = static_cast<std::size_t>(std::max(1.0F, (area.w + kGap) / (width + kGap)));
  // As many as fit, around the chosen one.
  const std::size_t shown = std::min(n, room);
  const std::size_t first = view.pair < shown / 2 ? 0 : std::min(view.pair - shown / 2, n - shown);
  for (std::size_t i = first; i < first + shown; ++i) {
    const ChannelChip& chip = view.working.channels[i];
    const ui::Rect box = ui::cut_left(area, width);
    ui::cut_left(area, kGap);
    const ui::Rect chip_box{box.x, box.y, box.w, kHeight};
    const bool on = i == view.pair;
    const ui::HitState hit =
        painter.hit({ui::hit_id("stage.channel", i + 1), chip_box, chip.name + ", running sum " + chip.total,
                     ui::HitRole::kOption, on ? ui::kHitSelected : 0});
    if (on || hit.hovered) painter.fill_rect(chip_box, on ? t.selected : t.hover, 7);
    if (!on) painter.stroke_rect(ui::grown(chip_box, -0.5F), {t.hairline, 1}, 7);
    painter.text_in({chip_box.x, chip_box.y + 3, chip_box.w, 14}, chip.name, kName, on ? t.ink : t.dim_ink);
    if (!chip.total.empty()) {
      painter.text_in({chip_box.x, chip_box.y + 17, chip_box.w, 16}, "→ " + chip.total, kTotal, t.ink);
    }
    if (hit.clicked) {
      state.pair = static_cast<std::int64_t>(i);
      painter.request_frame();
    }
  }
}

}  // namespace

float working_height(const StageView& view, const ui::Rect& area) {
  if (has_equation(view)) return kEquation;
  const auto rows = static_cast<float>(chip_rows(view, area));
  const bool few = view.block_terms <= 4;
  const float chips = few ? kChips : rows * kChips + (rows - 1) * kChipGap;
  return chips + (view.working.channels.empty() ? 0 : kChannels);
}

void draw_working(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                  Intents& intents) {
  const StageView& view = state.stage;
  const Working& w = view.working;
  ui::Rect rest = area;
  if (!w.channels.empty()) draw_channels(painter, ui::cut_top(rest, kChannels), state);
  if (w.equation) {
    const ui::FormulaLayout layout = ui::layout_formula(*w.equation, rest.w, kEquationSize);
    const ui::Vec2 at{rest.x + std::max(0.0F, (rest.w - layout.width) / 2),
                      rest.y + std::max(0.0F, (rest.h - layout.height) / 2)};
    ui::draw_formula(painter, at, layout);
    return;
  }
  const ui::TokenRow row = token_row(w);
  const int rows = std::max(1, static_cast<int>((rest.h + kChipGap) / (kChips + kChipGap)));
  const ui::TokenLayout layout = ui::layout_tokens(row, rest.w, rows);
  float used = layout.tail.right();
  for (const auto& item : layout.items) used = std::max(used, item.rect.right());
  const ui::Vec2 at{rest.x + std::max(0.0F, (rest.w - used) / 2), rest.y};
  const ui::TokenHit hit = ui::draw_tokens(painter, at, layout, row);
  if (hit.token >= 0 && hit.state.clicked) {
    // A chip is the moment at which its term has just been added.
    intents.push_back(app::Seek{model.step(), w.terms[static_cast<std::size_t>(hit.token)] + 1});
  }
}

}  // namespace backstep::views
