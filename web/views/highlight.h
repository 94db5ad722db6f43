// Which cells of the stage take part: in the current step, or in what the reader touches. All of it from taps.
#pragma once

#include "web/views/stage_view.h"

namespace backstep::views {

class Highlight {
 public:
  // The view's plan, explanation and shown planes must be there.
  Highlight(const StageView& view, const app::Model& model);

  // Cells are numbered within the shown plane of panel i; those of a listed panel by their place on its grid.
  bool dims(std::size_t panel, std::int64_t cell) const;
  std::uint8_t letter(std::size_t panel, std::int64_t cell) const;
  std::vector<ui::GridMark> marks(std::size_t panel) const;

 private:
  struct Cells {
    std::vector<std::uint8_t> active;   // 1: takes part
    std::vector<std::uint8_t> letters;  // 0: none
    bool any = false;
    bool all = true;
  };
  void mark(Slot slot, std::int64_t index, std::uint8_t letter = 0);
  void mark_role(Slot role, std::int64_t index, std::uint8_t letter = 0);
  void from_step();
  void from_stamps();
  void light_matrix(Slot role, std::int64_t index);
  void from_focus(const app::CellAt& focus, Slot slot);
  std::uint8_t letter_of(const Operand& weight) const;
  std::uint8_t switch_letter(std::size_t panel, std::int64_t cell) const;
  ui::GridMark place(std::size_t panel, const PlaneCell& cell, ui::MarkRole role) const;
  void add_listed(std::size_t panel, std::vector<ui::GridMark>& out) const;
  void add_window(std::size_t panel, std::vector<ui::GridMark>& out) const;
  void add_terms(std::size_t panel, std::vector<ui::GridMark>& out) const;
  void add_output(std::vector<ui::GridMark>& out) const;
  void add_focus(std::size_t panel, std::vector<ui::GridMark>& out) const;
  void add_pinned(std::size_t panel, std::vector<ui::GridMark>& out) const;

  const StageView& view_;
  const app::Model& model_;
  std::vector<Cells> cells_;
  bool focused_ = false;
  Slot focus_slot_ = Slot::none;
  std::int64_t focus_index_ = 0;
};

// The taps that a touched cell takes part in, as pairs of primal cells: of an input cell those of its gradient, of a
// weight those of its gradient, of an output cell its own.
std::int64_t related_count(const StageView& view, const Trace& trace, const app::CellAt& focus);

}  // namespace backstep::views
