#include "web/gpu/imgui_painter.h"

#include <algorithm>
#include <cmath>

namespace backstep::gpu {
namespace {

ImU32 packed(ui::Colour colour) { return IM_COL32(colour.r, colour.g, colour.b, colour.a); }

// Twice the signed area: positive when the points run clockwise on the screen, where y points down.
float turning(std::span<const ui::Vec2> points) {
  float sum = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const ui::Vec2 a = points[i];
    const ui::Vec2 b = points[(i + 1) % points.size()];
    sum += a.x * b.y - b.x * a.y;
  }
  return sum;
}

}  // namespace

ImGuiPainter::ImGuiPainter() {
  shared_.InitialFlags = ImDrawListFlags_AntiAliasedLines | ImDrawListFlags_AntiAliasedFill;
  shared_.SetCircleTessellationMaxError(0.1F);
}

void ImGuiPainter::create_gl_objects() { renderer_.create(atlas_, heatmaps_); }

void ImGuiPainter::begin_frame(const Canvas& canvas, const ui::Frame& frame, const ui::PointerInput& pointer) {
  canvas_ = canvas;
  ratio_ = canvas.pixel_ratio;
  wants_frame_ = false;
  if (atlas_.overflowed()) atlas_.make_room();
  heatmaps_.begin_frame();
  hits_.begin(pointer);

  // Shapes are filled from the glyph atlas too.
  shared_.TexUvWhitePixel = {GlyphAtlas::kFullX / static_cast<float>(atlas_.width()),
                             GlyphAtlas::kFullY / static_cast<float>(atlas_.height())};
  list_._ResetForNewFrame();
  list_.PushTextureID(nullptr);
  list_.PushClipRect({0, 0}, {static_cast<float>(canvas.width), static_cast<float>(canvas.height)});
  layers_.Split(&list_, ui::kLayerCount);
  begin(frame);
}

void ImGuiPainter::end_frame() {
  hits_.end();
  layers_.Merge(&list_);
  renderer_.draw(list_, canvas_.width, canvas_.height, theme(), atlas_, heatmaps_);
  if (atlas_.overflowed()) request_frame();  // this frame lacks glyphs
}

float ImGuiPainter::snapped(float length) const { return std::floor(length * ratio_ + 0.5F); }

ui::Rect ImGuiPainter::snapped(const ui::Rect& rect) const {
  const float x = snapped(rect.x);
  const float y = snapped(rect.y);
  return {x, y, std::max(1.0F, snapped(rect.right()) - x), std::max(1.0F, snapped(rect.bottom()) - y)};
}

float ImGuiPainter::stroke_width(float width) const { return std::max(1.0F, snapped(width)); }

float ImGuiPainter::stroke_middle(float position, float width) const {
  return std::floor(position * ratio_ - width / 2 + 0.5F) + width / 2;
}

void ImGuiPainter::do_fill_rect(const ui::Rect& rect, ui::Colour colour, float radius) {
  const ui::Rect r = snapped(rect);
  list_.AddRectFilled({r.x, r.y}, {r.right(), r.bottom()}, packed(colour), radius * ratio_);
}

void ImGuiPainter::do_stroke_rect(const ui::Rect& rect, const ui::Stroke& stroke, float radius) {
  const float width = stroke_width(stroke.width);
  const float x = stroke_middle(rect.x, width);
  const float y = stroke_middle(rect.y, width);
  const ui::Rect middle{x, y, stroke_middle(rect.right(), width) - x, stroke_middle(rect.bottom(), width) - y};
  if (stroke.dash > 0) {
    path_.clear();
    rounded_rect_path(middle, radius * ratio_, &path_);
    draw_path(path_, stroke, width, true);
    return;
  }
  list_.PathRect({middle.x, middle.y}, {middle.right(), middle.bottom()}, radius * ratio_);
  list_.PathStroke(packed(stroke.colour), ImDrawFlags_Closed, width);
}

void ImGuiPainter::do_polyline(std::span<const ui::Vec2> points, const ui::Stroke& stroke, bool closed) {
  path_.clear();
  float width = std::max(1.0F, stroke.width * ratio_);
  if (points.size() == 2 && (points[0].x == points[1].x || points[0].y == points[1].y)) {
    // A line along an axis: only across itself is it moved to whole pixels.
    width = stroke_width(stroke.width);
    const bool vertical = points[0].x == points[1].x;
    for (const ui::Vec2 p : points) {
      path_.push_back(vertical ? ui::Vec2{stroke_middle(p.x, width), snapped(p.y)}
                               : ui::Vec2{snapped(p.x), stroke_middle(p.y, width)});
    }
  } else {
    for (const ui::Vec2 p : points) path_.push_back(p * ratio_);
  }
  draw_path(path_, stroke, width, closed);
}

