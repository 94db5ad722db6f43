// Single convolutions in the kernels' own layout against the layer's reference.
#include "engine/conv_task.h"

#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

namespace {

void check_task(std::string_view document, bool relu = false) {
  INFO(document);
  auto task = parse_conv_task(document);
  REQUIRE_MESSAGE(task, (task ? "" : task.error().text()));
  const LayerShapes s = task->shapes();
  Conv2d conv;
  conv.out_channels = s.y[1];
  conv.kernel = {s.w[2], s.w[3]};
  conv.groups = s.x[1] / s.w[1];
  conv.bias = !s.b.is_none();
  conv.flip = document.find("flip") != std::string_view::npos;
  if (document.find("same") != std::string_view::npos) conv.rule = PaddingRule::same;
  if (document.find("\"stride\":2") != std::string_view::npos) conv.stride = {2, 2};
  if (document.find("\"padding\":1") != std::string_view::npos) conv.padding = {1, 1, 1, 1};
  if (document.find("\"dilation\":[1,2]") != std::string_view::npos) conv.dilation = {1, 2};
  Rng rng(8);
  LayerRun<float> want = filled_run(conv, s.x, rng, random_tensor);
  want.run(conv, Isa::reference);
  for (int round = 0; round < 2; ++round) {
    for (const Slot slot : {Slot::x, Slot::w, Slot::dy, Slot::b}) {
      if (slot == Slot::b && !conv.bias) continue;
      const Tensor& from = slot == Slot::x ? want.x : slot == Slot::w ? want.w : slot == Slot::b ? want.b : want.dy;
      const std::span<float> room = task->staging(from.count());
      std::copy(from.data.begin(), from.data.end(), room.begin());
      REQUIRE(task->set(slot, room));
    }
    task->forward(relu);
    task->backward_input();
    task->backward_weights();
    for (const Slot slot : {Slot::y, Slot::dx, Slot::dw, Slot::db}) {
      if (slot == Slot::db && !conv.bias) continue;
      INFO(std::string(slot_name(slot)));
      const auto got = task->get(slot);
      REQUIRE(got);
      Tensor expected = want.out(slot);
      if (slot == Slot::y && relu) {
        for (float& value : expected.data) value = value <= 0.0F ? 0.0F : value;
      }
      CHECK(difference(Tensor(s.of(slot), {got->begin(), got->end()}), expected) == "");
    }
  }
}

std::string code(std::string_view document) {
  const auto task = parse_conv_task(document);
  return task ? "" : task.error().code;
}

}  // namespace

TEST_CASE("conv task: forward and both gradients have the reference's bits") {
  check_task(R"({"input":[2,3,7,6],"out":9,"kernel":3,"padding":1})");
  check_task(R"({"input":[1,4,9,9],"out":6,"kernel":[2,3],"stride":2,"groups":2,"bias":false})");
  check_task(R"({"input":[1,12,6,8],"out":12,"kernel":3,"padding":"same","groups":12})", true);
  check_task(R"({"input":[3,1,8,11],"out":5,"kernel":3,"dilation":[1,2],"flip":true})", true);
}

TEST_CASE("conv task: what it refuses") {
  CHECK(code("[]") == "scene.type");
  CHECK(code(R"({"input":[1,1,4,4],"out":1})") == "scene.missing");
  CHECK(code(R"({"input":[1,1,4,4],"out":1,"kernel":3,"colour":1})") == "scene.unknown_key");
  CHECK(code(R"({"input":[1,1,4,4],"out":1,"kernel":5})") == "scene.shape");
  CHECK(code(R"({"input":[1,4],"out":1,"kernel":1})") == "scene.shape");
  CHECK(code(R"({"input":[64,64,512,512],"out":1,"kernel":1})") == "kernel.size");
  CHECK(code(R"({"input":[1,1,1,1],"out":16777216,"kernel":[64,64],"padding":"full"})") == "kernel.size");
  auto task = parse_conv_task(R"({"input":[1,1,4,4],"out":1,"kernel":3,"bias":false})");
  REQUIRE(task);
  const std::vector<float> nine(9);
  CHECK(task->set(Slot::w, nine));
  CHECK(task->set(Slot::x, nine).error().code == "tensor.count");
  CHECK(task->set(Slot::b, nine).error().code == "tensor.name");
  CHECK(task->set(Slot::y, nine).error().code == "tensor.name");
  CHECK(task->get(Slot::x).error().code == "tensor.name");
}
