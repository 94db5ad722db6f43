// What a pass is computed from: parameters, input, and either loss and target or dy.
#include <array>

#include "numbers.h"
#include "parser.h"

namespace backstep {

void SceneParser::read_seed() {
  if (init_ && !seed_) failure_.set("scene.missing", "seed", "expected a seed beside init, found nothing");
  if (!seed_) return;
  std::int64_t value = 0;
  read_integer(*seed_, "seed", 0, kLargestInteger, value, failure_);
  Initialisation rule = Initialisation::he;
  constexpr std::array<std::string_view, 2> kRules = {"he", "glorot"};
  if (init_) read_choice(*init_, "init", kRules, rule, failure_);
  scene_.seed = Seed{static_cast<std::uint64_t>(value), rule};
}

void SceneParser::read_parameters() {
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

void SceneParser::read_end() {
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

void SceneParser::read_problem() {
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

}  // namespace backstep
