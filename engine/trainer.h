// Mini-batch training with the engine's own kernels. Everything is deterministic: the same network, start, data and
// seed give the same weights, bit for bit, on every machine and instruction set.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "dataset.h"
#include "network.h"
#include "trace.h"

namespace backstep {

// The same layers, loss and optimizer for another number of samples.
Result<Network> with_batch(const Network& net, std::int64_t N);

// 64-bit hash over shapes and canonical bits of all weights and biases, layer by layer.
std::uint64_t parameters_hash(const Parameters& parameters);

// Forward and backward of one batch in storage that stays from batch to batch.
class BatchPass {
 public:
  BatchPass(Network net, Isa isa) : net_(std::move(net)), isa_(isa) {}

  const Network& net() const { return net_; }
  // The output of the last layer; `x` has the network's input shape. `draw`: updates so far (dropout's mask).
  const Tensor& forward(const Parameters& parameters, const Tensor& x, std::int64_t draw);
  // The loss of these targets after forward(), and the gradients of all parameters.
  float backward(const Parameters& parameters, const Tensor& x, const IndexTensor& classes);
  const LayerRecord& record(int layer) const { return records_[static_cast<std::size_t>(layer)]; }
  const LossOutputs<float>& loss() const { return loss_; }

 private:
  Pass<float> pass(int layer, const Parameters& parameters, const Tensor& x) const;
  Network net_;
  Isa isa_;
  std::int64_t draw_ = 0;
  std::vector<LayerRecord> records_;
  std::vector<Scratch> scratch_;
  LossOutputs<float> loss_;
};

// Trains a classifier (softmax cross-entropy) by its own optimizer.
class Trainer {
 public:
  // Errors: "trainer.loss" where the network is no classifier, "network.…". `seed` shuffles the samples of each epoch.
  static Result<Trainer> make(const Network& net, Parameters start, std::int64_t batch, std::uint64_t seed,
                              Isa isa = best_isa());

  // One pass over the samples in a new random order; samples that do not fill a batch are left out this time. Gives the
  // mean loss.
  double epoch(const Dataset& data);
  const Parameters& parameters() const { return parameters_; }
  std::int64_t updates() const { return count_.t; }

 private:
  Trainer(BatchPass pass, Parameters start, std::uint64_t seed);
  void update_all();

  BatchPass pass_;
  Parameters parameters_;
  struct States {
    OptimizerState w, b;
  };
  std::vector<States> states_;
  UpdateCount count_;
  std::uint64_t seed_;
  std::int64_t epochs_ = 0;
};

// How a network sees a data set: for each sample its class probabilities and its loss.
struct Evaluation {
  Tensor p;                   // [count, classes]
  std::vector<float> losses;  // of each sample
  double accuracy = 0.0;      // share of samples whose target is the most probable class (the first of equals)
};
Result<Evaluation> evaluate(const Network& net, const Parameters& parameters, const Dataset& data,
                            Isa isa = best_isa());

// How a network is trained from the beginning. `seed` gives the initial weights (He) and the order of the samples; the
// drawn data set is the same for every seed. The defaults are how the preset tiny-cnn came about.
struct TrainingPlan {
  std::int64_t epochs = 10;
  std::int64_t batch = 20;
  std::int64_t train_count = 1200;
  std::int64_t test_count = 400;
  std::uint64_t seed = 7;
};
inline constexpr std::uint64_t kDatasetSeed = 1998;

struct Training {
  Parameters parameters;
  Dataset test;
  Evaluation evaluation;  // of the test samples
};
// Trains on the drawn data set; `after_epoch`, where given, hears how many epochs are done and the last mean loss.
Result<Training> train(const Network& net, const TrainingPlan& plan,
                       const std::function<void(std::int64_t, double)>& after_epoch = nullptr);

}  // namespace backstep
