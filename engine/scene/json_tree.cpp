#include "json_tree.h"

// The scene is read through SAX events alone; no stream and no exception of the library is wanted.
#define JSON_NOEXCEPTION
#define JSON_NO_IO
#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "json_text.h"

namespace backstep {

class JsonTreeBuilder {
 public:
  explicit JsonTreeBuilder(std::string_view document) : document_(document) {}

  using number_integer_t = nlohmann::json::number_integer_t;
  using number_unsigned_t = nlohmann::json::number_unsigned_t;
  using number_float_t = nlohmann::json::number_float_t;
  using string_t = nlohmann::json::string_t;
  using binary_t = nlohmann::json::binary_t;

  bool null() { return add(JsonKind::null, 0); }
  bool boolean(bool value) { return add(JsonKind::boolean, value ? 1 : 0); }
  bool number_integer(number_integer_t value) { return add(JsonKind::integer, value); }
  bool number_unsigned(number_unsigned_t value) {
    if (value > static_cast<number_unsigned_t>(INT64_MAX)) return add_real(static_cast<double>(value));
    return add(JsonKind::integer, static_cast<std::int64_t>(value));
  }
  bool number_float(number_float_t value, const string_t&) { return add_real(value); }
  bool string(const string_t& value) { return add_text(value); }
  bool binary(const binary_t&) { return false; }

  bool start_object(std::size_t) { return open(JsonKind::object); }
  bool start_array(std::size_t) { return open(JsonKind::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(const string_t& value) {
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

  bool parse_error(std::size_t position, const std::string& last_token, const nlohmann::detail::exception& error) {
    constexpr int kNumberOverflow = 406;
    if (error.id == kNumberOverflow)
      return fail("scene.range", path(), "expected a finite number, found " + last_token);
    // The library counts the bytes read, so the last of them is the one that does not fit.
    const std::size_t read = std::min(position > 0 ? position - 1 : 0, document_.size());
    std::string message = error.what();
    if (const std::size_t at = message.find("syntax error"); at != std::string::npos) message.erase(0, at);
    return fail_at(read, "a " + json_excerpt(message, 160));
  }

  // The library takes a zero byte for the end of the document, whatever follows.
  bool check_no_zero_byte() {
    const std::size_t zero = document_.find('\0');
    return zero == std::string_view::npos || fail_at(zero, "a zero byte");
  }

  Result<JsonTree> result(bool ok) {
    if (ok && !error_) return std::move(tree_);
    if (error_) return *error_;
    return Error{"scene.json", "", "expected JSON"};
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

Result<JsonTree> JsonTree::parse(std::string_view text) {
  JsonTreeBuilder builder(text);
  const bool ok = builder.check_no_zero_byte() && nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return builder.result(ok);
}

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
