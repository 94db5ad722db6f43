// NaN and infinity travel as IEEE 754 says, and no further: into the cells whose taps hold them.
#include <set>

#include "tests/engine/nets.h"
#include "tests/layers/layer_examples.h"
#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

namespace {

bool is_nan(float v) { return v != v; }
bool is_finite(float v) { return v - v == 0.0F; }

std::vector<Example<Conv2d>> convolutions() {
  auto out = Examples<Conv2d>::layers();
  out.push_back({conv(17, {3, 3}, {1, 1}, {1, 1, 1, 1}), {1, 3, 5, 5}});
  out.push_back({conv(5, {3, 3}, {2, 2}, {1, 1, 1, 1}), {1, 18, 6, 6}});
  out.push_back({conv(6, {3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 6), {1, 6, 5, 7}});
  out.push_back({conv(40, {1, 1}), {1, 20, 3, 3}});
  return out;
}

// Numbers without a zero: 0 * Inf would be a NaN of its own right.
LayerRun<float> run_without_zeros(const auto& layer, const Shape& x, Rng& rng) {
  return filled_run(layer, x, rng, [](Rng& r, const Shape& s) {
    Tensor out = random_tensor(r, s);
    for (float& v : out.data) {
      if (v == 0.0F) v = 1.0F;
    }
    return out;
  });
}

// With one number of one operand replaced, exactly the cells whose taps hold it change their kind.
template <class L>
void check_reach(const L& layer, const Shape& x, float special, Rng& rng) {
  LayerRun<float> clean = run_without_zeros(layer, x, rng);
  for (const Isa isa : available_isas()) {
    for (const Slot from : kInputs) {
      if (clean.shapes.of(from).is_none()) continue;
      LayerRun<float> run = clean;
      const std::int64_t at = rng.below(run.in(from).count());
      run.in(from)[at] = special;
      run.run(layer, isa);
      for (const Slot slot : kResults) {
        if (run.shapes.of(slot).is_none()) continue;
        for (std::int64_t i = 0; i < run.out(slot).count(); ++i) {
          bool held = false;
          layer.taps(slot, i, run.shapes, [&](const Tap& tap) {
            held = held || (tap.a.slot == from && tap.a.index == at) || (tap.b.slot == from && tap.b.index == at);
          });
          const float value = run.out(slot)[i];
          INFO(std::string(L::kOp), " ", x.text(), " ", std::string(isa_name(isa)), " ", std::string(slot_name(from)),
               "[", at, "] in ", std::string(slot_name(slot)), "[", i, "]");
          if (!held) CHECK(is_finite(value));
          if (held && is_nan(special)) CHECK(is_nan(value));
          if (held && !is_nan(special)) CHECK_FALSE((is_finite(value) || is_nan(value)));
        }
      }
    }
  }
}

}  // namespace

TEST_CASE("ieee: a NaN reaches exactly the cells whose taps hold it") {
  Rng rng(1);
  for (const auto& [layer, x] : convolutions()) check_reach(layer, x, kNan, rng);
  for (const auto& [layer, x] : Examples<ConvTranspose2d>::layers()) check_reach(layer, x, kNan, rng);
  for (const auto& [layer, x] : Examples<Dense>::tails()) check_reach(layer, x, kNan, rng);
  for (const auto& [layer, x] : Examples<AvgPool2d>::layers()) check_reach(layer, x, kNan, rng);
  for (const auto& [layer, x] : Examples<GlobalAvgPool2d>::layers()) check_reach(layer, x, kNan, rng);
}

TEST_CASE("ieee: an infinity stays one; padding, inserted zeros and masks never make it a NaN") {
  Rng rng(2);
  for (const auto& [layer, x] : convolutions()) check_reach(layer, x, kInf, rng);
  for (const auto& [layer, x] : Examples<ConvTranspose2d>::layers()) check_reach(layer, x, -kInf, rng);
  for (const auto& [layer, x] : Examples<Dense>::tails()) check_reach(layer, x, -kInf, rng);
  for (const auto& [layer, x] : Examples<AvgPool2d>::layers()) check_reach(layer, x, kInf, rng);
  for (const auto& [layer, x] : Examples<GlobalAvgPool2d>::layers()) check_reach(layer, x, kInf, rng);
}

TEST_CASE("ieee: an image and a kernel full of infinities meet padding without a NaN") {
  for (const Isa isa : available_isas()) {
    for (const std::int64_t channels : {1, 4, 17}) {
      const Conv2d layer = conv(channels, {3, 3}, {2, 1}, {1, 1, 1, 1}, {1, 2});
      LayerRun<float> run;
      run.shapes = shapes_of(layer, {1, channels, 5, 5});
      run.x = Tensor(run.shapes.x);
      run.w = Tensor(run.shapes.w);
      run.b = Tensor(run.shapes.b);
      run.dy = Tensor(run.shapes.y);
      for (Tensor* t : {&run.x, &run.w, &run.dy}) {
        for (float& v : t->data) v = kInf;
      }
      run.run(layer, isa);
      for (const Slot slot : {Slot::y, Slot::dw, Slot::db}) {
        for (const float v : run.out(slot).data) CHECK(v == kInf);
      }
      // With stride 2 some inputs are read by no window of an even row: exactly 0, else infinite.
      for (const float v : run.dx.data) CHECK((v == kInf || bits(v) == 0));
    }
  }
}

TEST_CASE("ieee: 0 times infinity within the image is a NaN, as multiplication has it") {
  for (const Isa isa : available_isas()) {
    const Conv2d layer = conv(1, {1, 2}, {1, 1}, {}, {1, 1}, 1, false);
    LayerRun<float> run;
    run.shapes = shapes_of(layer, {1, 1, 1, 3});
    run.x = signal({kInf, 1, 1});
    run.w = signal({0, 1});
    run.dy = signal({1, 1});
    run.run(layer, isa);
    CHECK(is_nan(run.y[0]));
    CHECK(run.y[1] == 1.0F);
  }
}

TEST_CASE("ieee: through a whole net, the first step with a NaN is the first whose taps hold it") {
  Problem problem = every_layer_problem();
  Tensor input = *problem.input;
  input[(2 + 1) * 42 + 8 * 1] = kNan;  // second sample, second channel
  problem.input = std::make_shared<const Tensor>(input);
  for (const Isa isa : available_isas()) {
    const auto trace = record(problem, isa);
    REQUIRE(trace->first_not_finite().has_value());
    CHECK(trace->steps().name(*trace->first_not_finite()) == "conv1.y[1,0,0,1]");
    // Batch norm's statistics carry it into the first sample; what came before is clean.
    const Tensor& y = trace->record(0).y;
    for (std::int64_t i = 0; i < y.count() / 2; ++i) CHECK(is_finite(y[i]));
    CHECK(is_nan(trace->record(1).y[0]));
  }
}
