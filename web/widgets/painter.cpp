#include "web/widgets/painter.h"

#include <cmath>

#include "web/widgets/path.h"

namespace backstep::ui {
namespace {

// Half the width of an arrow head as a share of its length.
constexpr float kHeadSlope = 0.42F;

Vec2 direction(Vec2 from, Vec2 to) {
  const Vec2 d = to - from;
  const float length = std::hypot(d.x, d.y);
  return length > 0 ? d * (1 / length) : Vec2{1, 0};
}

void arrow_head(Painter& painter, Vec2 tip, Vec2 along, float head, Colour colour) {
  const Vec2 back = tip - along * head;
  const Vec2 side = Vec2{-along.y, along.x} * (head * kHeadSlope);
  const Vec2 triangle[] = {tip, back + side, back - side};
  painter.fill_polygon(triangle, colour);
}

}  // namespace

void Painter::begin(const Frame& frame) {
  frame_ = frame;
  scope_ = {};
  scope_.clip = frame.viewport;
  do_layer(Layer::kBase);
  do_clip(scope_.clip);
}

void Painter::set_scope(const Scope& scope) {
  const bool new_layer = scope.layer != scope_.layer;
  const bool new_clip = !(scope.clip == scope_.clip);
  scope_ = scope;
  if (new_layer) do_layer(scope.layer);
  if (new_layer || new_clip) do_clip(scope.clip);
}

Rect Painter::to_absolute(const Rect& local) const {
  const Vec2 at = to_absolute(Vec2{local.x, local.y});
  return {at.x, at.y, local.w * scope_.scale, local.h * scope_.scale};
}

Stroke Painter::scoped(const Stroke& stroke) const {
  // Hairlines stay hairlines when the stage is zoomed out.
  const float width = stroke.width <= 1 ? stroke.width : stroke.width * scope_.scale;
  return {scoped(stroke.colour), width, stroke.dash * scope_.scale, stroke.gap * scope_.scale};
}

void Painter::fill_rect(const Rect& rect, Colour colour, float radius) {
  if (invisible() || rect.empty()) return;
  do_fill_rect(to_absolute(rect), scoped(colour), radius * scope_.scale);
}

void Painter::stroke_rect(const Rect& rect, const Stroke& stroke, float radius) {
  if (invisible()) return;
  do_stroke_rect(to_absolute(rect), scoped(stroke), radius * scope_.scale);
}

void Painter::line(Vec2 from, Vec2 to, const Stroke& stroke) {
  const Vec2 points[] = {from, to};
  polyline(points, stroke);
}

void Painter::polyline(std::span<const Vec2> points, const Stroke& stroke, bool closed) {
  if (invisible() || points.size() < 2) return;
  points_.clear();
  for (const Vec2 p : points) points_.push_back(to_absolute(p));
  do_polyline(points_, scoped(stroke), closed);
}

void Painter::fill_polygon(std::span<const Vec2> points, Colour colour) {
  if (invisible() || points.size() < 3) return;
  points_.clear();
  for (const Vec2 p : points) points_.push_back(to_absolute(p));
  do_fill_polygon(points_, scoped(colour));
}

void Painter::fill_circle(Vec2 centre, float radius, Colour colour) {
  if (invisible()) return;
  do_fill_circle(to_absolute(centre), radius * scope_.scale, scoped(colour));
}

void Painter::stroke_circle(Vec2 centre, float radius, const Stroke& stroke) {
  if (invisible()) return;
  do_stroke_circle(to_absolute(centre), radius * scope_.scale, scoped(stroke));
}

void Painter::curve(Vec2 a, Vec2 ca, Vec2 cb, Vec2 b, const Stroke& stroke) {
  if (invisible()) return;
  points_.clear();
  const Vec2 p[] = {to_absolute(a), to_absolute(ca), to_absolute(cb), to_absolute(b)};
  points_.push_back(p[0]);
  cubic_path(p[0], p[1], p[2], p[3], cubic_segments(p[0], p[1], p[2], p[3]), &points_);
  do_polyline(points_, scoped(stroke), false);
}

void Painter::arrow(Vec2 from, Vec2 to, const Stroke& stroke, float head) {
  const Vec2 along = direction(from, to);
  // The line stops inside the head, so that its square end does not blunt the tip.
  line(from, to - along * (head * 0.7F), stroke);
  arrow_head(*this, to, along, head, stroke.colour);
}

void Painter::curved_arrow(Vec2 a, Vec2 ca, Vec2 cb, Vec2 b, const Stroke& stroke, float head) {
  const Vec2 along = direction(cb == b ? a : cb, b);
  curve(a, ca, cb, b - along * (head * 0.7F), stroke);
  arrow_head(*this, b, along, head, stroke.colour);
}

void Painter::text(Vec2 at, std::string_view text, const TextStyle& style, Colour colour, Align align) {
  if (invisible() || text.empty()) return;
  const float width = text_width(text, style);
  const float shift = align == Align::kLeft ? 0 : align == Align::kCentre ? width / 2 : width;
  do_text(to_absolute(Vec2{at.x - shift, at.y}), text, {style.face, style.size * scope_.scale}, scoped(colour),
          width * scope_.scale);
}

void Painter::text_in(const Rect& rect, std::string_view text_line, const TextStyle& style, Colour colour,
                      Align align) {
  const float x = align == Align::kLeft ? rect.x : align == Align::kCentre ? rect.centre().x : rect.right();
  text({x, rect.centre().y + font_metrics(style).cap_height / 2}, text_line, style, colour, align);
}

void Painter::tensor_image(const Rect& rect, const TensorImage& image) {
  if (invisible() || rect.empty() || image.h <= 0 || image.w <= 0) return;
  TensorImage scaled_image = image;
  scaled_image.radius *= scope_.scale;
  do_tensor_image(to_absolute(rect), scaled_image, scope_.opacity);
}

HitState Painter::hit(const HitArea& area) {
  HitArea absolute = area;
  absolute.rect = scope_.opacity > 0 ? intersection(to_absolute(area.rect), scope_.clip) : Rect{};
  HitState state = do_hit(absolute);
  const float to_local = 1 / scope_.scale;
  state.pointer = (state.pointer - scope_.offset) * to_local;
  state.drag_delta = state.drag_delta * to_local;
  state.drag_total = state.drag_total * to_local;
  return state;
}

Painter::Scope translated(const Painter& painter, Vec2 by) {
  Painter::Scope scope = painter.scope();
  scope.offset = painter.to_absolute(by);
  return scope;
}

Painter::Scope scaled(const Painter& painter, Vec2 about, float factor) {
  Painter::Scope scope = painter.scope();
  const Vec2 fixed = painter.to_absolute(about);
  scope.scale *= factor;
  scope.offset = fixed - about * scope.scale;
  return scope;
}

Painter::Scope with_opacity(const Painter& painter, float opacity) {
  Painter::Scope scope = painter.scope();
  scope.opacity *= std::clamp(opacity, 0.0F, 1.0F);
  return scope;
}

Painter::Scope clipped(const Painter& painter, const Rect& local) {
  Painter::Scope scope = painter.scope();
  scope.clip = intersection(scope.clip, painter.to_absolute(local));
  return scope;
}

Painter::Scope on_layer(const Painter& painter, Layer layer) {
  Painter::Scope scope = painter.scope();
  scope.layer = layer;
  scope.clip = painter.frame().viewport;
  return scope;
}

}  // namespace backstep::ui
