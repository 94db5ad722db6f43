// The presets' numbers as the lesson states or corrects them, worked out by hand there.
#include <algorithm>

#include "engine/explain.h"
#include "engine/tiny_cnn.h"
#include "tests/engine/scene_support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

Scene preset(std::string_view name) {
  auto scene = preset_scene(name);
  REQUIRE(scene);
  return std::move(*scene);
}

void check_values(const Tensor* got, std::vector<float> want) {
  REQUIRE(got);
  CHECK(difference(*got, Tensor(got->shape, std::move(want))) == "");
}

std::int64_t terms(const Trace& trace, std::string_view cell) {
  const auto step = trace.steps().parse(cell);
  REQUIRE_MESSAGE(step, cell);
  const auto count = static_cast<std::int64_t>(explain(trace, *step).terms.size());
  CHECK(term_count(trace, *step) == count);
  CHECK(term_count(trace.net(), trace.steps(), *step) == count);
  return count;
}

}  // namespace

TEST_CASE("presets: the list of the contract, the pocket net first") {
  std::vector<std::string_view> names;
  for (const PresetInfo& info : presets()) names.push_back(info.name);
  CHECK(names == std::vector<std::string_view>{"pocket", "tiny-cnn", "single-conv", "edge-detect", "stride-padding",
                                               "max-pool"});
}

TEST_CASE("preset pocket: every figure of the lesson") {
  const Scene scene = preset("pocket");
  const auto trace = record(scene.problem);
  CHECK(trace->size() == 155);
  check_values(trace->tensor(2, Slot::y), {6, 5, 6, 4});
  check_values(trace->tensor(4, Slot::y), {9, 9});
  check_values(trace->tensor(5, Slot::p), {0.5F, 0.5F});
  check_values(trace->tensor(5, Slot::dx), {-0.5F, 0.5F});
  check_values(trace->tensor(0, Slot::dw), {1, 3.5F, 2.5F, 3, -0.5F, 1, 1, 5, 1.5F});
  check_values(trace->tensor(0, Slot::db), {0.5F});
  CHECK(bits(trace->loss().value[0]) == bits(0.693147182F));  // log 2
  // Every gradient after p - y is a half-integer.
  for (const Block& block : trace->steps().blocks()) {
    if (block.phase != Phase::backward) continue;
    for (const float value : trace->tensor(block.layer, block.slot)->data) {
      CHECK(static_cast<double>(2.0F * value) == static_cast<double>(static_cast<int>(2.0F * value)));
    }
  }
  // Four of sixteen cells get the gradient; the winners are where the lesson's drawing has them.
  const Tensor& pool_dx = *trace->tensor(2, Slot::dx);
  CHECK(std::count_if(pool_dx.data.begin(), pool_dx.data.end(), [](float v) { return v != 0.0F; }) == 4);

  Problem next = scene.problem;
  auto parameters = std::make_shared<Parameters>(*next.parameters);
  for (const int layer : {0, 4}) {
    parameters->layers[static_cast<std::size_t>(layer)] = {*trace->tensor(layer, Slot::w_next),
                                                           *trace->tensor(layer, Slot::b_next)};
  }
  next.parameters = parameters;
  const float after = record(next)->loss().value[0];
  CHECK(after > 0.0995F);
  CHECK(after < 0.1005F);
}

TEST_CASE("preset pocket: the number of terms of single cells") {
  const auto trace = record(preset("pocket").problem);
  CHECK(terms(*trace, "conv1.y[0,0,0]") == 10);  // nine products and the bias
  CHECK(terms(*trace, "relu1.y[0,3,3]") == 1);
  CHECK(terms(*trace, "pool1.y[0,1,1]") == 4);
  CHECK(terms(*trace, "dense1.y[1]") == 5);
  CHECK(terms(*trace, "loss.p[0]") == 2);
  CHECK(terms(*trace, "loss.value") == 2);
  CHECK(terms(*trace, "loss.dx[1]") == 1);
  CHECK(terms(*trace, "dense1.dw[0,3]") == 1);
  CHECK(terms(*trace, "dense1.dx[2]") == 2);
  CHECK(terms(*trace, "pool1.dx[0,0,0]") == 1);
  CHECK(terms(*trace, "conv1.dw[0,0,1,2]") == 16);
  CHECK(terms(*trace, "conv1.db[0]") == 16);
  CHECK(terms(*trace, "conv1.dx[0,0,0]") == 1);
  CHECK(terms(*trace, "conv1.dx[0,2,3]") == 9);
  CHECK(terms(*trace, "conv1.w[0,0,1,1]") == 1);
  // 524 products, of which the explanations know as well.
  std::int64_t products = 0;
  for (std::int64_t step = 0; step < trace->size(); ++step) {
    for (const ExplainedTerm& term : explain(*trace, step).terms) {
      const CellRef cell = trace->steps().cell(step);
      const bool multiplies = cell.layer == 0 || cell.layer == 4;
      const bool update = cell.slot == Slot::w_next || cell.slot == Slot::b_next;
      products += multiplies && !update && term.tap.b.slot != Slot::none ? 1 : 0;
    }
  }
  CHECK(products == 144 + 8 + 8 + 8 + 144 + 144);
}

