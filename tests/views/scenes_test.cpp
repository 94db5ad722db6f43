// Every step of every preset, and of nets with every layer and with a batch, is drawn; a sample of the pictures is
// looked at closely.
#include <doctest/doctest.h>

#include <string>

#include "web/app/update.h"
#include "web/views/page.h"
#include "web/widgets/null_painter.h"

namespace {

using namespace backstep;

// Each layer type once, an Adam optimizer and a squared error.
constexpr const char* kEveryLayer = R"({
  "backstep": 1, "title": "Every layer", "seed": 3,
  "input": {"shape": [1, 2, 6, 6], "data": [
    [[0,1,0,0,0,2],[2,0,0,1,2,0],[2,0,2,2,3,2],[3,0,1,3,3,0],[3,0,1,0,0,0],[0,0,0,3,3,3]],
    [[1,1,0,0,0,2],[2,0,0,-1,2,0],[2,0,2,2,3,2],[3,0,1,3,-3,0],[3,0,1,0,0,0],[0,0,0,3,3,1]]]},
  "layers": [
    {"op": "conv2d", "out": 2, "kernel": [3, 3], "groups": 2, "dilation": [2, 2], "padding": [2, 2], "flip": true},
    {"op": "batch_norm"}, {"op": "leaky_relu"}, {"op": "avg_pool2d", "kernel": [2, 2]},
    {"op": "conv_transpose2d", "out": 2, "kernel": [3, 3], "stride": [2, 2]}, {"op": "tanh"},
    {"op": "dropout", "rate": 0.5}, {"op": "max_pool2d", "kernel": [3, 3], "stride": [2, 2]}, {"op": "sigmoid"},
    {"op": "relu"}, {"op": "global_avg_pool2d"}, {"op": "flatten"}, {"op": "dense", "out": 3}],
  "loss": {"op": "mse"}, "target": [[1, 0, 0.5]], "optimizer": {"op": "adam", "lr": 0.01}
})";

// Two samples of one row: a batch, and a picture of height 1.
constexpr const char* kBatch = R"({
  "backstep": 1, "title": "A batch of lines", "seed": 5,
  "input": {"shape": [2, 1, 1, 7], "data": [[[[0, 1, 2, 1, 0, -1, 2]]], [[[1, 0, 0, 2, 1, 1, 0]]]]},
  "layers": [
    {"op": "conv2d", "out": 2, "kernel": [1, 3], "stride": [1, 2]}, {"op": "relu"}, {"op": "flatten"},
    {"op": "dense", "out": 3}],
  "loss": {"op": "softmax_cross_entropy"}, "target": [0, 2], "optimizer": {"op": "sgd", "lr": 0.1}
})";

// Windows that overlap and lie over the border: cells of one block have from one to nine terms.
constexpr const char* kOverlap = R"({
  "backstep": 1, "title": "Overlapping windows",
  "input": {"shape": [1, 2, 5, 5], "data": [
    [[0,1,0,0,2],[2,0,0,1,2],[2,0,2,3,2],[3,0,1,-3,3],[3,0,1,0,0]],
    [[1,1,0,0,2],[2,0,0,-1,2],[2,0,2,3,2],[3,0,1,3,-3],[3,0,1,0,0]]]},
  "layers": [
    {"op": "avg_pool2d", "kernel": 3, "stride": 2, "padding": 1}, {"op": "max_pool2d", "kernel": 3, "stride": 1, "padding": 1}],
  "loss": {"op": "mse"}, "target": [0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0.5], "optimizer": {"op": "sgd", "lr": 0.01}
})";

// What is wrong with the pictures of a scene: all steps are drawn, every `sample`th is looked at.
std::string flaws(const app::Intent& load, ui::Vec2 size, bool touch, std::int64_t sample, See see = See::gather) {
  app::Model model = app::initial_model();
  app::update(model, load);
  app::update(model, app::SetSee{see});
  if (model.state.error) return model.state.error->text();
  views::PageState state;
  ui::NullPainter painter(size);
  painter.set_touch(touch);
  painter.set_motion(false);
  for (std::int64_t step = 0; step < model.steps(); ++step) {
    app::update(model, app::Seek{step, -1});
    views::Intents intents;
    painter.frame_of([&](ui::Painter& p) { views::draw_page(p, model, state, intents); });
    const Block& block = model.trace->steps().block_of(step);
    const bool looked_at = step == block.first || step == block.first + block.count - 1 || step % sample == 0;
    if (!looked_at) continue;
    const std::vector<std::string> problems = painter.problems();
    if (!problems.empty()) return model.trace->steps().name(step) + ": " + problems.front();
  }
  return "";
}

}  // namespace

TEST_CASE("views: every step of every preset is drawn") {
  for (const PresetInfo& preset : presets()) {
    const std::int64_t sample = preset.name == "tiny-cnn" ? 97 : preset.name == "pocket" ? 1 : 7;
    CAPTURE(preset.name);
    CHECK(flaws(app::LoadPreset{std::string(preset.name)}, {1440, 900}, false, sample) == "");
    CHECK(flaws(app::LoadPreset{std::string(preset.name)}, {390, 844}, true, sample) == "");
  }
}

TEST_CASE("views: every step of the small presets is drawn in every way that it can be seen") {
  for (const PresetInfo& preset : presets()) {
    if (preset.name == "tiny-cnn") continue;  // thousands of steps
    CAPTURE(preset.name);
    for (const See see : {See::scatter, See::unrolled, See::matrix}) {
      CAPTURE(see_name(see));
      CHECK(flaws(app::LoadPreset{std::string(preset.name)}, {1440, 900}, false, 5, see) == "");
      CHECK(flaws(app::LoadPreset{std::string(preset.name)}, {390, 844}, true, 5, see) == "");
    }
  }
}

TEST_CASE("views: every layer, a batch and a single row are drawn") {
  for (const char* scene : {kEveryLayer, kBatch, kOverlap}) {
    CAPTURE(scene);
    CHECK(flaws(app::LoadScene{scene}, {1440, 900}, false, 13) == "");
    CHECK(flaws(app::LoadScene{scene}, {960, 680}, false, 7) == "");
    CHECK(flaws(app::LoadScene{scene}, {390, 844}, true, 13) == "");
    for (const See see : {See::scatter, See::unrolled, See::matrix}) {
      CHECK(flaws(app::LoadScene{scene}, {1440, 900}, false, 13, see) == "");
      CHECK(flaws(app::LoadScene{scene}, {390, 844}, true, 13, see) == "");
    }
  }
}
