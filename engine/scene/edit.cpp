#include "edit.h"

#include <algorithm>
#include <cstdlib>

#include "../format.h"
#include "attributes_io.h"

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

double rate_of(const Network& net) {
  return std::visit([](const auto& op) { return op.lr; }, net.optimizer());
}

Optimizer with_rate(Optimizer optimizer, double rate) {
  std::visit([rate](auto& op) { op.lr = rate; }, optimizer);
  return optimizer;
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
      case SourceCell::Tensor::rate: {
        if (number < kRateBounds.low || number > kRateBounds.high) {
          return fail(edit, "a learning rate from 0 to " + json_number(kRateBounds.high));
        }
        const Optimizer optimizer = with_rate(problem_.net->optimizer(), number);
        problem_.net = std::make_shared<const Network>(problem_.net->with(optimizer));
        return;
      }
    }
  }

  Problem& problem_;
  Failure& failure_;
};

// The edits between two problems, cell by cell.
class Differences {
 public:
  Differences(const Network& net, std::size_t most) : net_(net), most_(most) {}

  template <class T>
  void compare(const std::shared_ptr<const T>& from, const std::shared_ptr<const T>& to, SourceCell cell) {
    if (from == to) return;
    if (!from || !to || !(from->shape == to->shape)) {
      possible_ = false;
      return;
    }
    compare(*from, *to, cell);
  }

  template <class T>
  void compare(const BasicTensor<T>& from, const BasicTensor<T>& to, SourceCell cell) {
    for (cell.index = 0; possible_ && cell.index < to.count(); ++cell.index) {
      const T a = from[cell.index], b = to[cell.index];
      if (same(a, b)) continue;
      if constexpr (std::is_same_v<T, float>) {
        add(cell, format_exact(b), b - b == 0.0F);
      } else {
        add(cell, std::to_string(b), true);
      }
    }
  }

  void add(const SourceCell& cell, const std::string& value, bool finite) {
    possible_ = possible_ && finite && count_++ < most_;
    text_ += (text_.empty() ? "" : ";") + source_name(net_, cell) + "=" + value;
  }

  std::optional<std::string> result() && { return possible_ ? std::optional(std::move(text_)) : std::nullopt; }

 private:
  static bool same(float a, float b) { return same_bits(a, b); }
  static bool same(std::int32_t a, std::int32_t b) { return a == b; }

  const Network& net_;
  std::size_t most_;
  std::size_t count_ = 0;
  bool possible_ = true;
  std::string text_;
};

// The numbers that a cell is one of; null for class numbers and the learning rate.
const Tensor* tensor_of(const Problem& problem, const SourceCell& cell) {
  switch (cell.tensor) {
    case SourceCell::Tensor::input: return problem.input.get();
    case SourceCell::Tensor::dy: return problem.dy.get();
    case SourceCell::Tensor::target: return problem.target.get();
    case SourceCell::Tensor::w: return &problem.parameters->layers[static_cast<std::size_t>(cell.layer)].w;
    case SourceCell::Tensor::b: return &problem.parameters->layers[static_cast<std::size_t>(cell.layer)].b;
    case SourceCell::Tensor::rate: return nullptr;
  }
  return nullptr;
}

// Everything that an edit leaves alone: what a document would say of it is the same.
bool same_but_for_rate(const Network& a, const Network& b) {
  if (&a == &b) return true;
  if (!(a.input() == b.input()) || a.layer_count() != b.layer_count() || a.loss().has_value() != b.loss().has_value()) {
    return false;
  }
  for (int i = 0; i < a.layer_count(); ++i) {
    if (write_op(a.layer(i).op) != write_op(b.layer(i).op)) return false;
  }
  return (!a.loss() || write_op(*a.loss()) == write_op(*b.loss())) &&
         write_op(with_rate(a.optimizer(), 0)) == write_op(with_rate(b.optimizer(), 0));
}

}  // namespace

Result<Problem> edited(const Problem& problem, std::string_view edits) {
  Problem out = problem;
  Failure failure;
  apply_edits(edits, out, failure);
  if (failure) return failure.error();
  return out;
}

std::optional<std::string> edits_between(const Problem& from, const Problem& to, std::size_t most) {
  const Network& net = *to.net;
  if (!same_but_for_rate(*from.net, net) || from.draw != to.draw) return std::nullopt;
  Differences out(net, most);
  using Source = SourceCell::Tensor;
  out.compare(from.input, to.input, {Source::input, 0, 0});
  out.compare(from.classes, to.classes, {Source::target, 0, 0});
  out.compare(from.target, to.target, {Source::target, 0, 0});
  out.compare(from.dy, to.dy, {Source::dy, 0, 0});
  if (from.parameters != to.parameters) {
    for (int i = 0; i < net.layer_count(); ++i) {
      const Parameters::Pair& a = from.parameters->layers[static_cast<std::size_t>(i)];
      const Parameters::Pair& b = to.parameters->layers[static_cast<std::size_t>(i)];
      out.compare(a.w, b.w, {Source::w, i, 0});
      out.compare(a.b, b.b, {Source::b, i, 0});
    }
  }
  if (rate_of(*from.net) != rate_of(net)) out.add({Source::rate, 0, 0}, json_number(rate_of(net)), true);
  return std::move(out).result();
}

double source_value(const Problem& problem, const SourceCell& cell) {
  const std::int64_t index = std::max<std::int64_t>(0, cell.index);
  if (cell.tensor == SourceCell::Tensor::rate) return rate_of(*problem.net);
  if (const Tensor* tensor = tensor_of(problem, cell)) return static_cast<double>((*tensor)[index]);
  return static_cast<double>((*problem.classes)[index]);
}

std::string source_text(const Problem& problem, const SourceCell& cell) {
  const double value = source_value(problem, cell);
  return cell.tensor == SourceCell::Tensor::rate ? json_number(value) : format_exact(static_cast<float>(value));
}

bool same_source(const Problem& a, const SourceCell& of_a, const Problem& b, const SourceCell& of_b) {
  const Tensor* const left = tensor_of(a, of_a);
  const Tensor* const right = tensor_of(b, of_b);
  if (!left != !right) return false;
  if (!left && of_a.tensor == SourceCell::Tensor::target && of_a.index < 0) return a.classes->data == b.classes->data;
  if (!left) return source_value(a, of_a) == source_value(b, of_b);
  return of_a.index < 0 ? same_bits(*left, *right) : same_bits((*left)[of_a.index], (*right)[of_b.index]);
}

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
