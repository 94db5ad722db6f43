// The inner loops of the convolutions, one table of functions for each instruction set. conv_plan.h calls them.
//
// Every lane of a vector is an output of its own and its sum runs in the order that conv2d.h states, from +0. Lanes run
// over a panel of channels (output channels forward and for dK, input channels for dX); the weights of a panel are
// packed side by side in the order in which a sum reads them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "../simd.h"

namespace backstep {

// Sums over one walk through the input for every output pixel: forward, and backward to the input.
//
//   y[pixel][lane] = (relu of) bias[lane] + sum over the walk of x * w[lane]
//
// The walk starts at x; after each tap it goes on by the next of `steps` (in bytes). It has `blocks` rounds through the
// list, of `taps` taps and in the last round `last_taps`. All other steps are in floats.
struct Walk {
  const float* x;
  const float* w;
  const float* bias;
  float* y;
  const std::int32_t* steps;
  std::ptrdiff_t blocks, taps, last_taps;
  std::ptrdiff_t samples, rows, width;
  std::ptrdiff_t x_sample, x_row, x_pixel;
  std::ptrdiff_t y_sample, y_row, y_pixel;
  std::ptrdiff_t y_block;  // from one block of output channels to the next
  std::ptrdiff_t live;     // lanes to store for each pixel; 0: all of the panel
  // For depthwise kernels of three neighbouring columns at stride 1: the step from column to column, and the rows.
  std::ptrdiff_t three_columns, tap_rows, tap_row_step;
  bool relu;
};

// The same sums tap by tap with every tap inside the image checked: for weights that are not finite (a zero of the halo
// times infinity would be NaN) and for images that a halo would make too large. x is then the first pixel inside.
struct CheckedWalk {
  Walk walk;
  std::ptrdiff_t lanes, channels;        // of an input block, and of all blocks
  std::ptrdiff_t block, row, pixel;      // steps of x
  std::ptrdiff_t H, W;                   // extents of x
  std::ptrdiff_t stride_h, stride_w;     // input rows and columns from output to output
  std::ptrdiff_t tap_rows, tap_columns;  // how many there are
  const std::int32_t* row_offset;        // the row that tap row p of output row 0 reads
  const std::int32_t* column_offset;
};

// Gradients of the weights of one panel that read one block of input channels: for each weight one subtotal for each
// output row, added to its total. A run is a piece of `length` consecutive floats of x, each of which is multiplied by
// every pixel of a row of dy.
//
//   total[p][run][j][lane] += sum over the row of x[p][run][j] * dy[lane]
struct GradientWalk {
  const float* x;
  const float* dy;
  float* total;
  std::ptrdiff_t samples, rows, width;
  std::ptrdiff_t tap_rows, runs, length;
  std::ptrdiff_t x_sample, x_row, x_pixel, x_tap_row, x_run;
  std::ptrdiff_t dy_sample, dy_row, dy_pixel, dy_block;
  std::ptrdiff_t total_tap_row, total_run;
  // Row i with tap row p reads input row i * stride_h + p * dilation_h - pad_top; those outside [0, H) are left out.
  std::ptrdiff_t H, stride_h, dilation_h, pad_top;
};

// total[lane] = sum over samples and rows of the sum over a row of dy[lane].
struct RowSums {
  const float* dy;
  float* total;
  std::ptrdiff_t samples, rows, width;
  std::ptrdiff_t dy_sample, dy_row, dy_pixel, dy_block;
};

// Kernels for panels of one width.
struct PanelKernels {
  int lanes;
  void (*walk)(const Walk& walk);
  void (*checked_walk)(const CheckedWalk& walk);
  void (*gradient)(const GradientWalk& walk);
  void (*row_sums)(const RowSums& sums);
};

struct ConvKernels {
  static constexpr int kMaxWidths = 3;
  static constexpr int kMaxLanes = 32;
  int widths;
  PanelKernels panel[kMaxWidths];  // the widest first
  // Depthwise: panels of 8 channels, each lane with an input of its own.
  PanelKernels depthwise;
};

const ConvKernels& conv_kernels(Isa isa);

extern const ConvKernels kConvKernelsScalar;
extern const ConvKernels kConvKernels128;  // simd128 or SSE2
extern const ConvKernels kConvKernelsAvx2;
extern const ConvKernels kConvKernelsAvx512;

}  // namespace backstep
