#include "commands.h"
#include "program.h"

namespace {

void add_page_commands(CLI::App& app, backstep::cli::Outcome& outcome) {
  backstep::cli::add_step(app, outcome);
  backstep::cli::add_svg(app, outcome);
}

}  // namespace

int main(int argc, char** argv) { return backstep::cli::run_program(argc, argv, add_page_commands); }
