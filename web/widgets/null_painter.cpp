#include "web/widgets/null_painter.h"

#include <bit>
#include <cmath>

namespace backstep::ui {
namespace {

class Hash {
 public:
  void add(std::uint64_t word) {
    for (int i = 0; i < 8; ++i) value_ = (value_ ^ (word >> (8 * i) & 255)) * 1099511628211ULL;
  }
  void add(float x) { add(static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(x))); }
  void add(const Rect& r) { add(r.x), add(r.y), add(r.w), add(r.h); }
  void add(Vec2 p) { add(p.x), add(p.y); }
  void add(Colour c) {
    add(static_cast<std::uint64_t>(c.r) << 24 | static_cast<std::uint64_t>(c.g) << 16 |
        static_cast<std::uint64_t>(c.b) << 8 | c.a);
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 14695981039346656037ULL;
};

Rect bounds(std::span<const Vec2> points) {
  Vec2 low = points[0];
  Vec2 high = points[0];
  for (const Vec2 p : points) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  return {low.x, low.y, high.x - low.x, high.y - low.y};
}

std::uint64_t points_hash(std::span<const Vec2> points, const Stroke& stroke, bool closed) {
  Hash hash;
  for (const Vec2 p : points) hash.add(p);
  hash.add(stroke.dash), hash.add(stroke.gap), hash.add(static_cast<std::uint64_t>(closed));
  return hash.value();
}

// The colour below the item, put together from the fills under its middle. False on an image, whose colours vary.
bool backdrop(const std::vector<DrawnItem>& items, const DrawnItem& top, Colour ground, Colour* colour) {
  *colour = ground;
  bool known = true;
  const Vec2 at = top.rect.centre();
  for (int layer = 0; layer <= static_cast<int>(top.layer); ++layer) {
    for (const DrawnItem& item : items) {
      if (&item == &top) break;
      if (static_cast<int>(item.layer) != layer || !intersection(item.rect, item.clip).contains(at)) continue;
      if (item.kind == DrawnItem::Kind::kImage) known = false;
      if (item.kind != DrawnItem::Kind::kFill && item.kind != DrawnItem::Kind::kCircle) continue;
      if (item.width > 0) continue;  // an outlined circle
      *colour = composite(item.colour, *colour);
      if (item.colour.a == 255) known = true;
    }
  }
  return known;
}

bool covered(const std::vector<DrawnItem>& items, std::size_t text) {
  const DrawnItem& below = items[text];
  for (std::size_t i = 0; i < items.size(); ++i) {
    const DrawnItem& item = items[i];
    const bool above = item.layer > below.layer || (item.layer == below.layer && i > text);
    if (above && item.kind == DrawnItem::Kind::kFill && item.colour.a == 255 &&
        intersection(item.rect, item.clip).contains(below.rect, 0.5F)) {
      return true;
    }
  }
  return false;
}

std::string at_text(const Rect& r) {
  return " at " + std::to_string(static_cast<int>(r.x)) + "," + std::to_string(static_cast<int>(r.y));
}

// What is scrolled half out of its region can be scrolled back in.
bool scrolls(std::span<const DrawnArea> areas, const Rect& clip) {
  return std::ranges::any_of(areas, [&](const DrawnArea& area) {
    return (area.flags & kHitWheel) != 0 && area.role == HitRole::kRegion && area.rect.contains(clip, 1);
  });
}

bool scrolled_half_out(std::span<const DrawnArea> areas, const Rect& rect) {
  return std::ranges::any_of(areas, [&](const DrawnArea& area) {
    return (area.flags & kHitWheel) != 0 && area.role == HitRole::kRegion && area.rect.contains(rect, 1) &&
           (rect.y <= area.rect.y + 1 || rect.bottom() >= area.rect.bottom() - 1);
  });
}

// Controls that do nothing now are faint on purpose.
bool is_disabled(std::span<const DrawnArea> areas, const DrawnItem& item) {
  return std::ranges::any_of(areas, [&](const DrawnArea& area) {
    return (area.flags & kHitDisabled) != 0 && area.layer == item.layer && area.rect.contains(item.rect, 1);
  });
}

}  // namespace

NullPainter::NullPainter(Vec2 size, ThemeKind kind) {
  next_.viewport = {0, 0, size.x, size.y};
  next_.theme = &ui::theme(kind);
}

void NullPainter::begin_frame() {
  items_.clear();
  areas_.clear();
  wants_frame_ = false;
  tester_.begin(pointer_);
  begin(next_);
}

void NullPainter::end_frame() {
  tester_.end();
  pointer_.wheel = {};
  pointer_.zoom = 1;
  pointer_.right_clicked = false;
}

DrawnItem& NullPainter::add(DrawnItem::Kind kind, const Rect& rect, Colour colour) {
  items_.push_back({kind, layer_, colour, rect, clip_, 0, {}, {}, 0});
  return items_.back();
}

void NullPainter::do_fill_rect(const Rect& rect, Colour colour, float radius) {
  add(DrawnItem::Kind::kFill, rect, colour).content = std::bit_cast<std::uint32_t>(radius);
}

void NullPainter::do_stroke_rect(const Rect& rect, const Stroke& stroke, float radius) {
  DrawnItem& item = add(DrawnItem::Kind::kOutline, rect, stroke.colour);
  item.width = stroke.width;
  const Vec2 more{radius, 0};
  item.content = points_hash({&more, 1}, stroke, true);
}

void NullPainter::do_polyline(std::span<const Vec2> points, const Stroke& stroke, bool closed) {
  DrawnItem& item = add(DrawnItem::Kind::kPath, bounds(points), stroke.colour);
  item.width = stroke.width;
  item.content = points_hash(points, stroke, closed);
}

void NullPainter::do_fill_polygon(std::span<const Vec2> points, Colour colour) {
  add(DrawnItem::Kind::kPolygon, bounds(points), colour).content = points_hash(points, {}, true);
}

void NullPainter::do_fill_circle(Vec2 centre, float radius, Colour colour) {
  add(DrawnItem::Kind::kCircle, {centre.x - radius, centre.y - radius, 2 * radius, 2 * radius}, colour);
}

void NullPainter::do_stroke_circle(Vec2 centre, float radius, const Stroke& stroke) {
  DrawnItem& item =
      add(DrawnItem::Kind::kCircle, {centre.x - radius, centre.y - radius, 2 * radius, 2 * radius}, stroke.colour);
  item.width = stroke.width;
  item.content = points_hash({}, stroke, true);
}

void NullPainter::do_text(Vec2 baseline, std::string_view text, const TextStyle& style, Colour colour, float width) {
  const float height = font_metrics(style).cap_height;
  DrawnItem& item = add(DrawnItem::Kind::kText, {baseline.x, baseline.y - height, width, height}, colour);
  item.text = text;
  item.style = style;
}

void NullPainter::do_tensor_image(const Rect& rect, const TensorImage& image, float opacity) {
  Hash hash;
  hash.add(image.key);
  for (const float v : image.values) hash.add(v);
  hash.add(static_cast<std::uint64_t>(image.known)), hash.add(image.scale), hash.add(opacity);
  hash.add(static_cast<std::uint64_t>(image.h)), hash.add(static_cast<std::uint64_t>(image.w));
  add(DrawnItem::Kind::kImage, rect, {}).content = hash.value();
}

HitState NullPainter::do_hit(const HitArea& area) {
  areas_.push_back({area.id, area.rect, std::string(area.label), area.role, area.flags, layer_});
  return tester_.hit(area, layer_);
}

const DrawnArea* NullPainter::find_area(std::string_view label) const {
  for (const DrawnArea& area : areas_) {
    if (area.label == label) return &area;
  }
  return nullptr;
}

const DrawnItem* NullPainter::find_text(std::string_view text) const {
  for (const DrawnItem& item : items_) {
    if (item.kind == DrawnItem::Kind::kText && item.text == text) return &item;
  }
  return nullptr;
}

bool NullPainter::has_text(std::string_view part) const {
  for (const DrawnItem& item : items_) {
    if (item.kind == DrawnItem::Kind::kText && item.text.find(part) != std::string::npos) return true;
  }
  return false;
}

int NullPainter::count(DrawnItem::Kind kind) const {
  int n = 0;
  for (const DrawnItem& item : items_) n += item.kind == kind ? 1 : 0;
  return n;
}

std::uint64_t NullPainter::digest() const {
  Hash hash;
  for (const DrawnItem& item : items_) {
    hash.add(static_cast<std::uint64_t>(item.kind)), hash.add(static_cast<std::uint64_t>(item.layer));
    hash.add(item.colour), hash.add(item.rect), hash.add(item.clip), hash.add(item.width), hash.add(item.content);
    hash.add(hit_id(item.text, static_cast<std::uint64_t>(item.style.face))), hash.add(item.style.size);
  }
  return hash.value();
}

std::vector<std::string> NullPainter::problems() const {
  constexpr float kSlack = 0.75F;  // px: rounding of widths
  std::vector<std::string> found;
  std::vector<std::size_t> seen;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const DrawnItem& item = items_[i];
    if (item.kind != DrawnItem::Kind::kText || item.colour.a == 0) continue;
    const Rect clip = intersection(item.clip, frame().viewport);
    if (!item.rect.overlaps(clip) || covered(items_, i)) continue;
    const std::string what = "\"" + item.text + "\"" + at_text(item.rect);
    const bool whole = clip.contains(item.rect, kSlack);
    const bool beside = item.rect.x < clip.x - kSlack || item.rect.right() > clip.right() + kSlack;
    if (!whole && !beside && scrolls(areas_, clip)) continue;
    if (!whole) found.push_back("cut off: " + what);
    for (const std::size_t other : seen) {
      if (items_[other].layer == item.layer && grown(items_[other].rect, -kSlack).overlaps(grown(item.rect, -kSlack))) {
        found.push_back("overlap: " + what + " and \"" + items_[other].text + "\"" + at_text(items_[other].rect));
      }
    }
    seen.push_back(i);
    Colour below;
    if (is_disabled(areas_, item) || !backdrop(items_, item, theme().ground, &below)) continue;
    const double ratio = contrast_ratio(composite(item.colour, below), below);
    if (ratio < (item.style.size >= 24 ? 3.0 : 4.5)) {
      found.push_back("contrast " + std::to_string(ratio).substr(0, 4) + ": " + what);
    }
  }
  const float target = frame().coarse_pointer ? 44 : 24;
  for (const DrawnArea& area : areas_) {
    if (area.label.empty() && area.role != HitRole::kRegion) found.push_back("no label:" + at_text(area.rect));
    const bool control = area.role != HitRole::kCell && area.role != HitRole::kRegion && area.role != HitRole::kImage;
    const bool small = std::min(area.rect.w, area.rect.h) < target - kSlack;
    if (control && !area.rect.empty() && small && !scrolled_half_out(areas_, area.rect)) {
      found.push_back("small target: \"" + area.label + "\"" + at_text(area.rect));
    }
  }
  return found;
}

}  // namespace backstep::ui
