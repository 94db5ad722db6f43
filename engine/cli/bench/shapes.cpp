#include <algorithm>
#include <nlohmann/json.hpp>

#include "../command_error.h"
#include "../files.h"
#include "work.h"

namespace backstep::cli {
namespace {

constexpr BenchPass kPasses[] = {BenchPass::forward, BenchPass::backward_input, BenchPass::backward_weights};

struct Extent {
  const char* name;
  std::int64_t BenchShape::* member;
  std::int64_t least;
  bool optional;
};
constexpr Extent kExtents[] = {{"n", &BenchShape::n, 1, false},    {"c", &BenchShape::c, 1, false},
                               {"h", &BenchShape::h, 1, false},    {"w", &BenchShape::w, 1, false},
                               {"oc", &BenchShape::oc, 1, false},  {"kh", &BenchShape::kh, 1, false},
                               {"kw", &BenchShape::kw, 1, false},  {"stride", &BenchShape::stride, 1, true},
                               {"pad", &BenchShape::pad, 0, true}, {"groups", &BenchShape::groups, 1, true}};
constexpr std::int64_t kMost = 1 << 20;  // products of two are no overflow

BenchPass read_pass(const nlohmann::json& value, const std::string& where) {
  for (const BenchPass pass : kPasses) {
    if (value == bench_pass_name(pass)) return pass;
  }
  fail(where + ".pass: expected forward, backward_input or backward_weights");
}

BenchShape read_shape(const nlohmann::json& entry, const std::string& where) {
  if (!entry.is_object()) fail(where + ": expected an object");
  BenchShape shape;
  for (const Extent& extent : kExtents) {
    const auto value = entry.find(extent.name);
    if (value == entry.end() && extent.optional) continue;
    const bool right = value != entry.end() && value->is_number_integer() && *value >= extent.least && *value <= kMost;
    if (!right) {
      fail(where + "." + extent.name + ": expected a whole number from " + std::to_string(extent.least) + " to " +
           std::to_string(kMost));
    }
    shape.*extent.member = value->get<std::int64_t>();
  }
  for (const auto& [key, value] : entry.items()) {
    const auto same = [&](const Extent& extent) { return key == extent.name; };
    if (key == "name" && value.is_string()) {
      shape.name = value.get<std::string>();
    } else if (key == "pass") {
      shape.pass = read_pass(value, where);
    } else if (key != "name" && std::none_of(std::begin(kExtents), std::end(kExtents), same)) {
      fail(where + "." + key + ": no such key");
    }
  }
  if (shape.name.empty()) fail(where + ".name: expected a text");
  return shape;
}

}  // namespace

const char* bench_pass_name(BenchPass pass) {
  switch (pass) {
    case BenchPass::forward: return "forward";
    case BenchPass::backward_input: return "backward_input";
    case BenchPass::backward_weights: return "backward_weights";
  }
  return "";
}

Conv2d BenchShape::layer() const {
  Conv2d conv;
  conv.out_channels = oc;
  conv.kernel = {kh, kw};
  conv.stride = {stride, stride};
  conv.padding = {pad, pad, pad, pad};
  conv.groups = groups;
  return conv;
}

std::vector<BenchShape> standard_shapes() {
  const BenchShape shapes[] = {{"A", 1, 1, 28, 28, 8, 3, 3, 1, 1, 1},   {"B", 1, 8, 28, 28, 16, 3, 3, 1, 1, 1},
                               {"C", 1, 16, 14, 14, 32, 3, 3, 1, 1, 1}, {"D", 1, 3, 224, 224, 64, 7, 7, 2, 3, 1},
                               {"E", 1, 64, 56, 56, 64, 3, 3, 1, 1, 1}, {"F", 1, 64, 56, 56, 64, 1, 1, 1, 0, 1},
                               {"G", 32, 8, 28, 28, 16, 3, 3, 1, 1, 1}, {"H", 1, 64, 56, 56, 64, 3, 3, 1, 1, 64}};
  std::vector<BenchShape> out;
  for (const BenchPass pass : kPasses) {
    for (BenchShape shape : shapes) {
      shape.pass = pass;
      out.push_back(shape);
    }
  }
  return out;
}

std::vector<BenchShape> read_shapes(const std::string& path) {
  constexpr std::size_t kMostBytes = std::size_t{1} << 20U;
  const auto bytes = read_file(path, kMostBytes);
  if (!bytes && bytes.error().code == "file.missing") fail_usage(bytes.error().text());
  if (!bytes) fail(bytes.error().text());
  const auto document = nlohmann::json::parse(bytes->begin(), bytes->end(), nullptr, false);
  if (!document.is_array() || document.empty()) fail(path + ": expected a JSON array of shapes");
  std::vector<BenchShape> out;
  for (const auto& entry : document) {
    out.push_back(read_shape(entry, path + ": shapes[" + std::to_string(out.size()) + "]"));
  }
  return out;
}

}  // namespace backstep::cli
