// One recorded pass: forward, loss, backward and update. Const once published; going to a step is reading at its index.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "explanation.h"
#include "network.h"
#include "scratch.h"
#include "steps.h"

namespace backstep {

// Everything that a pass is computed from. Shared, so that states which differ in one tensor keep the others once.
struct Problem {
  std::shared_ptr<const Network> net;
  std::shared_ptr<const Parameters> parameters;
  std::shared_ptr<const Tensor> input;         // [N,…], the network's input shape
  std::shared_ptr<const IndexTensor> classes;  // [N], for softmax cross-entropy
  std::shared_ptr<const Tensor> target;        // shape of the output, for the mean squared error
  std::shared_ptr<const Tensor> dy;            // upstream gradient of the last layer, for a network without a loss
  std::int64_t draw = 0;                       // updates before this pass: dropout draws another mask for each
};

// Says what is missing or does not fit, naming it as the scene document does ("input", "target", "dy", "layers[1].w").
Status check_problem(const Problem& problem);

struct LayerRecord {
  Tensor y, dx, dw, db, w_next, b_next, cache;
  IndexTensor switches;
};

class Trace {
 public:
  const Problem& problem() const { return problem_; }
  const Network& net() const { return *problem_.net; }
  const StepIndex& steps() const { return steps_; }
  std::int64_t size() const { return steps_.size(); }

  // The tensor of a slot as seen by a layer (x of layer 2 is y of layer 1; dy of the last layer is the loss's dx or the
  // given one); null where there is none.
  const Tensor* tensor(int layer, Slot slot) const;
  const LayerRecord& record(int layer) const { return layers_[static_cast<std::size_t>(layer)]; }
  const LossOutputs<float>& loss() const { return loss_; }
  Pass<float> pass(int layer) const;
  LossPass<float> loss_pass() const;

  float value(std::int64_t step) const;
  // First step whose value is not finite, if there is one.
  std::optional<std::int64_t> first_not_finite() const;
  // 64-bit FNV-1a over shapes and canonical bits of every input and every step's value.
  std::uint64_t hash() const;

 private:
  friend class Recording;
  Problem problem_;
  StepIndex steps_;
  std::vector<LayerRecord> layers_;
  LossOutputs<float> loss_;
  std::vector<Scratch> scratch_;  // by layer
};

// Records a pass part by part, each after the ones before it. The problem must have passed check_problem. `storage`: a
// trace that nobody reads any more, whose memory is used again.
class Recording {
 public:
  Recording(const Problem& problem, Isa isa, std::shared_ptr<Trace> storage = nullptr);

  void forward();  // and the loss
  // Training has no use for the gradient of the input: without `input_gradient` the first layer's dx stays as it was.
  void backward(bool input_gradient = true);
  void update();  // the first update of an optimizer
  const std::shared_ptr<Trace>& trace() const { return trace_; }

 private:
  std::shared_ptr<Trace> trace_;
  Isa isa_;
};

// Records a whole pass.
std::shared_ptr<const Trace> record(const Problem& problem, Isa isa = best_isa(),
                                    std::shared_ptr<Trace> storage = nullptr);

std::string hash_text(std::uint64_t hash);  // 16 lower-case hex digits

}  // namespace backstep
