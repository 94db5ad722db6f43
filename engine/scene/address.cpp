// The page's address: a preset or a scene document, and overrides of it (docs/scene.md lists them).
#include <array>
#include <charconv>
#include <span>

#include "../scene.h"
#include "cell_names.h"
#include "cursor.h"
#include "edit.h"

namespace backstep {
namespace {

// The values of an address are texts; each reader names the key in its errors.
class AddressParser {
 public:
  explicit AddressParser(const JsonView& root) : object_(root, "", failure_) {}

  Result<Address> run() {
    const auto scene = text("scene"), step = text("step"), term = text("term"), grain = text("grain"),
               edit = text("edit"), theme = text("theme"), see = text("see"), tour = text("tour");
    const auto inspector = text("inspector"), strip = text("strip"), everything = text("everything"),
               present = text("present"), scale = text("scale"), playlist = text("playlist"), stop = text("stop");
    const auto breaks = text("break"), watches = text("watch");
    object_.close();
    if (failure_) return failure_.error();
    address_.has_scene = scene.has_value();
    auto parsed = scene && is_document(*scene) ? parse_scene(*scene) : preset_scene(scene.value_or("pocket"));
    if (!parsed) return parsed.error();
    address_.scene = std::move(*parsed);
    address_.original = address_.scene.problem;
    if (edit) apply_edits(*edit, address_.scene.problem, failure_);
    if (!failure_) read_time(step, grain, term);
    ViewPrefs& view = address_.scene.view;
    if (theme) view.theme = static_cast<Theme>(choice("theme", *theme, kThemeNames));
    if (see) view.see = static_cast<See>(choice("see", *see, kSeeNames));
    if (everything) view.everything = view.inspector = flag("everything", *everything);
    if (inspector) view.inspector = flag("inspector", *inspector);
    if (strip) view.strip = flag("strip", *strip);
    if (present) view.present = flag("present", *present);
    if (scale) read_scale(*scale);
    if (tour) address_.tour = flag("tour", *tour);
    if (playlist) address_.playlist = *playlist;
    if (stop) read_stop(*stop);
    if (breaks) read_marks("break", *breaks, address_.scene.breakpoints);
    if (watches) read_marks("watch", *watches, address_.scene.watches);
    if (failure_) return failure_.error();
    return std::move(address_);
  }

 private:
  static bool is_document(std::string_view scene) {
    const std::size_t first = scene.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && scene[first] == '{';
  }

  std::optional<std::string_view> text(std::string_view key) {
    const auto value = object_.find(key);
    if (!value) return std::nullopt;
    if (value->kind() != JsonKind::text) {
      failure_.type(std::string(key), "a text", *value);
      return std::nullopt;
    }
    return value->text();
  }

  void fail(std::string_view key, const std::string& expected, std::string_view found) {
    failure_.set("scene.range", std::string(key),
                 "expected " + expected + ", found " + json_string(json_excerpt(found)));
  }

  std::int64_t whole(std::string_view key, std::string_view value) {
    std::int64_t number = 0;
    const auto [end, status] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (status != std::errc{} || end != value.data() + value.size()) fail(key, "a whole number", value);
    return number;
  }

  std::size_t choice(std::string_view key, std::string_view value, std::span<const std::string_view> names) {
    std::string expected;
    std::size_t index = 0;
    for (const std::string_view name : names) {
      if (name == value) return index;
      expected += (expected.empty() ? "one of " : ", ") + std::string(name);
      ++index;
    }
    fail(key, expected, value);
    return 0;
  }

  bool flag(std::string_view key, std::string_view value) {
    constexpr std::array<std::string_view, 2> kFlags = {"0", "1"};
    return choice(key, value, kFlags) == 1;
  }

  void read_scale(std::string_view value) {
    const std::int64_t number = whole("scale", value);
    if (number < kSmallestScale || number > kLargestScale) {
      return fail("scale", "a size from " + std::to_string(kSmallestScale) + " to " + std::to_string(kLargestScale),
                  value);
    }
    address_.scene.view.scale = static_cast<int>(number);
  }

  void read_stop(std::string_view value) {
    const std::int64_t number = whole("stop", value);
    if (!failure_ && number < 1) fail("stop", "a stop from 1 on", value);
    address_.stop = number;
  }

  // "conv1.y[0,1,1];relu1"; they stand instead of the scene's own.
  void read_marks(std::string_view key, std::string_view names, std::vector<std::string>& out) {
    if (address_.scene.shapes_only) {
      return failure_.set("scene.range", std::string(key),
                          "expected a scene with numbers: one of shapes only has no steps");
    }
    out.clear();
    while (!names.empty() && !failure_) {
      const std::size_t end = std::min(names.find(';'), names.size());
      const std::string_view name = names.substr(0, end);
      if (!is_mark_name(name)) fail(key, "names of layers, tensors or cells", name);
      out.emplace_back(name);
      names.remove_prefix(std::min(end + 1, names.size()));
    }
  }

  void read_time(const std::optional<std::string_view>& step, const std::optional<std::string_view>& grain,
                 const std::optional<std::string_view>& term) {
    Scene& scene = address_.scene;
    address_.has_step = step.has_value() || scene.has_cursor;
    if (!step && !grain && !term) return;
    if (scene.shapes_only) {
      return failure_.set("scene.range",
                          step    ? "step"
                          : grain ? "grain"
                                  : "term",
                          "expected a scene with numbers: one of shapes only has no steps");
    }
    const Network& net = *scene.problem.net;
    const StepIndex steps(net);
    if (step || grain) scene.cursor.term = -1;
    if (grain) scene.cursor.grain = static_cast<Grain>(choice("grain", *grain, kGrainNames));
    if (step) {
      const std::int64_t number = whole("step", *step);
      if (!failure_) set_step(number, "step", steps, scene.cursor, failure_);
    }
    if (!term) return;
    const std::int64_t number = whole("term", *term);
    if (!failure_) set_term(number, "term", net, steps, scene.cursor, failure_);
  }

  Failure failure_;
  ObjectReader object_;
  Address address_;
};

}  // namespace

Result<Address> parse_address(std::string_view json) {
  if (json.size() > kMaxSceneBytes) {
    return Error{"scene.range", "", "expected at most " + std::to_string(kMaxSceneBytes) + " bytes, found more"};
  }
  const auto tree = JsonTree::parse(json);
  if (!tree) return tree.error();
  return AddressParser(tree->root()).run();
}

}  // namespace backstep
