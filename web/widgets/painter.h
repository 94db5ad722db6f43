// The one Painter through which every view draws and hears the pointer. Back ends: ImGui (the page), SVG (export), null
// (tests).
//
// Immediate mode: a view calls the painter in each frame and keeps no drawing. All lengths are CSS pixels; the device
// pixel ratio and the page's zoom are the back end's business. Public calls apply the current scope (translation,
// scale, opacity, clip) and hand absolute coordinates and final colours to the protected do_... calls of the back end.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "web/widgets/colour.h"
#include "web/widgets/font.h"
#include "web/widgets/geometry.h"

namespace backstep::ui {

// Constant during one frame.
struct Frame {
  Rect viewport = {};  // the whole canvas, at (0, 0)
  const Theme* theme = nullptr;
  double time = 0;              // seconds, monotonic; for animation only
  bool motion = true;           // false: cut to the end state instead of moving
  bool coarse_pointer = false;  // touch: targets of at least 44 px
};

struct Stroke {
  Colour colour;
  float width = 1;  // centred on the outline; axis-aligned strokes of width <= 1 are snapped to device pixels
  float dash = 0;   // length of a dash, 0: solid
  float gap = 0;    // length of the gap after it
};

enum class Align : std::uint8_t { kLeft, kCentre, kRight };

// Drawing order: all of base, then all of raised, then all of overlay. Hit areas obey the same order.
enum class Layer : std::uint8_t { kBase, kRaised, kOverlay };
inline constexpr int kLayerCount = 3;

// A plane of h x w floats drawn as a heat map of the theme's colour map, cell by cell, no interpolation.
struct TensorImage {
  std::uint64_t key = 0;               // identity of the plane: same key, same texture
  std::uint64_t version = 0;           // uploaded again only when this changes
  std::span<const float> values = {};  // [h, w] row-major, must live until the call returns
  int h = 0;
  int w = 0;
  float scale = 0;  // the colours' ends are -scale and +scale
  std::int64_t known =
      INT64_MAX;     // the first `known` values are computed; the others are drawn empty (not uploaded anew)
  float radius = 0;  // of the whole image's corners
};

using HitId = std::uint64_t;

// Stable id of a dotted name such as "transport.next"; `index` tells members of a family apart (cells of a grid).
// FNV-1a, so that the accessible mirror can find an area by the same name.
constexpr HitId hit_id(std::string_view name, std::uint64_t index = 0) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  for (; index != 0; index >>= 8) hash = (hash ^ (index & 255)) * 1099511628211ULL;
  return hash;
}

enum class HitRole : std::uint8_t { kButton, kToggle, kOption, kSlider, kCell, kImage, kLink, kRegion };

// Bits of HitArea::flags.
inline constexpr std::uint32_t kHitDrag = 1;       // moving while pressed is a drag, and then no click
inline constexpr std::uint32_t kHitLongPress = 2;  // half a second without moving is a long press, and then no click
inline constexpr std::uint32_t kHitWheel = 4;      // takes the wheel (and pinch); otherwise the area below gets it
inline constexpr std::uint32_t kHitDisabled = 8;   // blocks what is below, reports nothing
inline constexpr std::uint32_t kHitSelected = 16;  // aria-pressed or aria-checked

struct HitArea {
  HitId id = 0;
  Rect rect = {};
  std::string_view label = {};  // accessible name: "Next", "conv1.y[0,3,5]"
  HitRole role = HitRole::kButton;
  std::uint32_t flags = 0;
};

// What the pointer did to an area; distances in the coordinates of the current scope.
struct HitState {
  bool hovered = false;         // topmost area under a mouse or pen, or under the finger that is down
  bool pressed = false;         // button or finger is down and went down here
  bool clicked = false;         // released here in this frame
  bool double_clicked = false;  // together with the second clicked
  bool long_pressed = false;    // in the frame the half second is over; a right click counts as one
  bool dragging = false;        // a drag that began here is going on
  bool drag_ended = false;      // released in this frame after dragging
  bool resting = false;         // came under a pointer that has not moved since: nobody has pointed at it
  bool focused = false;         // keyboard focus is on this area (or on its twin in the mirror): draw a focus ring
  Vec2 pointer = {};            // position, valid while hovered or pressed
  Vec2 drag_delta = {};         // since the last frame, while dragging
  Vec2 drag_total = {};         // since the press
  Vec2 wheel = {};              // scrolled distance, lines are 40 px
  float zoom = 1;               // pinch or ctrl+wheel factor of this frame
};

class Painter {
 public:
  virtual ~Painter() = default;
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;

  const Frame& frame() const { return frame_; }
  const Theme& theme() const { return *frame_.theme; }
  // Asks for another frame after this one; call it only while something really moves.
  virtual void request_frame() = 0;
  // Whether labels of hit areas are read; a view with thousands of cells may leave them empty otherwise.
  virtual bool wants_labels() const { return true; }

