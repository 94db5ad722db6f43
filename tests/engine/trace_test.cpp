#include "engine/trace.h"

#include "tests/engine/nets.h"

using namespace backstep;
using namespace backstep::test;

namespace {

Problem updated(const Problem& problem, const Trace& trace) {
  Problem out = problem;
  Parameters parameters = *problem.parameters;
  for (std::size_t i = 0; i < parameters.layers.size(); ++i) {
    const LayerRecord& record = trace.record(static_cast<int>(i));
    if (!record.w_next.empty()) parameters.layers[i].w = record.w_next;
    if (!record.b_next.empty()) parameters.layers[i].b = record.b_next;
  }
  out.parameters = std::make_shared<const Parameters>(std::move(parameters));
  return out;
}

std::string code_of(const Problem& problem) {
  const Status status = check_problem(problem);
  return status ? "" : status.error().code + " " + status.error().where;
}

}  // namespace

TEST_CASE("trace: the pocket net's numbers, all of them exact") {
  const auto trace = record(pocket());
  CHECK(trace->record(2).y.data == std::vector<float>{6, 5, 6, 4});
  CHECK(trace->record(4).y.data == std::vector<float>{9, 9});
  CHECK(trace->loss().p.data == std::vector<float>{0.5F, 0.5F});
  CHECK(trace->loss().dx.data == std::vector<float>{-0.5F, 0.5F});
  CHECK(trace->loss().value[0] == 0.693147182F);
  CHECK(trace->record(0).dw.data == std::vector<float>{1, 3.5F, 2.5F, 3, -0.5F, 1, 1, 5, 1.5F});
  CHECK(trace->record(0).db.data == std::vector<float>{0.5F});
  CHECK(trace->value(step_of(*trace, "conv1.dw[0,0,1,1]")) == -0.5F);
  CHECK(trace->value(step_of(*trace, "loss.value")) == 0.693147182F);
  CHECK(trace->value(step_of(*trace, "conv1.w[0,0,0,1]")) == static_cast<float>(0.0 - 0.01 * 3.5));
  CHECK_FALSE(trace->first_not_finite().has_value());
}

TEST_CASE("trace: after one step of the pocket net the loss falls from 0.693 to 0.100") {
  const Problem problem = pocket();
  const auto next = record(updated(problem, *record(problem)));
  CHECK(next->loss().value[0] > 0.0995F);
  CHECK(next->loss().value[0] < 0.1005F);
}

TEST_CASE("trace: a layer's tensors are its neighbours' where they are the same") {
  const auto trace = record(pocket());
  CHECK(trace->tensor(1, Slot::x) == &trace->record(0).y);
  CHECK(trace->tensor(0, Slot::dy) == &trace->record(1).dx);
  CHECK(trace->tensor(4, Slot::dy) == &trace->loss().dx);
  CHECK(trace->tensor(5, Slot::x) == &trace->record(4).y);
  CHECK(trace->tensor(0, Slot::x) == trace->problem().input.get());
  const auto given = record(every_layer_problem(std::nullopt));
  CHECK(given->tensor(13, Slot::dy) == given->problem().dy.get());
  CHECK(given->record(13).w_next.empty());
}

TEST_CASE("trace: the hash is the same by every instruction set and in used storage, and tells everything apart") {
  const Problem problem = every_layer_problem();
  const std::uint64_t want = record(problem, Isa::reference)->hash();
  std::shared_ptr<const Trace> last;
  for (const Isa isa : available_isas()) CHECK(record(problem, isa)->hash() == want);
  // Storage of the same network, of another one, and of one without a loss.
  auto storage = std::const_pointer_cast<Trace>(record(problem));
  CHECK(record(problem, best_isa(), storage)->hash() == want);
  for (const Problem& other : {pocket(), every_layer_problem(std::nullopt), every_layer_problem(Mse{})}) {
    const std::uint64_t fresh = record(other)->hash();
    storage = std::const_pointer_cast<Trace>(record(other, best_isa(), storage));
    CHECK(storage->hash() == fresh);
    storage = std::const_pointer_cast<Trace>(record(problem, best_isa(), storage));
    CHECK(storage->hash() == want);
  }
  Problem changed = problem;
  Tensor input = *problem.input;
  input[17] = std::bit_cast<float>(bits(input[17]) ^ 1U);
  changed.input = std::make_shared<const Tensor>(input);
  CHECK(record(changed)->hash() != want);
  changed = problem;
  changed.classes = std::make_shared<const IndexTensor>(IndexTensor({2}, {2, 1}));
  CHECK(record(changed)->hash() != want);
  changed = problem;
  changed.draw = 1;
  CHECK(record(changed)->hash() != want);
  CHECK(record(every_layer_problem(SoftmaxCrossEntropy{}, Adam{}))->hash() != want);
}

TEST_CASE("trace: tensors of another network do not shine through used storage") {
  auto storage = std::const_pointer_cast<Trace>(record(pocket()));
  const auto trace = record(every_layer_problem(std::nullopt), best_isa(), storage);
  CHECK(trace->loss().value.empty());
  CHECK(trace->tensor(4, Slot::w_next)->empty());
}

TEST_CASE("trace: hashes print as 16 lower-case hex digits") {
  CHECK(hash_text(0) == "0000000000000000");
  CHECK(hash_text(0x0123456789abcdefU) == "0123456789abcdef");
}

TEST_CASE("trace: a problem that does not fit is refused, naming the part") {
  CHECK(code_of(pocket()) == "");
  Problem p = pocket();
  p.input = std::make_shared<const Tensor>(Shape{1, 1, 5, 6});
  CHECK(code_of(p) == "problem.shape input");
  p.input = nullptr;
  CHECK(code_of(p) == "problem.shape input");
  p = pocket();
  Parameters parameters = *p.parameters;
  parameters.layers[4].b = Tensor(Shape{3});
  p.parameters = std::make_shared<const Parameters>(parameters);
  CHECK(code_of(p) == "problem.shape layers[4].b");
  p.parameters = nullptr;
  CHECK(code_of(p) == "problem.shape layers[0].w");
  p = pocket();
  p.classes = std::make_shared<const IndexTensor>(IndexTensor({1}, {2}));
  CHECK(code_of(p) == "problem.target target");
  p.classes = std::make_shared<const IndexTensor>(IndexTensor({1}, {-1}));
  CHECK(code_of(p) == "problem.target target");
  p = every_layer_problem(std::nullopt);
  p.dy = nullptr;
  CHECK(code_of(p) == "problem.shape dy");
  Dense dense;
  dense.out_features = kMaxStoredElements + 1;
  CHECK(code_of(problem_of({1, 1}, {dense}, std::nullopt)) == "problem.size ");
}

TEST_CASE("trace: the first step that is not finite is known") {
  Problem p = pocket();
  Tensor input = *p.input;
  input[0] = kInf;  // meets -1 in one window, and 1, 0, 0 … in none
  p.input = std::make_shared<const Tensor>(input);
  for (const Isa isa : available_isas()) {
    const auto trace = record(p, isa);
    REQUIRE(trace->first_not_finite().has_value());
    CHECK(trace->steps().name(*trace->first_not_finite()) == "conv1.y[0,0,0]");
    CHECK(trace->value(0) == -kInf);
    CHECK(trace->record(1).y[0] == 0.0F);  // closed by the gate
  }
  p = pocket(0, 1e38);
  const auto trace = record(p);
  CHECK(trace->steps().name(*trace->first_not_finite()) == "conv1.w[0,0,0,1]");
}
