#include "engine/loss.h"

#include "tests/engine/nets.h"

using namespace backstep;
using namespace backstep::test;

namespace {

template <class T>
LossOutputs<T> softmax(const BasicTensor<T>& x, std::vector<std::int32_t> classes, Reduction reduction) {
  LossOutputs<T> out;
  const auto n = static_cast<std::int64_t>(classes.size());
  const IndexTensor labels({n}, std::move(classes));
  LossPass<T> pass;
  pass.x = &x;
  pass.classes = &labels;
  run_loss<T>(SoftmaxCrossEntropy{reduction}, pass, out);
  return out;
}

template <class T>
LossOutputs<T> mse(const BasicTensor<T>& x, const BasicTensor<T>& target, Reduction reduction) {
  LossOutputs<T> out;
  LossPass<T> pass;
  pass.x = &x;
  pass.target = &target;
  run_loss<T>(Mse{reduction}, pass, out);
  return out;
}

double absolute(double v) { return v < 0.0 ? -v : v; }

}  // namespace

TEST_CASE("softmax cross-entropy: even logits, mean and sum") {
  const Tensor x = tensor({2, 2}, {3, 3, -1, -1});
  const auto mean = softmax(x, {0, 1}, Reduction::mean);
  CHECK(mean.p.data == std::vector<float>{0.5F, 0.5F, 0.5F, 0.5F});
  CHECK(mean.value.data == std::vector<float>{0.693147182F});
  CHECK(mean.dx.data == std::vector<float>{-0.25F, 0.25F, 0.25F, -0.25F});
  const auto sum = softmax(x, {0, 1}, Reduction::sum);
  CHECK(sum.value.data == std::vector<float>{2.0F * 0.693147182F});
  CHECK(sum.dx.data == std::vector<float>{-0.5F, 0.5F, 0.5F, -0.5F});
}

TEST_CASE("softmax cross-entropy: large logits neither overflow nor lose the small probability") {
  const auto out = softmax(tensor({1, 3}, {1000, 900, -1000}), {1}, Reduction::mean);
  CHECK(out.p[0] == 1.0F);
  CHECK(out.p[1] == 3.78350585e-44F);  // exp(-100)
  CHECK(out.p[2] == 0.0F);
  CHECK(out.value[0] == 100.0F);
  CHECK(out.dx.data == std::vector<float>{1.0F, -1.0F, 0.0F});
}

TEST_CASE("softmax cross-entropy: a NaN logit makes its row NaN, not the other") {
  const auto out = softmax(tensor({2, 2}, {kNan, 0, 1, 1}), {0, 0}, Reduction::mean);
  CHECK(out.p[0] != out.p[0]);
  CHECK(out.p[1] != out.p[1]);
  CHECK(out.p[2] == 0.5F);
  CHECK(out.value[0] != out.value[0]);
}

TEST_CASE("softmax cross-entropy: what is no row of logits is refused") {
  CHECK(check_loss(SoftmaxCrossEntropy{}, {1, 2}));
  for (const Shape& bad : {Shape{1, 1}, Shape{1, 2, 1, 1}, Shape{4}}) {
    const Status status = check_loss(SoftmaxCrossEntropy{}, bad);
    REQUIRE_FALSE(status);
    CHECK(status.error().message.find("at least 2 classes") != std::string::npos);
  }
}

TEST_CASE("mean squared error: mean over all elements, and sum") {
  const Tensor x = tensor({2, 2}, {1, 2, 3, 4}), target = tensor({2, 2}, {0, 2, 5, 1});
  const auto mean = mse(x, target, Reduction::mean);
  CHECK(mean.p.empty());
  CHECK(mean.value.data == std::vector<float>{3.5F});
  CHECK(mean.dx.data == std::vector<float>{0.5F, 0, -1, 1.5F});
  const auto sum = mse(x, target, Reduction::sum);
  CHECK(sum.value.data == std::vector<float>{14});
  CHECK(sum.dx.data == std::vector<float>{2, 0, -4, 6});
}

TEST_CASE("mean squared error: one subtotal for each row") {
  const auto out = mse(tensor({2, 2}, {4096, 0, 1, 1}), Tensor(Shape{2, 2}), Reduction::sum);
  CHECK(out.value.data == std::vector<float>{16777218});
}

TEST_CASE("losses: gradients against central differences in double") {
  constexpr double kStep = 1e-5;
  constexpr double kBound = 1e-9;  // step^2 times a third derivative of at most 1, and eps / step = 2e-11
  Rng rng(5);
  for (const Reduction reduction : {Reduction::mean, Reduction::sum}) {
    auto x = converted<double>(random_tensor(rng, {3, 4}));
    const auto target = converted<double>(random_tensor(rng, {3, 4}));
    const auto value = [&](bool squares) {
      return squares ? mse(x, target, reduction).value[0] : softmax(x, {1, 3, 0}, reduction).value[0];
    };
    for (const bool squares : {false, true}) {
      const auto dx = squares ? mse(x, target, reduction).dx : softmax(x, {1, 3, 0}, reduction).dx;
      for (std::int64_t i = 0; i < x.count(); ++i) {
        const double kept = x[i];
        x[i] = kept + kStep;
        const double up = value(squares);
        x[i] = kept - kStep;
        const double down = value(squares);
        x[i] = kept;
        CHECK(absolute((up - down) / (2.0 * kStep) - dx[i]) <= kBound * (squares ? 10.0 : 1.0));
      }
    }
  }
}
