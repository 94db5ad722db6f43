#include "web/views/strip.h"

#include <algorithm>

#include "engine/format.h"
#include "web/views/strip_maps.h"
#include "web/views/target_picker.h"
#include "web/widgets/controls.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

using Part = StripPlace::Part;

constexpr float kMap = 50;     // px, height of a node's maps
constexpr float kKernel = 22;  // px, height of a kernel's maps over the arrow
constexpr float kCell = 22;    // px, largest single number
constexpr float kKernelCell = 8;
constexpr float kArrow = 44;       // px between nodes
constexpr float kTightArrow = 32;  // where they would not fit otherwise
constexpr float kBadge = 24;       // px for the partial sign between a map and its gradient
constexpr float kTop = 14;
constexpr int kMostPlanes = 16;
constexpr int kMostKernels = 8;
constexpr float kFold = 48;  // px of the button at the right
constexpr ui::TextStyle kName{ui::Face::kSans, 12.5F};
constexpr ui::TextStyle kNameBold{ui::Face::kSansBold, 12.5F};
constexpr ui::TextStyle kNote{ui::Face::kSans, 11.5F};
constexpr ui::TextStyle kPartial{ui::Face::kSerifItalic, 17};

float margin_of(float width) { return width < 620 ? 16.0F : 28.0F; }

struct NodeLayout {
  MapLayout maps, kernels;
  float arrow = 0;  // width of the way to this node
  float width = 0;
  bool gradient = false;
  bool tight = false;  // the shape stands below the name, instead of the number of parameters
};

NodeLayout layout_node(const StripNode& node, bool first, bool backward, bool tight) {
  NodeLayout out;
  out.maps = layout_maps(node.value, kMap, kCell, kMostPlanes, 1.5F);
  out.kernels = layout_maps(node.weight, kKernel, kKernelCell, kMostKernels, 3.5F);
  out.gradient = backward && node.gradient.slot != Slot::none;
  const float maps = out.maps.width + (out.gradient ? kBadge + out.maps.width : 0);
  out.tight = tight;
  const float name = ui::text_width(node.name, kNameBold);
  const float detail = ui::text_width(node.detail, kName);
  const float text = tight ? std::max(name, detail) : std::max(name + 6 + detail, ui::text_width(node.note, kNote));
  out.width = std::max(text, maps);
  out.arrow = first ? 0 : std::max(tight ? kTightArrow : kArrow, out.kernels.width + (tight ? 16.0F : 24.0F));
  return out;
}

class StripPainter {
 public:
  StripPainter(ui::Painter& painter, const app::Model& model, PageState& state, Intents& intents)
      : painter_(painter),
        model_(model),
        state_(state),
        intents_(intents),
        place_(place_of_step(state.strip, model)),
        backward_(model.step() >= state.strip.backward) {}

  void draw_node(ui::Vec2 at, const NodeLayout& layout, std::size_t i) {
    const StripNode& node = state_.strip.nodes[i];
    const float maps = layout.maps.width + (layout.gradient ? kBadge + layout.maps.width : 0);
    ui::Vec2 top{at.x + (layout.width - maps) / 2, at.y + (kMap - layout.maps.height) / 2};
    map(top, layout.maps, node.value, i, Part::value, "", "Go to " + node.name);
    if (layout.gradient) {
      top.x += layout.maps.width;
      // Strong where the gradient has arrived wholly.
      const ui::Theme& t = painter_.theme();
      painter_.text_in({top.x, at.y, kBadge, kMap}, "∂", kPartial, arrived(node.gradient) ? t.ink : t.dim_ink);
      top.x += kBadge;
      map(top, layout.maps, node.gradient, i, Part::gradient, ".gradient", "Go to the gradient at " + node.name);
    }
    const ui::Rect names{at.x, at.y, layout.width, 1};
    const ui::Rect& clip = painter_.scope().clip;
    // A name that would be cut off is left out.
    if (names.x >= clip.x && names.right() <= clip.right()) {
      draw_names(at, layout, node, static_cast<int>(i) == place_.node);
    }
  }

