#include "engine/layers/dropout.h"

#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

namespace {

Dropout dropout(double rate, std::int64_t seed) {
  Dropout layer;
  layer.rate = rate;
  layer.seed = seed;
  return layer;
}

Tensor mask_of(const Dropout& layer, std::int64_t count, std::int64_t draw) {
  LayerRun<float> run;
  run.shapes = shapes_of(layer, {1, count});
  Tensor mask(run.shapes.x);
  Pass<float> pass;
  pass.draw = draw;
  layer.fill_cache(run.shapes, pass, mask);
  return mask;
}

}  // namespace

TEST_CASE("dropout: kept numbers are scaled up, dropped ones are 0, the gradient follows the same mask") {
  const Dropout layer = dropout(0.5, 1);
  Rng rng(1);
  auto run = filled_run(layer, {3, 40}, rng, random_tensor);
  run.run(layer, Isa::scalar);
  std::int64_t kept = 0;
  for (std::int64_t i = 0; i < run.x.count(); ++i) {
    const bool keep = run.cache[i] != 0.0F;
    kept += keep ? 1 : 0;
    CHECK(run.y[i] == (keep ? 2.0F * run.x[i] : 0.0F));
    CHECK(run.dx[i] == (keep ? 2.0F * run.dy[i] : 0.0F));
  }
  CHECK(kept > 40);
  CHECK(kept < 80);
}

TEST_CASE("dropout: the mask is the same on every machine") {
  std::string text;
  for (const float factor : mask_of(dropout(0.25, 7), 40, 0).data) text += factor == 0.0F ? '.' : '#';
  CHECK(text == "###.###.##.########.###########.###.#.##");
}

TEST_CASE("dropout: another seed and another update draw another mask, the same ones the same") {
  const Tensor mask = mask_of(dropout(0.5, 3), 64, 0);
  CHECK(mask.data == mask_of(dropout(0.5, 3), 64, 0).data);
  CHECK(mask.data != mask_of(dropout(0.5, 4), 64, 0).data);
  CHECK(mask.data != mask_of(dropout(0.5, 3), 64, 1).data);
  CHECK(mask_of(dropout(0.5, 3), 64, 1).data != mask_of(dropout(0.5, 4), 64, 0).data);
}

TEST_CASE("dropout: the share of dropped numbers is the rate, and the mean is kept") {
  const Tensor mask = mask_of(dropout(0.2, 99), 100000, 0);
  double sum = 0.0;
  for (const float factor : mask.data) sum += static_cast<double>(factor);
  // The deviation of the mean of 100,000 such factors is 0.0016.
  CHECK(sum / 100000.0 > 0.992);
  CHECK(sum / 100000.0 < 1.008);
}

TEST_CASE("dropout: a dropped infinity is 0, and inference passes everything") {
  const Dropout layer = dropout(0.5, 1);
  LayerRun<float> run;
  run.shapes = shapes_of(layer, {1, 32});
  run.x = Tensor(run.shapes.x);
  for (float& v : run.x.data) v = kInf;
  run.dy = run.x;
  run.run(layer, Isa::scalar);
  for (std::int64_t i = 0; i < 32; ++i) CHECK(run.y[i] == (run.cache[i] == 0.0F ? 0.0F : kInf));
  Dropout inference = layer;
  inference.training = false;
  const auto open = run_by_hand(inference, signal({1, -2, 3}), {}, {}, signal({4, 5, 6}));
  CHECK(open.y.data == Numbers{1, -2, 3});
  CHECK(open.dx.data == Numbers{4, 5, 6});
  const auto none = run_by_hand(dropout(0.0, 5), signal({1, -2, 3}), {}, {}, signal({4, 5, 6}));
  CHECK(none.y.data == Numbers{1, -2, 3});
}
