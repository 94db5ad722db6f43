// A data set that is drawn by code: circles, squares, triangles and crosses with jitter, strokes of several widths and
// grey noise. Integer arithmetic and integer random numbers only, so a seed gives the same pictures on every machine.
//
// A picture's values are multiples of 1/8 from 0 (ground) to 1 (stroke): exact in float and short in a document. Edges
// are soft: a pixel's value follows from how many of 16 points in it lie on a stroke.
#pragma once

#include <cstdint>
#include <string_view>

#include "result.h"
#include "tensor.h"

namespace backstep {

inline constexpr std::string_view kDrawnClasses[] = {"circle", "square", "triangle", "cross"};

struct Dataset {
  Tensor images;       // [count,C,H,W]; all C channels show the same picture
  IndexTensor labels;  // [count], 0 … classes - 1, in turn

  std::int64_t count() const { return labels.count(); }
  // Samples `order[0]`, `order[1]`, … as one batch.
  void gather(std::span<const std::int64_t> order, Tensor& x, IndexTensor& classes) const;
};

struct DatasetSplit {
  Dataset train, test;
};

// Pictures for a network with input [N,C,H,W] (H, W >= 8) and 2 to 4 classes. Training pictures are drawn first, the
// test pictures after them from the same sequence. Errors: "dataset.shape", "dataset.classes".
Result<DatasetSplit> draw_dataset(const Shape& input, std::int64_t classes, std::int64_t train_count,
                                  std::int64_t test_count, std::uint64_t seed);

}  // namespace backstep
