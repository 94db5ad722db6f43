// Comparison of scenes, and the documents that scene tests begin with.
#pragma once

#include <algorithm>
#include <string>

#include "engine/scene.h"
#include "tests/engine/support.h"

namespace backstep::test {

// A small classifier, every part of which a test can replace.
inline const std::string kSmallScene =
    R"({"backstep":1,"input":{"shape":[1,1,3,3],"data":[1,2,3,4,5,6,7,8,9]},)"
    R"("layers":[{"op":"conv2d","out":1,"kernel":[2,2],"w":[1,0,0,1],"b":[0]},{"op":"flatten"},)"
    R"({"op":"dense","out":2,"w":[1,0,0,0,0,1,0,0],"b":[0,0]}],)"
    R"("loss":{"op":"softmax_cross_entropy"},"target":[1],"optimizer":{"op":"sgd","lr":0.1}})";

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE_MESSAGE(at != std::string::npos, "nothing to replace: " << from);
  return text.replace(at, from.size(), to);
}

inline Scene parsed(std::string_view json) {
  auto scene = parse_scene(json);
  REQUIRE_MESSAGE(scene, (scene ? "" : scene.error().code + " " + scene.error().text()));
  return std::move(*scene);
}

template <class T>
bool same_tensor(const std::shared_ptr<const T>& a, const std::shared_ptr<const T>& b) {
  if (!a || !b) return !a && !b;
  return difference(*a, *b).empty();
}

inline bool same_parameters(const std::shared_ptr<const Parameters>& a, const std::shared_ptr<const Parameters>& b) {
  if (!a || !b) return !a && !b;
  return std::equal(a->layers.begin(), a->layers.end(), b->layers.begin(), b->layers.end(),
                    [](const auto& p, const auto& q) { return same_bits(p.w, q.w) && same_bits(p.b, q.b); });
}

// Everything but the name, numbers by their bits; the nets by what is written of them.
inline bool same_scene(const Scene& a, const Scene& b) {
  return write_scene(a) == write_scene(b) && a.title == b.title && a.shapes_only == b.shapes_only &&
         a.problem.net->input() == b.problem.net->input() && a.problem.net->output() == b.problem.net->output() &&
         same_tensor(a.problem.input, b.problem.input) && same_tensor(a.problem.target, b.problem.target) &&
         same_tensor(a.problem.dy, b.problem.dy) && same_tensor(a.problem.classes, b.problem.classes) &&
         same_parameters(a.problem.parameters, b.problem.parameters) && a.problem.draw == b.problem.draw &&
         a.class_names == b.class_names && a.covers == b.covers && a.locks == b.locks &&
         a.breakpoints == b.breakpoints && a.watches == b.watches && a.cursor == b.cursor &&
         a.has_cursor == b.has_cursor && a.view == b.view;
}

// Writes and reads back, compact and in lines.
inline void check_round_trip(const Scene& scene) {
  const std::string compact = write_scene(scene), lines = write_scene(scene, SceneLayout::lines);
  CHECK(same_scene(parsed(compact), scene));
  CHECK(same_scene(parsed(lines), scene));
  CHECK(write_scene(parsed(lines)) == compact);
}

}  // namespace backstep::test
