// The commands of the program. Each adds itself with its options, its help and its examples; its callback writes to
// standard output and throws CommandError for everything that ends it early.
#pragma once

#include <CLI/CLI.hpp>

namespace backstep::cli {

// Set by a command that ran to its end.
struct Outcome {
  int exit_code = 0;
};

void add_verify(CLI::App& app, Outcome& outcome);
void add_info(CLI::App& app, Outcome& outcome);
void add_stops(CLI::App& app, Outcome& outcome);
void add_code(CLI::App& app, Outcome& outcome);
void add_hash(CLI::App& app, Outcome& outcome);
void add_run(CLI::App& app, Outcome& outcome);
void add_gradcheck(CLI::App& app, Outcome& outcome);
void add_train(CLI::App& app, Outcome& outcome);
void add_bench(CLI::App& app, Outcome& outcome);

// Not part of the library: the program's main adds them, with the page's model and views that they tell and draw with.
void add_step(CLI::App& app, Outcome& outcome);
void add_svg(CLI::App& app, Outcome& outcome);

}  // namespace backstep::cli
