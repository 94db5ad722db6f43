// The planes of a tensor to choose from, small, beside or above the grid that shows one of them.
#pragma once

#include "web/views/stage_layout.h"
#include "web/views/stage_view.h"
#include "web/widgets/painter.h"

namespace backstep::views {

inline constexpr float kThumbnailPitch = 38;
inline constexpr float kThumbnailTouchPitch = 44;
inline constexpr float kThumbnailGap = 8;

// How many stand in a line of `room` px, and in how many lines (columns beside the grid; above it there is one).
struct ThumbnailLines {
  int per_line = 1;
  int lines = 1;
};
ThumbnailLines thumbnail_lines(int count, float room, float pitch, bool one_line);

// The position among the panel's thumbnails that was clicked, or -1.
int draw_thumbnails(ui::Painter& painter, const GridPlace& place, const app::Model& model, const StageView& view,
                    std::size_t panel);

}  // namespace backstep::views
