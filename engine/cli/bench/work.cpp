#include "work.h"

#include <cmath>

#include "../../explain.h"
#include "../../live_network.h"
#include "../../reference.h"
#include "../../rng.h"
#include "../command_error.h"

namespace backstep::cli {
namespace {

std::vector<float> numbers(std::int64_t count, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<float> out(static_cast<std::size_t>(count));
  for (float& value : out) value = static_cast<float>(rng.normal());
  return out;
}

Slot result_of(BenchPass pass) {
  switch (pass) {
    case BenchPass::forward: return Slot::y;
    case BenchPass::backward_input: return Slot::dx;
    default: return Slot::dw;
  }
}

void run(ConvTask& task, BenchPass pass) {
  switch (pass) {
    case BenchPass::forward: task.forward(); return;
    case BenchPass::backward_input: task.backward_input(); return;
    case BenchPass::backward_weights: task.backward_weights(); return;
  }
}

// Some cells of the result in double, spread over it: all of them would take longer than the bench.
void check(const BenchShape& shape, const LayerShapes& s, ConvTask& task, const Pass<double>& pass) {
  constexpr std::int64_t kCells = 200;
  constexpr double kMost = 1e-4;
  const Conv2d conv = shape.layer();
  const Slot slot = result_of(shape.pass);
  run(task, shape.pass);
  const auto got = task.get(slot);
  if (!got) fail(got.error().text());
  const auto count = static_cast<std::int64_t>(got->size());
  double off = 0.0, largest = 0.0;
  for (std::int64_t i = 0; i < kCells; ++i) {
    const std::int64_t cell = i * (count - 1) / (kCells - 1);
    const double want = fold_cell<double>(conv, slot, cell, s, pass, [](const auto&) {});
    off = std::max(off, std::abs(want - static_cast<double>((*got)[static_cast<std::size_t>(cell)])));
    largest = std::max(largest, std::abs(want));
  }
  if (!(off <= kMost * largest)) fail(shape.name + ": the result is off by " + std::to_string(off));
}

BasicTensor<double> wide(const Shape& shape, const std::vector<float>& values) {
  return {shape, std::vector<double>(values.begin(), values.end())};
}

LiveNetwork tiny_cnn(std::int64_t batch) {
  Conv2d first, second;
  first.out_channels = 8;
  second.out_channels = 16;
  first.padding = second.padding = {1, 1, 1, 1};
  Dense dense;
  dense.out_features = 10;
  Sgd sgd;
  auto net = Network::build({1, 1, 28, 28}, {first, Relu{}, MaxPool2d{}, second, Relu{}, MaxPool2d{}, Flatten{}, dense},
                            SoftmaxCrossEntropy{}, sgd);
  if (!net) fail(net.error().text());
  Scene scene;
  Problem& problem = scene.problem;
  problem.net = std::make_shared<const Network>(std::move(*net));
  problem.parameters = std::make_shared<const Parameters>(initial_parameters(*problem.net, 1, Initialisation::he));
  problem.input = std::make_shared<const Tensor>(Tensor({1, 1, 28, 28}, numbers(784, 7)));
  problem.classes = std::make_shared<const IndexTensor>(IndexTensor({1}, {3}));
  return value_or_fail(LiveNetwork::make(std::move(scene), batch), "tiny CNN");
}

// Multiply-adds count twice; the first layer needs no gradient of its input.
double tiny_flops(std::int64_t batch) {
  const double conv1 = 2.0 * 8 * 9 * 784, conv2 = 2.0 * 16 * 8 * 9 * 196, dense = 2.0 * 784 * 10;
  return static_cast<double>(batch) * (2.0 * conv1 + 3.0 * conv2 + 3.0 * dense);
}

}  // namespace

Work convolution_work(const BenchShape& shape) {
  const auto shapes = shape.layer().shapes(shape.input());
  if (!shapes) fail(shape.name + ": " + shapes.error().text());
  const LayerShapes& s = *shapes;
  const std::vector<float> x = numbers(s.x.count(), 1), w = numbers(s.w.count(), 2), dy = numbers(s.y.count(), 3);
  const BasicTensor<double> wide_x = wide(s.x, x), wide_w = wide(s.w, w), wide_dy = wide(s.y, dy), zero(s.b);
  Pass<double> pass;
  pass.x = &wide_x, pass.w = &wide_w, pass.dy = &wide_dy, pass.b = &zero;

  Work work{shape.name, bench_pass_name(shape.pass), 2.0 * static_cast<double>(shape.layer().multiply_adds(s)), {}};
  const auto isas = available_isas();
  for (std::size_t i = isas.size(); i-- > 0;) {
    const Isa isa = isas[i];
    const bool narrow = isa == Isa::sse2 || isa == Isa::wasm128;
    if (i + 1 != isas.size() && !narrow) continue;
    const auto task =
        std::make_shared<ConvTask>(value_or_fail(ConvTask::make(shape.layer(), shape.input(), isa), shape.name));
    for (const auto& [slot, values] : {std::pair{Slot::x, &x}, {Slot::w, &w}, {Slot::dy, &dy}}) {
      if (auto ok = task->set(slot, *values); !ok) fail(ok.error().text());
    }
    check(shape, s, *task, pass);
    work.contenders.push_back({isa_name(isa), [task, which = shape.pass] { run(*task, which); }});
  }
  for (Contender& peer : onednn_contenders(shape, x, w, dy)) work.contenders.push_back(std::move(peer));
  return work;
}

std::vector<Work> everyday_work() {
  std::vector<Work> out;
  const auto add = [&out](std::string name, std::string pass, double flops, std::function<void()> run) {
    out.push_back({std::move(name), std::move(pass), flops, {{isa_name(best_isa()), std::move(run)}}});
  };
  for (const std::int64_t batch : {1, 8, 32}) {
    const auto network = std::make_shared<LiveNetwork>(tiny_cnn(batch));
    add("tiny CNN, batch " + std::to_string(batch), "sgd_step", tiny_flops(batch), [network] {
      if (const auto loss = network->train(1); !loss) fail(loss.error().text());
    });
  }
  const Scene scene = value_or_fail(preset_scene("tiny-cnn"), "tiny-cnn");
  const auto storage = std::make_shared<std::shared_ptr<Trace>>();
  add("tiny-cnn", "record", 0.0, [problem = scene.problem, storage] {
    *storage = std::const_pointer_cast<Trace>(record(problem, best_isa(), std::move(*storage)));
  });
  const auto trace = record(scene.problem);
  const std::int64_t cell = value_or_fail(trace->steps().parse("conv1.dw[3,0,2,2]"), "tiny-cnn");
  add("conv1.dw[3,0,2,2] of tiny-cnn", "explain", 0.0, [trace, cell] {
    if (explain(*trace, cell).terms.empty()) fail("a cell without terms");
  });
  return out;
}

}  // namespace backstep::cli
