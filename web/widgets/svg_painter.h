// Writes what a view draws as one SVG document with real text, for export and for the headless program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/widgets/painter.h"

namespace backstep::ui {

class SvgPainter final : public Painter {
 public:
  // The document is size.x by size.y px; title and description are read out by assistive tools.
  SvgPainter(Vec2 size, ThemeKind theme, std::string_view title, std::string_view description);

  // The finished document; the painter draws nothing afterwards.
  std::string finish();

  void request_frame() override {}
  bool wants_labels() const override { return false; }

 protected:
  void do_fill_rect(const Rect& rect, Colour colour, float radius) override;
  void do_stroke_rect(const Rect& rect, const Stroke& stroke, float radius) override;
  void do_polyline(std::span<const Vec2> points, const Stroke& stroke, bool closed) override;
  void do_fill_polygon(std::span<const Vec2> points, Colour colour) override;
  void do_fill_circle(Vec2 centre, float radius, Colour colour) override;
  void do_stroke_circle(Vec2 centre, float radius, const Stroke& stroke) override;
  void do_text(Vec2 baseline, std::string_view text, const TextStyle& style, Colour colour, float width) override;
  void do_tensor_image(const Rect& rect, const TensorImage& image, float opacity) override;
  void do_clip(const Rect& clip) override { clip_ = clip; }
  void do_layer(Layer layer) override { layer_ = layer; }
  HitState do_hit(const HitArea&) override { return {}; }

 private:
  // Elements of one layer; those with the same clip share a group.
  struct Body {
    std::string text;
    Rect clip;
    bool in_group = false;
  };
  std::string& body();
  std::string clip_id(const Rect& clip);

  std::string head_;
  std::string defs_;
  Body bodies_[kLayerCount];
  std::vector<Rect> clips_;
  Rect clip_;
  Layer layer_ = Layer::kBase;
};

// Appends a number with at most two decimals, no trailing zeros: SVG's measures.
void append_number(std::string* out, float value);
// Appends text with the five XML characters escaped and control characters left out.
void append_escaped(std::string* out, std::string_view text);

}  // namespace backstep::ui