  // The way to a node, with the kernels that stand on it and, below, their gradients.
  void draw_way(ui::Vec2 at, const NodeLayout& layout, std::size_t i) {
    const StripNode& node = state_.strip.nodes[i];
    const float y = at.y + kMap / 2;
    const float x = at.x + (layout.arrow - layout.kernels.width) / 2;
    painter_.arrow({at.x + 10, y}, {at.x + layout.arrow - 10, y}, {painter_.theme().dim_ink, 1.2F}, 5);
    if (node.weight.slot == Slot::none) return;
    map({x, y - 8 - layout.kernels.height}, layout.kernels, node.weight, i, Part::weight, ".weight",
        "Go to the weights of " + node.name);
    if (!backward_) return;
    map({x, y + 8}, layout.kernels, node.weight_gradient, i, Part::weight_gradient, ".weight.gradient",
        "Go to the gradient of the weights of " + node.name);
  }

  int current() const { return place_.node; }

 private:
  void map(ui::Vec2 at, const MapLayout& layout, const StripMap& map, std::size_t i, Part part, const char* suffix,
           const std::string& label) {
    const bool current = static_cast<int>(i) == place_.node && part == place_.part;
    const std::string name = "strip." + state_.strip.nodes[i].name + suffix;
    if (draw_maps(painter_, at, layout, model_, state_.strip, map, name, label, current)) {
      intents_.push_back(app::Seek{map.go, -1});
    }
  }

  bool arrived(const StripMap& map) const {
    const Tensor* tensor = model_.trace->tensor(map.layer, map.slot);
    return tensor && model_.known(map.layer, map.slot) == tensor->count();
  }

  void draw_names(ui::Vec2 at, const NodeLayout& layout, const StripNode& node, bool current) {
    const ui::Theme& t = painter_.theme();
    const ui::TextStyle name = current ? kNameBold : kName;
    const float name_width = ui::text_width(node.name, name);
    const float gap = node.detail.empty() ? 0 : 6;
    const float width = layout.tight ? name_width : name_width + gap + ui::text_width(node.detail, kName);
    const float x = at.x + (layout.width - width) / 2;
    const ui::Rect line{x, at.y + kMap + 9, width, 14};
    painter_.text_in(line, node.name, name, current ? t.ink : t.dim_ink, ui::Align::kLeft);
    if (!layout.tight) {
      painter_.text_in({x + name_width + gap, line.y, width, line.h}, node.detail, kName, t.dim_ink, ui::Align::kLeft);
    }
    const bool loss = node.value.slot == Slot::value && model_.known(node.value.layer, Slot::value) > 0 &&
                      !model_.covered(node.value.layer, Slot::value, 0);
    const std::string note = loss           ? format_number(static_cast<double>(model_.trace->loss().value[0]))
                             : layout.tight ? node.detail
                                            : node.note;
    painter_.text_in({at.x, line.y + 17, layout.width, 14}, note, kNote, t.dim_ink);
  }

  ui::Painter& painter_;
  const app::Model& model_;
  PageState& state_;
  Intents& intents_;
  StripPlace place_;
  bool backward_;
};

// Keeps the current node in sight whenever it changes; the reader may look elsewhere meanwhile.
void follow(PageState& state, int node, float left, float right, float width) {
  if (state.strip.current == node) return;
  state.strip.current = node;
  if (left - kArrow < state.strip_scroll) state.strip_scroll = left - kArrow;
  if (right + kArrow > state.strip_scroll + width) state.strip_scroll = right + kArrow - width;
}

