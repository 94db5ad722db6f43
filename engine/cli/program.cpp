#include "program.h"

#include <cstdio>
#include <exception>

#include "command_error.h"
#include "commands.h"

namespace backstep::cli {
namespace {

void complain(const std::string& message) { std::fprintf(stderr, "backstep: %s\n", one_line(message).c_str()); }

int run(CLI::App& app, const Outcome& outcome, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
    return outcome.exit_code;
  } catch (const CLI::Success& request) {  // --help and --version
    return app.exit(request);
  } catch (const CLI::ParseError& error) {
    const std::string first = argc > 1 ? argv[1] : "";
    const bool named = !first.empty() && first.front() != '-';
    if (named && app.get_subcommands([&](const CLI::App* command) { return command->get_name() == first; }).empty()) {
      complain("no command " + first + "; backstep --help lists them");
      return kExitUsage;
    }
    complain(std::string(error.what()) + "; backstep --help lists the commands, backstep COMMAND --help their options");
    return kExitUsage;
  } catch (const CommandError& error) {
    complain(error.message);
    return error.exit_code;
  } catch (const std::exception& error) {
    complain(std::string("internal error: ") + error.what());
    return kExitFailed;
  }
}

}  // namespace

int run_program(int argc, const char* const* argv, AddCommands further) {
  CLI::App app{
      "backstep: steps through convolutional networks, forward and back; the page's engine without a window.\n"
      "SCENE is the name of a preset, the path of a .json file, or - for standard input.\n"
      "Exit codes: 0 all well, 1 a check failed, 2 wrong use or a path that does not exist.",
      "backstep"};
  app.set_version_flag("--version", "backstep " BACKSTEP_VERSION);
  app.set_help_flag("-h,--help", "this help; backstep COMMAND --help has examples");
  app.require_subcommand(1);
  Outcome outcome;
  add_verify(app, outcome);
  add_info(app, outcome);
  add_stops(app, outcome);
  add_code(app, outcome);
  add_hash(app, outcome);
  add_run(app, outcome);
  add_gradcheck(app, outcome);
  add_train(app, outcome);
  if (further) further(app, outcome);
  add_bench(app, outcome);
  return run(app, outcome, argc, argv);
}

}  // namespace backstep::cli
