// --at, the same on every command that looks at one step.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "../trace.h"

namespace backstep::cli {

void add_at_option(CLI::App& command, std::string& at);

// The step that --at says: "12", or the name of a cell. Throws CommandError for any other.
std::int64_t find_step(const Trace& trace, const std::string& at);

}  // namespace backstep::cli
