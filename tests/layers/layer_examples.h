// Examples of every layer type for the tests that run over the list of layers. A type without an entry does not
// compile: the primary template is left undefined.
//
//   layers()  one or more small settings with the input shape to run them on: every attribute that changes the
//             arithmetic is met in one of them
//   tails()   settings whose counts of channels or elements leave each remainder of every vector width
//   refused() settings and input shapes that do not fit, and the formula that the error must show
#pragma once

#include <tuple>

#include "engine/layers.h"

namespace backstep::test {

template <class Variant>
struct TypesOf;
template <class... L>
struct TypesOf<std::variant<L...>> {
  using Tuple = std::tuple<L...>;
};
using LayerTypes = TypesOf<Layer>::Tuple;

template <class L>
struct Example {
  L layer;
  Shape x;
};

template <class L>
struct Refused {
  L layer;
  Shape x;
  const char* message;
};

template <class L>
struct Examples;

inline constexpr std::int64_t kMostTails = 33;  // two vectors of 16 lanes and one more

inline Conv2d conv(std::int64_t out, Pair kernel, Pair stride = {1, 1}, Padding padding = {}, Pair dilation = {1, 1},
                   std::int64_t groups = 1, bool bias = true, bool flip = false) {
  Conv2d c;
  c.out_channels = out;
  c.kernel = kernel;
  c.stride = stride;
  c.padding = padding;
  c.dilation = dilation;
  c.groups = groups;
  c.bias = bias;
  c.flip = flip;
  return c;
}

inline Conv2d conv_by_rule(std::int64_t out, Pair kernel, PaddingRule rule, Pair stride = {1, 1},
                           Pair dilation = {1, 1}) {
  Conv2d c = conv(out, kernel, stride, {}, dilation);
  c.rule = rule;
  return c;
}

template <>
struct Examples<Conv2d> {
  static std::vector<Example<Conv2d>> layers() {
    return {{conv(2, {3, 3}), {2, 2, 4, 4}},
            {conv(1, {2, 3}, {2, 1}, {1, 2, 0, 1}, {1, 2}, 1, false), {1, 2, 5, 5}},
            {conv(4, {3, 2}, {1, 2}, {1, 1, 1, 1}, {2, 1}, 2, true, true), {2, 4, 4, 4}},
            {conv(4, {3, 3}, {2, 2}, {1, 1, 1, 1}, {1, 1}, 2, true), {1, 2, 5, 4}},  // depthwise, multiplier 2
            {conv(2, {1, 3}, {1, 1}, {0, 1, 0, 1}), {2, 1, 1, 6}},                   // 1D
            {conv(1, {2, 2}, {2, 2}), {1, 1, 5, 5}},                                 // a row and a column left over
            {conv_by_rule(1, {2, 4}, PaddingRule::same), {1, 1, 4, 5}},
            {conv_by_rule(1, {3, 3}, PaddingRule::same, {2, 2}), {1, 1, 6, 5}},
            {conv_by_rule(2, {3, 2}, PaddingRule::full, {1, 1}, {1, 2}), {1, 1, 3, 3}}};
  }
  static std::vector<Example<Conv2d>> tails() {
    std::vector<Example<Conv2d>> out;
    for (std::int64_t c = 1; c <= kMostTails; ++c) {
      out.push_back({conv(c, {3, 2}, {1, 1}, {1, 0, 1, 1}), {1, 2, 3, 4}});
      out.push_back({conv(3, {2, 3}, {1, 2}, {0, 1, 1, 1}), {1, c, 3, 4}});
    }
    for (std::int64_t c = 1; c <= 18; ++c) {
      out.push_back({conv(2 * c, {3, 3}, {2, 1}, {1, 1, 1, 1}, {1, 1}, c), {2, c, 4, 3}});  // depthwise
      out.push_back({conv(3 * c, {1, 2}, {1, 1}, {}, {1, 2}, 3), {1, 3 * (19 - c), 2, c + 2}});
    }
    return out;
  }
  static std::vector<Refused<Conv2d>> refused() {
    return {{conv(1, {3, 3}), {1, 1, 2, 4}, "floor((2 + 0 + 0 - 1*(3 - 1) - 1) / 1) + 1 = floor(-1 / 1) + 1"},
            {conv(1, {1, 3}, {1, 2}, {0, 1, 0, 1}, {1, 4}), {1, 1, 2, 6}, "floor((6 + 1 + 1 - 4*(3 - 1) - 1) / 2) + 1"},
            {conv(4, {1, 1}, {1, 1}, {}, {1, 1}, 3), {1, 6, 2, 2}, "6 and 4 channels in 3 groups"},
            {conv(1, {1, 1}), {2, 3}, "[N,C,H,W], found [2,3]"}};
  }
};

template <>
struct Examples<ConvTranspose2d> {
  static ConvTranspose2d make(std::int64_t out, Pair kernel, Pair stride = {1, 1}, Padding padding = {},
                              Pair output_padding = {0, 0}, Pair dilation = {1, 1}, std::int64_t groups = 1,
                              bool bias = true) {
    ConvTranspose2d c;
    c.out_channels = out;
    c.kernel = kernel;
    c.stride = stride;
    c.padding = padding;
    c.output_padding = output_padding;
    c.dilation = dilation;
    c.groups = groups;
    c.bias = bias;
    return c;
  }
  static std::vector<Example<ConvTranspose2d>> layers() {
    return {{make(2, {3, 3}), {2, 2, 3, 3}},
            {make(1, {3, 2}, {2, 3}, {1, 0, 1, 0}, {1, 2}), {1, 2, 3, 2}},
            {make(4, {2, 3}, {1, 2}, {0, 1, 0, 1}, {1, 0}, {2, 1}, 2, false), {2, 2, 3, 3}},
            {make(1, {1, 3}, {1, 2}, {0, 1, 0, 0}, {0, 1}), {1, 1, 1, 4}}};
  }
  static std::vector<Example<ConvTranspose2d>> tails() {
    std::vector<Example<ConvTranspose2d>> out;
    for (std::int64_t c = 1; c <= kMostTails; ++c) {
      out.push_back({make(c, {2, 3}, {2, 1}, {0, 1, 0, 1}, {1, 0}), {1, 2, 2, 3}});
      out.push_back({make(3, {3, 2}, {1, 2}, {1, 0, 1, 0}), {1, c, 3, 2}});
    }
    for (std::int64_t c = 1; c <= 18; ++c)
      out.push_back({make(2 * c, {2, 2}, {2, 2}, {}, {0, 0}, {1, 1}, c), {1, c, 2, 2}});
    return out;
  }
  static std::vector<Refused<ConvTranspose2d>> refused() {
    return {{make(1, {2, 2}, {1, 1}, {2, 0, 2, 0}), {1, 1, 3, 3}, "(3 - 1)*1 - 2 - 2 + 1*(2 - 1) + 1 + 0 = 0"},
            {make(1, {3, 3}, {2, 2}, {}, {2, 0}), {1, 1, 3, 3}, "output_padding 2, stride 2, dilation 1"},
            {make(3, {1, 1}, {1, 1}, {}, {0, 0}, {1, 1}, 2), {1, 4, 2, 2}, "4 and 3 channels in 2 groups"},
            {make(1, {1, 1}), {4}, "[N,C,H,W], found [4]"}};
  }
};

template <>
struct Examples<Dense> {
  static Dense make(std::int64_t out, bool bias = true) {
    Dense d;
    d.out_features = out;
    d.bias = bias;
    return d;
  }
  static std::vector<Example<Dense>> layers() { return {{make(3), {2, 4}}, {make(2, false), {3, 5}}}; }
  static std::vector<Example<Dense>> tails() {
    std::vector<Example<Dense>> out;
    for (std::int64_t c = 1; c <= kMostTails; ++c) {
      out.push_back({make(c), {2, 3}});
      out.push_back({make(3), {2, c}});
    }
    return out;
  }
  static std::vector<Refused<Dense>> refused() {
    return {{make(3), {1, 2, 3, 3}, "[N,features], found [1,2,3,3]; put a flatten before it"}};
  }
};

template <class L>
L pool(Pair kernel, Pair stride = {0, 0}, Padding padding = {}) {
  L p;
  p.kernel = kernel;
  p.stride = stride;
  p.padding = padding;
  return p;
}

template <class L>
struct PoolExamples {
  static std::vector<Example<L>> layers() {
    return {{pool<L>({2, 2}), {2, 2, 4, 4}},
            {pool<L>({3, 2}, {2, 1}, {1, 1, 1, 0}), {1, 2, 5, 4}},
            {pool<L>({2, 3}, {1, 2}, {0, 1, 1, 2}), {1, 1, 4, 6}},
            {pool<L>({2, 2}), {1, 1, 5, 5}},  // leftovers that no window reads
            {pool<L>({1, 3}, {1, 1}, {0, 1, 0, 1}), {1, 2, 1, 6}}};
  }
  static std::vector<Example<L>> tails() {
    std::vector<Example<L>> out;
    for (std::int64_t c = 1; c <= kMostTails; ++c) {
      out.push_back({pool<L>({2, 2}, {1, 1}, {1, 0, 0, 1}), {1, c, 3, 3}});
      out.push_back({pool<L>({2, 3}, {1, 2}, {0, 1, 1, 1}), {1, 2, 3, c + 2}});
    }
    return out;
  }
  static std::vector<Refused<L>> refused() {
    return {{pool<L>({3, 3}), {1, 1, 2, 4}, "floor((2 + 0 + 0 - 1*(3 - 1) - 1) / 3) + 1"},
            {pool<L>({2, 2}, {1, 1}, {0, 2, 0, 0}), {1, 1, 4, 4}, "smaller than its kernel"},
            {pool<L>({2, 2}), {2, 8}, "[N,C,H,W], found [2,8]"}};
  }
};

template <>
struct Examples<MaxPool2d> : PoolExamples<MaxPool2d> {};

template <>
struct Examples<AvgPool2d> : PoolExamples<AvgPool2d> {
  static std::vector<Example<AvgPool2d>> layers() {
    auto out = PoolExamples<AvgPool2d>::layers();
    for (const auto& example : PoolExamples<AvgPool2d>::layers()) {
      out.push_back(example);
      out.back().layer.count_include_pad = false;
    }
    return out;
  }
};

// Layers that treat every element alike take any shape.
template <class L>
struct ElementwiseExamples {
  static std::vector<Example<L>> layers() { return {{L{}, {2, 3}}, {L{}, {1, 2, 3, 2}}}; }
  static std::vector<Example<L>> tails() {
    std::vector<Example<L>> out;
    for (std::int64_t n = 1; n <= kMostTails; ++n) out.push_back({L{}, {1, n}});
    return out;
  }
  static std::vector<Refused<L>> refused() { return {}; }
};

template <>
struct Examples<Relu> : ElementwiseExamples<Relu> {};
template <>
struct Examples<Sigmoid> : ElementwiseExamples<Sigmoid> {};
template <>
struct Examples<Tanh> : ElementwiseExamples<Tanh> {};

template <>
struct Examples<LeakyRelu> : ElementwiseExamples<LeakyRelu> {
  static std::vector<Example<LeakyRelu>> layers() {
    auto out = ElementwiseExamples<LeakyRelu>::layers();
    out[1].layer.negative_slope = 0.2;
    return out;
  }
};

template <>
struct Examples<Flatten> : ElementwiseExamples<Flatten> {
  static std::vector<Refused<Flatten>> refused() { return {{{}, {7}, "flatten needs a batch dimension, found [7]"}}; }
};

template <>
struct Examples<Dropout> : ElementwiseExamples<Dropout> {
  static std::vector<Example<Dropout>> layers() {
    Dropout some, all;
    some.rate = 0.3;
    some.seed = 5;
    all.training = false;
    return {{some, {2, 6}}, {some, {1, 2, 3, 2}}, {all, {2, 3}}};
  }
};

template <>
struct Examples<GlobalAvgPool2d> : ElementwiseExamples<GlobalAvgPool2d> {
  static std::vector<Example<GlobalAvgPool2d>> layers() { return {{{}, {2, 2, 3, 4}}, {{}, {1, 3, 1, 5}}}; }
  static std::vector<Example<GlobalAvgPool2d>> tails() {
    std::vector<Example<GlobalAvgPool2d>> out;
    for (std::int64_t c = 1; c <= kMostTails; ++c) out.push_back({{}, {1, c, 2, c % 5 + 1}});
    return out;
  }
  static std::vector<Refused<GlobalAvgPool2d>> refused() { return {{{}, {2, 8}, "[N,C,H,W], found [2,8]"}}; }
};

template <>
struct Examples<BatchNorm> {
  static BatchNorm inference(std::vector<float> mean, std::vector<float> var) {
    BatchNorm norm;
    norm.training = false;
    norm.running_mean = std::move(mean);
    norm.running_var = std::move(var);
    return norm;
  }
  static std::vector<Example<BatchNorm>> layers() {
    return {{{}, {2, 2, 2, 3}},
            {{}, {5, 2}},
            {inference({0.5F, -1.0F}, {2.0F, 0.25F}), {2, 2, 2, 2}},
            {inference({}, {}), {2, 3}}};
  }
  static std::vector<Example<BatchNorm>> tails() {
    std::vector<Example<BatchNorm>> out;
    for (std::int64_t c = 1; c <= kMostTails; ++c) out.push_back({{}, {2, c, 2, c % 4 + 1}});
    return out;
  }
  static std::vector<Refused<BatchNorm>> refused() {
    return {{{}, {4, 3, 5}, "[N,C,H,W] or vectors [N,features], found [4,3,5]"},
            {inference({1.0F}, {}), {1, 2, 2, 2}, "running_mean needs one number for each of the 2 channels, found 1"},
            {inference({}, {1.0F, 2.0F, 3.0F}), {4, 2}, "running_var needs one number for each of the 2"}};
  }
};

}  // namespace backstep::test
