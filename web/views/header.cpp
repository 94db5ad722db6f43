#include "web/views/header.h"

#include <algorithm>
#include <array>

#include "web/app/tour.h"
#include "web/views/menu.h"
#include "web/widgets/controls.h"
#include "web/widgets/text_block.h"

namespace backstep::views {
namespace {

constexpr std::string_view kName = "Backstep";
constexpr float kNarrow = 900;  // px below which everything goes into one menu
constexpr float kChevron = 18;
constexpr float kLeastTitle = 180;  // px kept for the title

const char* theme_label(Theme theme) {
  switch (theme) {
    case Theme::system: return "Theme: as the system";
    case Theme::light: return "Theme: light";
    case Theme::dark: return "Theme: dark";
    case Theme::contrast: return "Theme: high contrast";
  }
  return "";
}

Theme next_theme(Theme theme) { return static_cast<Theme>((static_cast<int>(theme) + 1) % 4); }

bool takes_pictures(const app::Model& model) { return model.state.scene.problem.net->input().rank() == 4; }

bool input_changed(const app::Model& model) {
  return model.state.scene.problem.input != model.state.original.input ||
         model.state.scene.problem.classes != model.state.original.classes;
}

std::string percent(int scale) { return std::to_string(scale) + " %"; }

// What the header offers; each entry is a button, or a line of the menu where it is narrow.
struct Entry {
  std::string name;
  std::string label;
  bool on = false;
  bool wide = true;  // shown as a button where there is room
  enum Act : std::uint8_t {
    picture,
    reset,
    lesson,
    find,
    inspector,
    everything,
    tour,
    share,
    strip,
    theme,
    larger,
    smaller,
    present,
    keys,
    undo,
    redo,
    panel,
    paint
  } act = keys;
  std::string note = {};

