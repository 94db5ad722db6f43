#include "parser.h"

#include "attributes_io.h"
#include "numbers.h"

namespace backstep {
namespace {

constexpr std::size_t kLongestTitle = 256;
// Numbers of all tensors of one pass together, so that no document asks for more memory than a page has.
constexpr std::int64_t kMostStoredNumbers = std::int64_t{1} << 25;

}  // namespace

Result<Scene> SceneParser::run() {
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

void SceneParser::read_version() {
  const auto version = top_.require("backstep", "the version of the scene format, " + std::to_string(kSceneVersion));
  if (!version) return;
  if (version->kind() == JsonKind::integer && version->integer() == kSceneVersion) return;
  failure_.set("scene.version", "backstep",
               "expected version " + std::to_string(kSceneVersion) + ", found " + version->describe());
}

void SceneParser::find_all() {
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
  breakpoints_ = top_.find("breakpoints");
  watches_ = top_.find("watches");
  top_.close();
}

void SceneParser::read_heading() {
  if (title_) read_text(*title_, "title", kLongestTitle, scene_.title, failure_);
  ObjectReader input(*input_, "input", failure_);
  const auto shape = input.require("shape", "a shape [N,C,H,W] or [N,F]");
  data_ = input.find("data");
  input.close();
  if (shape) read_shape(*shape, "input.shape", shape_, failure_);
  scene_.shapes_only = !data_;
}

void SceneParser::read_network() {
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
  if (!net) {
    const bool size = net.error().code == "network.size";
    return failure_.set(size ? "scene.range" : "scene.shape", net.error().where, net.error().message);
  }
  scene_.problem.net = std::make_shared<const Network>(std::move(*net));
}

void SceneParser::check_size() {
  if (const auto ok = backstep::check_size(*scene_.problem.net, !data_); !ok) {
    failure_.set(ok.error().code, ok.error().where, ok.error().message);
  }
}

// A scene of shapes has nothing to compute with, and no steps to point at.
void SceneParser::refuse_numbers() {
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
  refuse(breakpoints_, "breakpoints");
  refuse(watches_, "watches");
}

Result<Layer> parse_layer(std::string_view json) {
  const auto tree = JsonTree::parse(json);
  if (!tree) return tree.error();
  Failure failure;
  ObjectReader object(tree->root(), "", failure);
  Layer layer;
  if (read_op(object, layer)) object.close();
  if (failure) return failure.error();
  return layer;
}

// Every pass holds y and dx of each layer, and w, dw and the updated w. The first place that is too large is named.
Status check_size(const Network& net, bool shapes_only) {
  // Where there are only shapes, counts stay exact in JavaScript.
  const std::int64_t most = shapes_only ? kMaxCountedElements : kMostStoredNumbers;
  const std::int64_t most_in_tensor = shapes_only ? kMaxCountedElements : kMaxStoredElements;
  std::int64_t total = 0;
  std::optional<Error> error;
  const auto add = [&](const Shape& shape, std::int64_t copies, const std::string& where) {
    if (shape.is_none() || error) return;
    total = saturating_add(total, saturating_mul(copies, shape.count()));
    if (total <= most && shape.count() <= most_in_tensor) return;
    error = Error{"scene.range", where,
                  "expected at most " + std::to_string(most_in_tensor) + " numbers in a tensor and " +
                      std::to_string(most) + " in all tensors of a pass, found " + shape.text() +
                      (shapes_only ? "" : "; without input.data they would only be counted")};
  };
  add(net.input(), 1, "input.shape");
  for (int i = 0; i < net.layer_count(); ++i) {
    const LayerShapes& s = net.layer(i).shapes;
    const std::string where = json_path_item("layers", i);
    add(s.x, 1, where);
    add(s.w, 3, where);
    add(s.b, 3, where);
    add(s.y, 1, where);
  }
  if (error) return *error;
  return Nothing{};
}

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
