// What the stage shows for one block of steps: the tensors that take part, in reading order, and how each stands on its
// grid. Read off the layer's taps; only windows and kernels need more (their padding, stride and turn).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/scene.h"
#include "web/views/plane.h"

namespace backstep::views {

// Where the window of an output cell begins on a grid, and how far it reaches.
struct Sweep {
  Axis start;              // of the output's cells
  std::int64_t reach = 0;  // 0: no window slides over this grid
};

// Where a panel stands in the form of a matrix.
enum class Part : std::uint8_t { beside, above, matrix, aside };

struct Panel {
  Slot slot = Slot::none;  // as the block's layer sees it; none: values that are worked out on the way
  Slot role = Slot::none;  // x, w, b or y: the primal tensor whose cells these belong to
  const Tensor* tensor = nullptr;
  std::vector<float> derived;  // where there is no tensor
  bool output = false;
  bool kernel = false;    // its cells carry the letters a …
  bool gradient = false;  // coloured on a scale of its own
  bool gate = false;      // a number that is not above 0 lets nothing through
  Planes planes;
  Axis rows, cols;
  Sweep row_sweep, col_sweep;
  std::vector<bool> rows_read, cols_read;  // positions that some window reads; empty: all
  std::string title;                       // "∂L/∂Y"
  std::string detail;                      // "4×4, padded"
  std::string shape;                       // "4×4"
  std::vector<std::int64_t> leading;       // extents of the axes that count planes, without a batch of one
  std::string sign;                        // before it: "⋆", "+", "="
  std::vector<std::string> row_names;      // of a loss: the classes
  std::uint64_t key = 0;                   // identity of the tensor, for images
  Part part = Part::beside;
  bool listed = false;                // its cells are those of `entries`, not the tensor's own plane
  std::vector<std::int64_t> entries;  // [rows, cols] of the grid: the cell that stands there, −1: none

  // "Y[2]": with the indices of the plane, where there are several.
  std::string title_of(std::int64_t plane) const;
  // The cell that stands at a position of the grid while this plane is shown; −1: none.
  std::int64_t cell_at(std::int64_t plane, std::int64_t row, std::int64_t col) const;
  // The position of the grid where a cell stands, the first of several; nothing while another plane is shown.
  std::optional<PlaneCell> place_of(std::int64_t plane, std::int64_t index) const;
  std::span<const float> values() const { return tensor ? std::span<const float>(tensor->data) : derived; }
};

enum class StageForm : std::uint8_t {
  kGrids,   // side by side, or stacked where it is narrow
  kMatrix,  // input above, output beside: rows and columns of a matrix line up
  kTable,   // columns of numbers with common rows (losses)
};

// A sum as a matrix times a vector: which results the shown rows are, and which numbers of the vector the columns.
struct MatrixAxes {
  Slot row_slot = Slot::none, col_slot = Slot::none;
  std::vector<std::int64_t> rows, cols;
};

struct StagePlan {
  int layer = 0;
  Slot slot = Slot::y;
  See see = See::gather;
  MatrixAxes matrix;  // of unrolled and matrix; of the shown planes
  StageForm form = StageForm::kGrids;
  std::vector<Panel> panels;  // the output is the last one
  std::string heading;        // what kind of operation this is

  const Panel* find(Slot slot_of) const;
};

// The primal tensor that a slot's cells belong to: x of x and dx, w of w, dw and the updated w …
Slot primal(Slot slot);

StagePlan plan_stage(const Trace& trace, const Block& block, See see = See::gather);

}  // namespace backstep::views
