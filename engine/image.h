// A photograph as a network's input: area-averaged float32 values, the same on every machine.
#pragma once

#include <cstdint>
#include <span>

#include "result.h"
#include "tensor.h"

namespace backstep {

inline constexpr std::int64_t kMaxPicturePixels = std::int64_t{64} << 20U;

// Averages an RGBA picture (width x height, 8 bits a channel, not premultiplied, row by row from the top) to an input
// [1,C,H,W] with values from 0 (black) to 1 (white). The picture is cut to the input's aspect about its centre; each
// value is the mean of the area that its cell covers, partly covered pixels weighted by the part. Transparent pixels
// show a black ground, the zero of the network. C = 1: luminance 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), C = 3:
// red, green, blue. Edges and covered parts are whole numbers, their sums doubles (exact up to 2^53), each mean is
// rounded to float once. Errors: image.size, image.channels.
Result<Tensor> picture_to_input(std::span<const std::uint8_t> rgba, std::int64_t width, std::int64_t height,
                                const Shape& input);

}  // namespace backstep
