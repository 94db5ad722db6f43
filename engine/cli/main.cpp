#include "program.h"

int main(int argc, char** argv) { return backstep::cli::run_program(argc, argv); }
