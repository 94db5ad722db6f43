// Where in time a scene begins, judged against the steps of its network.
#pragma once

#include "../scene.h"
#include "json_reader.h"

namespace backstep {

// {"step":12,"term":3,"grain":"product"}; `step` and `term` default to 0 and all, `grain` to cell.
void read_cursor(const JsonView& value, const Network& net, const StepIndex& steps, Cursor& out, Failure& failure);

// The rules behind it, for the address too. `found` is what the message quotes.
void set_step(std::int64_t step, const std::string& where, const StepIndex& steps, Cursor& cursor, Failure& failure);
// 0 to K at the grain of products; at a coarser one all K terms are added, and only K may be said. K becomes -1.
void set_term(std::int64_t term, const std::string& where, const Network& net, const StepIndex& steps, Cursor& cursor,
              Failure& failure);

}  // namespace backstep
