// The stage of a loss: columns of numbers with one row for each class or output.
#pragma once

#include "web/views/stage_plan.h"

namespace backstep::views {

void plan_loss(const Trace& trace, StagePlan& plan);

// The name of class `index` of a scene; names may be missing.
std::string class_name(const std::vector<std::string>& names, std::int64_t index);

}  // namespace backstep::views
