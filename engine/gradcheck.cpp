#include "gradcheck.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numeric_gradient.h"

namespace backstep {
namespace {

constexpr double kFirstWidth = 1.0 / 1024.0;
constexpr double kLastWidth = 1.0 / 524288.0;
constexpr double kNarrowing = 8.0;

using Probe = GradientProbe<double>;

// The four-point derivative at one width; nothing where a rule changes between the points.
std::optional<double> derivative(Probe& probe, const CellRef& cell, double h, std::optional<Kink>& kink) {
  kink.reset();
  const double far = probe.moved(cell, 2.0 * h, kink) - probe.moved(cell, -2.0 * h, kink);
  const double near = probe.moved(cell, h, kink) - probe.moved(cell, -h, kink);
  if (kink) return std::nullopt;
  return (8.0 * near - far) / (12.0 * h);
}

// Of the derivatives at several widths, the one on which it and the next agree best.
double most_settled(const std::vector<double>& estimates) {
  double best = estimates.back(), smallest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < estimates.size(); ++i) {
    const double difference = std::abs(estimates[i] - estimates[i - 1]);
    if (difference >= smallest) continue;
    smallest = difference;
    best = estimates[i];
  }
  return best;
}

struct ElementCheck {
  std::optional<double> numeric;  // nothing: left out
  std::optional<Kink> kink;
};

ElementCheck check_element(Probe& probe, const CellRef& cell, double analytic, double allowed) {
  ElementCheck out;
  const double value = probe.pass().variable(cell.layer, cell.slot)[cell.index];
  const double scale = std::max(1.0, std::abs(value));
  std::vector<double> estimates;
  for (double width = kFirstWidth; width >= kLastWidth; width /= kNarrowing) {
    const auto estimate = derivative(probe, cell, width * scale, out.kink);
    if (!estimate) continue;
    estimates.push_back(*estimate);
    if (std::abs(*estimate - analytic) <= allowed) break;
  }
  probe.restore(cell);
  if (estimates.empty()) return out;
  const bool agrees = std::abs(estimates.back() - analytic) <= allowed;
  out.numeric = agrees ? estimates.back() : most_settled(estimates);
  return out;
}

struct Target {
  int layer;
  Slot gradient;
  std::string name;
};

std::vector<Target> targets_of(const Network& net) {
  std::vector<Target> out{{0, Slot::dx, "input"}};
  for (int i = 0; i < net.layer_count(); ++i) {
    const NetworkLayer& layer = net.layer(i);
    if (!layer.shapes.w.is_none()) out.push_back({i, Slot::dw, layer.name + ".w"});
    if (!layer.shapes.b.is_none()) out.push_back({i, Slot::db, layer.name + ".b"});
  }
  return out;
}

double largest_of(const BasicTensor<double>& values) {
  double out = 0.0;
  for (const double value : values.data) out = std::max(out, std::abs(value));
  return out;
}

std::int64_t checked_count(std::int64_t elements, std::int64_t samples) {
  return samples > 0 ? std::min(samples, elements) : elements;
}

// The k-th of `count` elements, evenly spread over all of them.
std::int64_t spread(std::int64_t k, std::int64_t count, std::int64_t elements) {
  return count == elements ? k : k * (elements / count) + k * (elements % count) / count;
}

}  // namespace

bool GradcheckReport::passed() const {
  return std::all_of(tensors.begin(), tensors.end(), [](const TensorCheck& tensor) { return tensor.passed; });
}

GradcheckReport check_gradients(const Problem& problem, const GradcheckOptions& options) {
  Probe probe(problem);
  const Network& net = probe.pass().net();
  const std::vector<Target> targets = targets_of(net);
  GradcheckReport report;
  report.tolerance = options.tolerance;
  std::int64_t total = 0, done = 0;
  for (const Target& target : targets) {
    const auto& analytic = probe.pass().gradient(target.layer, target.gradient);
    report.largest = std::max(report.largest, largest_of(analytic));
    total += checked_count(analytic.count(), options.samples);
  }
  for (const Target& target : targets) {
    const auto& analytic = probe.pass().gradient(target.layer, target.gradient);
    TensorCheck check;
    check.name = target.name;
    check.elements = analytic.count();
    check.largest = largest_of(analytic);
    // Where every gradient is 0 there is nothing to measure by but the number itself.
    const double floor = report.largest > 0.0 ? 1e-3 * report.largest : 1.0;
    const double unit = std::max(check.largest, floor);
    const std::int64_t count = checked_count(check.elements, options.samples);
    for (std::int64_t k = 0; k < count; ++k) {
      const CellRef cell{target.layer, target.gradient, spread(k, count, check.elements)};
      const double wanted = analytic[cell.index];
      const ElementCheck element = check_element(probe, cell, wanted, options.tolerance * unit);
      if (options.progress) options.progress(++done, total);
      if (!element.numeric) {
        ++check.left_out;
        if (check.first_left_out.size() < TensorCheck::kNamed) {
          check.first_left_out.push_back({variable_name(net, cell), kink_text(net, *element.kink)});
        }
        continue;
      }
      ++check.checked;
      const double error = std::abs(*element.numeric - wanted) / unit;
      if (error <= check.error && !check.worst.empty()) continue;
      check.error = error == error ? error : std::numeric_limits<double>::infinity();
      check.worst = variable_name(net, cell);
      check.numeric = *element.numeric;
      check.analytic = wanted;
    }
    check.passed = check.error <= options.tolerance;
    report.tensors.push_back(std::move(check));
  }
  return report;
}

}  // namespace backstep
