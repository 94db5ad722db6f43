// Motion of the stage: where the numbers of a step come from and where they go.
#pragma once

#include "web/widgets/motion.h"

namespace backstep::views {

struct Flight {
  ui::Motion motion;
  std::int64_t step = -1;
  std::int64_t term = -1;
};

}  // namespace backstep::views
