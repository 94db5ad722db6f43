#include "engine/steps.h"

#include "tests/engine/nets.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("steps: the pocket net has 155, in the order of the contract") {
  const Problem problem = pocket();
  const StepIndex steps(*problem.net);
  struct Want {
    const char* tensor;
    Phase phase;
    std::int64_t first, count;
  };
  const Want want[] = {
      {"conv1.y", Phase::forward, 0, 16},    {"relu1.y", Phase::forward, 16, 16},
      {"pool1.y", Phase::forward, 32, 4},    {"dense1.y", Phase::forward, 36, 2},
      {"loss.p", Phase::loss, 38, 2},        {"loss.value", Phase::loss, 40, 1},
      {"loss.dx", Phase::backward, 41, 2},   {"dense1.dw", Phase::backward, 43, 8},
      {"dense1.db", Phase::backward, 51, 2}, {"dense1.dx", Phase::backward, 53, 4},
      {"pool1.dx", Phase::backward, 57, 16}, {"relu1.dx", Phase::backward, 73, 16},
      {"conv1.dw", Phase::backward, 89, 9},  {"conv1.db", Phase::backward, 98, 1},
      {"conv1.dx", Phase::backward, 99, 36}, {"conv1.w", Phase::update, 135, 9},
      {"conv1.b", Phase::update, 144, 1},    {"dense1.w", Phase::update, 145, 8},
      {"dense1.b", Phase::update, 153, 2},
  };
  CHECK(steps.size() == 155);
  REQUIRE(steps.blocks().size() == std::size(want));
  for (std::size_t i = 0; i < std::size(want); ++i) {
    const Block& block = steps.blocks()[i];
    CHECK(steps.tensor_name(block) == want[i].tensor);
    CHECK(block.phase == want[i].phase);
    CHECK(block.first == want[i].first);
    CHECK(block.count == want[i].count);
  }
}

TEST_CASE("steps: names hide the batch index of one sample and show it of more") {
  const StepIndex pocket_steps(*pocket().net);
  CHECK(pocket_steps.name(0) == "conv1.y[0,0,0]");
  CHECK(pocket_steps.name(15) == "conv1.y[0,3,3]");
  CHECK(pocket_steps.name(37) == "dense1.y[1]");
  CHECK(pocket_steps.name(39) == "loss.p[1]");
  CHECK(pocket_steps.name(40) == "loss.value");
  CHECK(pocket_steps.name(42) == "loss.dx[1]");
  CHECK(pocket_steps.name(50) == "dense1.dw[1,3]");
  CHECK(pocket_steps.name(94) == "conv1.dw[0,0,1,2]");
  CHECK(pocket_steps.name(98) == "conv1.db[0]");
  CHECK(pocket_steps.name(135) == "conv1.w[0,0,0,0]");
  CHECK(pocket_steps.name(154) == "dense1.b[1]");
  const StepIndex steps(*every_layer_problem().net);
  CHECK(steps.name(0) == "conv1.y[0,0,0,0]");
  CHECK(steps.name((3 + 1) * 7 * 6 + 1) == "conv1.y[1,1,0,1]");
}

TEST_CASE("steps: every name leads back to its step, every cell to its number") {
  for (const Problem& problem :
       {pocket(), every_layer_problem(), every_layer_problem(Mse{}), every_layer_problem(std::nullopt)}) {
    const StepIndex steps(*problem.net);
    for (std::int64_t step = 0; step < steps.size(); ++step) {
      const auto parsed = steps.parse(steps.name(step));
      REQUIRE(parsed);
      CHECK(*parsed == step);
      CHECK(steps.find(steps.cell(step)) == step);
    }
  }
}

