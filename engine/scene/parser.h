// The scene parser: from a JSON tree to a Scene, one key after the other; the first failure ends it. Its parts are in
// parser.cpp (keys, network, sizes), parser_problem.cpp (numbers) and parser_view.cpp (view, time, names).
#pragma once

#include <cstdint>

#include "../scene.h"
#include "json_reader.h"

namespace backstep {

class SceneParser {
 public:
  explicit SceneParser(const JsonView& root) : top_(root, "", failure_) {}
  Result<Scene> run();

 private:
  static constexpr std::int64_t kLargestInteger = (std::int64_t{1} << 53) - 1;  // exact in JavaScript too

  struct LayerDraft {
    Layer op;
    std::optional<JsonView> w, b;
  };

  void read_version();
  void find_all();
  void read_heading();
  void read_network();
  void check_size();
  void refuse_numbers();

  void read_problem();
  void read_seed();
  void read_parameters();
  void read_end();

  void read_view();
  void read_time();
  std::vector<std::string> read_texts(const JsonView& value, const std::string& where, std::size_t longest,
                                      std::size_t most);
  void read_names(const std::optional<JsonView>& value, const std::string& where, const StepIndex& steps,
                  std::vector<std::string>& out);
  void read_marks(const std::optional<JsonView>& value, const std::string& where, std::vector<std::string>& out);

  Failure failure_;
  ObjectReader top_;
  Scene scene_;
  Shape shape_;
  std::vector<LayerDraft> drafts_;
  std::optional<JsonView> title_, input_, data_, layers_, loss_, target_, optimizer_, dy_, draw_, seed_, init_,
      classes_, cursor_, view_, covers_, locks_, breakpoints_, watches_;
};

}  // namespace backstep
