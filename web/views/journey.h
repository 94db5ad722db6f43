// From one stop of the tour to the next the reader sees the way: the products that are added, the window that slides.
// Only forward, within one tensor; whatever lies further apart is cut to.
#pragma once

#include <optional>

#include "web/app/state.h"
#include "web/widgets/motion.h"

namespace backstep::views {

struct Journey {
  ui::Motion motion;
  Cursor from, to;
  std::int64_t moments = 0;  // on the way, the last of them at the goal
  double each = 0;           // seconds

  // When the page was drawn last.
  std::size_t stop = 0;
  Cursor at;
  std::string hash;
};

// Starts a journey when the tour has gone on by one stop since the last frame.
void follow(Journey& journey, ui::Painter& painter, const app::Model& model);

// The moment to be shown instead of the model's own, while the journey lasts: the same pass, an earlier cursor.
std::optional<app::Model> on_the_way(const Journey& journey, ui::Painter& painter, const app::Model& model);

}  // namespace backstep::views
