// The figures of a lecture on convolutional networks, from the engine's own counts.
#include "engine/cost.h"

#include "engine/receptive_field.h"
#include "engine/scene.h"
#include "tests/engine/support.h"

using namespace backstep;

namespace {

Conv2d conv(std::int64_t out, std::int64_t kernel, bool bias = true, std::int64_t groups = 1) {
  Conv2d c;
  c.out_channels = out;
  c.kernel = {kernel, kernel};
  c.rule = PaddingRule::same;
  c.bias = bias;
  c.groups = groups;
  return c;
}

Network network(Shape input, std::vector<Layer> layers) {
  auto net = Network::build(input, std::move(layers), std::nullopt, Sgd{});
  REQUIRE_MESSAGE(net, (net ? std::string() : net.error().text()));
  return *net;
}

std::int64_t parameters(Shape input, std::vector<Layer> layers) {
  return network_cost(network(input, std::move(layers))).total.parameters;
}

// In hundredths of a percent, rounded.
std::int64_t hundredths(std::int64_t part, std::int64_t whole) { return (20000 * part / whole + 1) / 2; }

std::string fields_text(const Network& net) {
  std::string out;
  for (const ReceptiveField& f : receptive_fields(net)) {
    const auto text = [](double v) { return format_exact(static_cast<float>(v)); };
    const auto axis = [&](const FieldAxis& a) { return text(a.size) + "/" + text(a.jump) + "/" + text(a.start); };
    out += (out.empty() ? "" : " ") + (f.whole ? "all " + axis(f.h) : axis(f.h));
    if (!(f.h == f.w)) out += "," + axis(f.w);
  }
  return out;
}

}  // namespace

TEST_CASE("cost: 3 to 64 and 64 to 64 channels by 3x3") {
  CHECK(parameters({1, 3, 256, 256}, {conv(64, 3)}) == 1792);
  CHECK(parameters({1, 3, 256, 256}, {conv(64, 3, false)}) == 1728);
  CHECK(parameters({1, 64, 32, 32}, {conv(64, 3)}) == 36928);
}

