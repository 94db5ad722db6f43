// For every type in the list of layers: the gradients against central differences, and the taps against the Jacobian.
// Both are read off the reference in double.
#include <set>

#include "tests/layers/layer_examples.h"
#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

namespace {

using Cell = std::pair<Slot, std::int64_t>;

// Every number of x, w, b and dy that a cell depends on: its taps' operands and shared operands, followed through what
// the layer computes itself.
template <class L>
void reach(const L& layer, const LayerShapes& s, Cell cell, std::set<Cell>& seen, std::set<Cell>& leaves) {
  if (!seen.insert(cell).second) return;
  const auto follow = [&](const Operand& operand) {
    if (operand.slot == Slot::none) return;
    const Cell to{operand.slot, operand.index};
    const bool leaf =
        operand.slot == Slot::x || operand.slot == Slot::w || operand.slot == Slot::b || operand.slot == Slot::dy;
    if (leaf) {
      leaves.insert(to);
    } else {
      reach(layer, s, to, seen, leaves);
    }
  };
  layer.taps(cell.first, cell.second, s, [&](const Tap& tap) {
    follow(tap.a);
    follow(tap.b);
  });
  layer.shared(cell.first, cell.second, s, follow);
}

template <class L>
std::set<Cell> reach_of(const L& layer, const LayerShapes& s, Cell cell) {
  std::set<Cell> seen, leaves;
  reach(layer, s, cell, seen, leaves);
  return leaves;
}

template <class T>
T size_of(T v) {
  return v < T{0} ? -v : v;
}

double largest(const BasicTensor<double>& tensor) {
  double out = 0.0;
  for (const double v : tensor.data) out = size_of(v) > out ? size_of(v) : out;
  return out;
}

// Calls visit(slot, index, up, down) with the runs in which one input number is h larger and h smaller.
template <class L, class Visit>
void perturb(const L& layer, const LayerRun<double>& base, double h, Visit&& visit) {
  LayerRun<double> up = base;
  LayerRun<double> down = base;
  for (const Slot slot : kInputs) {
    for (std::int64_t i = 0; i < base.shapes.of(slot).count() && !base.shapes.of(slot).is_none(); ++i) {
      const double kept = up.in(slot)[i];
      up.in(slot)[i] = kept + h;
      down.in(slot)[i] = kept - h;
      up.run(layer);
      down.run(layer);
      visit(slot, i, up, down);
      up.in(slot)[i] = down.in(slot)[i] = kept;
    }
  }
}

}  // namespace

TEST_CASE_TEMPLATE_DEFINE("every layer: gradients against central differences", L, gradient_test) {
  constexpr double kStep = 1e-5;
  // Differences of this step lose about eps / step = 2e-11 to rounding and step^2 = 1e-10 to the third derivative.
  constexpr double kBound = 1e-7;
  Rng rng(3);
  for (const auto& [layer, x] : Examples<L>::layers()) {
    LayerRun<double> base = filled_run(layer, x, rng, spread_tensor<double>);
    base.run(layer);
    double whole = 0.0;
    for (const Slot slot : {Slot::dx, Slot::dw, Slot::db}) whole = std::max(whole, largest(base.out(slot)));
    perturb(layer, base, kStep, [&](Slot slot, std::int64_t i, const auto& up, const auto& down) {
      if (slot == Slot::dy) return;
      const Slot gradient = slot == Slot::x ? Slot::dx : slot == Slot::w ? Slot::dw : Slot::db;
      double difference = 0.0;
      for (std::int64_t k = 0; k < base.y.count(); ++k) difference += base.dy[k] * (up.y[k] - down.y[k]);
      const double error = difference / (2.0 * kStep) - base.out(gradient)[i];
      INFO(std::string(L::kOp), " ", std::string(slot_name(gradient)), "[", i, "]");
      CHECK(size_of(error) <= kBound * std::max(largest(base.out(gradient)), 1e-3 * whole));
    });
  }
}
TEST_CASE_TEMPLATE_APPLY(gradient_test, LayerTypes);

TEST_CASE_TEMPLATE_DEFINE("every layer: taps hold every non-zero entry of the Jacobian, and no more", L, taps_test) {
  constexpr double kStep = 1e-4;
  constexpr double kZero = 1e-9;  // of a derivative; rounding makes 1e-12 of it
  Rng rng(4);
  for (const auto& [layer, x] : Examples<L>::layers()) {
    LayerRun<double> run = filled_run(layer, x, rng, spread_tensor<double>);
    // By result: which (result cell, number) pairs the taps claim and no derivative has shown yet.
    std::set<std::tuple<Slot, std::int64_t, Cell>> claimed, unseen;
    for (const Slot slot : kResults) {
      if (run.shapes.of(slot).is_none()) continue;
      for (std::int64_t i = 0; i < run.shapes.of(slot).count(); ++i) {
        for (const Cell& leaf : reach_of(layer, run.shapes, {slot, i})) {
          claimed.insert({slot, i, leaf});
          // A gradient's taps also name the numbers that its factors and gates are read from: those need not show.
          if (slot == Slot::y || leaf.first == Slot::dy) unseen.insert({slot, i, leaf});
        }
      }
    }
    // Random inputs until every claimed entry was non-zero once: a maximum or a gate hides some each time.
    // A mask that is fixed by its seed keeps what it closes closed.
    constexpr bool kFixedMask = std::is_same_v<L, Dropout>;
    constexpr int kMostRounds = kFixedMask ? 3 : 400;
    for (int round = 0; round < kMostRounds && (round < 2 || !unseen.empty()); ++round) {
      for (const Slot slot : kInputs) {
        if (!run.shapes.of(slot).is_none()) run.in(slot) = spread_tensor<double>(rng, run.shapes.of(slot));
      }
      perturb(layer, run, kStep, [&](Slot from, std::int64_t i, const auto& up, const auto& down) {
        for (const Slot slot : kResults) {
          for (std::int64_t k = 0; k < up.out(slot).count(); ++k) {
            if (size_of(up.out(slot)[k] - down.out(slot)[k]) <= kZero * kStep) continue;
            INFO(std::string(L::kOp), " ", std::string(slot_name(slot)), "[", k, "] by ", std::string(slot_name(from)),
                 "[", i, "]");
            CHECK(claimed.count({slot, k, Cell{from, i}}) == 1);
            unseen.erase({slot, k, Cell{from, i}});
          }
        }
      });
    }
    if (!kFixedMask) CHECK_MESSAGE(unseen.empty(), (std::string(L::kOp) + " on " + x.text()));
  }
}
TEST_CASE_TEMPLATE_APPLY(taps_test, LayerTypes);
