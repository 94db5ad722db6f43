// What can be done with one cell: the entries of its menu, on the canvas, by keys and in the mirror.
#pragma once

#include <string>
#include <vector>

#include "web/app/intent.h"

namespace backstep::app {

struct CellAction {
  std::string label;
  std::string note;  // which cell, or why not
  Intent intent;
  bool possible = true;
  bool rule_before = false;
};

std::vector<CellAction> cell_actions(const Model& model, const CellAt& cell);

// A layer's kernels that the plane of this cell could be filled with: the menu behind "Fill the kernel".
std::vector<CellAction> kernel_actions(const Model& model, const CellAt& cell);

// The entries of the menu that is open.
std::vector<CellAction> menu_actions(const Model& model);

// The kernel plane that a cell belongs to: [layer, rows, columns]; nothing for what is no convolution's weight.
struct KernelPlane {
  int layer = 0;
  std::int64_t first = 0;  // flat index of its first cell
  std::int64_t rows = 0, cols = 0;
};
std::optional<KernelPlane> kernel_plane(const Model& model, const CellAt& cell);

}  // namespace backstep::app
