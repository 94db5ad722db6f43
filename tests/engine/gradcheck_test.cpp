#include "engine/gradcheck.h"

#include "engine/float_bound.h"
#include "engine/numeric_gradient.h"
#include "engine/scene.h"
#include "tests/engine/support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

Problem problem_of(std::string_view json) {
  auto scene = parse_scene(json);
  REQUIRE_MESSAGE(scene, (scene ? std::string() : scene.error().text()));
  REQUIRE(check_problem(scene->problem));
  return scene->problem;
}

Problem preset_problem(std::string_view name) {
  auto scene = preset_scene(name);
  REQUIRE(scene);
  return scene->problem;
}

// A random problem: every layer in a row, smooth from end to end or with bends.
Problem random_problem(Shape input, std::vector<Layer> layers, std::optional<Loss> loss, std::uint64_t seed) {
  auto net = Network::build(input, std::move(layers), loss, Sgd{});
  REQUIRE_MESSAGE(net, (net ? std::string() : net.error().text()));
  Rng rng(seed);
  Problem out;
  auto parameters = std::make_shared<Parameters>(initial_parameters(*net, seed, Initialisation::glorot));
  for (Parameters::Pair& pair : parameters->layers) {
    for (float& value : pair.b.data) value = static_cast<float>(0.1 * rng.normal());
    if (pair.w.shape.rank() != 1) continue;
    for (float& value : pair.w.data) value = static_cast<float>(1.0 + 0.2 * rng.normal());
  }
  out.input = std::make_shared<Tensor>(random_tensor(rng, input));
  const Shape y = net->output();
  if (!loss) {
    out.dy = std::make_shared<Tensor>(random_tensor(rng, y));
  } else if (std::holds_alternative<Mse>(*loss)) {
    out.target = std::make_shared<Tensor>(random_tensor(rng, y));
  } else {
    IndexTensor classes(Shape{y[0]});
    for (std::int32_t& label : classes.data) label = static_cast<std::int32_t>(rng.below(y[1]));
    out.classes = std::make_shared<IndexTensor>(classes);
  }
  out.parameters = parameters;
  out.net = std::make_shared<Network>(std::move(*net));
  REQUIRE(check_problem(out));
  return out;
}

std::string failures(const GradcheckReport& report) {
  std::string out;
  for (const TensorCheck& check : report.tensors) {
    if (!check.passed) out += check.worst + " error " + std::to_string(check.error * 1e9) + "e-9; ";
  }
  return out;
}

std::string failures(const std::vector<BoundCheck>& checks) {
  std::string out;
  for (const BoundCheck& check : checks) {
    if (!check.passed) out += check.worst + " share " + std::to_string(check.share) + "; ";
  }
  return out;
}

std::int64_t left_out(const GradcheckReport& report) {
  std::int64_t out = 0;
  for (const TensorCheck& check : report.tensors) out += check.left_out;
  return out;
}

struct Named {
  const char* name;
  Problem problem;
  bool smooth;
};

std::vector<Named> examples() {
  Conv2d conv;
  conv.out_channels = 3;
  Conv2d odd;
  odd.out_channels = 4;
  odd.kernel = {2, 3};
  odd.stride = {2, 1};
  odd.dilation = {1, 2};
  odd.padding = {1, 2, 0, 1};
  odd.groups = 2;
  odd.flip = true;
  ConvTranspose2d up;
  up.out_channels = 2;
  up.kernel = {3, 3};
  up.stride = {2, 2};
  up.padding = {1, 1, 1, 1};
  up.output_padding = {1, 1};
  AvgPool2d average;
  average.kernel = {3, 3};
  average.stride = {2, 2};
  average.padding = {1, 1, 1, 1};
  average.count_include_pad = false;
  Dropout drop;
  drop.seed = 5;
  Dense dense;
  dense.out_features = 3;
  LeakyRelu leaky;
  leaky.negative_slope = 0.1;
  SoftmaxCrossEntropy sum;
  sum.reduction = Reduction::sum;

  std::vector<Named> out;
  out.push_back(
      {"smooth",
       random_problem({2, 2, 7, 6}, {odd, Tanh{}, up, Sigmoid{}, average, Flatten{}, dense}, SoftmaxCrossEntropy{}, 1),
       true});
  out.push_back(
      {"normalised",
       random_problem({3, 2, 4, 5}, {conv, BatchNorm{}, Tanh{}, GlobalAvgPool2d{}, Flatten{}, BatchNorm{}, dense},
                      Mse{}, 2),
       true});
  out.push_back({"dropped", random_problem({2, 1, 5, 5}, {conv, drop, Tanh{}, Flatten{}, drop, dense}, sum, 3), true});
  out.push_back({"linear", random_problem({2, 1, 5, 5}, {conv, average}, std::nullopt, 4), true});
  out.push_back({"bent",
                 random_problem({2, 1, 9, 9}, {conv, Relu{}, MaxPool2d{}, conv, leaky, Flatten{}, dense},
                                SoftmaxCrossEntropy{}, 5),
                 false});
  return out;
}

}  // namespace

TEST_CASE("gradcheck: networks of every layer pass, and the smooth ones leave nothing out") {
  for (const Named& example : examples()) {
    CAPTURE(example.name);
    const GradcheckReport report = check_gradients(example.problem);
    CHECK(failures(report) == "");
    CHECK(report.passed());
    CHECK(report.largest > 1e-3);
    if (example.smooth) CHECK(left_out(report) == 0);
  }
}

