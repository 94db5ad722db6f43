// How a scene is shown: names of classes, panels, the cursor, what is covered or locked.
#include "cell_names.h"
#include "cursor.h"
#include "parser.h"

namespace backstep {
namespace {

constexpr std::size_t kLongestClassName = 64;
constexpr std::size_t kLongestCellName = 128;
constexpr std::size_t kMostNames = 1024;  // classes, covers, locks

}  // namespace

std::vector<std::string> SceneParser::read_texts(const JsonView& value, const std::string& where, std::size_t longest,
                                                 std::size_t most) {
  std::vector<std::string> out;
  if (value.kind() != JsonKind::array) {
    failure_.type(where, "an array of texts", value);
  } else if (value.size() > most) {
    failure_.range(where, "at most " + std::to_string(most) + " texts", value);
  } else {
    JsonView item = value.first();
    for (std::size_t i = 0; i < value.size() && !failure_; ++i) {
      read_text(item, json_path_item(where, static_cast<std::int64_t>(i)), longest, out.emplace_back(), failure_);
      item = item.next();
    }
  }
  return out;
}

void SceneParser::read_view() {
  const Shape& output = scene_.problem.net->output();
  if (classes_) {
    scene_.class_names = read_texts(*classes_, "classes", kLongestClassName, kMostNames);
    const auto found = static_cast<std::int64_t>(scene_.class_names.size());
    if (!failure_ && (output.rank() != 2 || found != output[1])) {
      failure_.set("scene.shape", "classes",
                   "expected a name for each output of " + output.text() + ", found " + std::to_string(found));
    }
  }
  if (!view_) return;
  ObjectReader object(*view_, "view", failure_);
  if (const auto theme = object.find("theme")) {
    read_choice(*theme, "view.theme", kThemeNames, scene_.view.theme, failure_);
  }
  if (const auto see = object.find("see")) read_choice(*see, "view.see", kSeeNames, scene_.view.see, failure_);
  if (const auto value = object.find("everything")) {
    read_boolean(*value, object.path("everything"), scene_.view.everything, failure_);
    scene_.view.inspector = scene_.view.everything;
  }
  for (const auto& [key, flag] : {std::pair{"inspector", &scene_.view.inspector},
                                  {"strip", &scene_.view.strip},
                                  {"present", &scene_.view.present}}) {
    if (const auto value = object.find(key)) read_boolean(*value, object.path(key), *flag, failure_);
  }
  if (const auto value = object.find("scale")) {
    std::int64_t scale = scene_.view.scale;
    read_integer(*value, "view.scale", kSmallestScale, kLargestScale, scale, failure_);
    scene_.view.scale = static_cast<int>(scale);
  }
  object.close();
}

void SceneParser::read_names(const std::optional<JsonView>& value, const std::string& where, const StepIndex& steps,
                             std::vector<std::string>& out) {
  if (!value) return;
  out = read_texts(*value, where, kLongestCellName, kMostNames);
  for (std::size_t i = 0; i < out.size() && !failure_; ++i) {
    const auto ok = check_cell_name(*scene_.problem.net, steps, out[i]);
    if (ok) continue;
    failure_.set("scene.range", json_path_item(where, static_cast<std::int64_t>(i)),
                 ok.error().message + ", found " + json_string(json_excerpt(out[i])));
  }
}

// These may have lost their cell in an edit, so that only their form can be judged.
void SceneParser::read_marks(const std::optional<JsonView>& value, const std::string& where,
                             std::vector<std::string>& out) {
  if (!value) return;
  out = read_texts(*value, where, kLongestCellName, kMostNames);
  for (std::size_t i = 0; i < out.size() && !failure_; ++i) {
    if (is_mark_name(out[i])) continue;
    failure_.set("scene.range", json_path_item(where, static_cast<std::int64_t>(i)),
                 "expected the name of a layer, a tensor or a cell, found " + json_string(json_excerpt(out[i])));
  }
}

void SceneParser::read_time() {
  const StepIndex steps(*scene_.problem.net);
  if (cursor_) {
    scene_.has_cursor = true;
    read_cursor(*cursor_, *scene_.problem.net, steps, scene_.cursor, failure_);
  }
  read_names(covers_, "covers", steps, scene_.covers);
  read_names(locks_, "locks", steps, scene_.locks);
  read_marks(breakpoints_, "breakpoints", scene_.breakpoints);
  read_marks(watches_, "watches", scene_.watches);
}

}  // namespace backstep
