// The scene parser: from a JSON tree to a Scene, one key after the other, the first failure ends it.
#include <array>
#include <cstdint>

#include "../scene.h"
#include "attributes_io.h"
#include "cell_names.h"
#include "cursor.h"
#include "numbers.h"

namespace backstep {
namespace {

constexpr std::size_t kLongestTitle = 256;
constexpr std::size_t kLongestClassName = 64;
constexpr std::size_t kLongestCellName = 128;
constexpr std::size_t kMostNames = 1024;                               // covers, locks
constexpr std::int64_t kLargestInteger = (std::int64_t{1} << 53) - 1;  // exact in JavaScript too
// Numbers of all tensors of one pass together, so that no document asks for more memory than a page has.
constexpr std::int64_t kMostStoredNumbers = std::int64_t{1} << 25;
// Where only shapes are given, counts stay exact in JavaScript.
constexpr std::int64_t kMostCountedNumbers = kLargestInteger;

struct LayerDraft {
  Layer op;
  std::optional<JsonView> w, b;
};

class SceneParser {
 public:
  explicit SceneParser(const JsonView& root) : top_(root, "", failure_) {}

  Result<Scene> run() {
    read_version();
    find_all();
    if (!failure_) read_heading();
    if (!failure_) read_network();
    if (!failure_) check_size();
    if (!failure_ && !data_) refuse_numbers();
    if (!failure_ && data_) read_problem();
    if (!failure_) read_view();
    if (!failure_ && data_) read_time();
    if (failure_) return failure_.error();
    return std::move(scene_);
  }

 private:
  void read_version() {
    const auto version = top_.require("backstep", "the version of the scene format, " + std::to_string(kSceneVersion));
    if (!version) return;
    if (version->kind() == JsonKind::integer && version->integer() == kSceneVersion) return;
    failure_.set("scene.version", "backstep",
                 "expected version " + std::to_string(kSceneVersion) + ", found " + version->describe());
  }

  void find_all() {
    title_ = top_.find("title");
    input_ = top_.require("input", "an object with the input's shape");
    layers_ = top_.require("layers", "an array of layers");
    loss_ = top_.find("loss");
    target_ = top_.find("target");
    optimizer_ = top_.find("optimizer");
    dy_ = top_.find("dy");
    draw_ = top_.find("draw");
    seed_ = top_.find("seed");
    init_ = top_.find("init");
    classes_ = top_.find("classes");
    cursor_ = top_.find("cursor");
    view_ = top_.find("view");
    covers_ = top_.find("covers");
    locks_ = top_.find("locks");
    top_.close();
  }

  void read_heading() {
    if (title_) read_text(*title_, "title", kLongestTitle, scene_.title, failure_);
    ObjectReader input(*input_, "input", failure_);
    const auto shape = input.require("shape", "a shape [N,C,H,W] or [N,F]");
    data_ = input.find("data");
    input.close();
    if (shape) read_shape(*shape, "input.shape", shape_, failure_);
    scene_.shapes_only = !data_;
  }

  void read_network() {
    if (layers_->kind() != JsonKind::array) return failure_.type("layers", "an array of layers", *layers_);
    if (layers_->size() < 1 || layers_->size() > kMaxLayers) {
      return failure_.range("layers", "1 to " + std::to_string(kMaxLayers) + " layers", *layers_);
    }
    std::vector<Layer> ops;
    JsonView item = layers_->first();
    for (std::size_t i = 0; i < layers_->size() && !failure_; ++i) {
      ObjectReader object(item, json_path_item("layers", static_cast<std::int64_t>(i)), failure_);
      LayerDraft& draft = drafts_.emplace_back();
      if (read_op(object, draft.op)) {
        draft.w = object.find("w");
        draft.b = object.find("b");
        object.close();
      }
      ops.push_back(draft.op);
      item = item.next();
    }
    std::optional<Loss> loss;
    if (loss_) {
      ObjectReader object(*loss_, "loss", failure_);
      if (read_op(object, loss.emplace())) object.close();
    }
    Optimizer optimizer;
    if (optimizer_) {
      ObjectReader object(*optimizer_, "optimizer", failure_);
      if (read_op(object, optimizer)) object.close();
    }
    if (failure_) return;
    auto net = Network::build(shape_, std::move(ops), loss, optimizer);
    if (!net) return failure_.set("scene.shape", net.error().where, net.error().message);
    scene_.problem.net = std::make_shared<const Network>(std::move(*net));
  }

