#include "tiny_cnn.h"

namespace backstep {

Network tiny_cnn_network() {
  Conv2d conv1, conv2;
  conv1.out_channels = 4;
  conv2.out_channels = 6;
  Dense dense;
  dense.out_features = static_cast<std::int64_t>(std::size(kDrawnClasses));
  Sgd optimizer;
  optimizer.lr = 0.1;
  return *Network::build(Shape{1, 1, 14, 14},
                         {conv1, Relu{}, MaxPool2d{}, conv2, Relu{}, MaxPool2d{}, Flatten{}, dense},
                         SoftmaxCrossEntropy{}, optimizer);
}

std::int64_t ambiguous_sample(const Dataset& data, const Evaluation& evaluation) {
  constexpr float kLeastLoss = 0.5F, kLargestLoss = 1.0F;
  const std::int64_t size = data.images.count() / data.count();
  std::int64_t best = -1;
  double boldest = 0.0;
  for (std::int64_t i = 0; i < data.count(); ++i) {
    const float loss = evaluation.losses[static_cast<std::size_t>(i)];
    if (!(loss >= kLeastLoss && loss <= kLargestLoss)) continue;
    double sum = 0.0;
    for (std::int64_t k = i * size; k < (i + 1) * size; ++k) sum += static_cast<double>(data.images[k]);
    if (sum <= boldest) continue;
    best = i;
    boldest = sum;
  }
  return best;
}

Result<Scene> make_tiny_cnn(const TrainingPlan& plan) {
  const auto net = std::make_shared<const Network>(tiny_cnn_network());
  auto training = train(*net, plan);
  if (!training) return training.error();
  const std::int64_t sample = ambiguous_sample(training->test, training->evaluation);
  if (sample < 0) return Error{"tiny_cnn.sample", "", "expected a test sample with a loss from 0.5 to 1, found none"};
  Tensor input;
  IndexTensor classes;
  training->test.gather(std::span(&sample, 1), input, classes);
  Scene scene;
  scene.name = "tiny-cnn";
  scene.title = "Tiny CNN";
  scene.problem.net = net;
  scene.problem.parameters = std::make_shared<const Parameters>(std::move(training->parameters));
  scene.problem.input = std::make_shared<const Tensor>(std::move(input));
  scene.problem.classes = std::make_shared<const IndexTensor>(std::move(classes));
  scene.class_names.assign(std::begin(kDrawnClasses), std::end(kDrawnClasses));
  return scene;
}

}  // namespace backstep
