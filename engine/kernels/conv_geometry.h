// Extents of one convolution, and how its activations lie in memory for the kernels.
#pragma once

#include <cstdint>

namespace backstep {

// x [N,C,H,W], w [OC,CG,KH,KW], b [OC], y [N,OC,OH,OW]; padding is that before the first row and column.
struct ConvGeometry {
  std::int64_t N, C, H, W, OC, OH, OW, KH, KW;
  std::int64_t stride_h, stride_w, dilation_h, dilation_w, pad_top, pad_left;
  std::int64_t G;   // groups
  std::int64_t CG;  // input channels of a group, C / G
  std::int64_t OG;  // output channels of a group, OC / G

  std::int64_t taps() const { return KH * KW; }
  bool depthwise() const { return G > 1 && CG == 1 && OG == 1; }
  bool operator==(const ConvGeometry&) const = default;
};

// Rows and columns of zeros around every image.
struct Halo {
  std::int64_t top = 0, left = 0, bottom = 0, right = 0;
  bool operator==(const Halo&) const = default;
};

// [N][group][block of channels][row][column][channel in the block]: a pixel's channels of one block lie side by side,
// so that a vector runs over output channels and the taps of a window are short walks in few cache lines. A block has 8
// channels, the last one of a group filled up with lanes that nobody reads; with fewer than 8 channels in a group there
// is one block of just those. The halo holds zeros; a kernel writes the inside only.
struct BlockedLayout {
  std::int64_t N = 0, C = 0, H = 0, W = 0;
  std::int64_t G = 1;      // groups
  std::int64_t lanes = 1;  // channels of a block
  std::int64_t blocks = 1;
  Halo halo;

  static constexpr std::int64_t kLanes = 8;

  BlockedLayout() = default;
  BlockedLayout(std::int64_t n, std::int64_t c, std::int64_t h, std::int64_t w, std::int64_t groups = 1)
      : N(n), C(c), H(h), W(w), G(groups), lanes(c / groups < kLanes ? c / groups : kLanes) {
    blocks = (c / groups + lanes - 1) / lanes;
  }

  // Steps in floats from one to the next.
  std::int64_t pixel() const { return lanes; }
  std::int64_t row() const { return (halo.left + W + halo.right) * lanes; }
  std::int64_t block() const { return (halo.top + H + halo.bottom) * row(); }
  std::int64_t group() const { return blocks * block(); }
  std::int64_t sample() const { return G * group(); }

  std::int64_t origin() const { return halo.top * row() + halo.left * lanes; }  // the first float inside
  // Floats to allocate, all zero at first: vectors read past the last pixel.
  std::int64_t size() const { return N * sample() + 2 * kLanes; }
  bool operator==(const BlockedLayout&) const = default;
};

}  // namespace backstep