  // Shapes.
  void fill_rect(const Rect& rect, Colour colour, float radius = 0);
  void stroke_rect(const Rect& rect, const Stroke& stroke, float radius = 0);
  void line(Vec2 from, Vec2 to, const Stroke& stroke);
  void polyline(std::span<const Vec2> points, const Stroke& stroke, bool closed = false);
  void fill_polygon(std::span<const Vec2> points, Colour colour);  // convex, any winding
  void fill_circle(Vec2 centre, float radius, Colour colour);
  void stroke_circle(Vec2 centre, float radius, const Stroke& stroke);
  // Cubic curve from a to b with control points ca and cb.
  void curve(Vec2 a, Vec2 ca, Vec2 cb, Vec2 b, const Stroke& stroke);
  // Line or curve that ends in a filled head of `head` px length at its last point.
  void arrow(Vec2 from, Vec2 to, const Stroke& stroke, float head = 7);
  void curved_arrow(Vec2 a, Vec2 ca, Vec2 cb, Vec2 b, const Stroke& stroke, float head = 7);

  // One line of UTF-8 text with its baseline at `at.y`; at.x is its left end, centre or right end.
  void text(Vec2 at, std::string_view text, const TextStyle& style, Colour colour, Align align = Align::kLeft);
  // The same, its digits and capitals centred vertically in the rectangle.
  void text_in(const Rect& rect, std::string_view text, const TextStyle& style, Colour colour,
               Align align = Align::kCentre);

  void tensor_image(const Rect& rect, const TensorImage& image);

  // Declares an area and tells what the pointer did to it. Topmost is what was declared last in the previous frame.
  HitState hit(const HitArea& area);

  // Scopes; use the guards below.
  struct Scope {
    float scale = 1;
    Vec2 offset;  // absolute = local * scale + offset
    float opacity = 1;
    Rect clip;  // absolute
    Layer layer = Layer::kBase;
  };
  const Scope& scope() const { return scope_; }
  void set_scope(const Scope& scope);
  Vec2 to_absolute(Vec2 local) const { return local * scope_.scale + scope_.offset; }
  Rect to_absolute(const Rect& local) const;
  // Whether anything inside the local rectangle could be seen: views skip what is clipped away.
  bool visible(const Rect& local) const { return to_absolute(local).overlaps(scope_.clip) && scope_.opacity > 0; }

 protected:
  Painter() = default;
  // Each back end calls this at the start of a frame, after its own preparation.
  void begin(const Frame& frame);

  virtual void do_fill_rect(const Rect& rect, Colour colour, float radius) = 0;
  virtual void do_stroke_rect(const Rect& rect, const Stroke& stroke, float radius) = 0;
  virtual void do_polyline(std::span<const Vec2> points, const Stroke& stroke, bool closed) = 0;
  virtual void do_fill_polygon(std::span<const Vec2> points, Colour colour) = 0;
  virtual void do_fill_circle(Vec2 centre, float radius, Colour colour) = 0;
  virtual void do_stroke_circle(Vec2 centre, float radius, const Stroke& stroke) = 0;
  // `baseline` is the left end of the baseline, `width` what text_width gave.
  virtual void do_text(Vec2 baseline, std::string_view text, const TextStyle& style, Colour colour, float width) = 0;
  virtual void do_tensor_image(const Rect& rect, const TensorImage& image, float opacity) = 0;
  // Replaces the clip rectangle and the layer for the calls that follow.
  virtual void do_clip(const Rect& clip) = 0;
  virtual void do_layer(Layer layer) = 0;
  // The rectangle is absolute and already cut by the clip (it may be empty); the state's lengths are absolute too.
  virtual HitState do_hit(const HitArea& area) = 0;

 private:
  Stroke scoped(const Stroke& stroke) const;
  Colour scoped(Colour colour) const { return faded(colour, scope_.opacity); }
  bool invisible() const { return scope_.opacity <= 0 || scope_.clip.empty(); }

  Frame frame_;
  Scope scope_;
  std::vector<Vec2> points_;  // absolute points of the call in progress
};

// A scope that ends with the block it stands in.
class ScopeGuard {
 public:
  ScopeGuard(Painter& painter, const Painter::Scope& scope) : painter_(painter), saved_(painter.scope()) {
    painter_.set_scope(scope);
  }
  ~ScopeGuard() { painter_.set_scope(saved_); }
  ScopeGuard(const ScopeGuard&) = delete;
  ScopeGuard& operator=(const ScopeGuard&) = delete;

 private:
  Painter& painter_;
  Painter::Scope saved_;
};

// Scopes made from the current one, to be given to a ScopeGuard.
Painter::Scope translated(const Painter& painter, Vec2 by);
Painter::Scope scaled(const Painter& painter, Vec2 about, float factor);  // about: local point that stays in place
Painter::Scope with_opacity(const Painter& painter, float opacity);
Painter::Scope clipped(const Painter& painter, const Rect& local);
// On another layer nothing of the surrounding clip holds, only the viewport.
Painter::Scope on_layer(const Painter& painter, Layer layer);

}  // namespace backstep::ui
