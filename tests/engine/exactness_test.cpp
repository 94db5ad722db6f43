// The same float32 bits by every kernel and on every machine: random shapes of the layers that have kernels of their
// own, and hashes that stand here as literals and hold in every build.
#include "engine/hash.h"
#include "tests/engine/nets.h"
#include "tests/layers/layer_examples.h"
#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

namespace {

std::int64_t between(Rng& rng, std::int64_t low, std::int64_t high) { return low + rng.below(high - low + 1); }

Pair random_pair(Rng& rng, std::int64_t low, std::int64_t high) {
  return {between(rng, low, high), between(rng, low, high)};
}

Padding random_padding(Rng& rng, std::int64_t most) {
  return {between(rng, 0, most), between(rng, 0, most), between(rng, 0, most), between(rng, 0, most)};
}

template <class L>
std::string described(const L& layer, const Shape& x) {
  const auto n = [](std::int64_t v) { return std::to_string(v) + " "; };
  return x.text() + " out " + n(layer.out_channels) + "kernel " + n(layer.kernel.h) + n(layer.kernel.w) + "stride " +
         n(layer.stride.h) + n(layer.stride.w) + "padding " + n(layer.padding.top) + n(layer.padding.left) +
         n(layer.padding.bottom) + n(layer.padding.right) + "dilation " + n(layer.dilation.h) + n(layer.dilation.w) +
         "groups " + n(layer.groups);
}

template <class L>
void compare(const L& layer, const Shape& x, Rng& rng, bool wild) {
  LayerRun<float> want = filled_run(layer, x, rng, wild ? wild_tensor : random_tensor);
  want.run(layer, Isa::reference);
  LayerRun<float> got = want;
  for (const Isa isa : available_isas().subspan(1)) {
    got.run(layer, isa);
    INFO(described(layer, x), std::string(isa_name(isa)), wild ? " wild" : "");
    for (const Slot slot : kResults) {
      INFO(std::string(slot_name(slot)));
      CHECK(difference(got.out(slot), want.out(slot)) == "");
    }
  }
}

template <class L>
L random_layer(Rng& rng, std::int64_t groups, std::int64_t out_of_group) {
  L layer;
  layer.out_channels = groups * out_of_group;
  layer.kernel = random_pair(rng, 1, 4);
  layer.stride = random_pair(rng, 1, 3);
  layer.padding = random_padding(rng, 3);
  layer.dilation = random_pair(rng, 1, 3);
  layer.groups = groups;
  layer.bias = rng.below(2) == 0;
  return layer;
}

// `count` random settings that fit.
template <class L, class Change>
void compare_random(std::uint64_t seed, int count, Change&& change) {
  Rng rng(seed);
  for (int done = 0; done < count;) {
    // Few groups of many channels or many groups of few: every remainder of every vector width.
    const std::int64_t groups = rng.below(3) == 0 ? between(rng, 2, 9) : 1;
    const std::int64_t most = groups == 1 ? 35 : 6;
    L layer = random_layer<L>(rng, groups, between(rng, 1, most));
    change(rng, layer);
    const Shape x{between(rng, 1, 3), groups * between(rng, 1, groups == 1 ? 9 : 4), between(rng, 1, 7),
                  between(rng, 1, 19)};
    if (!layer.shapes(x)) continue;
    compare(layer, x, rng, ++done % 3 == 0);
  }
}

// FNV-1a over all parameters after `updates` updates.
std::uint64_t trained_hash(Problem problem, int updates, Isa isa) {
  Parameters parameters = *problem.parameters;
  std::vector<std::array<OptimizerState, 2>> state(parameters.layers.size());
  UpdateCount count;
  std::shared_ptr<Trace> storage;
  for (int i = 0; i < updates; ++i) {
    problem.parameters = std::make_shared<const Parameters>(parameters);
    problem.draw = i;
    storage = std::const_pointer_cast<Trace>(record(problem, isa, storage));
    count.advance(problem.net->optimizer());
    for (std::size_t l = 0; l < parameters.layers.size(); ++l) {
      Parameters::Pair& pair = parameters.layers[l];
      const LayerRecord& r = storage->record(static_cast<int>(l));
      if (!pair.w.empty()) update(problem.net->optimizer(), count, pair.w, r.dw, state[l][0], pair.w);
      if (!pair.b.empty()) update(problem.net->optimizer(), count, pair.b, r.db, state[l][1], pair.b);
    }
  }
  CHECK_FALSE(storage->first_not_finite().has_value());
  Fnv1a fnv;
  for (const Parameters::Pair& pair : parameters.layers) {
    fnv.add(pair.w);
    fnv.add(pair.b);
  }
  return fnv.value();
}

}  // namespace