TEST_CASE("gradcheck: the float kernels stay within the bound of their terms") {
  for (const Named& example : examples()) {
    CAPTURE(example.name);
    CHECK(failures(check_float_bounds(*record(example.problem))) == "");
  }
  for (const PresetInfo& info : presets()) {
    const Problem problem = preset_problem(info.name);
    if (!problem.input) continue;
    CAPTURE(info.name);
    CHECK(failures(check_float_bounds(*record(problem))) == "");
  }
}

TEST_CASE("gradcheck: the bound is no larger than a few roundings") {
  // Ten products in order: at most gamma_16 of the sum of magnitudes, and the real error is not a millionth of it.
  const Problem problem = random_problem({1, 1, 8, 8}, {Conv2d{}}, std::nullopt, 9);
  const auto checks = check_float_bounds(*record(problem));
  CHECK(checks[0].name == "conv1.y");
  CHECK(checks[0].terms == 10);
  CHECK(checks[0].share > 1e-3);
  CHECK(checks[0].share < 1.0);
  CHECK(rounding_gamma(16) < 9.6e-7);
}

TEST_CASE("gradcheck: exactly the elements at a bend are left out, with the reason") {
  // The inputs of the ReLU are 0, 1, -1, 2: the first lies on the bend.
  const Problem relu = problem_of(R"({"backstep":1, "input":{"shape":[1,1,2,2],"data":[0,1,-1,2]},
    "layers":[{"op":"relu"}], "dy":[1,1,1,1]})");
  GradcheckReport report = check_gradients(relu);
  REQUIRE(report.tensors.size() == 1);
  CHECK(report.tensors[0].checked == 3);
  CHECK(report.tensors[0].left_out == 1);
  CHECK(report.tensors[0].first_left_out[0].element == "input[0,0,0]");
  CHECK(report.tensors[0].first_left_out[0].reason == "relu1.x[0,0,0] crosses 0");
  CHECK(report.passed());

  // Two equal maxima: moving either of them changes the winner.
  const Problem pool = problem_of(R"({"backstep":1, "input":{"shape":[1,1,2,2],"data":[3,1,3,2]},
    "layers":[{"op":"max_pool2d","kernel":[2,2]}], "dy":[1]})");
  report = check_gradients(pool);
  CHECK(report.tensors[0].checked == 2);
  CHECK(report.tensors[0].left_out == 2);
  CHECK(report.tensors[0].first_left_out[0].reason == "the winner of pool1.y[0,0,0] changes");
}

TEST_CASE("gradcheck: what disagrees is reported, with both gradients") {
  GradcheckOptions options;
  options.tolerance = 0.0;
  options.samples = 5;
  std::int64_t calls = 0, last = 0;
  options.progress = [&](std::int64_t done, std::int64_t total) {
    ++calls;
    last = total;
    CHECK(done == calls);
  };
  const GradcheckReport report = check_gradients(examples()[0].problem, options);
  CHECK_FALSE(report.passed());
  CHECK(calls == last);
  CHECK(report.tensors[0].name == "input");
  CHECK(report.tensors[0].checked == 5);
  CHECK(report.tensors[0].worst.starts_with("input["));
  CHECK(report.tensors[0].numeric != report.tensors[0].analytic);
}

TEST_CASE("numeric gradient: one cell, in double and in float") {
  const Problem problem = preset_problem("pocket");
  const StepIndex steps(*problem.net);
  GradientProbe<double> wide(problem);
  GradientProbe<float> narrow(problem);
  const auto cell_of = [&](const char* name) {
    const auto step = steps.parse(name);
    REQUIRE(step);
    return steps.cell(*step);
  };
  const NumericGradient w = wide.at(cell_of("conv1.dw[0,0,0,1]"), 1e-4);
  CHECK(w.analytic == 3.5);
  CHECK(std::abs(w.numeric - 3.5) < 1e-6);
  CHECK_FALSE(w.kink);
  CHECK(w.plus > w.minus);
  // In float the rounding of a loss near 0.7 is divided by 2e-4.
  const NumericGradient f = narrow.at(cell_of("conv1.dw[0,0,0,1]"), 1e-4);
  CHECK(f.analytic == 3.5);
  CHECK(std::abs(f.numeric - 3.5) < 0.01);
  CHECK(f.numeric != w.numeric);
  // An activation, and the output of the network.
  CHECK(std::abs(wide.at(cell_of("pool1.dx[0,0,0]"), 1e-4).numeric -
                 wide.at(cell_of("pool1.dx[0,0,0]"), 1e-4).analytic) < 1e-6);
  const NumericGradient p = wide.at(cell_of("loss.dx[0]"), 1e-4);
  CHECK(p.analytic == -0.5);
  CHECK(std::abs(p.numeric + 0.5) < 1e-8);
  // A large eps crosses a bend, and says which; the probe is as before afterwards.
  const NumericGradient far = wide.at(cell_of("conv1.dw[0,0,0,1]"), 10.0);
  REQUIRE(far.kink);
  CHECK(std::abs(far.numeric - 3.5) > 0.1);
  CHECK(kink_text(*problem.net, *far.kink).size() > 10);
  CHECK(wide.at(cell_of("conv1.dw[0,0,0,1]"), 1e-4).numeric == w.numeric);
  CHECK(variable_name(*problem.net, cell_of("conv1.dw[0,0,0,1]")) == "conv1.w[0,0,0,1]");
  CHECK(variable_name(*problem.net, cell_of("conv1.dx[0,2,3]")) == "input[0,2,3]");
  CHECK(variable_name(*problem.net, cell_of("pool1.dx[0,2,3]")) == "relu1.y[0,2,3]");
}
