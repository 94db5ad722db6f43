// A layer's sum as a matrix times a vector, read off its taps: the rows are results, the columns the numbers of the
// vector, and where a tap joins the two stands its other operand.
//
// `matrix`: the tensor is the vector and the weights fill the matrix T; the gradient of the input has T transposed.
// `unrolled`: the kernel is the vector and each row is the window that a result reads (im2col). Of several channels the
// shown pair; of a large matrix the rows of one row of the result, and the columns that they read.
#pragma once

#include "web/views/stage_view.h"

namespace backstep::views {

// Which panel is the matrix, which stands above it. The cells come with lay_matrix, for the shown planes.
void plan_matrix(StagePlan& plan);
void lay_matrix(StageView& view, const Trace& trace);

}  // namespace backstep::views