TEST_CASE("preset max-pool: practice 3 and 4, the switches carry the gradient") {
  const auto trace = record(preset("max-pool").problem);
  check_values(trace->tensor(0, Slot::y), {6, 8, 9, 7});
  CHECK(trace->record(0).switches.data == std::vector<std::int32_t>{1 * 4 + 1, 1 * 4 + 3, 2 * 4 + 0, 3 * 4 + 3});
  check_values(trace->tensor(0, Slot::dx), {0, 0, 0, 0, 0, 1, 0, 2, 3, 0, 0, 0, 0, 0, 0, 4});
  CHECK(trace->size() == 20);
}

TEST_CASE("preset single-conv: worked out by hand") {
  const auto trace = record(preset("single-conv").problem);
  CHECK((*trace->tensor(0, Slot::y))[0] ==
        1 * 1 + 0 * 2 + 0 * -1 + 3 * 0 + 1 * 1 + 2 * -2 + 1 * 1 + 0 * 3 + 1 + 2 * 0 - 3);
  CHECK((*trace->tensor(0, Slot::db))[0] == 2.0F);
  // dK[0,0] = sum of X[i,j] dY[i,j]
  CHECK((*trace->tensor(0, Slot::dw))[0] == 1 * 1 + 0 * -1 + 2 * 2 + 0 * 0 + 3 * 2 + 1 * -1 + 2 * 1 + 1 * 0 + 0 * -2);
  // Corners of dX are single products: K[0,0] dY[0,0] and K[2,2] dY[2,2].
  CHECK((*trace->tensor(0, Slot::dx))[0] == 1.0F);
  CHECK((*trace->tensor(0, Slot::dx))[24] == -6.0F);
}

TEST_CASE("preset edge-detect: flat ground gives 0, edges do not") {
  const auto trace = record(preset("edge-detect").problem);
  const Tensor& y = *trace->tensor(0, Slot::y);
  const auto at = [&](std::int64_t channel, std::int64_t i, std::int64_t j) { return y[(channel * 6 + i) * 8 + j]; };
  CHECK(at(0, 2, 1) == 36.0F);   // left edge, from dark to bright
  CHECK(at(0, 2, 6) == -36.0F);  // right edge
  CHECK(at(1, 0, 3) == 36.0F);   // upper edge, seen by the other kernel alone
  CHECK(at(0, 0, 3) == 0.0F);
  CHECK(at(0, 2, 3) == 0.0F);  // inside
  // A single 1 in dY lays the kernel itself into dX, and reads the window of X into dK.
  const Tensor& dw = *trace->tensor(0, Slot::dw);
  CHECK(std::vector<float>(dw.data.begin(), dw.data.begin() + 9) == std::vector<float>{0, 9, 9, 0, 9, 9, 0, 9, 9});
  const Tensor& dx = *trace->tensor(0, Slot::dx);
  CHECK(dx[3 * 10 + 1] == -2.0F);
  CHECK(dx[3 * 10 + 3] == 2.0F);
}

TEST_CASE("preset stride-padding: the window does not fit the rows, one padded row is left over") {
  const Scene scene = preset("stride-padding");
  const LayerShapes& s = scene.problem.net->layer(0).shapes;
  CHECK(s.y == Shape{1, 1, 3, 3});
  const auto& conv = std::get<Conv2d>(scene.problem.net->layer(0).op);
  const Window window = conv.window(s.x);
  CHECK((s.x[2] + 2 * window.padding.top - window.kernel.h) % window.stride.h == 1);
  CHECK((s.x[3] + 2 * window.padding.left - window.kernel.w) % window.stride.w == 0);
}

TEST_CASE("presets: input that no window reads gets a gradient of exactly 0") {
  // The same scene without the padding at the bottom fits; a seventh row of real numbers is then never read.
  std::string json(presets()[4].json);
  REQUIRE(presets()[4].name == "stride-padding");
  json = replaced(json, "\"padding\": [1, 1]", "\"padding\": [1, 1, 0, 1]");
  const auto trace = record(parsed(json).problem);
  CHECK(trace->net().output() == Shape{1, 1, 3, 3});
  json = replaced(json, "[1, 1, 6, 5]", "[1, 1, 7, 5]");
  json = replaced(json, "[2, 0, 3, 1, 0]", "[2, 0, 3, 1, 0], [5, 6, 7, 8, 9]");
  const auto longer = record(parsed(json).problem);
  CHECK(longer->net().output() == Shape{1, 1, 3, 3});
  for (std::int64_t w = 0; w < 5; ++w) CHECK(bits((*longer->tensor(0, Slot::dx))[6 * 5 + w]) == bits(0.0F));
  CHECK(difference(*longer->tensor(0, Slot::dw), *trace->tensor(0, Slot::dw)) == "");
}

TEST_CASE("preset tiny-cnn: a torn sample with a gradient to see") {
  const Scene scene = preset("tiny-cnn");
  const auto trace = record(scene.problem);
  CHECK(trace->net().input() == Shape{1, 1, 14, 14});
  CHECK(trace->loss().value[0] >= 0.5F);
  CHECK(scene.class_names.size() == 4);
  CHECK(trace->size() > 2000);
  CHECK(trace->size() < 6000);
  CHECK_FALSE(trace->first_not_finite());
}

TEST_CASE("preset tiny-cnn: trained anew from its seed, it is the file, bit for bit") {
  const Scene file = preset("tiny-cnn");
  const auto made = make_tiny_cnn();
  REQUIRE(made);
  CHECK(hash_text(parameters_hash(*made->problem.parameters)) == hash_text(parameters_hash(*file.problem.parameters)));
  CHECK(write_scene(*made) == write_scene(file));
}