  bool is_size() const { return act == larger || act == smaller; }
};

// Where the tour waits; "Tour" before it was begun.
std::string tour_label(const app::Tour& tour) { return tour.list ? "Tour " + app::place_text(tour) : "Tour"; }

std::vector<Entry> entries(const app::Model& model, const PageState& state) {
  const ViewPrefs& view = model.state.scene.view;
  std::vector<Entry> out;
  // While the tour runs the page keeps to what it shows.
  const bool free = !model.state.tour.runs();
  if (!model.state.tour.is_open()) {
    out.push_back({"header.tour", tour_label(model.state.tour), false, true, Entry::tour});
  }
  out.push_back({"header.lesson", "Lesson", false, free, Entry::lesson});
  if (!model.state.undo.empty()) out.push_back({"header.undo", "Undo", false, free, Entry::undo});
  if (!model.state.redo.empty()) out.push_back({"header.redo", "Redo", false, free, Entry::redo});
  if (takes_pictures(model)) out.push_back({"header.picture", "Your picture…", false, free, Entry::picture});
  if (input_changed(model)) out.push_back({"header.reset", "Reset sample", false, free, Entry::reset});
  out.push_back({"header.inspector", "Inspector", view.inspector, free, Entry::inspector});
  out.push_back({"header.panel", "Layers", model.state.panel, free, Entry::panel});
  out.push_back({"header.everything", "Show everything", view.everything, true, Entry::everything});
  out.push_back({"header.share", "Share", false, true, Entry::share});
  out.push_back({"header.present", "Present", view.present, false, Entry::present});
  // Where there is no room the map is always one line.
  if (state.strip_opens) {
    const char* const map = view.strip ? "Fold the network map" : "Show the network map";
    out.push_back({"header.strip", map, false, false, Entry::strip});
  }
  out.push_back({"header.theme", theme_label(view.theme), false, false, Entry::theme});
  out.push_back({"header.larger", "Larger", false, false, Entry::larger, percent(view.scale)});
  out.push_back({"header.smaller", "Smaller", false, false, Entry::smaller});
  if (model.trace) {
    out.push_back({"header.find", "Go to a cell…", false, false, Entry::find});
    out.push_back({"header.paint", "Paint the input", model.state.brush.has_value(), false, Entry::paint});
  }
  out.push_back({"header.keys", "Keys", model.state.show_keys, false, Entry::keys});
  return out;
}

void act(Entry::Act what, const app::Model& model, PageState& state, Intents& intents) {
  switch (what) {
    case Entry::picture: intents.push_back(app::Run{app::Errand::open_file}); break;
    case Entry::lesson: intents.push_back(app::Run{app::Errand::open_lesson}); break;
    case Entry::tour: intents.push_back(app::StartTour{}); break;
    case Entry::present: intents.push_back(app::TogglePresenter{}); break;
    case Entry::share: state.share_open = !state.share_open; break;
    case Entry::reset: intents.push_back(app::ResetInput{}); break;
    case Entry::inspector: intents.push_back(app::ToggleInspector{}); break;
    case Entry::everything: intents.push_back(app::ToggleEverything{}); break;
    case Entry::strip: intents.push_back(app::ToggleStrip{}); break;
    case Entry::theme: intents.push_back(app::SetTheme{next_theme(model.state.scene.view.theme)}); break;
    case Entry::larger: intents.push_back(app::ChangeScale{1}); break;
    case Entry::smaller: intents.push_back(app::ChangeScale{-1}); break;
    case Entry::find: intents.push_back(app::Run{app::Errand::find_cell}); break;
    case Entry::undo: intents.push_back(app::Undo{}); break;
    case Entry::redo: intents.push_back(app::Redo{}); break;
    case Entry::panel: intents.push_back(app::TogglePanel{}); break;
    case Entry::paint: intents.push_back(app::TogglePaint{}); break;
    case Entry::keys: intents.push_back(app::ToggleKeys{}); break;
  }
}

void draw_scene_menu(ui::Painter& painter, const ui::Rect& anchor, const app::Model& model, PageState& state,
                     Intents& intents) {
  std::vector<MenuItem> items;
  for (const PresetInfo& preset : presets()) {
    items.push_back(
        {std::string(preset.title), std::string(preset.name), preset.name == model.state.scene.name, false});
  }
  items.push_back({.label = "Open a file…", .note = "scene, playlist, picture", .rule_before = true});
  const int chosen = draw_menu(painter, anchor, "header.scene", items, false);
  if (chosen == kMenuNothing) return;
  state.scenes_open = false;
  painter.request_frame();
  if (chosen < 0) return;
  const auto i = static_cast<std::size_t>(chosen);
  if (i < presets().size()) {
    intents.push_back(app::LoadPreset{std::string(presets()[i].name)});
  } else {
    intents.push_back(app::Run{app::Errand::open_file});
  }
}

void draw_more_menu(ui::Painter& painter, const ui::Rect& anchor, const app::Model& model, PageState& state,
                    Intents& intents, std::span<const Entry> all) {
  std::vector<MenuItem> items;
  for (const Entry& entry : all) items.push_back({entry.label, entry.note, entry.on, false});
  const int chosen = draw_menu(painter, anchor, "header.menu", items, true);
  if (chosen == kMenuNothing) return;
  const bool resizes = chosen >= 0 && all[static_cast<std::size_t>(chosen)].is_size();
  state.more_open = resizes;  // a size is looked at before the next one is chosen
  painter.request_frame();
  if (chosen >= 0) act(all[static_cast<std::size_t>(chosen)].act, model, state, intents);
}

void draw_share_menu(ui::Painter& painter, const ui::Rect& anchor, PageState& state, Intents& intents) {
  constexpr std::pair<const char*, app::Errand> kErrands[] = {
      {"Copy the link", app::Errand::copy_link},
      {"Copy the formula as LaTeX", app::Errand::copy_formula},
      {"Save the picture as PNG", app::Errand::save_png},
      {"Save the picture as SVG", app::Errand::save_svg},
  };
  std::vector<MenuItem> items;
  for (const auto& [label, errand] : kErrands) items.push_back({label});
  const int chosen = draw_menu(painter, anchor, "header.sharing", items, true);
  if (chosen == kMenuNothing) return;
  state.share_open = false;
  painter.request_frame();
  if (chosen >= 0) intents.push_back(app::Run{kErrands[chosen].second});
}

// The scene's title with a chevron; a click opens the list of scenes.
ui::Rect draw_title(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state) {
  const ui::Theme& t = painter.theme();
  const ui::TextStyle style = ui::text_style(ui::TextRole::kBody);
  std::string title = model.state.scene.title.empty() ? std::string("Untitled scene") : model.state.scene.title;
  if (!model.state.input_name.empty()) title += " · " + model.state.input_name;
  title = ui::fit_text(title, style, area.w - kChevron - 24);
  const float width = ui::text_width(title, style) + kChevron + 24;
  const float height = std::max(ui::control_height(painter), 32.0F);
  const ui::Rect box{area.x, area.y + (area.h - height) / 2, std::min(width, area.w), height};
  const ui::HitState hit = painter.hit({ui::hit_id("header.scenes"), box, "Scene: " + title, ui::HitRole::kButton,
                                        state.scenes_open ? ui::kHitSelected : 0});
  if (hit.hovered || state.scenes_open) painter.fill_rect(box, t.hover, 9);
  if (hit.focused) ui::focus_ring(painter, box, 9);
  painter.text_in({box.x + 10, box.y, box.w - 20 - kChevron, box.h}, title, style, t.dim_ink, ui::Align::kLeft);
  const ui::Vec2 tip{box.right() - 16, box.centre().y + 2.5F};
  const ui::Vec2 chevron[] = {{tip.x - 4.5F, tip.y - 4.5F}, tip, {tip.x + 4.5F, tip.y - 4.5F}};
  painter.polyline(chevron, {t.dim_ink, 1.6F});
  if (hit.clicked) {
    state.scenes_open = !state.scenes_open;
    painter.request_frame();
  }
  return box;
}

}  // namespace

void draw_header(ui::Painter& painter, const ui::Rect& area, const app::Model& model, PageState& state,
                 Intents& intents) {
  const ui::Theme& t = painter.theme();
  painter.fill_rect(area, t.surface);
  const bool narrow = area.w < kNarrow;
  const float margin = area.w < 620 ? 16 : 28;
  ui::Rect rest{area.x + margin, area.y, area.w - 2 * margin, area.h};
  const ui::TextStyle name = ui::text_style(ui::TextRole::kTitle);
  const ui::Rect brand = ui::cut_left(rest, ui::text_width(kName, name) + 10);
  painter.text_in(brand, kName, name, t.ink, ui::Align::kLeft);

  const std::vector<Entry> all = entries(model, state);
  const float height = std::min(area.h - 4, ui::control_height(painter));
  const auto place = [&](float width) {
    const ui::Rect box = ui::cut_right(rest, width);
    return ui::Rect{box.x, area.y + (area.h - height) / 2, width, height};
  };
  rest.w += 10;  // the last button's text ends at the margin
  const ui::Rect more = place(height);
  if (ui::button(painter, more, ui::icon_button("header.more", "More", ui::Icon::kMore))) {
    state.more_open = !state.more_open;
    painter.request_frame();
  }
  ui::Rect share = more;
  if (!narrow) {
    for (std::size_t i = all.size(); i-- > 0;) {
      if (!all[i].wide) continue;
      const ui::Button button{
          .name = all[i].name, .label = all[i].label, .style = ui::ButtonStyle::kQuiet, .selected = all[i].on};
      const float width = ui::button_width(painter, button);
      if (rest.w - width < kLeastTitle) continue;  // it is in the menu
      const ui::Rect box = place(width);
      if (all[i].act == Entry::share) share = box;
      if (ui::button(painter, box, button)) act(all[i].act, model, state, intents);
    }
  } else if (all.front().act == Entry::tour && model.state.tour.list) {
    // The way back into the tour stays in sight.
    const ui::Button button{.name = all.front().name, .label = all.front().label, .style = ui::ButtonStyle::kQuiet};
    if (ui::button(painter, place(ui::button_width(painter, button)), button)) intents.push_back(app::StartTour{});
  }
  ui::cut_right(rest, 8);
  const ui::Rect title = draw_title(painter, rest, model, state);
  painter.line({area.x, area.bottom()}, {area.right(), area.bottom()}, {t.hairline, 1});
  if (state.scenes_open) draw_scene_menu(painter, title, model, state, intents);
  if (state.share_open) draw_share_menu(painter, share, state, intents);
  if (state.more_open) draw_more_menu(painter, more, model, state, intents, all);
}

}  // namespace backstep::views
