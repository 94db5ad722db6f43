// The convolution kernels behind Conv2d and Dense, one table of functions for each instruction set.
//
// Lanes run over channels that are independent outputs (output channels forward and for dK, input channels for dX), so
// the other operand is packed with those channels innermost and zero-filled up to a whole vector; a lane's sum runs in
// exactly the order that conv2d.h states. Rows and columns outside the image are left out, not multiplied by zero.
#pragma once

#include <cstddef>
#include <cstdint>

#include "../simd.h"

namespace backstep {

// Extents of one convolution; padding is that before the first row and column.
struct ConvGeometry {
  std::int64_t N, C, H, W, OC, OH, OW, KH, KW;
  std::int64_t stride_h, stride_w, dilation_h, dilation_w, pad_top, pad_left;
  std::int64_t G;   // groups
  std::int64_t CG;  // input channels of a group, C / G
  std::int64_t OG;  // output channels of a group, OC / G
};

// x [N,C,H,W], w [OC,CG,KH,KW], b [OC] or null, y and dy [N,OC,OH,OW]; outputs are overwritten. `work` holds at least
// the stated number of floats.
struct ConvKernels {
  int lanes;
  void (*forward)(const ConvGeometry& g, const float* x, const float* w, const float* b, float* y, float* work);
  void (*backward_input)(const ConvGeometry& g, const float* dy, const float* w, float* dx, float* work);
  void (*backward_weights)(const ConvGeometry& g, const float* x, const float* dy, float* dw, float* db, float* work);

  std::size_t forward_work(const ConvGeometry& g) const;
  std::size_t backward_input_work(const ConvGeometry& g) const;
  std::size_t backward_weights_work(const ConvGeometry& g) const;
};

const ConvKernels& conv_kernels(Isa isa);

extern const ConvKernels kConvKernelsScalar;
extern const ConvKernels kConvKernels128;  // simd128 or SSE2
extern const ConvKernels kConvKernelsAvx2;
extern const ConvKernels kConvKernelsAvx512;

}  // namespace backstep
