// The program: reads the arguments, runs one command, turns every error into one line on standard error.
#pragma once

namespace CLI {
class App;
}

namespace backstep::cli {

struct Outcome;
using AddCommands = void (*)(CLI::App& app, Outcome& outcome);

// The exit code: 0 all well, 1 a check failed, 2 wrong use or a path that does not exist. `further` adds commands
// that the library does not have.
int run_program(int argc, const char* const* argv, AddCommands further = nullptr);

}  // namespace backstep::cli
