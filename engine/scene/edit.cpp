#include "edit.h"

#include <cstdlib>

#include "cell_names.h"

namespace backstep {
namespace {

// A finite decimal number, the whole of `text`.
bool parse_number(std::string_view text, double& out) {
  // Only what JSON knows: strtod alone would take hexadecimal, "inf" and leading blanks too.
  if (text.empty() || text.find_first_not_of("+-.0123456789eE") != std::string_view::npos) return false;
  const std::string copy(text);
  char* end = nullptr;
  out = std::strtod(copy.c_str(), &end);
  return end == copy.c_str() + copy.size();
}

class Editor {
 public:
  Editor(Problem& problem, Failure& failure) : problem_(problem), failure_(failure) {}

  void apply(std::string_view edit) {
    const std::size_t equals = edit.find('=');
    if (equals == std::string_view::npos) return fail(edit, "a cell, an equals sign and a number");
    const std::string_view name = edit.substr(0, equals);
    auto cell = parse_source_cell(*problem_.net, name);
    if (!cell) return fail(name, cell.error().message.substr(std::string_view("expected ").size()));
    double number = 0.0;
    float value = 0.0F;
    if (!parse_number(edit.substr(equals + 1), number) || !narrow_to_float(number, value)) {
      return fail(edit, "a number that a float32 can hold after the equals sign");
    }
    if (cell->index < 0) {
      if (cell->tensor != SourceCell::Tensor::target || !problem_.classes || problem_.classes->count() != 1) {
        return fail(name, "a single cell such as input[0,0,0]");
      }
      cell->index = 0;
    }
    set(*cell, number, value, edit);
  }

 private:
  void fail(std::string_view found, const std::string& expected) {
    failure_.set("scene.range", "edit", "expected " + expected + ", found " + json_string(json_excerpt(found)));
  }

  template <class T>
  static std::shared_ptr<const T> with(const std::shared_ptr<const T>& tensor, std::int64_t index, float value) {
    auto copy = std::make_shared<T>(*tensor);
    (*copy)[index] = value;
    return copy;
  }

  void set(const SourceCell& cell, double number, float value, std::string_view edit) {
    switch (cell.tensor) {
      case SourceCell::Tensor::input: problem_.input = with(problem_.input, cell.index, value); return;
      case SourceCell::Tensor::dy: problem_.dy = with(problem_.dy, cell.index, value); return;
      case SourceCell::Tensor::target: {
        if (problem_.target) {
          problem_.target = with(problem_.target, cell.index, value);
          return;
        }
        const std::int64_t classes = problem_.net->output()[1];
        if (number < 0.0 || number >= static_cast<double>(classes) ||
            number != static_cast<double>(static_cast<std::int64_t>(number))) {
          return fail(edit, "a class from 0 to " + std::to_string(classes - 1));
        }
        auto copy = std::make_shared<IndexTensor>(*problem_.classes);
        (*copy)[cell.index] = static_cast<std::int32_t>(number);
        problem_.classes = std::move(copy);
        return;
      }
      case SourceCell::Tensor::w:
      case SourceCell::Tensor::b: {
        auto copy = std::make_shared<Parameters>(*problem_.parameters);
        Parameters::Pair& pair = copy->layers[static_cast<std::size_t>(cell.layer)];
        (cell.tensor == SourceCell::Tensor::w ? pair.w : pair.b)[cell.index] = value;
        problem_.parameters = std::move(copy);
        return;
      }
    }
  }

  Problem& problem_;
  Failure& failure_;
};

}  // namespace

void apply_edits(std::string_view edits, Problem& problem, Failure& failure) {
  if (!problem.input) {
    return failure.set("scene.range", "edit", "expected a scene with numbers: one of shapes only has none to change");
  }
  Editor editor(problem, failure);
  while (!edits.empty() && !failure) {
    const std::size_t end = std::min(edits.find(';'), edits.size());
    editor.apply(edits.substr(0, end));
    edits.remove_prefix(std::min(end + 1, edits.size()));
  }
}

}  // namespace backstep
