#include "web/views/check_panel.h"

#include "engine/format.h"
#include "web/app/gradient_check.h"
#include "web/widgets/controls.h"
#include "web/widgets/plot.h"

namespace backstep::views {
namespace {

constexpr float kPlot = 96;  // px

void draw_row(Column& column, const char* precision, const NumericGradient& g) {
  ui::Painter& painter = column.painter();
  const ui::Theme& t = painter.theme();
  const ui::Rect row = column.take(22, 0);
  const ui::TextStyle style{ui::Face::kSans, 14};
  const bool agree = app::agrees(g);
  painter.text_in(row, precision, style, t.dim_ink, ui::Align::kLeft);
  painter.text_in({row.x + 58, row.y, row.w, row.h}, "numeric " + format_number(g.numeric), style, t.ink,
                  ui::Align::kLeft);
  painter.text_in(row, agree ? "✓ agrees" : "✗ differs", style, agree ? t.ink : t.error, ui::Align::kRight);
}

}  // namespace

void draw_check(Column& column, const app::Model& model, Intents& intents) {
  if (!model.check) return;
  const app::GradientCheck& check = *model.check;
  ui::Painter& painter = column.painter();
  const ui::Theme& t = painter.theme();
  const ui::TextStyle body{ui::Face::kSans, 14};
  column.title("Gradient check at " + check.variable);
  column.text("(L(+ε) − L(−ε)) / 2ε against the backward pass’s " + format_number(check.wide.analytic), body, t.ink, 8);
  draw_row(column, "double", check.wide);
  draw_row(column, "float", check.narrow);
  column.take(4, 0);
  const ui::Rect label = column.take(20, 0);
  painter.text_in(label, "ε = " + format_number(check.eps), body, t.ink, ui::Align::kLeft);
  const float height = ui::control_height(painter);
  const int index = ui::slider(painter, column.take(height, 6), "inspector.check", "Width of the gradient check, eps",
                               model.state.check_width, app::kCheckWidths);
  if (index >= 0 && index != model.state.check_width) intents.push_back(app::SetCheckWidth{index});
  const std::string text = app::check_text(check);
  const std::size_t last = text.rfind(". ", text.size() - 2);
  const bool remark = !check.kink.empty() || app::agrees(check.wide) != app::agrees(check.narrow);
  if (remark && last != std::string::npos) column.text(std::string_view(text).substr(last + 2), body, t.ink, 10);
  if (check.wide_errors.empty()) return static_cast<void>(column.take(0));
  const ui::Rect area = column.take(kPlot, 4);
  ui::plot(painter, area,
           {.name = "inspector.check.plot",
            .label = "Distance of the numeric gradient over eps, double and float",
            .values = check.wide_errors,
            .second = check.narrow_errors,
            .marker = model.state.check_width,
            .from_zero = false});
  column.text("log10 of the distance: double a line, float dashed; ε falls from 1 to 1e−10", {ui::Face::kSans, 12},
              t.dim_ink);
}

}  // namespace backstep::views
