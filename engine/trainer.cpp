#include "trainer.h"

#include <algorithm>
#include <numeric>

#include "hash.h"
#include "rng.h"

namespace backstep {
namespace {

void fit(Tensor& tensor, const Shape& shape) {
  if (!(tensor.shape == shape)) tensor.reset(shape);
}

std::vector<std::int64_t> numbers_up_to(std::int64_t count) {
  std::vector<std::int64_t> out(static_cast<std::size_t>(count));
  std::iota(out.begin(), out.end(), std::int64_t{0});
  return out;
}

// Fisher and Yates.
void shuffle(std::vector<std::int64_t>& order, Rng& rng) {
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[static_cast<std::size_t>(rng.below(static_cast<std::int64_t>(i)))]);
  }
}

}  // namespace

Result<Network> with_batch(const Network& net, std::int64_t N) {
  Shape input = net.input();
  input[0] = N;
  std::vector<Layer> ops;
  for (const NetworkLayer& layer : net.layers()) ops.push_back(layer.op);
  return Network::build(input, std::move(ops), net.loss(), net.optimizer());
}

std::uint64_t parameters_hash(const Parameters& parameters) {
  Fnv1a fnv;
  for (const Parameters::Pair& pair : parameters.layers) {
    fnv.add(pair.w);
    fnv.add(pair.b);
  }
  return fnv.value();
}

Pass<float> BatchPass::pass(int layer, const Parameters& parameters, const Tensor& x) const {
  const LayerRecord& r = record(layer);
  const LayerShapes& s = net_.layer(layer).shapes;
  const Parameters::Pair& pair = parameters.layers[static_cast<std::size_t>(layer)];
  Pass<float> out;
  out.x = layer > 0 ? &record(layer - 1).y : &x;
  out.w = s.w.is_none() ? nullptr : &pair.w;
  out.b = s.b.is_none() ? nullptr : &pair.b;
  out.y = &r.y;
  out.dy = layer + 1 < net_.layer_count() ? &record(layer + 1).dx : &loss_.dx;
  out.dw = &r.dw;
  out.db = &r.db;
  out.switches = &r.switches;
  out.cache = &r.cache;
  out.draw = draw_;
  return out;
}

const Tensor& BatchPass::forward(const Parameters& parameters, const Tensor& x, std::int64_t draw) {
  draw_ = draw;
  records_.resize(net_.layers().size());
  scratch_.resize(net_.layers().size());
  for (int i = 0; i < net_.layer_count(); ++i) {
    LayerRecord& r = records_[static_cast<std::size_t>(i)];
    const NetworkLayer& layer = net_.layer(i);
    const LayerShapes& s = layer.shapes;
    fit(r.y, s.y);
    std::visit(
        [&](const auto& op) {
          if (const Shape cache = op.cache_shape(s); !cache.is_none()) fit(r.cache, cache);
          if (op.has_switches() && !(r.switches.shape == s.y)) r.switches.reset(s.y);
          const Outputs<float> out{&r.y,
                                   nullptr,
                                   nullptr,
                                   nullptr,
                                   op.has_switches() ? &r.switches : nullptr,
                                   &r.cache,
                                   &scratch_[static_cast<std::size_t>(i)]};
          op.forward(pass(i, parameters, x), out, s, isa_);
        },
        layer.op);
  }
  return records_.back().y;
}

float BatchPass::backward(const Parameters& parameters, const Tensor& x, const IndexTensor& classes) {
  run_loss<float>(*net_.loss(), {&records_.back().y, &classes, nullptr}, loss_);
  for (int i = net_.layer_count() - 1; i >= 0; --i) {
    LayerRecord& r = records_[static_cast<std::size_t>(i)];
    const NetworkLayer& layer = net_.layer(i);
    const LayerShapes& s = layer.shapes;
    Outputs<float> out;
    out.scratch = &scratch_[static_cast<std::size_t>(i)];
    if (i > 0) {  // training has no use for the gradient of the pictures
      fit(r.dx, s.x);
      out.dx = &r.dx;
    }
    if (!s.w.is_none()) {
      fit(r.dw, s.w);
      out.dw = &r.dw;
    }
    if (!s.b.is_none()) {
      fit(r.db, s.b);
      out.db = &r.db;
    }
    std::visit([&](const auto& op) { op.backward(pass(i, parameters, x), out, s, isa_); }, layer.op);
  }
  return loss_.value[0];
}

Trainer::Trainer(BatchPass pass, Parameters start, std::uint64_t seed)
    : pass_(std::move(pass)), parameters_(std::move(start)), states_(parameters_.layers.size()), seed_(seed) {}

