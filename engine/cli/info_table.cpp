#include "info_table.h"

#include <array>
#include <charconv>

#include "../cost.h"
#include "../format.h"
#include "../receptive_field.h"
#include "table.h"

namespace backstep::cli {
namespace {

std::string short_real(double value) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

// One number where rows and columns agree.
std::string both(double h, double w) { return h == w ? short_real(h) : short_real(h) + "×" + short_real(w); }

// Counts that reached the limit are lower bounds.
std::string count_text(std::int64_t count) { return (count == Shape::kCountLimit ? "≥ " : "") + format_count(count); }

std::string count_or_dash(std::int64_t count) { return count == 0 ? "-" : count_text(count); }

// 3,298,551,660,544 bytes as "3.30 TB", in powers of 1000.
std::string bytes_text(double bytes) {
  constexpr std::array kUnits{"bytes", "kB", "MB", "GB", "TB", "PB", "EB", "ZB"};
  std::size_t unit = 0;
  while (bytes >= 1000.0 && unit + 1 < kUnits.size()) {
    bytes /= 1000.0;
    ++unit;
  }
  std::array<char, 64> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), bytes, std::chars_format::fixed, unit == 0 ? 0 : 2)
          .ptr;
  return std::string(buffer.data(), end) + " " + kUnits[unit];
}

bool has_images(const Network& net) { return net.input().rank() == 4; }

nlohmann::ordered_json extents_json(const Shape& shape) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (const std::int64_t extent : shape.extents()) out.push_back(extent);
  return out;
}

nlohmann::ordered_json cost_json(const LayerCost& cost) {
  return {{"parameters", cost.parameters},
          {"dense_parameters", cost.dense_parameters},
          {"multiply_adds", cost.multiply_adds},
          {"outputs", cost.outputs}};
}

nlohmann::ordered_json pair_json(double h, double w) { return {h, w}; }

}  // namespace

std::string info_text(const Scene& scene) {
  const Network& net = *scene.problem.net;
  const NetworkCost cost = network_cost(net);
  const std::vector<ReceptiveField> fields = receptive_fields(net);
  using Align = Table::Align;
  Table table({{"layer", Align::left},
               {"output"},
               {"parameters"},
               {"if dense"},
               {"multiply-adds"},
               {"field"},
               {"jump"},
               {"start"}});
  table.add({"input", net.input().times_text(), "-", "-", "-", "1", "1", "0.5"});
  for (std::size_t i = 0; i < net.layers().size(); ++i) {
    const LayerCost& c = cost.layers[i];
    const ReceptiveField& f = fields[i];
    table.add({net.layers()[i].name, net.layers()[i].shapes.y.times_text(), count_or_dash(c.parameters),
               count_or_dash(c.dense_parameters), count_or_dash(c.multiply_adds),
               f.whole ? "all" : both(f.h.size, f.w.size), f.whole ? "-" : both(f.h.jump, f.w.jump),
               f.whole ? "-" : both(f.h.start, f.w.start)});
  }
  table.add_rule();
  const LayerCost& t = cost.total;
  table.add({"total", count_text(t.outputs) + " numbers", count_text(t.parameters), count_text(t.dense_parameters),
             count_text(t.multiply_adds), "", "", ""});
  std::string out = (scene.title.empty() ? scene.name : scene.title);
  if (!out.empty()) out += "\n\n";
  out += table.text();
  out += "\nparameters take " + bytes_text(4.0 * static_cast<double>(t.parameters)) + " in float32, " +
         bytes_text(4.0 * static_cast<double>(t.dense_parameters)) + " if every layer were dense\n";
  if (has_images(net)) {
    out +=
        "field: input pixels that one output sees; jump: pixels between neighbouring outputs;\n"
        "start: centre of the first output's field (pixel i reaches from i to i + 1)\n";
  }
  if (net.loss()) {
    out += "loss: " + std::string(loss_op(*net.loss())) + ", optimizer: " + std::string(optimizer_op(net.optimizer())) +
           '\n';
  }
  const StepIndex steps(net);
  out += "steps: " + count_text(steps.size()) + (scene.shapes_only ? " (shapes only: counted, not run)" : "") + '\n';
  return out;
}

nlohmann::ordered_json info_json(const Scene& scene) {
  const Network& net = *scene.problem.net;
  const NetworkCost cost = network_cost(net);
  const std::vector<ReceptiveField> fields = receptive_fields(net);
  nlohmann::ordered_json layers = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < net.layers().size(); ++i) {
    const NetworkLayer& layer = net.layers()[i];
    const ReceptiveField& f = fields[i];
    nlohmann::ordered_json entry{{"name", layer.name},
                                 {"op", std::string(layer_op(layer.op))},
                                 {"output", extents_json(layer.shapes.y)},
                                 {"weight", extents_json(layer.shapes.w)},
                                 {"bias", extents_json(layer.shapes.b)}};
    entry.update(cost_json(cost.layers[i]));
    entry["receptive_field"] = pair_json(f.h.size, f.w.size);
    entry["jump"] = pair_json(f.h.jump, f.w.jump);
    entry["start"] = pair_json(f.h.start, f.w.start);
    entry["whole"] = f.whole;
    layers.push_back(std::move(entry));
  }
  nlohmann::ordered_json out{{"name", scene.name},
                             {"title", scene.title},
                             {"shapes_only", scene.shapes_only},
                             {"input", extents_json(net.input())},
                             {"layers", std::move(layers)},
                             {"total", cost_json(cost.total)},
                             {"steps", StepIndex(net).size()}};
  if (net.loss()) {
    out["loss"] = std::string(loss_op(*net.loss()));
    out["optimizer"] = std::string(optimizer_op(net.optimizer()));
  }
  return out;
}

}  // namespace backstep::cli
