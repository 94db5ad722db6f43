#include "web/views/formulas.h"

#include "engine/format.h"
#include "engine/notation.h"

namespace backstep::views {
namespace {

namespace f = ui::f;
using ui::Formula;

Formula v(const char* name) { return f::var(name); }

Formula gradient(const Formula& by) { return f::partial(v("L"), by); }

// i·s + p·d − P with only those that do something.
Formula position(const char* out, const char* in, std::int64_t stride, std::int64_t dilation, std::int64_t padding) {
  std::vector<Formula> parts{v(out)};
  if (stride != 1) parts.push_back(f::row({f::times(), f::text(std::to_string(stride))}));
  parts.push_back(f::text("+"));
  parts.push_back(v(in));
  if (dilation != 1) parts.push_back(f::row({f::times(), f::text(std::to_string(dilation))}));
  if (padding != 0) parts.push_back(f::text("−" + std::to_string(padding)));
  return f::row(std::move(parts));
}

// (m + P − p·d)/s
Formula back_position(const char* out, const char* in, std::int64_t stride, std::int64_t dilation,
                      std::int64_t padding) {
  std::vector<Formula> parts{v(out)};
  if (padding != 0) parts.push_back(f::text("+" + std::to_string(padding)));
  parts.push_back(f::text("−"));
  parts.push_back(v(in));
  if (dilation != 1) parts.push_back(f::row({f::times(), f::text(std::to_string(dilation))}));
  if (stride == 1) return f::row(std::move(parts));
  return f::row({f::fence("(", f::row(std::move(parts)), ")"), f::text("/" + std::to_string(stride))});
}

Formula conv_formula(const Window& win, bool channels, bool bias, Slot slot) {
  const auto forward = [&](const char* i, const char* p, bool rows) {
    return rows ? position(i, p, win.stride.h, win.dilation.h, win.padding.top)
                : position(i, p, win.stride.w, win.dilation.w, win.padding.left);
  };
  const auto back = [&](const char* m, const char* p, bool rows) {
    return rows ? back_position(m, p, win.stride.h, win.dilation.h, win.padding.top)
                : back_position(m, p, win.stride.w, win.dilation.w, win.padding.left);
  };
  const auto at = [&](Formula tensor, const char* channel, Formula row, Formula col) {
    return channels ? f::at(std::move(tensor), {v(channel), std::move(row), std::move(col)})
                    : f::at(std::move(tensor), {std::move(row), std::move(col)});
  };
  const auto kernel = [&] {
    return channels ? f::at(v("K"), {v("o"), v("c"), v("p"), v("q")}) : f::at(v("K"), {v("p"), v("q")});
  };
  const auto sum = [&](const char* channel) {
    return channels ? f::sum(f::row({v(channel), f::comma(), v("p"), f::comma(), v("q")}))
                    : f::sum(f::row({v("p"), f::comma(), v("q")}));
  };
  switch (slot) {
    case Slot::dx:
      return f::row({at(gradient(v("X")), "c", v("m"), v("n")), f::relation(), sum("o"), kernel(), f::times(),
                     at(gradient(v("Y")), "o", back("m", "p", true), back("n", "q", false))});
    case Slot::dw: {
      Formula left = channels ? f::at(gradient(v("K")), {v("o"), v("c"), v("p"), v("q")})
                              : f::at(gradient(v("K")), {v("p"), v("q")});
      return f::row({std::move(left), f::relation(), f::sum(f::row({v("i"), f::comma(), v("j")})),
                     at(v("X"), "c", forward("i", "p", true), forward("j", "q", false)), f::times(),
                     at(gradient(v("Y")), "o", v("i"), v("j"))});
    }
    case Slot::db: {
      Formula left = channels ? f::at(gradient(v("b")), {v("o")}) : gradient(v("b"));
      return f::row({std::move(left), f::relation(), f::sum(f::row({v("i"), f::comma(), v("j")})),
                     at(gradient(v("Y")), "o", v("i"), v("j"))});
    }
    default: {
      std::vector<Formula> parts{at(v("Y"), "o", v("i"), v("j")),
                                 f::relation(),
                                 sum("c"),
                                 at(v("X"), "c", forward("i", "p", true), forward("j", "q", false)),
                                 f::times(),
                                 kernel()};
      if (bias) {
        parts.push_back(f::binary("+"));
        parts.push_back(channels ? f::at(v("b"), {v("o")}) : v("b"));
      }
      return f::row(std::move(parts));
    }
  }
}

// A layer without a formula of its own.
template <class Op>
Formula formula(const Op&, const NetworkLayer&, Slot slot) {
  const Formula left = slot == Slot::y    ? v("Y")
                       : slot == Slot::dx ? gradient(v("X"))
                       : slot == Slot::dw ? gradient(v("w"))
                                          : gradient(v("b"));
  return f::row({left, f::relation(), v("f"), f::fence("(", v(slot == Slot::y ? "X" : "…"), ")")});
}

Formula formula(const Conv2d& op, const NetworkLayer& layer, Slot slot) {
  const LayerShapes& s = layer.shapes;
  return conv_formula(op.window(s.x), s.x[1] > 1 || s.y[1] > 1, op.bias, slot);
}

Formula formula(const Dense& op, const NetworkLayer&, Slot slot) {
  const auto at = [](Formula tensor, const char* index) { return f::at(std::move(tensor), {v(index)}); };
  switch (slot) {
    case Slot::dx:
      return f::row({at(gradient(v("X")), "i"), f::relation(), f::sum(v("o")), f::at(v("W"), {v("o"), v("i")}),
                     f::times(), at(gradient(v("Y")), "o")});
    case Slot::dw:
      return f::row({f::at(gradient(v("W")), {v("o"), v("i")}), f::relation(), at(v("X"), "i"), f::times(),
                     at(gradient(v("Y")), "o")});
    case Slot::db: return f::row({at(gradient(v("b")), "o"), f::relation(), at(gradient(v("Y")), "o")});
    default: {
      std::vector<Formula> parts{at(v("Y"), "o"), f::relation(), f::sum(v("i")),
                                 at(v("X"), "i"), f::times(),    f::at(v("W"), {v("o"), v("i")})};
      if (op.bias) parts.push_back(f::binary("+"));
      if (op.bias) parts.push_back(at(v("b"), "o"));
      return f::row(std::move(parts));
    }
  }
}

Formula formula(const Relu&, const NetworkLayer&, Slot slot) {
  if (slot == Slot::y) {
    return f::row(
        {v("Y"), f::relation(), f::text("max"), f::fence("(", f::row({f::text("0"), f::comma(), v("X")}), ")")});
  }
  return f::row({gradient(v("X")), f::relation(), gradient(v("Y")), f::text("  where  "), v("X"), f::relation(">"),
                 f::text("0, else 0")});
}

Formula formula(const MaxPool2d& op, const NetworkLayer&, Slot slot) {
  const Window win = op.window();
  const Formula x = f::at(v("X"), {position("i", "p", win.stride.h, 1, win.padding.top),
                                   position("j", "q", win.stride.w, 1, win.padding.left)});
  if (slot == Slot::y) {
    return f::row(
        {f::at(v("Y"), {v("i"), v("j")}), f::relation(), f::big("max", f::row({v("p"), f::comma(), v("q")})), x});
  }
  return f::row(
      {f::at(gradient(v("X")), {v("m"), v("n")}), f::relation(), f::sum(f::text("windows it won")), gradient(v("Y"))});
}

Formula softmax_formula(Slot slot) {
  const auto e = [](Formula power) { return f::sup(v("e"), std::move(power)); };
  const auto z = [](const char* index) { return f::sub(v("X"), v(index)); };
  const Formula max = f::row({f::text("−"), f::text("max")});
  switch (slot) {
    case Slot::p:
      return f::row({f::sub(v("p"), v("c")), f::relation(),
                     f::fraction(e(f::row({z("c"), max})), f::row({f::sum(v("k")), e(f::row({z("k"), max}))}))});
    case Slot::value: return f::row({v("L"), f::relation(), f::text("−log"), f::sub(v("p"), v("t"))});
    default:
      return f::row({f::partial(v("L"), z("c")), f::relation(), f::sub(v("p"), v("c")), f::binary("−"), f::text("1"),
                     f::fence("[", f::row({v("c"), f::relation(), v("t")}), "]")});
  }
}

Formula mse_formula(Slot slot) {
  const Formula difference = f::fence("(", f::row({v("X"), f::binary("−"), v("t")}), ")");
  if (slot == Slot::value) {
    return f::row(
        {v("L"), f::relation(), f::fraction(f::text("1"), v("n")), f::sum({}), f::sup(difference, f::text("2"))});
  }
  return f::row({gradient(v("X")), f::relation(), f::fraction(f::text("2"), v("n")), difference});
}

Formula update_formula(const Network& net, const Block& block) {
  const std::string name = symbol(net, block.layer, block.slot == Slot::w_next ? Slot::w : Slot::b);
  const Formula w = f::var(name);
  const Formula next = f::row({w, f::text("′")});
  if (std::holds_alternative<Sgd>(net.optimizer())) {
    return f::row({next, f::relation(), w, f::binary("−"), v("η"), gradient(w)});
  }
  return f::row({next, f::relation(), w, f::binary("−"), v("η"),
                 f::fraction(v("m"), f::row({f::text("√"), v("v"), f::text("+"), v("ε")}))});
}

}  // namespace

Formula formula_of(const Trace& trace, const Block& block) {
  const Network& net = trace.net();
  if (block.layer == net.layer_count()) {
    const bool softmax = std::holds_alternative<SoftmaxCrossEntropy>(*net.loss());
    return softmax ? softmax_formula(block.slot) : mse_formula(block.slot);
  }
  if (block.phase == Phase::update) return update_formula(net, block);
  const NetworkLayer& layer = net.layer(block.layer);
  return std::visit([&](const auto& op) { return formula(op, layer, block.slot); }, layer.op);
}

}  // namespace backstep::views