TEST_CASE("steps: a name that means no cell is an error that says what was expected") {
  const StepIndex steps(*pocket().net);
  const auto message = [&](std::string_view name) {
    const auto parsed = steps.parse(name);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == "cell.name");
    return parsed.error().message;
  };
  CHECK(message("nothing").find("conv1.y[0,3,5]") != std::string::npos);
  CHECK(message("conv2.y[0,0,0]").find("layers before the dot") != std::string::npos);
  CHECK(message("relu1.dw[0]").find("relu1 computes") != std::string::npos);
  CHECK(message("flatten1.y[0]").find("flatten1 computes") != std::string::npos);
  CHECK(message("conv1.y[0,4,0]").find("3 indices in brackets below 1×4×4") != std::string::npos);
  for (const char* bad : {"conv1.y", "conv1.y[]", "conv1.y[0,0]", "conv1.y[0,0,0", "conv1.y[0,0,0]x", "conv1.y[0,-1,0]",
                          "conv1.y[0,+1,0]", "conv1.y[ 0,0,0]", "conv1.y[0,0,99999999999999999999]", "", ".", "[",
                          "loss.value[1]", "conv1.[0]", "conv1.y[0,0,0,0]"}) {
    CHECK_FALSE_MESSAGE(steps.parse(bad), bad);
  }
  CHECK(*steps.parse("loss.value[0]") == 40);
  CHECK(steps.find({0, Slot::y, 16}) == -1);
  CHECK(steps.find({3, Slot::y, 0}) == -1);
}

TEST_CASE("steps: groups of the coarser grains") {
  const StepIndex steps(*pocket().net);
  const auto group = [](const StepIndex& s, std::int64_t step, Grain grain) {
    const auto range = s.group(step, grain);
    return std::pair{range.first, range.last};
  };
  using Range = std::pair<std::int64_t, std::int64_t>;
  CHECK(group(steps, 20, Grain::product) == Range{20, 20});
  CHECK(group(steps, 20, Grain::cell) == Range{20, 20});
  CHECK(group(steps, 20, Grain::channel) == Range{16, 31});
  CHECK(group(steps, 36, Grain::channel) == Range{36, 36});  // a vector's features are channels of one number
  CHECK(group(steps, 47, Grain::channel) == Range{47, 50});  // a row of dense weights
  CHECK(group(steps, 47, Grain::layer) == Range{43, 56});    // dw, db and dx
  CHECK(group(steps, 20, Grain::layer) == Range{16, 31});
  CHECK(group(steps, 39, Grain::layer) == Range{38, 40});  // p and value; loss.dx is backward
  CHECK(group(steps, 41, Grain::layer) == Range{41, 42});
  CHECK(group(steps, 140, Grain::layer) == Range{135, 144});
  Conv2d conv;
  conv.out_channels = 2;
  const Problem one = problem_of({1, 3, 4, 4}, {conv}, std::nullopt);
  const Problem two = problem_of({2, 3, 4, 4}, {conv}, std::nullopt);
  CHECK(group(StepIndex(*one.net), 5, Grain::channel) == Range{4, 7});
  CHECK(group(StepIndex(*two.net), 5, Grain::channel) == Range{0, 7});  // the first index is the sample
  const std::int64_t dw = StepIndex(*one.net).block(0, Slot::dw)->first;
  CHECK(group(StepIndex(*one.net), dw + 30, Grain::channel) == Range{dw + 27, dw + 53});
  // Groups tile the steps.
  const StepIndex all(*every_layer_problem().net);
  for (const Grain grain : {Grain::cell, Grain::channel, Grain::layer}) {
    std::int64_t step = 0;
    while (step < all.size()) {
      const auto range = all.group(step, grain);
      CHECK(range.first == step);
      CHECK(group(all, range.last, grain) == Range{range.first, range.last});
      step = range.last + 1;
    }
    CHECK(step == all.size());
  }
}

TEST_CASE("steps: without a loss there is no loss and no update; flatten hands its neighbours' numbers on") {
  const Problem problem = problem_of({1, 1, 2, 2}, {Relu{}, Flatten{}, Tanh{}}, std::nullopt);
  const StepIndex steps(*problem.net);
  CHECK(steps.size() == 16);
  CHECK(steps.name(4) == "tanh1.y[0]");
  CHECK(steps.name(8) == "tanh1.dx[0]");
  CHECK(steps.name(12) == "relu1.dx[0,0,0]");
  CHECK(steps.tensor_name(*steps.producer(2, Slot::x)) == "relu1.y");
  CHECK(steps.tensor_name(*steps.producer(0, Slot::dy)) == "tanh1.dx");
  CHECK(steps.producer(0, Slot::x) == nullptr);
  CHECK(steps.producer(2, Slot::dy) == nullptr);
}
