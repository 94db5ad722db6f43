#include "web/views/code_panel.h"

#include "engine/format.h"
#include "engine/listing.h"

namespace backstep::views {
namespace {

constexpr float kLargest = 13, kSmallest = 10;  // px
constexpr float kLeading = 1.5F;

std::string value_of(const ListingIndices& indices, char name) {
  for (const auto& [known, value] : indices) {
    if (known == name) return value;
  }
  return "";
}

// What the loop of a line stands at: "i = 2, j = 1"; empty where it has not begun.
std::string loop_text(std::string_view line, const ListingIndices& indices) {
  const std::size_t from = line.find("for "), to = line.find(" in ");
  if (from == std::string_view::npos || to == std::string_view::npos || line.back() != ':') return "";
  std::string names, values;
  for (const char c : line.substr(from + 4, to - from - 4)) {
    if (c == ' ' || c == ',') continue;
    const std::string value = value_of(indices, c);
    if (value.empty()) continue;
    names += (names.empty() ? "" : ",") + std::string(1, c);
    values += (values.empty() ? "" : ",") + value;
  }
  return names.empty() ? "" : names + "=" + values;
}

std::string constants_text(const Network& net, const Block& block) {
  std::string out;
  for (const auto& [name, value] : listing_constants(net, block)) {
    out += (out.empty() ? "" : "  ") + std::string(name) + "=" + format_number(value);
  }
  return out;
}

// The numbers of the line: what was added last, and how far the sums have come.
std::string numbers_text(const StageView& view) {
  if (!view.partial || view.term == 0) return "";
  const ExplainedTerm& t = view.e.terms[static_cast<std::size_t>(view.term - 1)];
  const bool product = t.tap.b.slot == Slot::w || t.tap.b.slot == Slot::dy;
  std::string out = "term " + std::to_string(view.term) + ": " + format_number(t.a);
  if (product) out += " · " + format_number(t.b) + " = " + format_number(t.value);
  if (view.plan.slot == Slot::dw || view.plan.slot == Slot::db)
    out += ", subtotal of the row " + format_number(t.subtotal);
  return out + (view.e.fold == Fold::maximum ? ", largest so far " : ", sum so far ") + format_number(t.total);
}

}  // namespace

void draw_code(Column& column, const Trace& trace, const StageView& view) {
  const Block& block = trace.steps().block_of(view.cursor.step);
  const Listing code = listing(trace.net(), block);
  if (code.text.empty()) return;
  ui::Painter& painter = column.painter();
  const ui::Theme& t = painter.theme();
  const std::int64_t term = view.partial ? view.term : -1;
  const ListingIndices indices = listing_indices(trace, view.e, term);
  const char current = listing_mark(view.e, term);
  std::vector<std::string_view> lines;
  for (std::string_view rest = code.text; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    lines.push_back(rest.substr(0, end));
    rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
  }
  ui::TextStyle style{ui::Face::kMono, kLargest};
  for (const std::string_view line : lines) {
    while (style.size > kSmallest && ui::text_width(line.substr(1), style) > column.width()) style.size -= 0.25F;
  }
  column.title("Code, in the engine’s order of adding");
  bool marked = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i].substr(1);
    const ui::Rect row = column.take(style.size * kLeading, i + 1 == lines.size() ? 8 : 0);
    const bool here = lines[i].front() == current && !marked;
    marked = marked || here;
    if (here) painter.fill_rect(ui::grown(row, 1), t.selected, 3);
    painter.text_in(row, line, style, here ? t.ink : t.dim_ink, ui::Align::kLeft);
    const std::string loop = loop_text(line, indices);
    const float room = row.w - ui::text_width(line, style) - 10;
    if (!loop.empty() && ui::text_width(loop, style) <= room)
      painter.text_in(row, loop, style, t.ink, ui::Align::kRight);
  }
  std::string all;
  for (const auto& [name, value] : indices) all += (all.empty() ? "" : "  ") + std::string(1, name) + "=" + value;
  const std::string numbers = numbers_text(view);
  if (!numbers.empty() && !view.covered) column.text(numbers, {ui::Face::kSans, 13}, t.ink, 4);
  if (!all.empty()) column.text(all, {ui::Face::kMono, 12}, t.ink, 4);
  column.text(constants_text(trace.net(), block), {ui::Face::kMono, 11}, t.dim_ink);
}

}  // namespace backstep::views
