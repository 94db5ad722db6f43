// What must hold for every type in the list of layers; layer_examples.h has an entry for each.
#include <algorithm>
#include <map>
#include <set>

#include "tests/layers/layer_examples.h"
#include "tests/layers/layer_run.h"

using namespace backstep;
using namespace backstep::test;

namespace {

template <class L>
void same_bits_everywhere(const L& layer, const Shape& x, std::uint64_t seed, bool wild) {
  Rng rng(seed);
  auto fill = [&](Rng& r, const Shape& s) { return wild ? wild_tensor(r, s) : random_tensor(r, s); };
  LayerRun<float> want = filled_run(layer, x, rng, fill);
  LayerRun<float> got = want;
  want.run(layer, Isa::reference);
  for (const Isa isa : available_isas()) {
    got.run(layer, isa);
    INFO(std::string(L::kOp), " on ", x.text(), " by ", std::string(isa_name(isa)), wild);
    for (const Slot slot : kResults) {
      INFO(std::string(slot_name(slot)));
      CHECK(difference(got.out(slot), want.out(slot)) == "");
    }
    CHECK(difference(got.switches, want.switches) == "");
    CHECK(difference(got.cache, want.cache) == "");
  }
}

double absolute(double v) { return v < 0.0 ? -v : v; }

// sum |terms| of a cell in double, through the finishing operation: what the rounding errors of its float twin are
// relative to.
template <class L>
double magnitude(const L& layer, Slot slot, std::int64_t index, const LayerRun<double>& run, std::int64_t& terms) {
  double sum = 0.0;
  terms = 0;
  fold_cell<double>(layer, slot, index, run.shapes, run.pass(), [&](const FoldedTerm<double>& term) {
    ++terms;
    if (term.taken) sum += absolute(term.value);
  });
  const auto finish = [&](double folded) { return layer.template finish<double>(slot, index, folded, run.pass()); };
  return absolute(finish(sum) - finish(0.0)) + absolute(finish(0.0));
}

}  // namespace

TEST_CASE_TEMPLATE_DEFINE("every layer: shapes, and an error that shows the formula", L, shapes_test) {
  for (const auto& [layer, x] : Examples<L>::layers()) {
    const LayerShapes s = shapes_of(layer, x);
    CHECK(s.x == x);
    CHECK(s.y.count() > 0);
    CHECK(s.y[0] == x[0]);
    CHECK(layer.multiply_adds(s) >= 0);
  }
  for (const auto& [layer, x, message] : Examples<L>::refused()) {
    const auto shapes = layer.shapes(x);
    REQUIRE_FALSE(shapes);
    CHECK(shapes.error().code == "shape");
    CHECK_MESSAGE(shapes.error().message.find(message) != std::string::npos, shapes.error().message);
  }
}
TEST_CASE_TEMPLATE_APPLY(shapes_test, LayerTypes);

TEST_CASE_TEMPLATE_DEFINE("every layer: reference, scalar and SIMD kernels give the same bits", L, bits_test) {
  std::uint64_t seed = 1;
  for (const auto& [layer, x] : Examples<L>::layers()) {
    same_bits_everywhere(layer, x, ++seed, false);
    same_bits_everywhere(layer, x, ++seed, true);
  }
  for (const auto& [layer, x] : Examples<L>::tails()) {
    same_bits_everywhere(layer, x, ++seed, false);
    same_bits_everywhere(layer, x, ++seed, true);
  }
}
TEST_CASE_TEMPLATE_APPLY(bits_test, LayerTypes);

TEST_CASE_TEMPLATE_DEFINE("every layer: float is near double, by a bound from the number of terms", L, bound_test) {
  constexpr double kUnit = 0x1p-24;  // one rounding to float, relative
  Rng rng(77);
  for (const auto& [layer, x] : Examples<L>::layers()) {
    LayerRun<float> narrow = filled_run(layer, x, rng, spread_tensor<float>);
    narrow.run(layer);
    LayerRun<double> wide;
    wide.shapes = narrow.shapes;
    for (const Slot slot : kInputs) wide.in(slot) = converted<double>(narrow.in(slot));
    wide.run(layer);
    // A layer with statistics inherits the errors of what it reads beside its terms, which are relative to all of x.
    const bool statistics = L::kInputGradientReadsParameterGradients;
    const std::int64_t inherited = statistics ? 8 * narrow.x.count() : 8;
    for (const Slot slot : kResults) {
      std::vector<double> bound;
      for (std::int64_t i = 0; i < narrow.out(slot).count(); ++i) {
        std::int64_t terms = 0;
        const double size = magnitude(layer, slot, i, wide, terms);
        bound.push_back(static_cast<double>(terms + inherited) * kUnit * size);
      }
      if (statistics) std::fill(bound.begin(), bound.end(), *std::max_element(bound.begin(), bound.end()));
      for (std::int64_t i = 0; i < narrow.out(slot).count(); ++i) {
        const double error = absolute(static_cast<double>(narrow.out(slot)[i]) - wide.out(slot)[i]);
        INFO(std::string(L::kOp), " ", std::string(slot_name(slot)), "[", i, "]");
        CHECK(error <= bound[static_cast<std::size_t>(i)]);
      }
    }
  }
}
TEST_CASE_TEMPLATE_APPLY(bound_test, LayerTypes);

