// The playlist parser: stop by stop, each judged against the scene that it shows; the first failure ends it.
#include <array>
#include <map>

#include "../playlist.h"
#include "cell_names.h"
#include "cursor.h"
#include "edit.h"
#include "parser.h"

namespace backstep {
namespace {

constexpr std::size_t kLongestTitle = 256;
constexpr std::size_t kLongestText = 2000;
constexpr std::size_t kLongestName = 128;
constexpr std::int64_t kMostUpdates = 100;

class PlaylistParser {
 public:
  explicit PlaylistParser(const JsonView& root) : top_(root, "", failure_) {}

  Result<Playlist> run() {
    const auto version = top_.require("playlist", "the version of the playlist format");
    const auto title = top_.find("title");
    const auto stops = top_.require("stops", "an array of stops");
    top_.close();
    std::int64_t number = 0;
    if (version) read_integer(*version, "playlist", kPlaylistVersion, kPlaylistVersion, number, failure_);
    if (title) read_text(*title, "title", kLongestTitle, playlist_.title, failure_);
    if (stops && !failure_) read_stops(*stops);
    if (failure_) return failure_.error();
    return std::move(playlist_);
  }

 private:
  void read_stops(const JsonView& value) {
    if (value.kind() != JsonKind::array) return failure_.type("stops", "an array of stops", value);
    if (value.size() < 1 || value.size() > kMaxStops) {
      return failure_.range("stops", "1 to " + std::to_string(kMaxStops) + " stops", value);
    }
    JsonView item = value.first();
    for (std::size_t i = 0; i < value.size() && !failure_; ++i) {
      read_stop(item, json_path_item("stops", static_cast<std::int64_t>(i)));
      item = item.next();
    }
  }

  // Scene and panels stay as in the stop before unless they are named anew.
  void read_stop(const JsonView& value, const std::string& where) {
    ObjectReader object(value, where, failure_);
    Stop stop;
    if (!playlist_.stops.empty()) {
      stop.scene = playlist_.stops.back().scene;
      stop.show = playlist_.stops.back().show;
    }
    const auto scene = object.find("scene"), show = object.find("show"), grain = object.find("grain"),
               see = object.find("see"), term = object.find("term"), updates = object.find("updates"),
               covers = object.find("covers");
    for (const auto& [key, longest, out] : {std::tuple{"title", kLongestTitle, &stop.title},
                                            {"answer", kLongestText, &stop.answer},
                                            {"edit", kLongestText, &stop.edit},
                                            {"cell", kLongestName, &stop.cell},
                                            {"pin", kLongestName, &stop.pin},
                                            {"ask", kLongestName, &stop.ask},
                                            {"change", kLongestName, &stop.change}}) {
      if (const auto text = object.find(key)) read_text(*text, object.path(key), longest, *out, failure_);
    }
    if (const auto text = object.require("text", "what is said at this stop")) {
      read_text(*text, object.path("text"), kLongestText, stop.text, failure_);
    }
    object.close();
    if (scene || playlist_.scenes.empty()) read_scene(scene, object.path("scene"), stop);
    if (failure_) return;
    if (show) read_panels(*show, object.path("show"), stop.show);
    if (grain) read_choice(*grain, object.path("grain"), kGrainNames, stop.grain, failure_);
    if (see) read_choice(*see, object.path("see"), kSeeNames, stop.see, failure_);
    if (updates) read_integer(*updates, object.path("updates"), 0, kMostUpdates, stop.updates, failure_);
    if (term) read_integer(*term, object.path("term"), 0, INT64_MAX, stop.term, failure_);
    if (covers) read_covers(*covers, object.path("covers"), stop.covers);
    if (!failure_) check(stop, object);
    if (!failure_) playlist_.stops.push_back(std::move(stop));
  }

  // A preset's name or a document; without one the first stop shows the default scene.
  void read_scene(const std::optional<JsonView>& value, const std::string& where, Stop& stop) {
    const bool document = value && value->kind() == JsonKind::object;
    if (value && !document && value->kind() != JsonKind::text) {
      return failure_.type(where, "the name of a preset or a scene", *value);
    }
    const std::string name(document ? "" : value ? value->text() : "pocket");
    const auto known = document ? by_name_.end() : by_name_.find(name);
    if (known != by_name_.end()) {
      stop.scene = known->second;
      return;
    }
    auto scene = document ? SceneParser(*value).run() : preset_scene(name);
    if (!scene) {
      const std::string inner = document && !scene.error().where.empty() ? "." + scene.error().where : "";
      return failure_.set(scene.error().code, where + inner, scene.error().message);
    }
    if (scene->shapes_only)
      return failure_.set("scene.range", where, "expected a scene with numbers, found shapes only");
    stop.scene = playlist_.scenes.size();
    playlist_.scenes.push_back(std::move(*scene));
    if (!document) by_name_[name] = stop.scene;
  }

