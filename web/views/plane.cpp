#include "web/views/plane.h"

namespace backstep::views {

Planes planes_of(const Shape& shape) {
  Planes planes;
  const int rank = shape.rank();
  for (int axis = 0; axis + 2 < rank; ++axis) planes.count *= shape[axis];
  if (rank >= 2) planes.rows = shape[rank - 2];
  if (rank >= 1) planes.cols = shape[rank - 1];
  return planes;
}

std::optional<std::int64_t> Axis::cell(std::int64_t place) const {
  const std::int64_t offset = place - before;
  if (offset < 0 || offset % step != 0 || offset / step >= count) return std::nullopt;
  return turned ? count - 1 - offset / step : offset / step;
}

}  // namespace backstep::views
