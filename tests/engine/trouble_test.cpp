#include "engine/trouble.h"

#include "engine/explain.h"
#include "engine/narration.h"
#include "tests/engine/nets.h"

using namespace backstep;
using namespace backstep::test;

namespace {

Problem with_input(Problem problem, std::int64_t at, float value) {
  Tensor input = *problem.input;
  input[at] = value;
  problem.input = std::make_shared<const Tensor>(std::move(input));
  return problem;
}

// Every weight and bias of a layer times `by`.
Problem scaled(Problem problem, std::size_t layer, float by) {
  Parameters parameters = *problem.parameters;
  for (float& w : parameters.layers[layer].w.data) w *= by;
  for (float& b : parameters.layers[layer].b.data) b *= by;
  problem.parameters = std::make_shared<const Parameters>(std::move(parameters));
  return problem;
}

std::string words_at(const Trace& trace, const char* cell) {
  return trouble_words(trace, explain(trace, step_of(trace, cell)));
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

std::string first_of(const Trace& trace, TroubleKind kind) {
  for (const Trouble& trouble : find_troubles(trace)) {
    if (trouble.kind == kind) return trace.steps().name(trouble.step);
  }
  return "";
}

}  // namespace

TEST_CASE("trouble: a healthy pass has none, and no step says so") {
  const auto trace = record(pocket());
  CHECK(find_troubles(*trace).empty());
  for (std::int64_t step = 0; step < trace->size(); ++step) CHECK(trouble_words(*trace, explain(*trace, step)).empty());
}

TEST_CASE("trouble: an infinite input is named at the first cell it reaches, and that cell at the others") {
  const auto trace = record(with_input(pocket(), 0, kInf));
  CHECK(first_of(*trace, TroubleKind::not_finite) == "conv1.y[0,0,0]");
  CHECK(words_at(*trace, "conv1.y[0,0,0]") ==
        "X[0,0,0] is ∞ already. This is the first number that is not finite; whatever is computed from it is not "
        "either.");
  // The gate closes over -∞, but the kernel's gradient meets the pixel itself: 0 · ∞.
  const std::string later = words_at(*trace, "conv1.dw[0,0,0,0]");
  CHECK(has(later, "∞ · 0 has no value: NaN."));
  CHECK(has(later, "The first such number is conv1.y[0,0,0], step 0."));
  const std::string said = narrate(*trace, 0);
  CHECK(has(said, "add up to −∞. X[0,0,0] is ∞ already."));
}

TEST_CASE("trouble: what goes beyond float32 says whether a product or the sum did") {
  Problem problem = with_input(pocket(), 1, 3e38F);
  CHECK(first_of(*record(problem), TroubleKind::not_finite).empty());
  const auto product = record(scaled(problem, 0, 10.0F));
  const std::string name = first_of(*product, TroubleKind::not_finite);
  CHECK(has(words_at(*product, name.c_str()), "beyond the largest float32 number, 3.403e38, and becomes "));
  CHECK_FALSE(has(words_at(*product, name.c_str()), "The sum"));

  // 3e38 + 3e38 in one window, each product finite.
  const auto sum = record(with_input(with_input(pocket(), 2, 3e38F), 8, 3e38F));
  CHECK(first_of(*sum, TroubleKind::not_finite) == "conv1.y[0,0,0]");
  CHECK(has(words_at(*sum, "conv1.y[0,0,0]"), "The sum 3e38 + 3e38 is beyond the largest float32 number"));
}

TEST_CASE("trouble: a step of the optimizer that leaves float32 is named as such") {
  const auto trace = record(pocket(0, 1e38));
  const std::string name = first_of(*trace, TroubleKind::not_finite);
  CHECK(name == "conv1.w[0,0,0,1]");
  CHECK(has(words_at(*trace, name.c_str()), "The last operation, sgd, goes beyond the largest float32 number"));
  // Weights before it have moved far, and that is said first.
  CHECK(first_of(*trace, TroubleKind::explosion) == "conv1.w[0,0,0,0]");
}

TEST_CASE("trouble: a map that no gate lets through is dead at its last cell, and nothing comes back") {
  // Weights turned round: what was above zero is below, and the windows that were below are rare enough here.
  Problem problem = pocket();
  Parameters parameters = *problem.parameters;
  parameters.layers[0].b[0] = -100.0F;
  problem.parameters = std::make_shared<const Parameters>(std::move(parameters));
  const auto trace = record(problem);
  CHECK(first_of(*trace, TroubleKind::dead_gates) == "relu1.y[0,3,3]");
  CHECK(has(words_at(*trace, "relu1.y[0,3,3]"), "Every gate of this map is closed: the ReLU is dead"));
  CHECK(words_at(*trace, "relu1.y[0,3,2]").empty());
  CHECK(has(words_at(*trace, "relu1.dx[0,3,3]"), "nothing comes back"));
  CHECK(has(narrate(*trace, step_of(*trace, "relu1.y[0,3,3]")), "the ReLU is dead for this input"));
}

TEST_CASE("trouble: a loss far above that of guessing explodes, whatever the reduction") {
  const auto trace = record(scaled(pocket(1), 4, 1.0F));
  CHECK(first_of(*trace, TroubleKind::explosion).empty());
  Parameters parameters = *pocket(1).parameters;
  parameters.layers[4].b = tensor({2}, {50, 0});
  Problem problem = pocket(1);
  problem.parameters = std::make_shared<const Parameters>(std::move(parameters));
  const auto far = record(problem);
  CHECK(first_of(*far, TroubleKind::explosion) == "loss.value");
  CHECK(words_at(*far, "loss.value") ==
        "The loss explodes: 50 is far above 0.6931, what guessing costs; the scores have grown too large.");

  for (const Reduction reduction : {Reduction::mean, Reduction::sum}) {
    Mse mse;
    mse.reduction = reduction;
    Problem wide = every_layer_problem(mse);
    Tensor target = *wide.target;
    for (float& t : target.data) t = 0.0F;
    wide.target = std::make_shared<const Tensor>(target);
    CHECK(first_of(*record(wide), TroubleKind::explosion) != "loss.value");
    for (float& t : target.data) t = 4.0F;
    wide.target = std::make_shared<const Tensor>(target);
    CHECK(first_of(*record(wide), TroubleKind::explosion) != "loss.value");
  }
}

TEST_CASE("trouble: a weight that moves further than ten times the largest of its layer explodes") {
  CHECK(first_of(*record(pocket(0, 1.0)), TroubleKind::explosion).empty());
  const auto trace = record(pocket(0, 4.0));
  CHECK(first_of(*trace, TroubleKind::explosion) == "conv1.w[0,0,0,1]");  // moved by 14, the largest weight is 1
  CHECK(words_at(*trace, "conv1.w[0,0,0,1]") ==
        "The step explodes: it is 14 times as long as the layer's largest weight, 1; a smaller learning rate is "
        "needed.");
  CHECK(words_at(*trace, "conv1.w[0,0,0,0]").empty());
}