  // Every pass holds y and dx of each layer, and w, dw and the updated w.
  void check_size() {
    const Network& net = *scene_.problem.net;
    const std::int64_t most = data_ ? kMostStoredNumbers : kMostCountedNumbers;
    std::int64_t total = net.input().count();
    for (int i = 0; i < net.layer_count() && total <= most; ++i) {
      const LayerShapes& s = net.layer(i).shapes;
      for (const std::int64_t count : {s.x.count(), s.y.count(), s.w.is_none() ? 0 : saturating_mul(3, s.w.count())}) {
        total = saturating_add(total, count);
      }
      if (total > most || (data_ && !net.storable() && i + 1 == net.layer_count())) {
        failure_.set("scene.range", json_path_item("layers", i),
                     "expected at most " + std::to_string(kMaxStoredElements) + " numbers in a tensor and " +
                         std::to_string(most) + " in all tensors of a pass" +
                         (data_ ? "; without input.data they would only be counted" : ""));
      }
    }
  }

  // A scene of shapes has nothing to compute with, and no steps to point at.
  void refuse_numbers() {
    const auto refuse = [this](const std::optional<JsonView>& value, const std::string& where) {
      if (!value) return;
      failure_.set("scene.missing", "input.data", "expected numbers, because the scene has " + where + ", found none");
    };
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      refuse(drafts_[i].w, "layers[" + std::to_string(i) + "].w");
      refuse(drafts_[i].b, "layers[" + std::to_string(i) + "].b");
    }
    refuse(target_, "target");
    refuse(dy_, "dy");
    refuse(draw_, "draw");
    refuse(seed_, "seed");
    refuse(init_, "init");
    refuse(cursor_, "cursor");
    refuse(covers_, "covers");
    refuse(locks_, "locks");
  }

  void read_seed() {
    if (init_ && !seed_) failure_.set("scene.missing", "seed", "expected a seed beside init, found nothing");
    if (!seed_) return;
    std::int64_t value = 0;
    read_integer(*seed_, "seed", 0, kLargestInteger, value, failure_);
    std::size_t rule = 0;
    if (init_) read_choice(*init_, "init", {"he", "glorot"}, rule, failure_);
    scene_.seed = Seed{static_cast<std::uint64_t>(value), rule == 0 ? Initialisation::he : Initialisation::glorot};
  }

  void read_parameters() {
    const Network& net = *scene_.problem.net;
    Parameters parameters;
    if (scene_.seed) {
      parameters = initial_parameters(net, scene_.seed->value, scene_.seed->rule);
    } else {
      parameters.layers.resize(drafts_.size());
    }
    const auto read = [&](const std::optional<JsonView>& value, const std::string& where, const Shape& shape,
                          Tensor& out) {
      if (!value && !shape.is_none() && !scene_.seed) {
        failure_.set("scene.missing", where,
                     "expected numbers of shape " + shape.text() + ", or a seed for the whole net, found nothing");
      }
      if (!value || failure_) return;
      if (shape.is_none()) return failure_.set("scene.unknown_key", where, "this layer has no such numbers");
      read_numbers(*value, where, shape, out, failure_);
    };
    for (std::size_t i = 0; i < drafts_.size() && !failure_; ++i) {
      const LayerShapes& s = net.layer(static_cast<int>(i)).shapes;
      const std::string where = json_path_item("layers", static_cast<std::int64_t>(i));
      read(drafts_[i].w, where + ".w", s.w, parameters.layers[i].w);
      read(drafts_[i].b, where + ".b", s.b, parameters.layers[i].b);
    }
    scene_.problem.parameters = std::make_shared<const Parameters>(std::move(parameters));
  }

