// The page's program: joins state, views, painter, canvas and the page's JavaScript. The only writer of the state is
// app::update; this file carries intents to it and the result to the canvas and the mirror.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "web/api/json_writer.h"
#include "web/api/page.h"
#include "web/api/page_api.h"
#include "web/api/panel_json.h"
#include "web/api/theme_json.h"
#include "web/app/intent.h"
#include "web/app/keys.h"
#include "web/app/mirror.h"
#include "web/app/state.h"
#include "web/app/tour.h"
#include "web/app/update.h"
#include "web/gpu/imgui_painter.h"
#include "web/platform/frame_loop.h"
#include "web/platform/input.h"
#include "web/platform/window.h"
#include "web/views/page.h"
#include "web/views/picture.h"
#include "web/views/svg_stage.h"

namespace backstep {
namespace {

// What the pointer shows a hand over.
bool is_pressable(ui::HitRole role) {
  switch (role) {
    case ui::HitRole::kButton:
    case ui::HitRole::kToggle:
    case ui::HitRole::kOption:
    case ui::HitRole::kLink: return true;
    case ui::HitRole::kSlider:
    case ui::HitRole::kCell:
    case ui::HitRole::kImage:
    case ui::HitRole::kRegion: return false;
  }
  return false;
}

class Page final : public api::PageApi,
                   public platform::FrameClient,
                   public platform::InputListener,
                   public platform::ContextListener {
 public:
  // False when the browser gives no WebGL2.
  bool open() {
    if (!window_.open(*this)) return false;
    painter_.create_gl_objects();
    input_.listen(*this);
    api::page::offer_presets(presets_json());
    return true;
  }

  void intent(std::string_view kind, std::string_view value) override {
    if (kind == "set" || kind == "field_close") published_field_ = "null";  // the field has closed itself
    carry_out(app::parse_intent(kind, value));
  }
  void address(std::string_view json) override {
    carry_out(app::LoadAddress{std::string(json), !environment_.embedded});
  }

  void fail(std::string_view message) override { carry_out(app::Fail{{"page", "", std::string(message)}}); }

  void write_address() override { api::page::address(address_json()); }

  void picture(std::span<const std::uint8_t> rgba, int width, int height, std::string_view name) override {
    carry_out(app::LoadPicture{std::string(name), width, height, {rgba.begin(), rgba.end()}});
  }

  void file(std::string_view kind, std::span<const std::uint8_t> bytes, std::string_view /*name*/) override {
    if (kind == "weights") {
      carry_out(app::LoadWeights{{bytes.begin(), bytes.end()}});
    } else {
      carry_out(app::LoadScene{{bytes.begin(), bytes.end()}});
    }
  }

  void resize(int width, int height, double pixel_ratio) override {
    canvas_ = {width, height, static_cast<float>(pixel_ratio)};
    device_ratio_ = canvas_.pixel_ratio;
    window_.resize(width, height);  // which empties the canvas: it has to be drawn anew even at the same size
    wake();
  }

  void environment(const api::Environment& environment) override {
    environment_ = environment;
    publish();
    wake();
  }

  void show(bool visible) override {
    last_frame_ = 0;
    loop_.set_visible(visible);
  }

  void focus(bool focused) override {
    if (!focused) input_.release_keys();
  }

  bool takes_press(float x, float y) override {
    return (painter_.hits().flags_at(in_view(x, y)) & (ui::kHitDrag | ui::kHitLongPress)) != 0;
  }
  bool takes_wheel(float x, float y) override { return painter_.hits().takes_wheel(in_view(x, y)); }

  Place place_of(std::string_view area, std::uint64_t index) override {
    const float scale = canvas_.pixel_ratio / device_ratio_;
    const ui::Rect place = painter_.hits().place_of(ui::hit_id(area, index));
    return {place.x * scale, place.y * scale, place.w * scale, place.h * scale};
  }

  bool takes_digits() override { return app::takes_digits(model_); }

  void key_pressed(const platform::KeyPress& press) override {
    if (const auto intent = intent_of(press)) {
      carry_out(*intent);
    } else if (press.key == app::Key::escape) {
      api::page::leave_canvas();
    }
  }
  void pointer_changed() override { wake(); }

  void context_lost() override {}
  void context_restored() override {
    painter_.create_gl_objects();
    wake();
  }

  double frame(double seconds) override {
    if (canvas_.width == 0 || window_.context_is_lost()) return platform::kNoFrame;
    const bool woken = std::exchange(woken_, false);
    canvas_.pixel_ratio = device_ratio_ * view_scale();
    const bool input_left = !input_.poll(canvas_.pixel_ratio, seconds);
    play(seconds);
    draw(seconds);
    // After what woke us one frame more: hit areas are those of the frame before, and may have moved.
    return woken || input_left || painter_.wants_frame() ? platform::kNextFrame : next_frame(seconds);
  }

 private:
  // The reader's size, as far as it leaves the width of a small phone: narrower no arrangement of the page holds.
  float view_scale() const {
    constexpr float kNarrowest = 320;
    const float wanted = static_cast<float>(model_.state.scene.view.scale) / 100;
    const float width = static_cast<float>(canvas_.width) / device_ratio_;
    return std::min(wanted, std::max(1.0F, width / kNarrowest));
  }

  // From CSS pixels of the canvas to the views' own, which the reader's size makes larger or smaller.
  ui::Vec2 in_view(float x, float y) const { return ui::Vec2{x, y} * (device_ratio_ / canvas_.pixel_ratio); }

  void wake() {
    woken_ = true;
    loop_.wake();
  }

  void carry_out(const app::Intent& intent) {
    app::update(model_, intent);
    if (const auto* run = std::get_if<app::Run>(&intent)) run_errand(run->errand);
    publish();
    wake();
  }

  void run_errand(app::Errand errand) {
    switch (errand) {
      case app::Errand::open_file: return api::page::choose_file();
      case app::Errand::find_cell: return api::page::type_cell();
      case app::Errand::copy_link: return api::page::copy_link();
      case app::Errand::copy_formula: return api::page::copy(views::formula_latex(model_));
      case app::Errand::open_lesson: return api::page::open_lesson();
      case app::Errand::save_png: return save_png();
      case app::Errand::save_svg: {
        const ui::Rect page = canvas_.viewport();
        const auto width = static_cast<int>(page.w), height = static_cast<int>(page.h);
        api::page::save(views::picture_name(model_) + ".svg", views::stage_svg(model_, width, height, theme().kind));
      }
    }
  }

  // The canvas itself, at twice the fineness at least and without what surrounds the stage; the browser reads it before
  // it goes on.
  void save_png() {
    const gpu::Canvas before = canvas_;
    const float finer = std::max(1.0F, 2 / before.pixel_ratio);
    const auto larger = [finer](int n) { return static_cast<int>(static_cast<float>(n) * finer); };
    canvas_ = {larger(before.width), larger(before.height), before.pixel_ratio * finer};
    window_.resize(canvas_.width, canvas_.height);
    painter_.begin_frame(canvas_, frame_at(0, false), {});
    views::PageState state;
    views::draw_picture(painter_, model_, state);
    painter_.end_frame();
    api::page::save_canvas(views::picture_name(model_) + ".png");
    canvas_ = before;
    window_.resize(canvas_.width, canvas_.height);
  }

  std::optional<app::Intent> intent_of(const platform::KeyPress& press) const {
    return press.text != 0 ? app::intent_of_text(press.text, model_)
                           : app::intent_of_key(press.key, press.shift, model_);
  }

  void play(double seconds) {
    if (!model_.state.playing) {
      last_frame_ = 0;
      return;
    }
    const double before = std::exchange(last_frame_, seconds);
    if (before == 0) return;
    app::update(model_, app::Tick{seconds - before});
    publish();
  }

  ui::Frame frame_at(double seconds, bool motion) {
    ui::Frame frame;
    frame.viewport = canvas_.viewport();
    frame.theme = &theme();
    frame.time = seconds;
    frame.motion = motion;
    frame.coarse_pointer = environment_.coarse_pointer || input_.pointer().touch;
    return frame;
  }

  void draw(double seconds) {
    painter_.begin_frame(canvas_, frame_at(seconds, !environment_.less_motion), input_.pointer());
    views::Intents intents;
    views_.embed = environment_.embedded;
    views_.beside = environment_.beside;
    views::draw_page(painter_, model_, views_, intents);
    painter_.end_frame();

    api::page::frames(static_cast<double>(++frames_));
    window_.show_hand(painter_.hits().hovered() != 0 && is_pressable(painter_.hits().hovered_role()));
    // Before the intents: one of them may open a field whose place the next frame finds.
    publish_field();
    for (const app::Intent& intent : intents) carry_out(intent);
  }

  double next_frame(double seconds) const {
    double next = platform::kNoFrame;
    const auto at_the_latest_in = [&next](double wait) { next = next < 0 ? wait : std::min(next, wait); };
    if (painter_.hits().wake_at() >= 0) at_the_latest_in(std::max(0.0, painter_.hits().wake_at() - seconds));
    if (model_.state.playing) {
      const double interval = app::play_interval(model_.cursor().grain);
      at_the_latest_in(std::max(0.0, interval - model_.state.since_step));
    }
    return next;
  }

  void publish() {
    if (published_theme_ != &theme()) {
      published_theme_ = &theme();
      api::page::theme(api::theme_json(theme()));
    }
    api::JsonWriter json;
    json.begin('{');
    for (const auto& [name, value] : app::mirror_fields(model_)) json.key(name).text(value);
    json.end('}');
    if (json.str() == published_) return;
    published_ = json.str();
    api::page::publish(published_);
    publish_panel();
  }

  void publish_field() {
    // The field's element knows nothing of the reader's size.
    const ui::Rect& cell = views_.field_cell;
    const float scale = canvas_.pixel_ratio / device_ratio_;
    std::string json = api::field_json(model_.state, {cell.x * scale, cell.y * scale, cell.w * scale, cell.h * scale});
    if (json == published_field_) return;
    published_field_ = std::move(json);
    api::page::field(published_field_);
  }

  // What is possible with the layers is worked out only while somebody looks at it, and only when it may have changed.
  void publish_panel() {
    const Problem& problem = model_.state.scene.problem;
    const bool open = model_.state.panel && model_.trace;
    const auto net = open ? problem.net : nullptr;
    const auto classes = open ? problem.classes : nullptr;
    if (net == panel_net_ && classes == panel_classes_) return;
    panel_net_ = net;
    panel_classes_ = classes;
    api::page::panel(open ? api::panel_json(model_.state.scene) : "null");
  }

  const ui::Theme& theme() const {
    const ViewPrefs& view = model_.state.scene.view;
    // A projector wants light unless somebody says otherwise.
    const Theme wanted = view.present && view.theme == Theme::system ? Theme::light : view.theme;
    const bool dark = wanted == Theme::dark || (wanted != Theme::light && environment_.dark);
    const bool contrast = wanted == Theme::contrast || (wanted == Theme::system && environment_.more_contrast);
    if (contrast) return ui::theme(dark ? ui::ThemeKind::kContrastDark : ui::ThemeKind::kContrastLight);
    return ui::theme(dark ? ui::ThemeKind::kDark : ui::ThemeKind::kLight);
  }

  std::string address_json() const {
    const app::AddressFields fields = app::address_fields(model_);
    api::JsonWriter json;
    json.begin('{');
    if (!fields.playlist.empty()) json.key("playlist").text(fields.playlist);
    if (!fields.preset.empty()) json.key("preset").text(fields.preset);
    if (!fields.document.empty()) json.key("document").text(fields.document);
    json.key("overrides").begin('{');
    for (const auto& [name, value] : fields.overrides) json.key(name).text(value);
    json.end('}').end('}');
    return json.str();
  }

  static std::string presets_json() {
    api::JsonWriter json;
    json.begin('[');
    for (const PresetInfo& preset : presets()) {
      json.begin('{').key("name").text(preset.name).key("title").text(preset.title).end('}');
    }
    return json.end(']').str();
  }

  app::Model model_ = app::initial_model();
  views::PageState views_;
  api::Environment environment_;
  gpu::Canvas canvas_;
  float device_ratio_ = 1;  // device pixels in a CSS pixel; the canvas's own ratio has the reader's size in it
  platform::Window window_;
  platform::Input input_;
  gpu::ImGuiPainter painter_;
  platform::FrameLoop loop_{*this};
  std::string published_;  // what the mirror shows
  std::string published_field_ = "null";
  std::shared_ptr<const Network> panel_net_;  // what the panel shows
  std::shared_ptr<const IndexTensor> panel_classes_;
  const ui::Theme* published_theme_ = nullptr;
  std::int64_t frames_ = 0;
  double last_frame_ = 0;  // seconds, while playing; 0: the clock starts anew
  bool woken_ = false;     // something happened since the last frame
};

}  // namespace
}  // namespace backstep

int main() {
  // Lives as long as the page.
  static backstep::Page page;
  if (!page.open()) return 1;
  backstep::api::bind(&page);
  return 0;
}
