// For every type in the list of layers: explain() ends at the stored bits of every step, by every instruction set, and
// its running sums are what its terms add up to.

#include "engine/explain.h"
#include "engine/trace.h"
#include "tests/layers/layer_examples.h"
#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

namespace {

// A network of this one layer, with dy given.
template <class L, class Fill>
Problem problem_of(const L& layer, const Shape& x, Rng& rng, Fill&& fill) {
  auto net = Network::build(x, {layer}, std::nullopt, Sgd{});
  REQUIRE(net);
  Problem problem;
  problem.net = std::make_shared<const Network>(std::move(*net));
  const LayerShapes& s = problem.net->layer(0).shapes;
  Parameters parameters;
  parameters.layers.emplace_back();
  if (!s.w.is_none()) parameters.layers[0].w = fill(rng, s.w);
  if (!s.b.is_none()) parameters.layers[0].b = fill(rng, s.b);
  problem.parameters = std::make_shared<const Parameters>(std::move(parameters));
  problem.input = std::make_shared<const Tensor>(fill(rng, s.x));
  problem.dy = std::make_shared<const Tensor>(fill(rng, s.y));
  REQUIRE(check_problem(problem));
  return problem;
}

// The totals of a sum, added up again from the terms by the stated order.
void check_running_sums(const Explanation& e) {
  float total = 0.0F, subtotal = 0.0F;
  std::int64_t group = -1;
  for (const ExplainedTerm& term : e.terms) {
    if (term.tap.group != group) {
      total += subtotal;
      subtotal = 0.0F;
      group = term.tap.group;
    }
    if (term.taken) subtotal += static_cast<float>(term.value);
    CHECK(same_bits(static_cast<float>(term.subtotal), subtotal));
    CHECK(same_bits(static_cast<float>(term.total), total + subtotal));
  }
  CHECK(same_bits(static_cast<float>(e.folded), total + subtotal));
}

void check_maximum(const Explanation& e) {
  float best = 0.0F;
  for (const ExplainedTerm& term : e.terms) {
    const auto value = static_cast<float>(term.value);
    if (term.taken) best = value;
    CHECK_FALSE(value > best);
    CHECK(same_bits(static_cast<float>(term.total), best));
  }
  CHECK(same_bits(static_cast<float>(e.folded), best));
}

}  // namespace

TEST_CASE_TEMPLATE_DEFINE("every layer: explain ends at the stored bits of every step", L, explain_test) {
  Rng rng(9);
  for (const bool wild : {false, true}) {
    for (const auto& [layer, x] : Examples<L>::layers()) {
      const Problem problem = problem_of(layer, x, rng, wild ? wild_tensor : random_tensor);
      for (const Isa isa : available_isas()) {
        const auto trace = record(problem, isa);
        INFO(std::string(L::kOp), " on ", x.text(), " by ", std::string(isa_name(isa)));
        for (std::int64_t step = 0; step < trace->size(); ++step) {
          const Explanation e = explain(*trace, step);
          INFO(trace->steps().name(step));
          CHECK(canonical_bits(e.value) == canonical_bits(trace->value(step)));
          CHECK(term_count(*trace, step) == static_cast<std::int64_t>(e.terms.size()));
          CHECK(same_bits(static_cast<float>(e.after(term_count(*trace, step))), e.value));
          if (e.fold == Fold::sum) check_running_sums(e);
          if (e.fold == Fold::maximum) check_maximum(e);
        }
      }
    }
  }
}
TEST_CASE_TEMPLATE_APPLY(explain_test, LayerTypes);
