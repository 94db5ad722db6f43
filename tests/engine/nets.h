// Networks for the engine's tests: the pocket net by hand, and a net with a layer of every type.
#pragma once

#include <memory>

#include "engine/trace.h"
#include "tests/engine/support.h"

namespace backstep::test {

inline Problem problem_of(const Shape& input, std::vector<Layer> layers, std::optional<Loss> loss,
                          Optimizer optimizer = Sgd{}) {
  auto net = Network::build(input, std::move(layers), loss, optimizer);
  REQUIRE_MESSAGE(net, (net ? std::string() : net.error().text()));
  Problem problem;
  problem.net = std::make_shared<const Network>(std::move(*net));
  return problem;
}

// 6x6 integers, one 3x3 edge kernel, ReLU, 2x2 max pool, dense to 2: every value is exact, the logits are 9 and 9, and
// so every gradient is a half-integer.
inline Problem pocket(std::int32_t target = 0, double lr = 0.01) {
  Conv2d conv;
  Dense dense;
  dense.out_features = 2;
  Sgd sgd;
  sgd.lr = lr;
  Problem problem = problem_of({1, 1, 6, 6}, {conv, Relu{}, MaxPool2d{}, Flatten{}, dense}, SoftmaxCrossEntropy{}, sgd);
  problem.input =
      std::make_shared<const Tensor>(tensor({1, 1, 6, 6}, {0, 1, 0, 0, 0, 2, 2, 0, 0, 1, 2, 0, 2, 0, 2, 2, 3, 2,
                                                           3, 0, 1, 3, 3, 0, 3, 0, 1, 0, 0, 0, 0, 0, 0, 3, 3, 3}));
  Parameters parameters;
  parameters.layers.resize(5);
  parameters.layers[0] = {tensor({1, 1, 3, 3}, {-1, 0, 1, -1, 0, 1, -1, 0, 1}), tensor({1}, {0})};
  parameters.layers[4] = {tensor({2, 4}, {1, -1, 2, -1, -1, 1, 1, 1}), tensor({2}, {0, 0})};
  problem.parameters = std::make_shared<const Parameters>(std::move(parameters));
  problem.classes = std::make_shared<const IndexTensor>(IndexTensor({1}, {target}));
  REQUIRE(check_problem(problem));
  return problem;
}

// A layer of every type, two samples of two channels.
inline Problem every_layer_problem(std::optional<Loss> loss = SoftmaxCrossEntropy{}, Optimizer optimizer = Sgd{},
                                   std::uint64_t seed = 2024) {
  Conv2d conv;
  conv.out_channels = 3;
  conv.rule = PaddingRule::same;
  LeakyRelu leaky;
  leaky.negative_slope = 0.1;
  MaxPool2d max_pool;
  max_pool.kernel = {3, 3};
  max_pool.stride = {2, 2};
  max_pool.padding = {1, 1, 1, 1};
  ConvTranspose2d up;
  up.out_channels = 4;
  up.kernel = {2, 3};
  up.stride = {2, 2};
  up.output_padding = {0, 1};
  Conv2d depthwise;
  depthwise.out_channels = 4;
  depthwise.groups = 4;
  depthwise.flip = true;
  depthwise.kernel = {3, 2};
  AvgPool2d avg_pool;
  avg_pool.padding = {1, 0, 0, 1};
  avg_pool.count_include_pad = false;
  Dropout dropout;
  dropout.rate = 0.25;
  dropout.seed = 11;
  Dense dense;
  dense.out_features = 3;
  Problem problem = problem_of({2, 2, 7, 6},
                               {conv, BatchNorm{}, leaky, max_pool, up, Sigmoid{}, depthwise, Tanh{}, avg_pool, dropout,
                                Relu{}, GlobalAvgPool2d{}, Flatten{}, dense},
                               loss, optimizer);
  Rng rng(seed);
  problem.parameters = std::make_shared<const Parameters>(initial_parameters(*problem.net, seed, Initialisation::he));
  problem.input = std::make_shared<const Tensor>(random_tensor(rng, problem.net->input()));
  if (loss && std::holds_alternative<SoftmaxCrossEntropy>(*loss)) {
    problem.classes = std::make_shared<const IndexTensor>(IndexTensor({2}, {2, 0}));
  } else if (loss) {
    problem.target = std::make_shared<const Tensor>(random_tensor(rng, problem.net->output()));
  } else {
    problem.dy = std::make_shared<const Tensor>(random_tensor(rng, problem.net->output()));
  }
  const Status ok = check_problem(problem);
  REQUIRE_MESSAGE(ok, (ok ? std::string() : ok.error().text()));
  return problem;
}

// Step of a cell by its name.
inline std::int64_t step_of(const Trace& trace, std::string_view name) {
  const auto step = trace.steps().parse(name);
  REQUIRE_MESSAGE(step, (step ? std::string() : step.error().text()));
  return *step;
}

}  // namespace backstep::test