TEST_CASE("exactness: convolutions of random shapes, reference and every instruction set") {
  compare_random<Conv2d>(1, 240, [](Rng& rng, Conv2d& layer) {
    layer.flip = rng.below(4) == 0;
    layer.rule = static_cast<PaddingRule>(rng.below(6) == 0 ? rng.below(4) : 0);
  });
}

TEST_CASE("exactness: convolutions as networks have them, 3x3 and 1x1 with stride 1 or 2") {
  compare_random<Conv2d>(2, 80, [](Rng& rng, Conv2d& layer) {
    const std::int64_t k = rng.below(3) == 0 ? 1 : 3;
    const std::int64_t s = between(rng, 1, 2), p = between(rng, 0, k / 2);
    layer.kernel = {k, k};
    layer.stride = {s, s};
    layer.padding = {p, p, p, p};
    layer.dilation = {1, 1};
  });
}

TEST_CASE("exactness: transposed convolutions of random shapes") {
  compare_random<ConvTranspose2d>(3, 60, [](Rng& rng, ConvTranspose2d& layer) {
    layer.output_padding = {rng.below(layer.stride.h), rng.below(layer.stride.w)};
  });
}

TEST_CASE("exactness: every width of an image row, every count of channels on both sides") {
  Rng rng(4);
  for (std::int64_t n = 1; n <= 37; ++n) {
    compare(conv(2, {3, 3}, {1, 1}, {1, 1, 1, 1}), {1, 2, 3, n}, rng, false);
    compare(conv(1, {1, 3}, {1, 2}, {0, 1, 0, 1}), {1, 1, 1, n}, rng, true);
    compare(conv(n, {3, 3}, {1, 1}, {1, 1, 1, 1}), {1, 38 - n, 3, 3}, rng, false);
    compare(conv(n, {1, 1}), {2, n, 1, 2}, rng, true);
    compare(conv(n, {3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, n), {1, n, 4, 4}, rng, false);
  }
}

TEST_CASE("exactness: dense layers of every width") {
  Rng rng(5);
  for (std::int64_t n = 1; n <= 70; ++n) {
    for (const bool wild : {false, true}) {
      const Dense dense = Examples<Dense>::make(n);
      const Shape x{between(rng, 1, 4), 71 - n};
      LayerRun<float> want = filled_run(dense, x, rng, wild ? wild_tensor : random_tensor);
      want.run(dense, Isa::reference);
      LayerRun<float> got = want;
      for (const Isa isa : available_isas().subspan(1)) {
        got.run(dense, isa);
        for (const Slot slot : kResults) CHECK(difference(got.out(slot), want.out(slot)) == "");
      }
    }
  }
}

TEST_CASE("exactness: one hash of a recorded pass, the same in every build") {
  for (const Isa isa : available_isas()) {
    INFO(std::string(isa_name(isa)));
    CHECK(hash_text(record(pocket(), isa)->hash()) == "c0db6e901b7ebf74");
    CHECK(hash_text(record(every_layer_problem(), isa)->hash()) == "084589f80af78cd2");
    CHECK(hash_text(record(every_layer_problem(Mse{}, Adam{}), isa)->hash()) == "0439f7bd8abd6325");
    CHECK(hash_text(record(every_layer_problem(std::nullopt), isa)->hash()) == "1ce1f81d8e6c6ec1");
  }
}

TEST_CASE("exactness: one hash of 100 training steps, the same in every build") {
  Sgd sgd;
  sgd.lr = 0.05;
  sgd.momentum = 0.9;
  sgd.weight_decay = 1e-4;
  sgd.nesterov = true;
  Adam adam;
  adam.lr = 0.01;
  for (const Isa isa : available_isas().subspan(1)) {
    INFO(std::string(isa_name(isa)));
    CHECK(hash_text(trained_hash(every_layer_problem(SoftmaxCrossEntropy{}, sgd), 100, isa)) == "1ea52b10b99f2dcb");
    CHECK(hash_text(trained_hash(every_layer_problem(Mse{}, adam), 100, isa)) == "668edc305399313e");
  }
}
