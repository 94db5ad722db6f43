#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "bench/work.h"
#include "command_error.h"
#include "commands.h"
#include "json_text.h"
#include "output_file.h"
#include "progress.h"
#include "scene_source.h"
#include "table.h"

namespace backstep::cli {
namespace {

struct Options {
  std::string shapes;
  std::string json;  // a file
  bool as_json = false;
};

constexpr int kRounds = 9;
constexpr double kBlock = 0.03;     // seconds
constexpr double kShortest = 3e-4;  // seconds of one sample

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

// Seconds of one call, for about kBlock seconds.
std::vector<double> block(const std::function<void()>& run) {
  const double begin = now();
  run();
  const double once = now() - begin;
  const int calls = once < kShortest ? static_cast<int>(kShortest / std::max(once, 1e-7)) + 1 : 1;
  std::vector<double> samples;
  do {
    const double start = now();
    for (int i = 0; i < calls; ++i) run();
    samples.push_back((now() - start) / calls);
  } while (now() - begin < kBlock);
  return samples;
}

struct Timing {
  const Contender* contender = nullptr;
  double seconds = 0.0, p10 = 0.0;
  double ratio = 1.0;  // how many times the first contender's time, median of pairs
};

// Blocks of all contenders in turn: whatever else the machine does meets all of them alike.
std::vector<Timing> measure(const Work& work) {
  const std::size_t count = work.contenders.size();
  std::vector<std::vector<double>> medians(count), samples(count), ratios(count);
  for (const Contender& contender : work.contenders) {
    for (int warm = 0; warm < 2; ++warm) block(contender.run);
  }
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::vector<double> times = block(work.contenders[i].run);
      samples[i].insert(samples[i].end(), times.begin(), times.end());
      medians[i].push_back(quantile(times, 0.5));
      ratios[i].push_back(medians[i].back() / medians[0].back());
    }
  }
  std::vector<Timing> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(
        {&work.contenders[i], quantile(medians[i], 0.5), quantile(samples[i], 0.1), quantile(ratios[i], 0.5)});
  }
  return out;
}

std::string fixed(double value, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

nlohmann::ordered_json as_json(const Work& work, const Timing& timing) {
  nlohmann::ordered_json out{{"ms", timing.seconds * 1e3}, {"p10", timing.p10 * 1e3}};
  if (work.flops > 0.0) out["gflops"] = work.flops / timing.seconds / 1e9;
  return out;
}

// The rows of docs/bench.md: peers are others, the engine's own narrower kernels stand beside it.
nlohmann::ordered_json row_of(const Work& work, const std::vector<Timing>& timings) {
  nlohmann::ordered_json row{{"name", work.name}, {"pass", work.pass}};
  nlohmann::ordered_json peers = nlohmann::ordered_json::object(), ratio;
  for (const Timing& timing : timings) {
    const Contender& contender = *timing.contender;
    const bool first = &timing == timings.data();
    nlohmann::ordered_json& place = contender.peer ? peers[contender.name] : row[first ? "engine" : "engine_128"];
    place = as_json(work, timing);
    if (!contender.peer) place["kernels"] = contender.name;
    if (!first && !contender.peer) place["ratio"] = timing.ratio;
    if (contender.peer && (ratio.is_null() || timing.ratio < ratio)) ratio = timing.ratio;
  }
  row["peers"] = std::move(peers);
  row["ratio"] = std::move(ratio);
  return row;
}

void run_bench(const Options& options) {
  if (!options.json.empty()) check_output(options.json);
  const std::vector<BenchShape> shapes = options.shapes.empty() ? standard_shapes() : read_shapes(options.shapes);
  std::vector<Work> everyday;
  if (options.shapes.empty()) everyday = everyday_work();
  Table table({{"", Table::Align::left}, {"kernels", Table::Align::left}, {"ms"}, {"p10"}, {"GF/s"}, {"ratio"}});
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  const std::size_t total = shapes.size() + everyday.size();
  Progress progress("bench", static_cast<std::int64_t>(total));
  for (std::size_t i = 0; i < total; ++i) {
    const Work work = i < shapes.size() ? convolution_work(shapes[i]) : everyday[i - shapes.size()];
    const std::vector<Timing> timings = measure(work);
    for (const Timing& timing : timings) {
      const bool first = &timing == timings.data();
      table.add({first ? work.name + " " + work.pass : "", timing.contender->name, fixed(timing.seconds * 1e3, 4),
                 fixed(timing.p10 * 1e3, 4), work.flops > 0.0 ? fixed(work.flops / timing.seconds / 1e9, 1) : "",
                 first ? "" : fixed(timing.ratio, 2)});
    }
    rows.push_back(row_of(work, timings));
    progress.set(static_cast<std::int64_t>(i + 1));
  }
  progress.finish();
  const std::string json = json_text({{"rows", std::move(rows)}});
  if (!options.json.empty()) save_file(options.json, {reinterpret_cast<const std::uint8_t*>(json.data()), json.size()});
  print(options.as_json && options.json.empty() ? json : table.text());
}

}  // namespace

void add_bench(CLI::App& app, Outcome&) {
  auto* command = app.add_subcommand("bench", "time the kernels, one thread");
  const auto options = std::make_shared<Options>();
  command->add_option("--shapes", options->shapes, "time the convolutions of this file instead")->type_name("FILE");
  auto* json = command->add_option("--json", options->json, "write JSON to a file; without one, print it");
  json->type_name("[FILE]")->expected(0, 1);
  command->footer(
      "The widest kernels of this machine beside the 128-bit ones and, where the program was built with it, oneDNN.\n"
      "A shapes file is a JSON array of {name,n,c,h,w,oc,kh,kw,stride,pad,groups,pass}, pass one of forward,\n"
      "backward_input, backward_weights. Ratio: how many times the time of the first line, median of pairs.\n\n"
      "Examples:\n"
      "  backstep bench\n"
      "  backstep bench --shapes shapes.json --json times.json");
  command->callback([options, json] {
    options->as_json = json->count() > 0;
    run_bench(*options);
  });
}

}  // namespace backstep::cli
