// A network with its numbers, to be changed, run and trained again and again: what engine.mjs gives to JavaScript.
//
// Everything is computed when it is asked for: tensor("conv1.y") runs the forward pass if something changed since the
// last one, tensor("conv1.dw") the backward pass too, trace() the whole pass with its update. After the first pass
// nothing is allocated any more, in training neither.
//
// Tensors have the names of the files that `run` writes: input; for each layer .weight .bias .y .dx .dw .db; loss.p
// loss.value loss.dx. Beside them target (class numbers as floats), dy, and .weight_next .bias_next, the parameters
// after the update.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scene.h"
#include "trace.h"

namespace backstep {

class LiveNetwork {
 public:
  // The scene's numbers are copied: two networks never share one. With a batch other than 0 the network gets so many
  // samples, the scene's own ones in turn. Errors: "network.…" where that does not fit.
  static Result<LiveNetwork> make(Scene scene, std::int64_t batch = 0, Isa isa = best_isa());

  // What it is now, parameters and input included. A scene with shapes only can be counted, nothing else.
  const Scene& scene() const { return scene_; }
  const Network& net() const { return *scene_.problem.net; }

  Status forward();
  Status backward();
  // Forward, backward and update on the present input and target, `steps` times; the optimizer goes on where it
  // stopped. Gives the loss before the last update. Errors: "network.loss" without a loss.
  Result<float> train(std::int64_t steps);
  // The whole pass from the present numbers; valid until the next change.
  Result<const Trace*> trace();

  struct View {
    Shape shape;
    std::span<const float> data;
  };
  // Valid until the next call that is not const. Errors: "tensor.name".
  Result<View> tensor(std::string_view name);
  std::vector<std::string> tensor_names() const;

  // New numbers for input, target, dy, or a layer's .weight or .bias. Errors: "tensor.name", "tensor.count" and, for
  // class numbers, "tensor.range".
  Status set(std::string_view name, std::span<const float> values);
  // Single cells, as in an address: "input[0,0,1]=5;conv1.w[0,0,1,1]=-2". Errors: "scene.range".
  Status edit(std::string_view edits);
  // Errors: "weights.…".
  Status set_parameters(Parameters parameters);

 private:
  enum class Done : std::uint8_t { nothing, forward, backward, all };
  struct Name {
    int layer;  // the layer count for what belongs to no layer
    Slot slot;
  };
  LiveNetwork(Scene scene, Isa isa);

  void own();
  Status run_to(Done wanted);
  Result<Name> find(std::string_view name) const;
  std::string name_of(int layer, Slot slot) const;
  bool has(int layer, Slot slot) const;
  Status set_classes(std::span<const float> values);

  Scene scene_;
  Isa isa_;
  // The same objects as in scene_.problem, which nobody else holds.
  std::shared_ptr<Tensor> input_, target_, dy_;
  std::shared_ptr<IndexTensor> classes_;
  std::shared_ptr<Parameters> parameters_;

  std::shared_ptr<Trace> trace_;
  Done done_ = Done::nothing;
  Tensor class_numbers_;  // what tensor("target") shows

  struct States {
    OptimizerState w, b;
  };
  std::vector<States> states_;
  UpdateCount count_;
};

}  // namespace backstep
