// The headless program without its pictures: what it draws with is not in the copy.
#include "engine/cli/program.h"

int main(int argc, char** argv) { return backstep::cli::run_program(argc, argv); }
