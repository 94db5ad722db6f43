#include "engine/optimizer.h"

#include <cmath>

#include "tests/engine/support.h"

using namespace backstep;
using namespace backstep::test;

namespace {

// The parameter after each update with these gradients, one number.
std::vector<float> walk(const Optimizer& optimizer, float start, const std::vector<float>& gradients) {
  OptimizerState state;
  UpdateCount count;
  Tensor p = tensor({1}, {start});
  std::vector<float> out;
  for (const float g : gradients) {
    count.advance(optimizer);
    update(optimizer, count, p, tensor({1}, {g}), state, p);
    out.push_back(p[0]);
  }
  return out;
}

Sgd sgd(double lr, double momentum = 0.0, double weight_decay = 0.0, bool nesterov = false) {
  Sgd o;
  o.lr = lr;
  o.momentum = momentum;
  o.weight_decay = weight_decay;
  o.nesterov = nesterov;
  return o;
}

}  // namespace

TEST_CASE("sgd: plain, momentum, Nesterov, weight decay, in numbers that are exact") {
  using Numbers = std::vector<float>;
  CHECK(walk(sgd(0.5), 1, {1, 1}) == Numbers{0.5F, 0});
  CHECK(walk(sgd(0.5, 0.5), 1, {1, 1, 0}) == Numbers{0.5F, -0.25F, -0.625F});
  CHECK(walk(sgd(0.5, 0.5, 0.0, true), 1, {1, 1}) == Numbers{0.25F, -0.625F});
  CHECK(walk(sgd(0.5, 0.0, 0.5), 2, {1, 0}) == Numbers{1, 0.75F});
  CHECK(walk(sgd(0.5, 0.5, 0.5), 2, {1, 0}) == Numbers{1, 0.25F});
}

TEST_CASE("adam: epsilon stands outside the root, moments are corrected") {
  Adam adam;
  adam.lr = 1.0;
  adam.beta1 = 0.5;
  adam.beta2 = 0.5;
  adam.eps = 1.0;
  const auto p = walk(adam, 1, {3, 0});
  CHECK(p[0] == 0.25F);  // 1 - 3 / (3 + 1); inside the root it would be 1 - 3 / sqrt(10)
  // m = 0.75 over 0.75, v = 2.25 over 0.75.
  CHECK(p[1] == static_cast<float>(0.25 - 1.0 / (std::sqrt(3.0) + 1.0)));
  adam.weight_decay = 2.0;
  CHECK(walk(adam, 1, {1})[0] == 0.25F);  // d = 1 + 2
}

TEST_CASE("adam: powers of beta are repeated products, for as long as one trains") {
  const Optimizer adam = Adam{};
  UpdateCount count;
  double one = 1.0, two = 1.0;
  for (int t = 0; t < 1000; ++t) {
    count.advance(adam);
    one *= 0.9;
    two *= 0.999;
  }
  CHECK(count.t == 1000);
  CHECK(bits(count.beta1_power) == bits(one));
  CHECK(bits(count.beta2_power) == bits(two));
}

TEST_CASE("optimizers: state has the parameter's shape, and only where it is used") {
  OptimizerState state;
  UpdateCount count;
  Tensor p = tensor({2, 2}, {1, 2, 3, 4}), next;
  const Optimizer plain = sgd(0.1);
  count.advance(plain);
  update(plain, count, p, Tensor(Shape{2, 2}), state, next);
  CHECK(next.data == p.data);
  CHECK(state.first.empty());
  const Optimizer adam = Adam{};
  count = {};
  count.advance(adam);
  update(adam, count, p, Tensor(Shape{2, 2}), state, next);
  CHECK(state.first.shape == Shape{2, 2});
  CHECK(state.second.shape == Shape{2, 2});
  CHECK(next.data == p.data);  // a gradient of 0 moves nothing: 0 / (0 + eps)
}
