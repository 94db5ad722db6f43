// The arithmetic of output sizes, with the floor that drops what is left over.
#include "web/views/formulas.h"

namespace backstep::views {
namespace {

namespace f = ui::f;
using ui::Formula;

std::string num(std::int64_t value) { return std::to_string(value); }

// floor((H + P + P' − d(k − 1) − 1) / s) + 1
Formula windows(const std::string& out, const std::string& in, const std::string& padding, const std::string& reach,
                const std::string& stride) {
  return f::row({f::text(out), f::relation(),
                 f::fence("⌊", f::row({f::text("(" + in + padding + " − " + reach + " − 1) / " + stride)}), "⌋"),
                 f::binary("+"), f::text("1")});
}

std::string reach_text(std::int64_t kernel, std::int64_t dilation) {
  return dilation == 1 ? "(" + num(kernel) + " − 1)" : num(dilation) + "·(" + num(kernel) + " − 1)";
}

std::string padding_text(std::int64_t before, std::int64_t after) {
  return before == 0 && after == 0 ? "" : " + " + num(before) + " + " + num(after);
}

Formula with_result(Formula formula, std::int64_t result) {
  return f::row({std::move(formula), f::relation(), f::text(num(result))});
}

SizeFormula sizes(const Window& w, const LayerShapes& s) {
  return {windows("OH", "H", " + P + P′", "d(k − 1)", "s"),
          with_result(windows("OH", num(s.x[2]), padding_text(w.padding.top, w.padding.bottom),
                              reach_text(w.kernel.h, w.dilation.h), num(w.stride.h)),
                      s.y[2]),
          with_result(windows("OW", num(s.x[3]), padding_text(w.padding.left, w.padding.right),
                              reach_text(w.kernel.w, w.dilation.w), num(w.stride.w)),
                      s.y[3])};
}

template <class Op>
std::optional<SizeFormula> size_of(const Op& op, const LayerShapes& s) {
  if constexpr (requires { op.window(); }) return sizes(op.window(), s);
  return std::nullopt;
}

std::optional<SizeFormula> size_of(const Conv2d& op, const LayerShapes& s) { return sizes(op.window(s.x), s); }

std::optional<SizeFormula> size_of(const ConvTranspose2d& op, const LayerShapes& s) {
  const auto numbers = [](const char* out, std::int64_t in, std::int64_t stride, std::int64_t before,
                          std::int64_t after, std::int64_t dilation, std::int64_t kernel, std::int64_t added,
                          std::int64_t result) {
    const std::string padding = before == 0 && after == 0 ? "" : " − " + num(before) + " − " + num(after);
    return f::row({f::text(out), f::relation(),
                   f::text("(" + num(in) + " − 1)·" + num(stride) + padding + " + " + reach_text(kernel, dilation) +
                           " + 1" + (added == 0 ? "" : " + " + num(added))),
                   f::relation(), f::text(num(result))});
  };
  return SizeFormula{f::row({f::text("OH"), f::relation(), f::text("(H − 1)·s − P − P′ + d(k − 1) + 1")}),
                     numbers("OH", s.x[2], op.stride.h, op.padding.top, op.padding.bottom, op.dilation.h, op.kernel.h,
                             op.output_padding.h, s.y[2]),
                     numbers("OW", s.x[3], op.stride.w, op.padding.left, op.padding.right, op.dilation.w, op.kernel.w,
                             op.output_padding.w, s.y[3])};
}

}  // namespace

std::optional<SizeFormula> size_formula(const NetworkLayer& layer) {
  return std::visit([&](const auto& op) { return size_of(op, layer.shapes); }, layer.op);
}

}  // namespace backstep::views