  void read_panels(const JsonView& value, const std::string& where, Panels& out) {
    if (value.kind() != JsonKind::array) return failure_.type(where, "an array of names of panels", value);
    out = {};
    constexpr std::array<std::string_view, 6> kNames = {"working", "bias", "heading", "map", "inspector", "steps"};
    bool* const flags[] = {&out.working, &out.bias, &out.heading, &out.map, &out.inspector, &out.steps};
    JsonView item = value.first();
    for (std::size_t i = 0; i < value.size() && !failure_; ++i) {
      const auto index = choice_of(item, json_path_item(where, static_cast<std::int64_t>(i)), kNames, failure_);
      if (index) *flags[*index] = true;
      item = item.next();
    }
  }

  void read_covers(const JsonView& value, const std::string& where, std::vector<std::string>& out) {
    if (value.kind() != JsonKind::array) return failure_.type(where, "an array of names of cells and tensors", value);
    JsonView item = value.first();
    for (std::size_t i = 0; i < value.size() && !failure_; ++i) {
      read_text(item, json_path_item(where, static_cast<std::int64_t>(i)), kLongestName, out.emplace_back(), failure_);
      item = item.next();
    }
  }

  void check(const Stop& stop, const ObjectReader& object) {
    const Scene& scene = playlist_.scenes[stop.scene];
    const Network& net = *scene.problem.net;
    const StepIndex steps(net);
    const auto fail = [&](std::string_view key, const Error& error, std::string_view found) {
      failure_.set("scene.range", object.path(key), error.message + ", found " + json_string(json_excerpt(found)));
    };
    Cursor cursor{0, -1, stop.grain};
    for (const auto& [key, name] : {std::pair{"cell", &stop.cell}, {"ask", &stop.ask}}) {
      if (name->empty()) continue;
      const auto step = steps.parse(*name);
      if (!step) return fail(key, step.error(), *name);
      if (name == &stop.cell) cursor.step = *step;
    }
    if (stop.term >= 0) set_term(stop.term, object.path("term"), net, steps, cursor, failure_);
    if (!stop.pin.empty()) {
      if (const auto cell = parse_any_cell(net, steps, stop.pin); !cell) return fail("pin", cell.error(), stop.pin);
    }
    if (!stop.change.empty()) {
      if (const auto cell = parse_source_cell(net, stop.change); !cell)
        return fail("change", cell.error(), stop.change);
    }
    for (const std::string& cover : stop.covers) {
      if (const auto ok = check_cell_name(net, steps, cover); !ok) return fail("covers", ok.error(), cover);
    }
    if (stop.updates > 0 && !net.loss()) {
      failure_.set("scene.range", object.path("updates"), "expected a scene with a loss to train on");
    }
    Problem edited = scene.problem;
    Failure edits;
    if (!stop.edit.empty()) apply_edits(stop.edit, edited, edits);
    if (edits) failure_.set(edits.error().code, object.path("edit"), edits.error().message);
    for (const auto& [key, text] : {std::pair{"text", &stop.text}, {"answer", &stop.answer}}) {
      if (const std::string wrong = check_text(*text, net, steps); !wrong.empty()) {
        failure_.set("scene.range", object.path(key), wrong);
      }
    }
  }

  Failure failure_;
  ObjectReader top_;
  Playlist playlist_;
  std::map<std::string, std::size_t> by_name_;
};

}  // namespace

Result<Playlist> parse_playlist(std::string_view json) {
  if (json.size() > kMaxSceneBytes) {
    return Error{"scene.range", "", "expected at most " + std::to_string(kMaxSceneBytes) + " bytes, found more"};
  }
  const auto tree = JsonTree::parse(json);
  if (!tree) return tree.error();
  return PlaylistParser(tree->root()).run();
}

bool is_playlist(std::string_view json) {
  const auto tree = json.size() <= kMaxSceneBytes ? JsonTree::parse(json) : Error{};
  if (!tree || tree->root().kind() != JsonKind::object) return false;
  Failure ignored;
  return ObjectReader(tree->root(), "", ignored).find("playlist").has_value();
}

}  // namespace backstep
