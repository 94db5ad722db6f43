// A tensor as the stage shows it: a stack of planes of rows and columns, and where their cells stand on a grid that may
// have room around and between them (padding, inserted zeros) or be turned by 180 degrees (the flipped kernel).
#pragma once

#include <cstdint>
#include <optional>

#include "engine/tensor.h"

namespace backstep::views {

struct PlaneCell {
  std::int64_t plane = 0;
  std::int64_t row = 0;
  std::int64_t col = 0;
  bool operator==(const PlaneCell&) const = default;
};

// The last two axes are rows and columns, those before count planes; a vector is one row.
struct Planes {
  std::int64_t count = 1;
  std::int64_t rows = 1;
  std::int64_t cols = 1;

  std::int64_t cells() const { return rows * cols; }
  PlaneCell at(std::int64_t index) const { return {index / cells(), index % cells() / cols, index % cols}; }
  std::int64_t index(const PlaneCell& c) const { return c.plane * cells() + c.row * cols + c.col; }
  bool operator==(const Planes&) const = default;
};

Planes planes_of(const Shape& shape);

// Where the cells 0 … count-1 of one axis stand among the `extent` positions of a grid.
struct Axis {
  std::int64_t count = 1;
  std::int64_t extent = 1;
  std::int64_t before = 0;  // position of cell 0 (of the last one where the axis is turned)
  std::int64_t step = 1;    // positions from one cell to the next: more than 1 where zeros are inserted
  bool turned = false;

  static Axis plain(std::int64_t count) { return {count, count, 0, 1, false}; }
  std::int64_t place(std::int64_t cell) const { return before + step * (turned ? count - 1 - cell : cell); }
  std::optional<std::int64_t> cell(std::int64_t place) const;
};

}  // namespace backstep::views