TEST_CASE("cost: what the same layer would have if it were dense") {
  const LayerCost cost = network_cost(network({1, 3, 256, 256}, {conv(64, 3)})).total;
  CHECK(cost.dense_parameters == 824637915136);
  const LayerCost without = network_cost(network({1, 3, 256, 256}, {conv(64, 3, false)})).total;
  CHECK(without.dense_parameters == 824633720832);
  CHECK(4 * without.dense_parameters / 10'000'000'000 == 329);  // 3.30 TB
  CHECK(without.multiply_adds == 113246208);
  // Locality alone, sharing, both.
  CHECK((without.dense_parameters + without.multiply_adds / 2) / without.multiply_adds == 7282);
  CHECK(without.multiply_adds / without.parameters == 65536);
  CHECK(without.dense_parameters / without.parameters == 477218588);

  Dense dense;
  dense.out_features = 4194304;
  const Network as_dense = network({1, 3, 256, 256}, {Flatten{}, dense});
  CHECK_FALSE(as_dense.storable());
  CHECK(network_cost(as_dense).total.parameters == 824637915136);
  CHECK(network_cost(as_dense).total.dense_parameters == 824637915136);
  CHECK(network_cost(as_dense).total.multiply_adds == 824633720832);
}

TEST_CASE("cost: the first layer of a residual network") {
  Conv2d first;
  first.out_channels = 64;
  first.kernel = {7, 7};
  first.stride = {2, 2};
  first.padding = {3, 3, 3, 3};
  first.bias = false;
  const Network net = network({1, 3, 224, 224}, {first});
  CHECK(net.output() == Shape{1, 64, 112, 112});
  CHECK(network_cost(net).total.parameters == 9408);
  CHECK(network_cost(net).total.multiply_adds == 118013952);
  first.bias = true;
  CHECK(parameters({1, 3, 224, 224}, {first}) == 9472);
}

TEST_CASE("cost: two 3x3 against one 5x5") {
  const Shape input{1, 64, 32, 32};
  const std::int64_t two = 2 * parameters(input, {conv(64, 3)}), one = parameters(input, {conv(64, 5)});
  CHECK(one == 102464);
  CHECK(two == 73856);
  CHECK(hundredths(one - two, one) == 2792);
  const std::int64_t two_bare = 2 * parameters(input, {conv(64, 3, false)});
  const std::int64_t one_bare = parameters(input, {conv(64, 5, false)});
  CHECK(hundredths(one_bare - two_bare, one_bare) == 2800);
  // From 3 to 64 channels it is the other way round.
  CHECK(parameters({1, 3, 32, 32}, {conv(64, 5)}) == 4864);
  CHECK(parameters({1, 3, 32, 32}, {conv(64, 3), conv(64, 3)}) == 38720);
}

TEST_CASE("cost: depthwise and pointwise against a standard convolution") {
  const auto separable = [](std::int64_t C, bool depth_bias, bool point_bias) {
    return parameters({1, C, 8, 8}, {conv(C, 3, depth_bias, C), conv(C, 1, point_bias)});
  };
  const auto standard = [](std::int64_t C, bool bias) { return parameters({1, C, 8, 8}, {conv(C, 3, bias)}); };
  // 1/k^2 + 1/C exactly: parts of 9 C.
  CHECK(9 * 64 * separable(64, false, false) == (64 + 9) * standard(64, false));
  CHECK(hundredths(separable(64, false, false), standard(64, false)) == 1267);
  CHECK(hundredths(separable(64, false, true), standard(64, true)) == 1282);
  CHECK(hundredths(separable(64, true, true), standard(64, true)) == 1300);
  CHECK(hundredths(separable(8, false, false), standard(8, false)) == 2361);
  CHECK(separable(1, false, false) > standard(1, false));
}

TEST_CASE("cost: counts that do not fit 64 bits saturate") {
  Dense wide;
  wide.out_features = std::int64_t{1} << 40;
  const Network net = network({1, 1 << 20, 1024, 1024}, {Flatten{}, wide});
  CHECK(network_cost(net).total.parameters == Shape::kCountLimit);
  CHECK(network_cost(net).total.multiply_adds == Shape::kCountLimit);
}

TEST_CASE("receptive field: stacks of 3x3 grow by two") {
  Conv2d c;
  const Network net = network({1, 1, 32, 32}, {c, c, c, c});
  CHECK(fields_text(net) == "3/1/1.5 5/1/2.5 7/1/3.5 9/1/4.5");
  // With padding the first output is centred on the first pixel.
  const Network same = network({1, 1, 32, 32}, {conv(1, 3), conv(1, 3)});
  CHECK(fields_text(same) == "3/1/0.5 5/1/0.5");
  CHECK(fields_text(network({1, 1, 32, 32}, {conv(1, 5)})) == "5/1/0.5");
}

TEST_CASE("receptive field: stride multiplies the jump, dilation the reach") {
  Conv2d strided;
  strided.stride = {2, 1};
  Conv2d dilated;
  dilated.dilation = {2, 3};
  const Network net = network({1, 1, 32, 32}, {strided, Relu{}, MaxPool2d{}, dilated});
  CHECK(fields_text(net) == "3/2/1.5,3/1/1.5 3/2/1.5,3/1/1.5 5/4/2.5,4/2/2 21/4/10.5,16/2/8");
}

TEST_CASE("receptive field: a dense layer sees everything, and so does all that follows") {
  Dense dense;
  const Network net = network({1, 1, 6, 8}, {Conv2d{}, Flatten{}, dense, Relu{}});
  CHECK(fields_text(net) == "3/1/1.5 3/1/1.5 all 6/0/3,8/0/4 all 6/0/3,8/0/4");
}

TEST_CASE("receptive field: a transposed convolution goes back to half the jump") {
  Conv2d down;
  down.kernel = {2, 2};
  down.stride = {2, 2};
  ConvTranspose2d up;
  up.out_channels = 1;
  up.kernel = {2, 2};
  up.stride = {2, 2};
  CHECK(fields_text(network({1, 1, 8, 8}, {down, up})) == "2/2/1 2/1/1");
}