namespace {

// Attributes as text by name, and back: visitors in the pattern of the scene parser and writer.
struct AttributeWriter {
  std::map<std::string, std::vector<double>> values;

  void put(const char* name, std::vector<double> value) {
    CHECK_MESSAGE(values.count(name) == 0, name);
    values[name] = std::move(value);
  }
  void operator()(const char* name, const std::int64_t& v, const IntBounds& bounds) {
    CHECK(bounds.low <= v);
    CHECK(v <= bounds.high);
    put(name, {static_cast<double>(v)});
  }
  void operator()(const char* name, const double& v, const RealBounds& bounds) {
    CHECK(bounds.low <= v);
    CHECK(v <= bounds.high);
    put(name, {v});
  }
  void operator()(const char* name, const bool& v) { put(name, {v ? 1.0 : 0.0}); }
  void operator()(const char* name, const Pair& v, const IntBounds&) {
    put(name, {static_cast<double>(v.h), static_cast<double>(v.w)});
  }
  void operator()(const char* name, const Padding& v, const IntBounds&) {
    put(name, {static_cast<double>(v.top), static_cast<double>(v.left), static_cast<double>(v.bottom),
               static_cast<double>(v.right)});
  }
  void operator()(const char* name, const Padding& v, const PaddingRule& rule, const IntBounds& bounds) {
    (*this)(name, v, bounds);
    values[name].push_back(static_cast<double>(rule));
  }
  void operator()(const char* name, const std::vector<float>& v, const RealBounds&) {
    put(name, std::vector<double>(v.begin(), v.end()));
  }
};

struct AttributeReader {
  const std::map<std::string, std::vector<double>>& values;

  std::int64_t integer(const char* name, std::size_t i = 0) const {
    return static_cast<std::int64_t>(values.at(name).at(i));
  }
  void operator()(const char* name, std::int64_t& v, const IntBounds&) { v = integer(name); }
  void operator()(const char* name, double& v, const RealBounds&) { v = values.at(name).at(0); }
  void operator()(const char* name, bool& v) { v = integer(name) != 0; }
  void operator()(const char* name, Pair& v, const IntBounds&) { v = {integer(name), integer(name, 1)}; }
  void operator()(const char* name, Padding& v, const IntBounds&) {
    v = {integer(name), integer(name, 1), integer(name, 2), integer(name, 3)};
  }
  void operator()(const char* name, Padding& v, PaddingRule& rule, const IntBounds& bounds) {
    (*this)(name, v, bounds);
    rule = static_cast<PaddingRule>(integer(name, 4));
  }
  void operator()(const char* name, std::vector<float>& v, const RealBounds&) {
    v.assign(values.at(name).begin(), values.at(name).end());
  }
};

}  // namespace

TEST_CASE_TEMPLATE_DEFINE("every layer: attributes go through the visitor and back", L, attributes_test) {
  for (const auto& [layer, x] : Examples<L>::layers()) {
    AttributeWriter written, again;
    L::attributes(layer, written);
    L copy;
    AttributeReader reader{written.values};
    L::attributes(copy, reader);
    L::attributes(copy, again);
    CHECK(again.values == written.values);
  }
}
TEST_CASE_TEMPLATE_APPLY(attributes_test, LayerTypes);

TEST_CASE("every layer has its own op and its own short name") {
  std::set<std::string> ops, names;
  std::apply(
      [&](auto... layer) {
        (ops.insert(decltype(layer)::kOp), ...);
        (names.insert(decltype(layer)::kName), ...);
      },
      LayerTypes{});
  CHECK(ops.size() == std::tuple_size_v<LayerTypes>);
  CHECK(names.size() == std::tuple_size_v<LayerTypes>);
}
