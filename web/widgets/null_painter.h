// A painter without a screen: it remembers what was drawn, plays the pointer and finds what would look broken.
#pragma once

#include <string>
#include <vector>

#include "web/widgets/hit_tester.h"
#include "web/widgets/painter.h"

namespace backstep::ui {

struct DrawnItem {
  enum class Kind : std::uint8_t { kFill, kOutline, kPath, kPolygon, kCircle, kText, kImage };
  Kind kind = Kind::kFill;
  Layer layer = Layer::kBase;
  Colour colour;
  Rect rect;         // absolute bounds; of a text: from the height of its capitals to the baseline
  Rect clip;         // absolute
  float width = 0;   // of the stroke
  std::string text;  // empty for shapes
  TextStyle style;
  std::uint64_t content = 0;  // hash of what the fields above do not say: points, dashes, the cells of an image
};

struct DrawnArea {
  HitId id = 0;
  Rect rect;  // absolute, clipped
  std::string label;
  HitRole role = HitRole::kButton;
  std::uint32_t flags = 0;
  Layer layer = Layer::kBase;
};

class NullPainter final : public Painter {
 public:
  explicit NullPainter(Vec2 size, ThemeKind theme = ThemeKind::kLight);

  // Changes that hold from the next frame on.
  void resize(Vec2 size) { next_.viewport = {0, 0, size.x, size.y}; }
  void set_theme(ThemeKind kind) { next_.theme = &ui::theme(kind); }
  void set_motion(bool motion) { next_.motion = motion; }
  void set_touch(bool touch) { next_.coarse_pointer = pointer_.touch = touch; }
  void advance(double seconds) { next_.time = pointer_.time = pointer_.time + seconds; }
  PointerInput& pointer() { return pointer_; }
  void focus(HitId id) { tester_.focus(id); }

  void begin_frame();
  void end_frame();

  // One frame of `draw`, any callable of (Painter&).
  template <class Draw>
  void frame_of(Draw&& draw) {
    begin_frame();
    draw(static_cast<Painter&>(*this));
    end_frame();
  }
  // Moves to a point, presses and releases, a frame for each, as a mouse does; the click is reported in the last frame.
  template <class Draw>
  void click_at(Vec2 at, Draw&& draw) {
    pointer_.position = at;
    pointer_.inside = true;
    frame_of(draw);
    pointer_.down = true;
    frame_of(draw);
    pointer_.down = false;
    frame_of(draw);
  }
  // Clicks the middle of the area with this label; false if there is none in the last frame.
  template <class Draw>
  bool click(std::string_view label, Draw&& draw) {
    const DrawnArea* area = find_area(label);
    if (area == nullptr || area->rect.empty()) return false;
    click_at(area->rect.centre(), draw);
    return true;
  }
  // Presses at one point and releases at another, `steps` frames on the way.
  template <class Draw>
  void drag(Vec2 from, Vec2 to, Draw&& draw, int steps = 4) {
    pointer_.position = from;
    pointer_.inside = true;
    frame_of(draw);
    pointer_.down = true;
    frame_of(draw);
    for (int i = 1; i <= steps; ++i) {
      pointer_.position = lerp(from, to, static_cast<float>(i) / static_cast<float>(steps));
      frame_of(draw);
    }
    pointer_.down = false;
    frame_of(draw);
  }

  // What the last frame held.
  const std::vector<DrawnItem>& items() const { return items_; }
  const std::vector<DrawnArea>& areas() const { return areas_; }
  bool wants_frame() const { return wants_frame_; }
  const DrawnArea* find_area(std::string_view label) const;
  const DrawnItem* find_text(std::string_view text) const;  // exact text of one draw call
  bool has_text(std::string_view part) const;               // anywhere inside a draw call
  int count(DrawnItem::Kind kind) const;
  // Equal for frames that look the same.
  std::uint64_t digest() const;

  // One line for each text that is cut off by its clip or the viewport (but by scrolling), lies on another text, or has
  // too little contrast with what lies below it (4.5:1; 3:1 from 24 px on; disabled controls may have less); for each
  // area under 24 px (44 for touch) or without a label.
  std::vector<std::string> problems() const;

  void request_frame() override { wants_frame_ = true; }

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
  HitState do_hit(const HitArea& area) override;

 private:
  DrawnItem& add(DrawnItem::Kind kind, const Rect& rect, Colour colour);

  Frame next_;
  PointerInput pointer_;
  HitTester tester_;
  std::vector<DrawnItem> items_;
  std::vector<DrawnArea> areas_;
  Rect clip_;
  Layer layer_ = Layer::kBase;
  bool wants_frame_ = false;
};

}  // namespace backstep::ui
