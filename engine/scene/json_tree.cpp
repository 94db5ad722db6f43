#include "json_tree.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>

#include "../json_events.h"
#include "json_text.h"

namespace backstep {

class JsonTreeBuilder final : public JsonEvents {
 public:
  explicit JsonTreeBuilder(std::string_view document) : document_(document) {}

  bool null() override { return add(JsonKind::null, 0); }
  bool boolean(bool value) override { return add(JsonKind::boolean, value ? 1 : 0); }
  bool number(std::string_view text, bool whole) override {
    std::int64_t integer = 0;
    if (whole && std::from_chars(text.data(), text.data() + text.size(), integer).ec == std::errc{}) {
      return add(JsonKind::integer, integer);
    }
    const double real = std::strtod(std::string(text).c_str(), nullptr);
    if (real - real == 0.0) return add_real(real);
    return fail("scene.range", path(), "expected a finite number, found " + json_excerpt(text));
  }
  bool string(std::string& value) override { return add_text(value); }

  bool start_object() override { return open(JsonKind::object); }
  bool start_array() override { return open(JsonKind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(std::string& value) override {
    Container& top = open_.back();
    for (const JsonTree::Slice& other : top.keys) {
      if (text_of(other) == value) {
        return fail("scene.duplicate_key", json_path_member(path_of(open_.size() - 1), value),
                    "expected each key once, found it twice");
      }
    }
    if (top.keys.size() == kMaxJsonKeys) {
      return fail("scene.range", path_of(open_.size() - 1),
                  "expected at most " + std::to_string(kMaxJsonKeys) + " keys, found more");
    }
    top.keys.push_back({static_cast<std::uint32_t>(tree_.texts_.size()), static_cast<std::uint32_t>(value.size())});
    return add_text(value, true);
  }

  Result<JsonTree> build() {
    JsonReader reader(document_, *this);
    if (reader.read()) return std::move(tree_);
    if (!error_) fail_at(reader.position(), reader.fault());
    return *error_;
  }

 private:
  bool fail_at(std::size_t byte, const std::string& found) {
    const std::string_view before = document_.substr(0, byte);
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    return fail("scene.json", "line " + std::to_string(line) + ", byte " + std::to_string(byte - line_start + 1),
                "expected JSON, found " + found);
  }

  struct Container {
    std::uint32_t node;
    std::vector<JsonTree::Slice> keys;
  };

  std::string_view text_of(const JsonTree::Slice& slice) const {
    return std::string_view(tree_.texts_).substr(slice.offset, slice.length);
  }

  bool fail(std::string code, std::string where, std::string message) {
    if (!error_) error_ = Error{std::move(code), std::move(where), std::move(message)};
    return false;
  }

  // The path of the container open_[depth], found by what stands last in each of those around it.
  std::string path_of(std::size_t depth) const {
    std::string out;
    for (std::size_t i = 0; i < depth; ++i) {
      const JsonTree::Node& node = tree_.nodes_[open_[i].node];
      out = node.kind == JsonKind::object ? json_path_member(out, text_of(open_[i].keys.back()))
                                          : json_path_item(out, node.integer - 1);
    }
    return out;
  }
  // The path of a value that is about to be added.
  std::string path() const {
    if (open_.empty()) return "";
    const JsonTree::Node& node = tree_.nodes_[open_.back().node];
    const std::string outer = path_of(open_.size() - 1);
    return node.kind == JsonKind::object ? json_path_member(outer, text_of(open_.back().keys.back()))
                                         : json_path_item(outer, node.integer);
  }

  bool add_node(JsonTree::Node node, bool is_key = false) {
    if (tree_.nodes_.size() >= kMaxJsonValues) {
      return fail("scene.range", "", "expected at most " + std::to_string(kMaxJsonValues) + " values, found more");
    }
    if (!open_.empty() && !is_key) ++tree_.nodes_[open_.back().node].integer;
    node.next = static_cast<std::uint32_t>(tree_.nodes_.size() + 1);
    tree_.nodes_.push_back(node);
    return true;
  }
  bool add(JsonKind kind, std::int64_t value) {
    JsonTree::Node node{};
    node.kind = kind;
    node.integer = value;
    return add_node(node);
  }
  bool add_real(double value) {
    JsonTree::Node node{};
    node.kind = JsonKind::real;
    node.real = value;
    return add_node(node);
  }
  bool add_text(const std::string& value, bool is_key = false) {
    JsonTree::Node node{};
    node.kind = JsonKind::text;
    node.slice = {static_cast<std::uint32_t>(tree_.texts_.size()), static_cast<std::uint32_t>(value.size())};
    tree_.texts_ += value;
    return add_node(node, is_key);
  }

  bool open(JsonKind kind) {
    if (open_.size() == kMaxJsonDepth) {
      return fail("scene.json", path(), "expected at most " + std::to_string(kMaxJsonDepth) + " levels, found more");
    }
    if (!add(kind, 0)) return false;
    open_.push_back({static_cast<std::uint32_t>(tree_.nodes_.size() - 1), {}});
    return true;
  }
  bool close() {
    tree_.nodes_[open_.back().node].next = static_cast<std::uint32_t>(tree_.nodes_.size());
    open_.pop_back();
    return true;
  }

  std::string_view document_;
  JsonTree tree_;
  std::vector<Container> open_;
  std::optional<Error> error_;
};

Result<JsonTree> JsonTree::parse(std::string_view text) { return JsonTreeBuilder(text).build(); }

JsonKind JsonView::kind() const { return tree_->nodes_[node_].kind; }

bool JsonView::boolean() const { return tree_->nodes_[node_].integer != 0; }

std::int64_t JsonView::integer() const { return tree_->nodes_[node_].integer; }

double JsonView::number() const {
  const JsonTree::Node& node = tree_->nodes_[node_];
  return node.kind == JsonKind::integer ? static_cast<double>(node.integer) : node.real;
}

std::string_view JsonView::text() const {
  const JsonTree::Slice& slice = tree_->nodes_[node_].slice;
  return std::string_view(tree_->texts_).substr(slice.offset, slice.length);
}

std::size_t JsonView::size() const { return static_cast<std::size_t>(tree_->nodes_[node_].integer); }

JsonView JsonView::next() const { return {*tree_, tree_->nodes_[node_].next}; }

std::string JsonView::describe() const {
  switch (kind()) {
    case JsonKind::null: return "null";
    case JsonKind::boolean: return boolean() ? "true" : "false";
    case JsonKind::integer: return std::to_string(integer());
    case JsonKind::real: return json_number(number());
    case JsonKind::text: return json_string(json_excerpt(text()));
    case JsonKind::array: return "an array of " + std::to_string(size());
    case JsonKind::object: return "an object";
  }
  return "";
}

}  // namespace backstep
