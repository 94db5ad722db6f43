#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>

#include "../float_bound.h"
#include "../format.h"
#include "../gradcheck.h"
#include "command_error.h"
#include "commands.h"
#include "json_text.h"
#include "progress.h"
#include "scene_source.h"
#include "table.h"

namespace backstep::cli {
namespace {

struct Options {
  SceneSource source;
  std::int64_t samples = 0;
  double tolerance = GradcheckOptions{}.tolerance;
};

// "3.2e-12"
std::string short_real(double value) {
  std::array<char, 32> buffer;
  return {buffer.data(),
          std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, 3).ptr};
}

std::string exact_real(double value) {
  std::array<char, 32> buffer;
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

std::string gradients_text(const GradcheckReport& report) {
  Table table({{"tensor", Table::Align::left},
               {"elements"},
               {"checked"},
               {"left out"},
               {"largest gradient"},
               {"error"},
               {"", Table::Align::left}});
  std::string notes;
  for (const TensorCheck& check : report.tensors) {
    table.add({check.name, format_count(check.elements), format_count(check.checked), format_count(check.left_out),
               short_real(check.largest), check.checked > 0 ? short_real(check.error) : "-",
               check.passed ? "ok" : "FAIL"});
    if (!check.passed) {
      notes += "FAIL " + check.worst + ": numeric " + exact_real(check.numeric) + ", backward pass " +
               exact_real(check.analytic) + '\n';
    }
    for (const LeftOut& left : check.first_left_out) notes += "left out " + left.element + ": " + left.reason + '\n';
    const std::int64_t unnamed = check.left_out - static_cast<std::int64_t>(check.first_left_out.size());
    if (unnamed > 0) notes += "left out of " + check.name + " for such reasons: " + format_count(unnamed) + " more\n";
  }
  return "Backward pass against central differences, in double (error at most " + short_real(report.tolerance) +
         ")\n\n" + table.text() + (notes.empty() ? "" : '\n' + notes);
}

std::string bounds_text(const std::vector<BoundCheck>& bounds) {
  Table table({{"tensor", Table::Align::left},
               {"cells"},
               {"terms"},
               {"error / bound"},
               {"worst cell", Table::Align::left},
               {"", Table::Align::left}});
  for (const BoundCheck& check : bounds) {
    table.add({check.name, format_count(check.cells), format_count(check.terms), short_real(check.share), check.worst,
               check.passed ? "ok" : "FAIL"});
  }
  return "Float kernels against the reference in double, |error| <= gamma(K + 6) sum|terms|\n\n" + table.text();
}

nlohmann::ordered_json gradients_json(const GradcheckReport& report) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (const TensorCheck& check : report.tensors) {
    nlohmann::ordered_json left = nlohmann::ordered_json::array();
    for (const LeftOut& entry : check.first_left_out) {
      left.push_back({{"element", entry.element}, {"reason", entry.reason}});
    }
    out.push_back({{"name", check.name},
                   {"passed", check.passed},
                   {"elements", check.elements},
                   {"checked", check.checked},
                   {"left_out", check.left_out},
                   {"first_left_out", std::move(left)},
                   {"largest", check.largest},
                   {"error", check.error},
                   {"worst", {{"element", check.worst}, {"numeric", check.numeric}, {"analytic", check.analytic}}}});
  }
  return out;
}

nlohmann::ordered_json bounds_json(const std::vector<BoundCheck>& bounds) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (const BoundCheck& check : bounds) {
    out.push_back({{"name", check.name},
                   {"passed", check.passed},
                   {"cells", check.cells},
                   {"terms", check.terms},
                   {"share", check.share},
                   {"worst", check.worst}});
  }
  return out;
}

int check_scene(const Options& options) {
  const auto trace = record_scene(load_scene(options.source));
  GradcheckReport report;
  {
    std::optional<Progress> progress;
    GradcheckOptions check;
    check.samples = options.samples;
    check.tolerance = options.tolerance;
    check.progress = [&](std::int64_t done, std::int64_t total) {
      if (!progress) progress.emplace("gradcheck", total);
      progress->set(done);
    };
    report = check_gradients(trace->problem(), check);
  }
  const std::vector<BoundCheck> bounds = check_float_bounds(*trace);
  const bool passed = report.passed() &&
                      std::all_of(bounds.begin(), bounds.end(), [](const BoundCheck& check) { return check.passed; });
  if (options.source.json) {
    print(json_text({{"passed", passed},
                     {"tolerance", report.tolerance},
                     {"gradients", gradients_json(report)},
                     {"float_bounds", bounds_json(bounds)}}));
  } else {
    print(gradients_text(report) + '\n' + bounds_text(bounds) + '\n' + (passed ? "passed\n" : "FAILED\n"));
  }
  return passed ? kExitOk : kExitFailed;
}

}  // namespace

void add_gradcheck(CLI::App& app, Outcome& outcome) {
  auto* command = app.add_subcommand("gradcheck", "check a scene's gradients against finite differences");
  const auto options = std::make_shared<Options>();
  add_scene_options(*command, options->source);
  command->add_option("--samples", options->samples, "check at most this many elements of each tensor; all by default")
      ->type_name("N")
      ->check(CLI::Range(std::int64_t{1}, INT64_MAX).description("N >= 1"));
  command->add_option("--tolerance", options->tolerance, "largest error of the gradients")
      ->capture_default_str()
      ->type_name("T")
      ->check(CLI::Range(0.0, 1.0));
  command->footer(
      "First every gradient of the input and the parameters against central differences of the loss, both in double. "
      "An\n"
      "element where the loss has a bend (a ReLU's input at 0, two equal values in a max pool) is left out and named.\n"
      "Then every float that the kernels computed against the same cell in double, within the bound that follows from\n"
      "the number of its terms.\n\n"
      "Examples:\n"
      "  backstep gradcheck pocket\n"
      "  backstep gradcheck tiny-cnn --weights trained.safetensors --json");
  command->callback([options, &outcome] { outcome.exit_code = check_scene(*options); });
}

}  // namespace backstep::cli
