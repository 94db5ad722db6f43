// The list of layer types. Adding one: an engine pair layers/<name>.{h,cpp} (read relu.h first), its name here, and
// tests/layers/<name>_test.cpp; the scene parser, explain(), steps, costs and the generic stage follow from the list.
#pragma once

#include <concepts>
#include <string_view>
#include <variant>

#include "layers/avg_pool2d.h"
#include "layers/batch_norm.h"
#include "layers/conv2d.h"
#include "layers/conv_transpose2d.h"
#include "layers/dense.h"
#include "layers/dropout.h"
#include "layers/flatten.h"
#include "layers/global_avg_pool2d.h"
#include "layers/leaky_relu.h"
#include "layers/max_pool2d.h"
#include "layers/relu.h"
#include "layers/sigmoid.h"
#include "layers/tanh.h"

namespace backstep {

using Layer = std::variant<Conv2d, Relu, MaxPool2d, Flatten, Dense, ConvTranspose2d, AvgPool2d, GlobalAvgPool2d,
                           LeakyRelu, Sigmoid, Tanh, Dropout, BatchNorm>;

// What each of them must have; a type that lacks some of it does not compile.
template <class L>
concept LayerType =
    requires(const L& layer, L& self, const LayerShapes& s, const Shape& x, const Pass<float>& pass,
             const Outputs<float>& out, const Pass<double>& wide, void (*sink)(const Tap&), void (*visitor)(...)) {
      { L::kOp } -> std::convertible_to<std::string_view>;
      { L::kName } -> std::convertible_to<std::string_view>;
      { layer.shapes(x) } -> std::same_as<Result<LayerShapes>>;
      { layer.multiply_adds(s) } -> std::same_as<std::int64_t>;
      { layer.field(x) } -> std::same_as<FieldStep>;
      { layer.fold(Slot::y) } -> std::same_as<Fold>;
      { layer.finish_name(Slot::y) } -> std::convertible_to<std::string_view>;
      layer.taps(Slot::y, std::int64_t{}, s, sink);
      { layer.template term<float>(Slot::y, std::int64_t{}, Tap{}, pass) } -> std::same_as<std::optional<float>>;
      { layer.template finish<double>(Slot::y, std::int64_t{}, 0.0, wide) } -> std::same_as<double>;
      layer.forward(pass, out, s, Isa::scalar);
      layer.backward(pass, out, s, Isa::scalar);
      L::attributes(self, visitor);
    };

template <class Variant>
struct AllLayerTypes;
template <class... L>
struct AllLayerTypes<std::variant<L...>> {
  static constexpr bool value = (LayerType<L> && ...);
};
static_assert(AllLayerTypes<Layer>::value);

std::string_view layer_op(const Layer& layer);    // "conv2d"
std::string_view layer_name(const Layer& layer);  // "conv", numbered in a network: "conv1"

}  // namespace backstep