Result<Trainer> Trainer::make(const Network& net, Parameters start, std::int64_t batch, std::uint64_t seed, Isa isa) {
  if (!net.loss() || !std::holds_alternative<SoftmaxCrossEntropy>(*net.loss())) {
    return Error{"trainer.loss", "loss", "expected a classifier with the loss softmax_cross_entropy to train"};
  }
  auto batched = with_batch(net, batch);
  if (!batched) return batched.error();
  return Trainer(BatchPass(std::move(*batched), isa), std::move(start), seed);
}

double Trainer::epoch(const Dataset& data) {
  const std::int64_t batch = pass_.net().input()[0];
  std::vector<std::int64_t> order = numbers_up_to(data.count());
  Rng rng(seed_ + static_cast<std::uint64_t>(++epochs_));
  shuffle(order, rng);
  Tensor x;
  IndexTensor classes;
  double total = 0.0;
  const std::int64_t batches = data.count() / batch;
  for (std::int64_t i = 0; i < batches; ++i) {
    data.gather(std::span(order).subspan(static_cast<std::size_t>(i * batch), static_cast<std::size_t>(batch)), x,
                classes);
    pass_.forward(parameters_, x, count_.t);
    total += static_cast<double>(pass_.backward(parameters_, x, classes));
    update_all();
  }
  return batches > 0 ? total / static_cast<double>(batches) : 0.0;
}

void Trainer::update_all() {
  const Optimizer& optimizer = pass_.net().optimizer();
  count_.advance(optimizer);
  for (std::size_t i = 0; i < states_.size(); ++i) {
    const LayerRecord& r = pass_.record(static_cast<int>(i));
    Parameters::Pair& pair = parameters_.layers[i];
    if (!pair.w.empty()) update(optimizer, count_, pair.w, r.dw, states_[i].w, pair.w);
    if (!pair.b.empty()) update(optimizer, count_, pair.b, r.db, states_[i].b, pair.b);
  }
}

Result<Evaluation> evaluate(const Network& net, const Parameters& parameters, const Dataset& data, Isa isa) {
  constexpr std::int64_t kMostAtOnce = 64;
  if (!net.loss() || !std::holds_alternative<SoftmaxCrossEntropy>(*net.loss())) {
    return Error{"trainer.loss", "loss", "expected a classifier with the loss softmax_cross_entropy to judge"};
  }
  const std::int64_t classes = net.output()[1];
  Evaluation out;
  out.p.reset(Shape{data.count(), classes});
  const std::vector<std::int64_t> order = numbers_up_to(data.count());
  std::int64_t right = 0;
  for (std::int64_t first = 0; first < data.count(); first += kMostAtOnce) {
    const std::int64_t N = std::min(kMostAtOnce, data.count() - first);
    auto batched = with_batch(net, N);
    if (!batched) return batched.error();
    BatchPass pass(std::move(*batched), isa);
    Tensor x;
    IndexTensor targets;
    data.gather(std::span(order).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(N)), x, targets);
    const Tensor& logits = pass.forward(parameters, x, 0);
    for (std::int64_t n = 0; n < N; ++n) {
      Tensor row(Shape{1, classes});
      std::copy_n(logits.data.data() + n * classes, classes, row.data.data());
      const IndexTensor target(Shape{1}, {targets[n]});
      LossOutputs<float> loss;
      run_loss<float>(*net.loss(), {&row, &target, nullptr}, loss);
      std::copy_n(loss.p.data.data(), classes, out.p.data.data() + (first + n) * classes);
      out.losses.push_back(loss.value[0]);
      const auto best = std::max_element(row.data.begin(), row.data.end()) - row.data.begin();
      right += best == targets[n] ? 1 : 0;
    }
  }
  out.accuracy = data.count() > 0 ? static_cast<double>(right) / static_cast<double>(data.count()) : 0.0;
  return out;
}

Result<Training> train(const Network& net, const TrainingPlan& plan,
                       const std::function<void(std::int64_t, double)>& after_epoch) {
  auto trainer = Trainer::make(net, initial_parameters(net, plan.seed, Initialisation::he), plan.batch, plan.seed);
  if (!trainer) return trainer.error();
  auto data = draw_dataset(net.input(), net.output()[1], plan.train_count, plan.test_count, kDatasetSeed);
  if (!data) return data.error();
  for (std::int64_t epoch = 1; epoch <= plan.epochs; ++epoch) {
    const double loss = trainer->epoch(data->train);
    if (after_epoch) after_epoch(epoch, loss);
  }
  auto evaluation = evaluate(net, trainer->parameters(), data->test);
  if (!evaluation) return evaluation.error();
  return Training{trainer->parameters(), std::move(data->test), std::move(*evaluation)};
}

}  // namespace backstep
