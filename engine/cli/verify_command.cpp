#include <memory>

#include "command_error.h"
#include "commands.h"
#include "files.h"
#include "json_text.h"
#include "progress.h"
#include "scene_source.h"
#include "verify/verify.h"

namespace backstep::cli {
namespace {

struct Options {
  std::vector<std::string> paths;
  bool json = false;
};

struct FileReport {
  std::string path;
  verify::CaseReport report;
};

std::vector<std::string> find_cases(const std::vector<std::string>& paths) {
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    const auto files = list_files(path, ".safetensors");
    if (!files && files.error().code == "file.missing") fail_usage(files.error().text());
    if (!files) fail(files.error().text());
    out.insert(out.end(), files->begin(), files->end());
  }
  if (out.empty()) fail_usage("nothing to verify: no .safetensors file there");
  return out;
}

std::string file_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

verify::CaseReport verify_file(const std::string& path) {
  const auto bytes = read_file(path, kMaxFileBytes);
  if (bytes) return verify::verify_case(*bytes, file_name(path));
  verify::CaseReport report;
  report.failures.push_back({"", bytes.error().message, "", 0.0, 0.0, 0.0, 0, 0});
  return report;
}

nlohmann::ordered_json as_json(const FileReport& file) {
  nlohmann::ordered_json failures = nlohmann::ordered_json::array();
  for (const verify::Mismatch& mismatch : file.report.failures) {
    nlohmann::ordered_json entry{{"output", mismatch.output}, {"message", mismatch.text()}};
    if (!mismatch.index.empty()) {
      entry.update({{"index", mismatch.index},
                    {"got", mismatch.got},
                    {"want", mismatch.want},
                    {"tolerance", mismatch.tolerance},
                    {"wrong", mismatch.wrong},
                    {"of", mismatch.of}});
    }
    failures.push_back(std::move(entry));
  }
  return {
      {"file", file.path}, {"op", file.report.op}, {"passed", file.report.passed()}, {"failures", std::move(failures)}};
}

int verify_paths(const Options& options) {
  const std::vector<std::string> paths = find_cases(options.paths);
  std::int64_t passed = 0, done = 0;
  nlohmann::ordered_json cases = nlohmann::ordered_json::array();
  Progress progress("verify", static_cast<std::int64_t>(paths.size()));
  std::string lines;
  for (const std::string& path : paths) {
    const FileReport file{path, verify_file(path)};
    if (file.report.passed()) ++passed;
    if (options.json) cases.push_back(as_json(file));
    for (const verify::Mismatch& mismatch : file.report.failures) {
      lines += one_line("FAIL " + path + ": " + mismatch.text()) + '\n';
    }
    progress.set(++done);
  }
  const std::int64_t failed = static_cast<std::int64_t>(paths.size()) - passed;
  progress.finish();
  if (options.json) {
    const nlohmann::ordered_json out{{"passed", passed}, {"failed", failed}, {"cases", std::move(cases)}};
    print(json_text(out));
  } else {
    print(lines + std::to_string(passed) + " passed, " + std::to_string(failed) + " failed\n");
  }
  return failed == 0 ? kExitOk : kExitFailed;
}

}  // namespace

void add_verify(CLI::App& app, Outcome& outcome) {
  auto* command = app.add_subcommand("verify", "check the engine against reference cases (tests/vectors/README.md)");
  const auto options = std::make_shared<Options>();
  command->add_option("PATH", options->paths, "case files, or folders with *.safetensors")->required();
  command->add_flag("--json", options->json, "print JSON");
  command->footer(
      "Runs every case on each instruction set of this machine. Prints one line for each failing output;\n"
      "the last line counts the files.\n\n"
      "Examples:\n"
      "  backstep verify tests/vectors\n"
      "  backstep verify tests/vectors/conv2d_k3_p1.safetensors --json");
  command->callback([options, &outcome] { outcome.exit_code = verify_paths(*options); });
}

}  // namespace backstep::cli
