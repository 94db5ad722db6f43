// The painter of the page: Dear ImGui's draw list makes triangles out of shapes, our renderer draws them. Nothing else
// of ImGui is used, no windows, widgets or frames: its draw list works on its own and brings a fifth of the code along.
//
// Everything is handed to it in device pixels, and edges that lie along the axes are rounded to whole ones, so that
// cells, hairlines and text are crisp at every device pixel ratio, 1.25 and 1.5 included.
#pragma once

#include <imgui.h>
#include <imgui_internal.h>  // ImDrawListSharedData

#include <array>
#include <vector>

#include "web/gpu/glyph_atlas.h"
#include "web/gpu/heatmaps.h"
#include "web/gpu/renderer.h"
#include "web/widgets/hit_tester.h"
#include "web/widgets/painter.h"
#include "web/widgets/path.h"

namespace backstep::gpu {

// The canvas as the platform measured it.
struct Canvas {
  int width = 0;  // device pixels
  int height = 0;
  float pixel_ratio = 1;  // device pixels in a CSS pixel

  ui::Rect viewport() const {
    return {0, 0, static_cast<float>(width) / pixel_ratio, static_cast<float>(height) / pixel_ratio};
  }
};

class ImGuiPainter final : public ui::Painter {
 public:
  ImGuiPainter();

  // Makes all GL objects: needs a current context, and is called again after a lost one has come back.
  void create_gl_objects();

  // Between these two, views draw. `frame.viewport` is `canvas.viewport()`.
  void begin_frame(const Canvas& canvas, const ui::Frame& frame, const ui::PointerInput& pointer);
  void end_frame();

  // Whether a view, or the painter itself, asked for another frame.
  bool wants_frame() const { return wants_frame_; }
  void request_frame() override { wants_frame_ = true; }

  ui::HitTester& hits() { return hits_; }
  const ui::HitTester& hits() const { return hits_; }

 private:
  void do_fill_rect(const ui::Rect& rect, ui::Colour colour, float radius) override;
  void do_stroke_rect(const ui::Rect& rect, const ui::Stroke& stroke, float radius) override;
  void do_polyline(std::span<const ui::Vec2> points, const ui::Stroke& stroke, bool closed) override;
  void do_fill_polygon(std::span<const ui::Vec2> points, ui::Colour colour) override;
  void do_fill_circle(ui::Vec2 centre, float radius, ui::Colour colour) override;
  void do_stroke_circle(ui::Vec2 centre, float radius, const ui::Stroke& stroke) override;
  void do_text(ui::Vec2 baseline, std::string_view text, const ui::TextStyle& style, ui::Colour colour,
               float width) override;
  void do_tensor_image(const ui::Rect& rect, const ui::TensorImage& image, float opacity) override;
  void do_clip(const ui::Rect& clip) override;
  void do_layer(ui::Layer layer) override;
  ui::HitState do_hit(const ui::HitArea& area) override;

  // CSS pixels to device pixels.
  ImVec2 scaled(ui::Vec2 point) const { return {point.x * ratio_, point.y * ratio_}; }
  float snapped(float length) const;
  float stroke_width(float width) const;
  // The rectangle whose edges lie on whole device pixels; in device pixels, at least one wide and high.
  ui::Rect snapped(const ui::Rect& rect) const;
  // Middle of a stroke that is `width` device pixels wide, so that both its edges are on whole pixels.
  float stroke_middle(float position, float width) const;
  void draw_path(std::span<const ui::Vec2> device_points, const ui::Stroke& stroke, float width, bool closed);

  GlyphAtlas atlas_;
  Heatmaps heatmaps_;
  Renderer renderer_;
  ui::HitTester hits_;
  ImDrawListSharedData shared_;
  ImDrawList list_{&shared_};
  ImDrawListSplitter layers_;
  Canvas canvas_;
  float ratio_ = 1;
  bool wants_frame_ = false;
  std::vector<ui::Vec2> path_;  // reused
  ui::Dashes dashes_;
};

}  // namespace backstep::gpu
