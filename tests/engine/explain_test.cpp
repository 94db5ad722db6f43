#include "engine/explain.h"

#include "tests/engine/nets.h"

using namespace backstep;
using namespace backstep::test;

namespace {

void ends_at_the_stored_bits(const Problem& problem) {
  for (const Isa isa : {Isa::reference, best_isa()}) {
    const auto trace = record(problem, isa);
    for (std::int64_t step = 0; step < trace->size(); ++step) {
      const Explanation e = explain(*trace, step);
      INFO(trace->steps().name(step), " by ", std::string(isa_name(isa)));
      CHECK(canonical_bits(e.value) == canonical_bits(trace->value(step)));
      CHECK(static_cast<std::int64_t>(e.terms.size()) == term_count(*trace, step));
      CHECK(e.after(0) == 0.0);
      CHECK(same_bits(static_cast<float>(e.after(term_count(*trace, step))), trace->value(step)));
    }
  }
}

}  // namespace

TEST_CASE("explain: ends at the stored bits of every step, with every loss and optimizer") {
  Sgd sgd;
  sgd.momentum = 0.9;
  sgd.nesterov = true;
  sgd.weight_decay = 0.01;
  ends_at_the_stored_bits(pocket());
  ends_at_the_stored_bits(every_layer_problem(SoftmaxCrossEntropy{}, sgd));
  ends_at_the_stored_bits(every_layer_problem(SoftmaxCrossEntropy{Reduction::sum}, Adam{}));
  ends_at_the_stored_bits(every_layer_problem(Mse{}));
  ends_at_the_stored_bits(every_layer_problem(Mse{Reduction::sum}));
  ends_at_the_stored_bits(every_layer_problem(std::nullopt));
}

TEST_CASE("explain: a convolution's cell has its real products in kernel order, and the bias last") {
  const auto trace = record(pocket());
  const Explanation e = explain(*trace, step_of(*trace, "conv1.y[0,1,1]"));
  REQUIRE(e.terms.size() == 10);
  for (std::size_t t = 0; t < 9; ++t) {
    const Tap& tap = e.terms[t].tap;
    CHECK(tap.a.slot == Slot::x);
    CHECK(tap.a.index == static_cast<std::int64_t>((1 + t / 3) * 6 + 1 + t % 3));
    CHECK(tap.b.slot == Slot::w);
    CHECK(tap.b.index == static_cast<std::int64_t>(t));
    CHECK(e.terms[t].value == e.terms[t].a * e.terms[t].b);
  }
  CHECK(e.terms[9].tap.a.slot == Slot::b);
  CHECK(e.finish.empty());
  CHECK(e.after(9) == static_cast<double>(e.value));
}

TEST_CASE("explain: padding is no term") {
  Conv2d conv;
  conv.padding = {1, 1, 1, 1};
  Problem p = problem_of({1, 1, 3, 3}, {conv}, std::nullopt);
  p.parameters = std::make_shared<const Parameters>(initial_parameters(*p.net, 1, Initialisation::he));
  Rng rng(1);
  p.input = std::make_shared<const Tensor>(random_tensor(rng, {1, 1, 3, 3}));
  p.dy = std::make_shared<const Tensor>(random_tensor(rng, {1, 1, 3, 3}));
  const auto trace = record(p);
  CHECK(term_count(*trace, step_of(*trace, "conv1.y[0,0,0]")) == 5);
  CHECK(term_count(*trace, step_of(*trace, "conv1.y[0,0,1]")) == 7);
  CHECK(term_count(*trace, step_of(*trace, "conv1.y[0,1,1]")) == 10);
  CHECK(term_count(*trace, step_of(*trace, "conv1.dw[0,0,0,0]")) == 4);
  CHECK(term_count(*trace, step_of(*trace, "conv1.db[0]")) == 9);
  CHECK(term_count(*trace, step_of(*trace, "conv1.dx[0,0,0]")) == 4);
}

TEST_CASE("explain: gates and switches close terms, the maximum names its winner") {
  const auto trace = record(pocket());
  const Explanation maximum = explain(*trace, step_of(*trace, "pool1.y[0,0,0]"));
  CHECK(maximum.fold == Fold::maximum);
  CHECK(maximum.terms.size() == 4);
  CHECK(maximum.finish == "max");
  const std::int64_t winner = trace->record(2).switches[0];
  for (std::int64_t i = 0; i < 16; ++i) {
    const Explanation routed = explain(*trace, trace->steps().find({2, Slot::dx, i}));
    REQUIRE(routed.terms.size() == 1);
    bool won = false;
    for (const std::int32_t s : trace->record(2).switches.data) won = won || s == i;
    CHECK(routed.terms[0].taken == won);
    const Explanation gate = explain(*trace, trace->steps().find({1, Slot::dx, i}));
    CHECK(gate.terms[0].taken == (trace->record(0).y[i] > 0.0F));
  }
  CHECK(trace->record(2).y[0] == trace->record(1).y[winner]);
}

TEST_CASE("explain: softmax, loss and update say what they finish with") {
  const auto trace = record(pocket());
  const Explanation p = explain(*trace, step_of(*trace, "loss.p[0]"));
  REQUIRE(p.terms.size() == 2);
  CHECK(p.terms[0].value == 1.0);
  CHECK(p.folded == 2.0);
  CHECK(p.finish == "divide");
  const Explanation dx = explain(*trace, step_of(*trace, "loss.dx[0]"));
  CHECK(dx.terms.size() == 1);
  CHECK(dx.finish == "minus 1");
  CHECK(explain(*trace, step_of(*trace, "loss.dx[1]")).finish == "minus 0");
  const Explanation update = explain(*trace, step_of(*trace, "conv1.w[0,0,0,1]"));
  REQUIRE(update.terms.size() == 1);
  CHECK(update.terms[0].tap.a.slot == Slot::dw);
  CHECK(update.finish == "sgd");
}

TEST_CASE("explain: batch norm shows what all terms share") {
  const auto trace = record(every_layer_problem());
  const Explanation e = explain(*trace, step_of(*trace, "bn1.y[0,1,0,0]"));
  REQUIRE(e.terms.size() == 2);
  CHECK(e.terms[1].value == -e.terms[1].a);  // the mean, taken away
  REQUIRE(e.shared.size() == 3);
  CHECK(e.shared[0].operand.slot == Slot::cache);
  CHECK(e.shared[0].value == static_cast<double>(trace->record(1).cache[3 + 1]));
  CHECK(e.shared[1].operand.slot == Slot::w);
  CHECK(e.shared[2].operand.slot == Slot::b);
}
