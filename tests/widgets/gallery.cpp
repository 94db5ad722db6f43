#include "tests/widgets/gallery.h"

#include <array>
#include <string>
#include <vector>

#include "engine/format.h"
#include "web/widgets/controls.h"
#include "web/widgets/formula.h"
#include "web/widgets/heatmap.h"
#include "web/widgets/number_grid.h"
#include "web/widgets/number_text.h"
#include "web/widgets/plot.h"
#include "web/widgets/text_block.h"
#include "web/widgets/tokens.h"
#include "web/widgets/transport.h"

namespace backstep::ui::gallery {
namespace {

constexpr std::array<float, 36> kX = {0, 1, 0, 0, 0, 2, 2, 0, 0, 1, 2, 0, 2, 0, 2, 2, 3, 2,
                                      3, 0, 1, 3, 3, 0, 3, 0, 1, 0, 0, 0, 0, 0, 0, 3, 3, 3};
constexpr std::array<float, 9> kK = {-1, 0, 1, -1, 0, 1, -1, 0, 1};
constexpr std::array<float, 16> kDy = {0, 0, 0, 0, 0, -1, 1, 0, 0, 0, 0, 0, 0, -0.5F, 1, 0};

float y_at(int row, int col) {
  float sum = 0;
  for (int p = 0; p < 3; ++p) {
    for (int q = 0; q < 3; ++q) {
      sum += kX[static_cast<std::size_t>((row + p) * 6 + col + q)] * kK[static_cast<std::size_t>(p * 3 + q)];
    }
  }
  return sum;
}

float dx_at(int row, int col) {
  float sum = 0;
  for (int p = 0; p < 3; ++p) {
    for (int q = 0; q < 3; ++q) {
      const int i = row - p;
      const int j = col - q;
      if (i < 0 || j < 0 || i > 3 || j > 3) continue;
      sum += kDy[static_cast<std::size_t>(i * 4 + j)] * kK[static_cast<std::size_t>(p * 3 + q)];
    }
  }
  return sum;
}

std::vector<GridCell> cells_of(std::span<const float> values) {
  std::vector<GridCell> cells;
  for (const float v : values) cells.push_back({.value = v});
  return cells;
}

std::function<std::string(int, int)> labels(std::string tensor) {
  return [tensor = std::move(tensor)](int row, int col) {
    return tensor + "[0," + std::to_string(row) + "," + std::to_string(col) + "]";
  };
}

std::vector<ScrubPhase> phases() {
  std::vector<ScrubPhase> all = {{"conv1", "conv", 0, 16},   {"relu1", "relu", 0, 16},   {"pool1", "pool", 0, 4},
                                 {"dense1", "dense", 0, 2},  {"loss", "L", 0, 3},        {"∂ loss", "∂L", 0, 2},
                                 {"∂ dense1", "∂ d", 0, 14}, {"∂ pool1", "∂ p", 0, 16},  {"∂ relu1", "∂ r", 0, 16},
                                 {"∂ conv1", "∂ c", 0, 46},  {"update", "update", 0, 20}};
  std::int64_t first = 0;
  for (ScrubPhase& p : all) p.first = first, first += p.count;
  return all;
}

Transport transport_spec(std::span<const ScrubPhase> all, std::int64_t step) {
  Transport spec;
  spec.scrubber.phases = all;
  spec.scrubber.steps = 155;
  spec.scrubber.step = step;
  spec.position = "step " + std::to_string(step) + " of 155";
  return spec;
}

Formula index(std::string_view a, std::string_view b) { return f::row({f::var(a), f::text("+"), f::var(b)}); }

Formula forward_formula() {
  return f::row({f::at(f::var("Y"), {f::var("i"), f::var("j")}), f::relation(), f::sum(f::var("p")),
                 f::sum(f::var("q")), f::at(f::var("X"), {index("i", "p"), index("j", "q")}), f::times(),
                 f::at(f::var("K"), {f::var("p"), f::var("q")}), f::binary("+"), f::var("b")});
}

Formula gradient_formula() {
  const auto minus = [](std::string_view a, std::string_view b) {
    return f::row({f::var(a), f::text("−"), f::var(b)});
  };
  return f::row({f::partial(f::var("L"), f::at(f::var("X"), {f::var("m"), f::var("n")})), f::relation(),
                 f::sum(f::var("p")), f::sum(f::var("q")), f::at(f::var("K"), {f::var("p"), f::var("q")}), f::times(),
                 f::partial(f::var("L"), f::at(f::var("Y"), {minus("m", "p"), minus("n", "q")}))});
}

Formula number_formula() {
  std::vector<Formula> parts;
  for (int k = 0; k < 9; ++k) {
    if (k > 0) parts.push_back(f::binary("+"));
    Formula product = f::row({f::number(kX[static_cast<std::size_t>((1 + k / 3) * 6 + 1 + k % 3)]), f::times(),
                              f::number(kK[static_cast<std::size_t>(k)])});
    parts.push_back(f::toned(product, k == 8 ? Tone::kMarked : Tone::kNormal));
  }
  parts.push_back(f::relation());
  parts.push_back(f::number(6));
  return f::row(std::move(parts));
}

void header(Painter& p, std::string_view detail) {
  const Theme& t = p.theme();
  const Rect bar{0, 0, p.frame().viewport.w, 48};
  p.fill_rect(bar, t.surface);
  p.line({0, 48}, {bar.w, 48}, {t.hairline, 1});
  const Rect inner{36, 0, bar.w - 72, 48};
  p.text_in(inner, "Backstep", text_style(TextRole::kTitle), t.ink, Align::kLeft);
  p.text_in({136, 0, 200, 48}, detail, text_style(TextRole::kBody), t.dim_ink, Align::kLeft);
}

void inspector(Painter& p, float top, float bottom, const Formula& symbols, std::string_view caption,
               const Formula& numbers) {
  const Theme& t = p.theme();
  const float x = p.frame().viewport.w - 368;
  p.fill_rect({x, top, 368, bottom - top}, t.surface);
  p.line({x, top}, {x, bottom}, {t.hairline, 1});
  Rect rest{x + 24, top + 24, 320, bottom - top - 48};
  const TextStyle small = text_style(TextRole::kCaption);
  cut_top(rest, text_block(p, rest, "Formula", small, t.dim_ink) + 8);
  cut_top(rest, draw_formula(p, rest, symbols) + 24);
  cut_top(rest, text_block(p, rest, caption, small, t.dim_ink) + 8);
  cut_top(rest, draw_formula(p, rest, numbers, 18) + 24);
  cut_top(rest,
          text_block(p, rest, "This weight is also multiplied in 15 other cells: sharing.", small, t.dim_ink) + 20);
  colour_legend(p, cut_top(rest, kLegendHeight), 3, "Y");
}

void bottom_bars(Painter& p, std::string_view sentence, std::int64_t step) {
  const Theme& t = p.theme();
  const Rect view = p.frame().viewport;
  const std::vector<ScrubPhase> all = phases();
  const Transport spec = transport_spec(all, step);
  const float height = transport_height(p, view.w - 72, spec);
  Rect bar{0, view.h - height - 28, view.w, height + 28};
  p.fill_rect(bar, t.surface);
  p.line({0, bar.y}, {view.w, bar.y}, {t.hairline, 1});
  transport(p, {36, bar.y + 14, view.w - 72, height}, spec);
  p.line({0, bar.y - 76}, {view.w, bar.y - 76}, {t.hairline, 1});
  p.text_in({36, bar.y - 76, view.w - 72, 76}, sentence, text_style(TextRole::kSentence), t.ink, Align::kLeft);
}

void strip(Painter& p, bool gradients) {
  const Theme& t = p.theme();
  std::array<float, 16> y{};
  for (int i = 0; i < 16; ++i) y[static_cast<std::size_t>(i)] = y_at(i / 4, i % 4);
  struct Item {
    std::string_view title;
    std::span<const float> values;
    int h, w;
    float scale;
    std::int64_t known;
  };
  const Item items[] = {{"X · 6×6", kX, 6, 6, 3, 36},
                        {"conv1 · 4×4", y, 4, 4, 6, gradients ? 16 : 6},
                        {"relu1 · 4×4", y, 4, 4, 6, gradients ? 16 : 0}};
  float x = 36;
  for (const Item& item : items) {
    const Vec2 size = heatmap_size(item.h, item.w, {52, 52});
    Heatmap map;
    map.name = item.title;
    map.label = item.title;
    map.image = {hit_id(item.title), 0, item.values, item.h, item.w, item.scale, item.known, 0};
    map.current = item.h == 4 && item.title[0] == 'c';
    heatmap(p, {x, 62, size.x, size.y}, map);
    p.text({x, 136}, item.title, text_style(TextRole::kCaption), map.current ? t.ink : t.dim_ink);
    x += 110;
    if (&item != &items[2]) p.arrow({x - 42, 88}, {x - 18, 88}, {t.dim_ink, 1.25F}, 6);
  }
  p.line({0, 152}, {p.frame().viewport.w, 152}, {t.hairline, 1});
}

}  // namespace

void forward_cell(Painter& p) {
  header(p, "Pocket net");
  strip(p, false);
  const float bottom = p.frame().viewport.h - 76 - 28 - 36 - 12 - 36;
  inspector(p, 152, bottom, forward_formula(), "With numbers, (i, j) = (1, 1)", number_formula());

  std::vector<GridCell> x = cells_of(kX);
  for (int i = 0; i < 36; ++i) x[static_cast<std::size_t>(i)].dim = i / 6 < 1 || i / 6 > 3 || i % 6 < 1 || i % 6 > 3;
  const GridLayout gx = grid_of({36, 208}, 6, 6, 60);
  grid_caption(p, gx, "X", "6×6 · sample");
  const GridMark window[] = {{MarkRole::kWindow, 1, 1, 3, 3}, {MarkRole::kTerm, 3, 3}};
  number_grid(p, gx, {.name = "stage.x", .cells = x, .scale = 3, .marks = window, .label = labels("input")});

  std::vector<GridCell> k = cells_of(kK);
  for (std::uint8_t i = 0; i < 9; ++i) k[i].letter = static_cast<std::uint8_t>('a' + i);
  const GridLayout gk = grid_of({466, 270}, 3, 3, 60);
  grid_caption(p, gk, "K", "3×3");
  const GridMark term[] = {{MarkRole::kTerm, 2, 2}};
  number_grid(p, gk, {.name = "stage.k", .cells = k, .scale = 1, .marks = term, .label = labels("conv1.w[0")});

  std::vector<GridCell> y(16);
  for (int i = 0; i < 16; ++i) {
    y[static_cast<std::size_t>(i)] = {.value = y_at(i / 4, i % 4),
                                      .state = i < 6 ? CellState::kValue : CellState::kPending};
  }
  y[5].glow = 0.8F;
  const GridLayout gy = grid_of({726, 208}, 4, 4, 60);
  grid_caption(p, gy, "Y", "4×4");
  const GridMark current[] = {{MarkRole::kCurrent, 1, 1}};
  number_grid(p, gy, {.name = "stage.y", .cells = y, .scale = 6, .marks = current, .label = labels("conv1.y")});

  std::vector<Token> tokens;
  for (int i = 0; i < 9; ++i) {
    const float a = kX[static_cast<std::size_t>((1 + i / 3) * 6 + 1 + i % 3)];
    const float b = kK[static_cast<std::size_t>(i)];
    tokens.push_back({format_number(static_cast<double>(a)), format_number(static_cast<double>(b)),
                      format_number(static_cast<double>(a * b)), a * b, true});
  }
  const TokenRow row{.name = "stage.terms", .tokens = tokens, .added = 9, .tail = "= 6", .scale = 3};
  const TokenLayout layout = layout_tokens(row, 900, 2);
  draw_tokens(p, {36, 606}, layout, row);
  bottom_bars(p, "Cell (1, 1) of Y: the nine products of the window and the kernel add up to 6. An edge.", 5);
}

void input_gradient(Painter& p) {
  header(p, "Pocket net");
  strip(p, true);
  const float bottom = p.frame().viewport.h - 76 - 28 - 36 - 12 - 36;
  inspector(p, 152, bottom, gradient_formula(), "With numbers, (m, n) = (2, 2)",
            f::row({f::number(1), f::times(), f::number(-1), f::relation(), f::number(-1)}));
  std::vector<GridCell> dy(64, {.state = CellState::kNothing});
  for (int i = 0; i < 16; ++i) {
    GridCell& cell = dy[static_cast<std::size_t>((2 + i / 4) * 8 + 2 + i % 4)];
    cell = {.value = kDy[static_cast<std::size_t>(i)], .dim = i % 4 == 3 || i / 4 == 3};
  }
  const GridLayout gdy = grid_of({36, 208}, 8, 8, 44);
  grid_caption(p, gdy, "∂L/∂Y", "4×4 in two rings of nothing");
  const GridMark window[] = {{MarkRole::kWindow, 2, 2, 3, 3}};
  number_grid(p, gdy, {.name = "stage.dy", .cells = dy, .scale = 1, .marks = window, .label = labels("relu1.dx")});

  std::vector<GridCell> k = cells_of(kK);
  for (std::uint8_t i = 0; i < 9; ++i) k[i] = {.value = kK[8U - i], .letter = static_cast<std::uint8_t>('i' - i)};
  const GridLayout gk = grid_of({466, 270}, 3, 3, 60);
  grid_caption(p, gk, "K flipped", "3×3");
  number_grid(p, gk, {.name = "stage.k", .cells = k, .scale = 1, .label = labels("conv1.w[0")});

  std::vector<GridCell> dx(36);
  for (int i = 0; i < 36; ++i) {
    dx[static_cast<std::size_t>(i)] = {.value = dx_at(i / 6, i % 6),
                                       .state = i < 15 ? CellState::kValue : CellState::kPending};
  }
  dx[14] = {.value = 0, .state = CellState::kRunning};
  const GridLayout gdx = grid_of({720, 208}, 6, 6, 48);
  grid_caption(p, gdx, "∂L/∂X", "6×6");
  const GridMark current[] = {{MarkRole::kCurrent, 2, 2}};
  number_grid(p, gdx, {.name = "stage.dx", .cells = dx, .scale = 2, .marks = current, .label = labels("conv1.dx")});

  std::vector<Token> tokens;
  for (int i = 0; i < 9; ++i) {
    const float a = kDy[static_cast<std::size_t>((i / 3) * 4 + i % 3)];
    const float b = kK[static_cast<std::size_t>(8 - i)];
    tokens.push_back({format_number(static_cast<double>(a)), format_number(static_cast<double>(b)),
                      format_number(static_cast<double>(a * b)), a * b, true});
  }
  const TokenRow row{.name = "stage.terms", .tokens = tokens, .added = 5, .tail = "0 so far", .scale = 1};
  draw_tokens(p, {36, 606}, layout_tokens(row, 900, 2), row);
  bottom_bars(p, "Pixel (2, 2) took part in nine outputs. What it did to the loss comes back flipped.", 110);
}

void phone(Painter& p) {
  header(p, {});
  std::vector<GridCell> x = cells_of(kX);
  for (int i = 0; i < 36; ++i) x[static_cast<std::size_t>(i)].dim = i / 6 < 1 || i / 6 > 3 || i % 6 < 1 || i % 6 > 3;
  const GridLayout gx = fit_grid({18, 84, 354, 330}, 6, 6, 64);
  grid_caption(p, gx, "X", "6×6");
  const GridMark window[] = {{MarkRole::kWindow, 1, 1, 3, 3}};
  number_grid(p, gx, {.name = "stage.x", .cells = x, .scale = 3, .marks = window, .label = labels("input")});
  const GridLayout gk = grid_of({18, 450}, 3, 3, 42);
  grid_caption(p, gk, "K", "3×3");
  std::vector<GridCell> k = cells_of(kK);
  for (std::uint8_t i = 0; i < 9; ++i) k[i].letter = static_cast<std::uint8_t>('a' + i);
  number_grid(p, gk, {.name = "stage.k", .cells = k, .scale = 1, .label = labels("conv1.w[0")});
  std::vector<GridCell> y(16, {.state = CellState::kPending});
  for (int i = 0; i < 5; ++i) y[static_cast<std::size_t>(i)] = {.value = y_at(i / 4, i % 4)};
  y[5] = {.state = CellState::kCovered};
  const GridLayout gy = grid_of({206, 450}, 4, 4, 39);
  grid_caption(p, gy, "Y", "4×4");
  const GridMark current[] = {{MarkRole::kCurrent, 1, 1}};
  number_grid(p, gy, {.name = "stage.y", .cells = y, .scale = 6, .marks = current, .label = labels("conv1.y")});
  text_block(p, {18, 626, 354, 60}, "Nine numbers, nine weights. What goes into the marked cell?", {Face::kSans, 18},
             p.theme().ink);
  const std::vector<ScrubPhase> all = phases();
  const Transport spec = transport_spec(all, 5);
  const float height = transport_height(p, 354, spec);
  transport(p, {18, 844 - height - 12, 354, height}, spec);
}

void sheet(Painter& p) {
  const Theme& t = p.theme();
  Rect left{40, 40, 520, 940};
  const auto caption = [&](Rect& column, std::string_view words) {
    cut_top(column, text_block(p, column, words, text_style(TextRole::kCaption), t.dim_ink) + 6);
  };
  const auto show = [&](std::string_view words, const Formula& formula, float width) {
    caption(left, words);
    cut_top(left, draw_formula(p, {left.x, left.y, width, 100}, formula) + 22);
  };
  show("Forward", forward_formula(), 520);
  show("Gradient of the input, wide", gradient_formula(), 520);
  show("Gradient of the input, narrow", gradient_formula(), 300);
  show("With numbers, narrow", number_formula(), 300);
  show("Output size",
       f::row({f::sub(f::var("H"), f::text("out")), f::relation(),
               f::fence("⌊",
                        f::fraction(f::row({f::var("H"), f::binary("+"), f::text("2"), f::var("P"), f::binary("−"),
                                            f::var("k")}),
                                    f::var("s")),
                        "⌋"),
               f::binary("+"), f::text("1")}),
       520);
  show("Softmax",
       f::row({f::sub(f::var("p"), f::var("i")), f::relation(),
               f::fraction(f::sup(f::text("e"), f::sub(f::var("z"), f::var("i"))),
                           f::row({f::sum(f::var("j")), f::sup(f::text("e"), f::sub(f::var("z"), f::var("j")))}))}),
       520);
  show("Update",
       f::row({f::var("K"), f::relation("→"), f::var("K"), f::binary("−"), f::var("η"), f::times(),
               f::partial(f::var("L"), f::var("K"))}),
       520);
  show("Loss",
       f::row({f::var("L"), f::relation(), f::text("−log "), f::sub(f::var("p"), f::var("t")), f::relation(),
               f::number(0.693147)}),
       520);

  Rect right{620, 40, 540, 940};
  caption(right, "Buttons");
  Rect row = cut_top(right, 36);
  const Button buttons[] = {{"g.back", "Back", ButtonStyle::kPlain, Icon::kBack},
                            {"g.next", "Next", ButtonStyle::kPrimary, Icon::kNext, true},
                            {"g.play", "Play", ButtonStyle::kPlain, Icon::kPlay},
                            {"g.quiet", "Share", ButtonStyle::kQuiet},
                            {"g.more", "More", ButtonStyle::kPlain, Icon::kMore, false, true},
                            {"g.on", "Show everything", ButtonStyle::kPlain, Icon::kNone, false, false, false, true}};
  for (const Button& b : buttons) {
    button(p, cut_left(row, button_width(p, b)), b);
    cut_left(row, 10);
  }
  cut_top(right, 22);
  caption(right, "Segmented");
  const std::array<std::string_view, 3> views = {"gather", "scatter", "Tᵀ matrix"};
  segmented(p, {right.x, right.y, segmented_width(p, views), 36}, "g.view", views, 0);
  cut_top(right, 36 + 22);
  caption(right, "Plot");
  std::array<float, 40> loss{};
  for (std::size_t i = 0; i < loss.size(); ++i) loss[i] = 0.693F / (1 + 0.2F * static_cast<float>(i));
  plot(p, cut_top(right, 130), {.name = "g.plot", .label = "Loss", .values = loss, .marker = 12});
  cut_top(right, 22);
  caption(right, "Legend");
  Rect legend = cut_top(right, kLegendHeight);
  colour_legend(p, cut_left(legend, 200), 2.5F, "∂L/∂K");
  cut_top(right, 30);
  caption(right, "Marks and states");
  std::vector<GridCell> cells(14);
  for (int i = 0; i < 14; ++i) cells[static_cast<std::size_t>(i)] = {.value = static_cast<float>(i - 3) / 2};
  cells[7].dim = true;
  cells[8].state = CellState::kRunning;
  cells[9].state = CellState::kPending;
  cells[10].state = CellState::kNothing;
  cells[11].state = CellState::kCovered;
  cells[12].glow = 1;
  cells[13].value = __builtin_nanf("");
  const GridMark marks[] = {{MarkRole::kWindow, 0, 0},  {MarkRole::kCurrent, 0, 1}, {MarkRole::kTerm, 0, 2},
                            {MarkRole::kRelated, 0, 3}, {MarkRole::kHovered, 0, 4}, {MarkRole::kWinner, 0, 5},
                            {MarkRole::kCursor, 0, 6}};
  GridLayout spread = grid_of({right.x + 10, right.y + 10}, 2, 7, 56);
  spread.gap = 16;
  number_grid(p, spread, {.name = "g.marks", .cells = cells, .scale = 3, .marks = marks, .label = labels("g")});
  cut_top(right, 170);
  caption(right, "Terms, many");
  std::vector<Token> tokens;
  for (int i = 0; i < 73; ++i) {
    const float a = static_cast<float>((i * 37) % 19 - 9) / 7;
    const float b = static_cast<float>((i * 11) % 13 - 6) / 9;
    tokens.push_back({format_number(static_cast<double>(a)), format_number(static_cast<double>(b)),
                      format_number(static_cast<double>(a * b)), a * b, i % 5 != 0});
  }
  const TokenRow terms{.name = "g.terms", .tokens = tokens, .added = 40, .tail = "= −0.3842 so far", .scale = 1};
  draw_tokens(p, {right.x, right.y}, layout_tokens(terms, right.w, 2), terms);
  tooltip(p, {900, 560, 40, 20}, std::array<std::string, 2>{"conv1.y[0,3,5]", "0.6931 · 0x3f317218"});
}

void decimals(Painter& p) {
  float x = 40;
  int index = 0;
  for (const float cell : {68.0F, 56.0F, 44.0F, 36.0F, 26.0F, 14.0F, 6.0F}) {
    std::vector<GridCell> cells(16);
    for (int i = 0; i < 16; ++i) {
      cells[static_cast<std::size_t>(i)].value = static_cast<float>((i * 7919) % 1601 - 800) / 813.0F;
    }
    const GridLayout layout = grid_of({x, 80}, 4, 4, cell);
    grid_caption(p, layout, std::to_string(static_cast<int>(cell)), {});
    number_grid(p, layout, {.name = "d" + std::to_string(index), .cells = cells, .scale = 1});
    x += layout.bounds().w + 28;
    ++index;
  }
  std::vector<GridCell> ramp(21);
  for (int i = 0; i < 21; ++i) ramp[static_cast<std::size_t>(i)].value = static_cast<float>(i - 10) / 10;
  const GridLayout row = grid_of({40, 460}, 1, 21, 50);
  grid_caption(p, row, "Ramp", "−1 … 1");
  number_grid(p, row, {.name = "ramp", .cells = ramp, .scale = 1});
  std::vector<GridCell> small(16);
  for (int i = 0; i < 16; ++i) small[static_cast<std::size_t>(i)].value = static_cast<float>(i * i * i) * 1.25e-7F;
  number_grid(p, grid_of({40, 560}, 2, 8, 60), {.name = "small", .cells = small, .scale = 4e-4F});
}

}  // namespace backstep::ui::gallery
