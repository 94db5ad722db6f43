#include "step_at.h"

#include <charconv>

#include "command_error.h"

namespace backstep::cli {

void add_at_option(CLI::App& command, std::string& at) {
  command.add_option("--at", at, "number of the step, from 0, or the name of a cell")->required()->type_name("STEP");
}

std::int64_t find_step(const Trace& trace, const std::string& at) {
  std::int64_t step = 0;
  const auto [end, failure] = std::from_chars(at.data(), at.data() + at.size(), step);
  if (failure == std::errc{} && end == at.data() + at.size()) {
    if (step >= 0 && step < trace.size()) return step;
  } else if (at.find('.') != std::string::npos) {
    const auto found = trace.steps().parse(at);
    if (!found) fail_usage("--at " + found.error().text());
    return *found;
  }
  fail_usage("--at " + at + ": expected a step from 0 to " + std::to_string(trace.size() - 1) +
             " or the name of a cell such as " + trace.steps().name(0));
}

}  // namespace backstep::cli
