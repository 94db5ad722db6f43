#include "verify.h"

#include <algorithm>

#include "../../layers/max_pool2d.h"
#include "network_case.h"
#include "operations.h"

namespace backstep::verify {
namespace {

Mismatch whole_case(std::string message) { return {"", std::move(message), "", 0.0, 0.0, 0.0, 0, 0}; }

Result<Computed> run(const VectorCase& c, Isa isa) {
  return c.op == "cnn" ? run_network(c, isa) : run_operation(c, isa);
}

// What the README calls exact: results that no rounding enters.
bool is_exact(const VectorCase& c, std::string_view name, const std::string& output, const LayerCase* layer) {
  if (name.find("example") != std::string_view::npos || c.op == "relu") return true;
  const MaxPool2d* pool = layer ? std::get_if<MaxPool2d>(&layer->layer) : nullptr;
  if (!pool) return false;
  const Window win = pool->window();
  return output != "dx" || (win.stride.h >= win.kernel.h && win.stride.w >= win.kernel.w);
}

void check_output(const VectorCase& c, std::string_view name, const std::string& output, const Computed& computed,
                  const LayerCase* layer, CaseReport& report) {
  const auto refuse = [&](std::string message) {
    report.failures.push_back({output, std::move(message), "", 0.0, 0.0, 0.0, 0, 0});
  };
  const auto got = computed.find(output);
  const AnyTensor* want = c.file.find(output);
  if (got == computed.end()) return refuse("op " + c.op + " has no such output");
  if (!want) return refuse("the file has no tensor of that name");
  auto tolerance = tolerance_of(c, output);
  if (!tolerance) return refuse(tolerance.error().text());
  if (is_exact(c, name, output, layer)) *tolerance = Tolerance{};
  std::vector<bool> zero;
  if (layer && output == "dx") zero = unread_inputs(layer->layer, layer->shapes);
  if (auto mismatch = compare(output, got->second, *want, *tolerance, zero.empty() ? nullptr : &zero)) {
    report.failures.push_back(std::move(*mismatch));
  }
}

// One line for each failing output is enough.
bool has_failure(const CaseReport& report, const std::string& output) {
  return std::any_of(report.failures.begin(), report.failures.end(),
                     [&](const Mismatch& mismatch) { return mismatch.output == output; });
}

// Every instruction set must give the reference's bits, in what is compared.
void check_isas(const VectorCase& c, const Computed& reference, CaseReport& report) {
  for (const Isa isa : available_isas()) {
    if (isa == Isa::reference) continue;
    const auto computed = run(c, isa);
    if (!computed) return report.failures.push_back(whole_case(computed.error().text()));
    for (const std::string& output : c.outputs) {
      const auto got = computed->find(output);
      const auto want = reference.find(output);
      if (got == computed->end() || want == reference.end() || has_failure(report, output)) continue;
      if (auto mismatch = compare_bits(output, got->second, want->second, isa_name(isa), isa_name(Isa::reference))) {
        report.failures.push_back(std::move(*mismatch));
      }
    }
  }
}

}  // namespace

CaseReport verify_case(Bytes file, std::string_view name) {
  CaseReport report;
  const auto c = read_case(file);
  if (!c) {
    report.failures.push_back(whole_case(c.error().text()));
    return report;
  }
  report.op = c->op;
  const auto computed = run(*c, Isa::reference);
  if (!computed) {
    report.failures.push_back(whole_case(computed.error().text()));
    return report;
  }
  const auto layer = layer_of(*c);
  for (const std::string& output : c->outputs) {
    check_output(*c, name, output, *computed, layer ? &*layer : nullptr, report);
  }
  check_isas(*c, *computed, report);
  return report;
}

}  // namespace backstep::verify
