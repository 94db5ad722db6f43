// The program: reads the arguments, runs one command, turns every error into one line on standard error.
#pragma once

namespace backstep::cli {

// The exit code: 0 all well, 1 a check failed, 2 wrong use or a path that does not exist.
int run_program(int argc, const char* const* argv);

}  // namespace backstep::cli
