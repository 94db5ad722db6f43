// The stage at one moment: every panel's cells and marks, worked out once and kept until the cursor, the touched cell
// or the trace changes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/explanation.h"
#include "web/app/state.h"
#include "web/views/scatter.h"
#include "web/views/stage_plan.h"
#include "web/views/working.h"
#include "web/widgets/motion.h"
#include "web/widgets/number_grid.h"

namespace backstep::views {

// Terms of the current cell that read the same pair of planes: one input channel and its kernel, one sample.
struct TermPair {
  std::int64_t a_plane = 0;
  std::int64_t b_plane = 0;
  std::int64_t first = 0;  // of the explanation's terms
  std::int64_t count = 0;
};

struct PanelView {
  std::int64_t plane = 0;                // the one shown large
  std::vector<std::int64_t> thumbnails;  // the planes to choose from; empty where there is one
  std::vector<ui::GridCell> cells;       // [rows, cols] of the panel's grid
  std::vector<ui::GridMark> marks;
  std::vector<std::int64_t> changed;  // cells of the grid that an edit has just changed
  float scale = 0;
  std::int64_t known = 0;
  ui::DigitFit fit;  // of the whole tensor, for cells of this size in px
  ui::Vec2 fit_cell{-1, -1};
};

struct StageView {
  StagePlan plan;
  Explanation e;
  std::vector<TermPair> pairs;  // without the bias
  std::size_t pair = 0;         // the one whose planes are shown
  std::int64_t term = 0;        // terms added
  bool partial = false;         // not all of them
  bool covered = false;         // the result is not to be told yet
  bool single = true;           // one cell is looked at, not a whole channel or layer
  std::vector<PanelView> panels;
  Working working;
  Scatter scatter;  // where the plan is seen as one
  std::string sentence;
  std::string caption;  // about the touched cell, else the plan's heading
  bool touched = false;
  bool glows = false;        // some cells have just changed
  bool glow_begins = false;  // with the next frame
  ui::Motion glow;

  // What it was made from.
  std::shared_ptr<const Trace> trace;  // kept: a new one at the same place must not pass for it
  std::string hash;
  Cursor cursor;
  std::optional<app::CellAt> focus;   // what is lit: under the pointer, else pinned
  std::optional<app::CellAt> pinned;  // what keys change
  bool in_grid = false;
  See see = See::gather;
  bool bias = true;  // stands beside its kernel
  std::size_t covers = 0;
  std::uint64_t edits = 0;
  std::int64_t block_first = -1;
  std::int64_t block_terms = 0;  // about the most terms of a cell in this block
  std::uint64_t version = 0;     // of the trace's numbers, for images
};

// `chosen`: the pair that the reader picked; -1: the current term's, else the first.
void refresh(StageView& view, const app::Model& model, std::int64_t chosen);

// The stage's own slot for a cell of any layer that is the same tensor there; none where the stage does not show it.
Slot slot_here(const StageView& view, const Trace& trace, const app::CellAt& cell);

}  // namespace backstep::views