// A chevron that folds the map away.
void draw_fold(ui::Painter& painter, const ui::Rect& area, Intents& intents) {
  const ui::Theme& t = painter.theme();
  const ui::HitState hit =
      painter.hit({ui::hit_id("strip.fold"), area, "Fold the network map", ui::HitRole::kButton, 0});
  if (hit.hovered) painter.fill_rect(area, t.hover, 9);
  if (hit.focused) ui::focus_ring(painter, area, 9);
  const ui::Vec2 tip{area.centre().x, area.centre().y - 2.5F};
  const ui::Vec2 chevron[] = {{tip.x - 5, tip.y + 5}, tip, {tip.x + 5, tip.y + 5}};
  painter.polyline(chevron, {t.dim_ink, 1.6F});
  if (hit.clicked) intents.push_back(app::ToggleStrip{});
}

// Where the map goes on beyond the edge it fades out.
void fade_edges(ui::Painter& painter, const ui::Rect& area, bool left, bool right) {
  constexpr int kSteps = 10;
  constexpr float kStep = 4;
  for (int i = 0; i < kSteps; ++i) {
    const ui::Colour veil = ui::faded(painter.theme().ground, 1 - static_cast<float>(i) / kSteps);
    const float x = static_cast<float>(i) * kStep;
    if (left) painter.fill_rect({area.x + x, area.y, kStep, area.h - 1}, veil);
    if (right) painter.fill_rect({area.right() - x - kStep, area.y, kStep, area.h - 1}, veil);
  }
}

}  // namespace

void draw_strip(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                Intents& intents) {
  refresh(state.strip, model);
  const float margin = margin_of(area.w);
  ui::Rect inner = area;
  const float side = ui::control_height(painter);
  const ui::Rect fold = ui::cut_right(inner, std::max(kFold, side));
  draw_fold(painter, {fold.right() - side - 10, fold.y + 10, side, side}, intents);
  const float picker = target_picker_width(model);
  if (picker > 0) {
    const ui::Rect place = ui::cut_right(inner, picker + 16);
    const float height = painter.frame().coarse_pointer ? side : side - 4;
    draw_target_picker(painter, {place.x + 8, place.y + kTop + (kMap - height) / 2, picker, height}, "strip.target",
                       model, state, intents);
  }
  std::vector<NodeLayout> layouts;
  float total = 0;
  for (const bool tight : {false, true}) {
    if (tight && total + 2 * margin <= inner.w) break;
    layouts.clear();
    total = 0;
    for (const StripNode& node : state.strip.nodes) {
      layouts.push_back(layout_node(node, layouts.empty(), model.step() >= state.strip.backward, tight));
      total += layouts.back().arrow + layouts.back().width;
    }
  }
  const float most = std::max(0.0F, total + 2 * margin - inner.w);
  const ui::HitState drag = painter.hit(
      {ui::hit_id("strip"), inner, "Network map", ui::HitRole::kRegion, most > 0 ? ui::kHitDrag | ui::kHitWheel : 0});
  state.strip_scroll -= drag.drag_delta.x + drag.wheel.x + drag.wheel.y;
  StripPainter strip(painter, model, state, intents);
  float x = 0;
  for (std::size_t i = 0; i < layouts.size(); ++i) {
    if (static_cast<int>(i) == strip.current()) {
      follow(state, strip.current(), x, x + layouts[i].arrow + layouts[i].width, inner.w - 2 * margin);
    }
    x += layouts[i].arrow + layouts[i].width;
  }
  state.strip_scroll = std::clamp(state.strip_scroll, 0.0F, most);
  const ui::ScopeGuard guard(painter, ui::clipped(painter, inner));
  ui::Vec2 at{inner.x + margin - state.strip_scroll, inner.y + kTop};
  for (std::size_t i = 0; i < layouts.size(); ++i) {
    const ui::Rect box{at.x - 6, inner.y, layouts[i].arrow + layouts[i].width + 12, inner.h};
    if (painter.visible(box)) {
      if (i > 0) strip.draw_way(at, layouts[i], i);
      strip.draw_node({at.x + layouts[i].arrow, at.y}, layouts[i], i);
    }
    at.x += layouts[i].arrow + layouts[i].width;
  }
  fade_edges(painter, inner, state.strip_scroll > 0, state.strip_scroll < most);
}

}  // namespace backstep::views
