#include "cursor.h"

#include "../explain.h"

namespace backstep {

void set_step(std::int64_t step, const std::string& where, const StepIndex& steps, Cursor& cursor, Failure& failure) {
  if (step >= 0 && step < steps.size()) {
    cursor.step = step;
    return;
  }
  failure.set("scene.range", where,
              "expected a step from 0 to " + std::to_string(steps.size() - 1) + ", found " + std::to_string(step));
}

void set_term(std::int64_t term, const std::string& where, const Network& net, const StepIndex& steps, Cursor& cursor,
              Failure& failure) {
  const std::int64_t all = term_count(net, steps, cursor.step);
  const std::int64_t least = cursor.grain == Grain::product ? 0 : all;
  if (term < least || term > all) {
    const std::string expected =
        least == all ? std::to_string(all) + ", all terms of the step, at the grain " + grain_name(cursor.grain)
                     : "a number of terms from 0 to " + std::to_string(all);
    return failure.set("scene.range", where, "expected " + expected + ", found " + std::to_string(term));
  }
  cursor.term = term == all ? -1 : term;
}

void read_cursor(const JsonView& value, const Network& net, const StepIndex& steps, Cursor& out, Failure& failure) {
  constexpr std::int64_t kAny = INT64_MAX;
  ObjectReader object(value, "cursor", failure);
  const auto step = object.find("step"), term = object.find("term"), grain = object.find("grain");
  object.close();
  Cursor cursor;
  std::int64_t number = 0;
  if (grain) read_choice(*grain, "cursor.grain", kGrainNames, cursor.grain, failure);
  if (step) {
    read_integer(*step, "cursor.step", 0, steps.size() - 1, number, failure);
    if (!failure) set_step(number, "cursor.step", steps, cursor, failure);
  }
  if (term) {
    read_integer(*term, "cursor.term", 0, kAny, number, failure);
    if (!failure) set_term(number, "cursor.term", net, steps, cursor, failure);
  }
  if (!failure) out = cursor;
}

}  // namespace backstep
