// A JSON document as a flat list of nodes, 16 bytes each. The parser refuses what a scene must not hold: duplicate
// keys, nesting deeper than kMaxJsonDepth, more than kMaxJsonValues values, numbers that overflow a double, bytes that
// are not UTF-8. It never throws and never recurses.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "../result.h"

namespace backstep {

inline constexpr std::size_t kMaxJsonDepth = 32;
inline constexpr std::size_t kMaxJsonValues = std::size_t{1} << 22U;
inline constexpr std::size_t kMaxJsonKeys = 64;  // of one object

enum class JsonKind : std::uint8_t { null, boolean, integer, real, text, array, object };

class JsonTree;

// One value of a tree; valid while the tree lives.
class JsonView {
 public:
  JsonView(const JsonTree& tree, std::uint32_t node) : tree_(&tree), node_(node) {}

  JsonKind kind() const;
  bool is_number() const { return kind() == JsonKind::integer || kind() == JsonKind::real; }
  bool boolean() const;          // of a boolean
  std::int64_t integer() const;  // of an integer
  double number() const;         // of an integer or a real
  std::string_view text() const;
  std::size_t size() const;  // items of an array, members of an object

  // Walks over an array or object: its first child, then next() of it. In an object keys and values alternate.
  JsonView first() const { return {*tree_, node_ + 1}; }
  JsonView next() const;

  // What the value is, for "expected …, found …": "0.5", "\"abc\"", "an array of 3", "true".
  std::string describe() const;

 private:
  const JsonTree* tree_;
  std::uint32_t node_;
};

class JsonTree {
 public:
  // Errors: "scene.json" (where: "line 3, byte 41"), "scene.duplicate_key", "scene.range" (where: the value's path).
  static Result<JsonTree> parse(std::string_view text);
  JsonView root() const { return {*this, 0}; }

 private:
  friend class JsonView;
  friend class JsonTreeBuilder;
  struct Slice {
    std::uint32_t offset, length;
  };
  struct Node {
    union {
      double real;
      std::int64_t integer;  // value; count of an array or object; 0 or 1 of a boolean
      Slice slice;
    };
    std::uint32_t next;  // index after this value and all that it holds
    JsonKind kind;
  };
  std::vector<Node> nodes_;
  std::string texts_;  // every key and string, one after the other
};

}  // namespace backstep
