// The placeholders in the texts of a playlist.
#include <optional>

#include "explain.h"
#include "format.h"
#include "playlist.h"

namespace backstep {
namespace {

struct Placeholder {
  std::string_view verb;  // empty: the value of a cell
  std::string_view name;
};

Placeholder split(std::string_view inside) {
  const std::size_t space = inside.find(' ');
  if (space != std::string_view::npos) return {inside.substr(0, space), inside.substr(space + 1)};
  if (inside == "parameters" || inside == "steps" || inside == "rate") return {inside, ""};
  return {"", inside};
}

std::optional<std::int64_t> tensor_count(const Network& net, const StepIndex& steps, std::string_view name) {
  if (name == "input") return net.input().count();
  // "conv1.w" is also the name of what the update computes, of the same extent.
  for (const Block& block : steps.blocks()) {
    if (steps.tensor_name(block) == name) return block.count;
  }
  for (const NetworkLayer& layer : net.layers()) {
    if (name == layer.name + ".w" && !layer.shapes.w.is_none()) return layer.shapes.w.count();
    if (name == layer.name + ".b" && !layer.shapes.b.is_none()) return layer.shapes.b.count();
  }
  return std::nullopt;
}

std::int64_t parameter_count(const Network& net) {
  std::int64_t count = 0;
  for (const NetworkLayer& layer : net.layers()) {
    for (const Shape* shape : {&layer.shapes.w, &layer.shapes.b}) count += shape->is_none() ? 0 : shape->count();
  }
  return count;
}

double rate_of(const Network& net) {
  return std::visit([](const auto& optimizer) { return optimizer.lr; }, net.optimizer());
}

std::optional<double> value_of(std::string_view name, const Trace& trace) {
  const auto cell = parse_any_cell(trace.net(), trace.steps(), name);
  if (!cell) return std::nullopt;
  if (cell->slot == Slot::target && trace.problem().classes) {
    return static_cast<double>((*trace.problem().classes)[cell->index]);
  }
  const Tensor* tensor = trace.tensor(cell->layer, cell->slot);
  return tensor ? std::optional<double>((*tensor)[cell->index]) : std::nullopt;
}

// What stands for a placeholder; nothing where it means nothing.
std::optional<std::string> fill(const Placeholder& p, const Trace& trace, const Trace& before) {
  const auto number = [](const std::optional<double>& value) {
    return value ? std::optional(format_number(*value)) : std::nullopt;
  };
  if (p.verb.empty()) return number(value_of(p.name, trace));
  if (p.verb == "before") return number(value_of(p.name, before));
  if (p.verb == "parameters") return format_count(parameter_count(trace.net()));
  if (p.verb == "steps") return format_count(trace.size());
  if (p.verb == "rate") return format_number(rate_of(trace.net()));
  if (p.verb == "count") {
    const auto count = tensor_count(trace.net(), trace.steps(), p.name);
    return count ? std::optional(format_count(*count)) : std::nullopt;
  }
  const auto step = trace.steps().parse(p.name);
  if (!step) return std::nullopt;
  if (p.verb == "new") return format_number(static_cast<double>(trace.value(*step)));
  if (p.verb == "terms") return format_count(term_count(trace, *step));
  return std::nullopt;
}

bool is_known(const Placeholder& p, const Network& net, const StepIndex& steps) {
  if (p.verb.empty() || p.verb == "before") return bool(parse_any_cell(net, steps, p.name));
  if (p.verb == "count") return tensor_count(net, steps, p.name).has_value();
  if (p.verb == "new" || p.verb == "terms") return bool(steps.parse(p.name));
  return p.name.empty() && (p.verb == "parameters" || p.verb == "steps" || p.verb == "rate");
}

// Calls plain(text) and placeholder(text) in turn; a brace that is never closed is plain.
template <class Plain, class Each>
void walk(std::string_view text, Plain&& plain, Each&& placeholder) {
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    plain(text.substr(0, close == std::string_view::npos ? text.size() : open));
    if (close == std::string_view::npos) return;
    placeholder(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
}

}  // namespace

std::string fill_text(std::string_view text, const Trace& trace, const Trace& before) {
  std::string out;
  walk(
      text, [&](std::string_view plain) { out += plain; },
      [&](std::string_view inside) { out += fill(split(inside), trace, before).value_or("?"); });
  return out;
}

std::string check_text(std::string_view text, const Network& net, const StepIndex& steps) {
  std::string problem;
  walk(
      text, [](std::string_view) {},
      [&](std::string_view inside) {
        if (problem.empty() && !is_known(split(inside), net, steps)) {
          problem =
              "expected a placeholder such as {conv1.y[0,0,0]}, {terms conv1.y[0,0,0]}, {count conv1.w}, "
              "{new conv1.w[0,0,0,0]}, {before loss.value}, {parameters}, {steps} or {rate}, found {" +
              std::string(inside) + "}";
        }
      });
  return problem;
}

}  // namespace backstep