void ImGuiPainter::draw_path(std::span<const ui::Vec2> device_points, const ui::Stroke& stroke, float width,
                             bool closed) {
  const auto add = [&](std::span<const ui::Vec2> points, bool whole) {
    for (const ui::Vec2 p : points) list_.PathLineTo({p.x, p.y});
    list_.PathStroke(packed(stroke.colour), whole ? ImDrawFlags_Closed : ImDrawFlags_None, width);
  };
  if (stroke.dash <= 0) {
    add(device_points, closed);
    return;
  }
  dashes_.points.clear();
  dashes_.ends.clear();
  dash_path(device_points, closed, stroke.dash * ratio_, stroke.gap * ratio_, &dashes_);
  std::size_t begin = 0;
  for (const std::size_t end : dashes_.ends) {
    add(std::span(dashes_.points).subspan(begin, end - begin), false);
    begin = end;
  }
}

void ImGuiPainter::do_fill_polygon(std::span<const ui::Vec2> points, ui::Colour colour) {
  // The soft edge lies outside only when the points run clockwise.
  const bool reversed = turning(points) < 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    list_.PathLineTo(scaled(points[reversed ? points.size() - 1 - i : i]));
  }
  list_.PathFillConvex(packed(colour));
}

void ImGuiPainter::do_fill_circle(ui::Vec2 centre, float radius, ui::Colour colour) {
  list_.AddCircleFilled(scaled(centre), radius * ratio_, packed(colour));
}

void ImGuiPainter::do_stroke_circle(ui::Vec2 centre, float radius, const ui::Stroke& stroke) {
  const float width = std::max(1.0F, stroke.width * ratio_);
  if (stroke.dash <= 0) {
    list_.AddCircle(scaled(centre), radius * ratio_, packed(stroke.colour), 0, width);
    return;
  }
  path_.clear();
  const float r = radius * ratio_;
  rounded_rect_path({centre.x * ratio_ - r, centre.y * ratio_ - r, 2 * r, 2 * r}, r, &path_);
  draw_path(path_, stroke, width, true);
}

void ImGuiPainter::do_text(ui::Vec2 baseline, std::string_view text, const ui::TextStyle& style, ui::Colour colour,
                           float /*width*/) {
  const float em = style.size * ratio_;
  const float y = snapped(baseline.y);
  const float to_u = 1 / static_cast<float>(atlas_.width());
  const float to_v = 1 / static_cast<float>(atlas_.height());
  const ImU32 packed_colour = packed(colour);
  float pen = baseline.x * ratio_;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t code_point = ui::next_code_point(text, &at);
    const Glyph* glyph = atlas_.find(style.face, em, code_point, pen);
    if (glyph != nullptr && glyph->width > 0) {
      const ImVec2 from{std::floor(pen) + glyph->x, y + glyph->y};
      const ImVec2 to{from.x + glyph->width, from.y + glyph->height};
      const ImVec2 uv{static_cast<float>(glyph->atlas_x) * to_u, static_cast<float>(glyph->atlas_y) * to_v};
      list_.PrimReserve(6, 4);
      list_.PrimRectUV(from, to, uv, {uv.x + glyph->width * to_u, uv.y + glyph->height * to_v}, packed_colour);
    }
    pen += atlas_.advance(style.face, code_point) * em;
  }
}

void ImGuiPainter::do_tensor_image(const ui::Rect& rect, const ui::TensorImage& image, float opacity) {
  const ui::Rect r = snapped(rect);
  const int number = heatmaps_.add(image, r.w, r.h, image.radius * ratio_);
  list_.PushTextureID(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(number + 1)));
  list_.PrimReserve(6, 4);
  const auto alpha = static_cast<std::uint8_t>(std::clamp(opacity, 0.0F, 1.0F) * 255 + 0.5F);
  list_.PrimRectUV({r.x, r.y}, {r.right(), r.bottom()}, {0, 0}, {1, 1}, IM_COL32(255, 255, 255, alpha));
  list_.PopTextureID();
}

void ImGuiPainter::do_clip(const ui::Rect& clip) {
  const float x = snapped(clip.x);
  const float y = snapped(clip.y);
  list_.PopClipRect();
  list_.PushClipRect({x, y}, {snapped(clip.right()), snapped(clip.bottom())});
}

void ImGuiPainter::do_layer(ui::Layer layer) { layers_.SetCurrentChannel(&list_, static_cast<int>(layer)); }

ui::HitState ImGuiPainter::do_hit(const ui::HitArea& area) {
  const ui::Layer layer = scope().layer;
  return hits_.hit(area, layer);
}

}  // namespace backstep::gpu