  void read_end() {
    Problem& problem = scene_.problem;
    const Shape& output = problem.net->output();
    if (dy_) {
      for (const auto& [value, key] : {std::pair{loss_, "loss"}, {target_, "target"}, {optimizer_, "optimizer"}}) {
        if (value) failure_.set("scene.unknown_key", key, "expected either dy or loss, target and optimizer, not both");
      }
      Tensor dy;
      read_numbers(*dy_, "dy", output, dy, failure_);
      problem.dy = std::make_shared<const Tensor>(std::move(dy));
      return;
    }
    for (const auto& [value, key] : {std::pair{loss_, "loss"}, {target_, "target"}, {optimizer_, "optimizer"}}) {
      if (!value) failure_.set("scene.missing", key, "expected loss, target and optimizer, or dy, found nothing");
    }
    if (failure_) return;
    if (std::holds_alternative<SoftmaxCrossEntropy>(*problem.net->loss())) {
      IndexTensor classes;
      read_classes(*target_, "target", output[0], output[1], classes, failure_);
      problem.classes = std::make_shared<const IndexTensor>(std::move(classes));
    } else {
      Tensor target;
      read_numbers(*target_, "target", output, target, failure_);
      problem.target = std::make_shared<const Tensor>(std::move(target));
    }
  }

  void read_problem() {
    read_seed();
    if (!failure_) read_parameters();
    Tensor input;
    if (!failure_) read_numbers(*data_, "input.data", shape_, input, failure_);
    scene_.problem.input = std::make_shared<const Tensor>(std::move(input));
    if (!failure_) read_end();
    if (draw_) read_integer(*draw_, "draw", 0, kLargestInteger, scene_.problem.draw, failure_);
    if (failure_) return;
    if (auto ok = check_problem(scene_.problem); !ok) {
      failure_.set("scene.shape", ok.error().where, ok.error().message);
    }
  }

  std::vector<std::string> read_texts(const JsonView& value, const std::string& where, std::size_t longest,
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

  void read_view() {
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
      std::size_t index = 0;
      read_choice(*theme, "view.theme", {"system", "light", "dark", "contrast"}, index, failure_);
      scene_.view.theme = static_cast<Theme>(index);
    }
    for (const auto& [key, flag] : {std::pair{"inspector", &scene_.view.inspector},
                                    {"strip", &scene_.view.strip},
                                    {"everything", &scene_.view.everything}}) {
      if (const auto value = object.find(key)) read_boolean(*value, object.path(key), *flag, failure_);
    }
    object.close();
  }

  void read_names(const std::optional<JsonView>& value, const std::string& where, const StepIndex& steps,
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

  void read_time() {
    const StepIndex steps(*scene_.problem.net);
    if (cursor_) {
      scene_.has_cursor = true;
      read_cursor(*cursor_, *scene_.problem.net, steps, scene_.cursor, failure_);
    }
    read_names(covers_, "covers", steps, scene_.covers);
    read_names(locks_, "locks", steps, scene_.locks);
  }

  Failure failure_;
  ObjectReader top_;
  Scene scene_;
  Shape shape_;
  std::vector<LayerDraft> drafts_;
  std::optional<JsonView> title_, input_, data_, layers_, loss_, target_, optimizer_, dy_, draw_, seed_, init_,
      classes_, cursor_, view_, covers_, locks_;
};

}  // namespace

Result<Scene> parse_scene(std::string_view json) {
  if (json.size() > kMaxSceneBytes) {
    return Error{"scene.range", "",
                 "expected a document of at most " + std::to_string(kMaxSceneBytes) + " bytes, found " +
                     std::to_string(json.size())};
  }
  const auto tree = JsonTree::parse(json);
  if (!tree) return tree.error();
  return SceneParser(tree->root()).run();
}

}  // namespace backstep
