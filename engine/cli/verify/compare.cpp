#include "compare.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace backstep::verify {
namespace {

std::string real_text(double value) {
  if (value != value) return "NaN";
  std::array<char, 64> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, 9).ptr;
  return {buffer.data(), end};
}

std::string index_text(const Shape& shape, std::int64_t flat) {
  const auto index = shape.unravel(flat);
  return Shape(std::span<const std::int64_t>(index.data(), static_cast<std::size_t>(shape.rank()))).text();
}

Mismatch shape_mismatch(const std::string& output, const AnyTensor& got, const AnyTensor& want) {
  Mismatch out;
  out.output = output;
  const auto type = [](const AnyTensor& t) { return std::holds_alternative<Tensor>(t) ? "F32 " : "I32 "; };
  out.message = "got " + (type(got) + shape_of(got).text()) + ", want " + (type(want) + shape_of(want).text());
  return out;
}

bool same_value(float got, float want) { return got == want || (got != got && want != want); }

// How far outside: the error over the tolerance, infinite for a NaN and where nothing is tolerated.
double excess(double error, double tolerance) {
  if (error != error || tolerance == 0.0) return std::numeric_limits<double>::infinity();
  return error / tolerance;
}

std::optional<Mismatch> compare_floats(const std::string& output, const Tensor& got, const Tensor& want,
                                       const Tolerance& tolerance, const std::vector<bool>* zero) {
  Mismatch out{output, "", "", 0.0, 0.0, 0.0, 0, got.count()};
  double worst = -1.0;
  for (std::int64_t i = 0; i < got.count(); ++i) {
    const double g = static_cast<double>(got[i]), w = static_cast<double>(want[i]);
    const bool must_be_zero = zero && (*zero)[static_cast<std::size_t>(i)];
    const double allowed = tolerance.rtol * std::abs(w) + tolerance.atol;
    const double error = std::abs(g - w);
    const bool close = same_value(got[i], want[i]) || error <= allowed;
    if (close && (!must_be_zero || g == 0.0)) continue;
    ++out.wrong;
    const double measure = close ? 0.0 : excess(error, allowed);
    if (measure <= worst) continue;
    worst = measure;
    out.index = index_text(got.shape, i);
    out.got = g;
    out.want = w;
    out.tolerance = allowed;
  }
  if (out.wrong == 0) return std::nullopt;
  return out;
}

}  // namespace

Result<Tolerance> tolerance_of(const VectorCase& c, const std::string& output) {
  Tolerance out;
  out.rtol = 1e-5;
  for (const auto& [name, member] :
       {std::pair{std::string("rtol"), &out.rtol}, {"rtol." + output, &out.rtol}, {"atol." + output, &out.atol}}) {
    const auto text = c.attributes.find(name);
    if (text == c.attributes.end()) continue;
    const auto value = parse_real(text->second);
    if (!value || !(*value >= 0.0)) {
      return Error{"verify.attribute", name, "expected a number from 0, found \"" + text->second + "\""};
    }
    *member = *value;
  }
  return out;
}

std::string Mismatch::text() const {
  if (!message.empty()) return output.empty() ? message : output + ": " + message;
  return output + index + ": got " + real_text(got) + ", want " + real_text(want) + ", tolerance " +
         real_text(tolerance) + " (" + std::to_string(wrong) + " of " + std::to_string(of) + " elements differ)";
}

std::optional<Mismatch> compare(const std::string& output, const AnyTensor& got, const AnyTensor& want,
                                const Tolerance& tolerance, const std::vector<bool>* zero) {
  if (got.index() != want.index() || !(shape_of(got) == shape_of(want))) return shape_mismatch(output, got, want);
  if (const Tensor* g = std::get_if<Tensor>(&got)) {
    return compare_floats(output, *g, std::get<Tensor>(want), tolerance, zero);
  }
  const IndexTensor& g = std::get<IndexTensor>(got);
  const IndexTensor& w = std::get<IndexTensor>(want);
  Mismatch out{output, "", "", 0.0, 0.0, 0.0, 0, g.count()};
  for (std::int64_t i = 0; i < g.count(); ++i) {
    if (g[i] == w[i]) continue;
    if (out.wrong++ > 0) continue;
    out.index = index_text(g.shape, i);
    out.got = g[i];
    out.want = w[i];
  }
  if (out.wrong == 0) return std::nullopt;
  return out;
}

std::optional<Mismatch> compare_bits(const std::string& output, const AnyTensor& got, const AnyTensor& want,
                                     const std::string& got_name, const std::string& want_name) {
  if (got.index() != want.index() || !(shape_of(got) == shape_of(want))) return shape_mismatch(output, got, want);
  if (const IndexTensor* g = std::get_if<IndexTensor>(&got)) {
    if (g->data == std::get<IndexTensor>(want).data) return std::nullopt;
    return Mismatch{output, got_name + " and " + want_name + " differ", "", 0.0, 0.0, 0.0, 0, 0};
  }
  const Tensor& g = std::get<Tensor>(got);
  const Tensor& w = std::get<Tensor>(want);
  for (std::int64_t i = 0; i < g.count(); ++i) {
    if (same_bits(g[i], w[i])) continue;
    return Mismatch{output,
                    index_text(g.shape, i) + ": " + got_name + " gives " + real_text(static_cast<double>(g[i])) + ", " +
                        want_name + " gives " + real_text(static_cast<double>(w[i])) + "; the bits must be equal",
                    "",
                    0.0,
                    0.0,
                    0.0,
                    0,
                    0};
  }
  return std::nullopt;
}

}  // namespace backstep::verify
