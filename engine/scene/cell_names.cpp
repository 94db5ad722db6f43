#include "cell_names.h"

#include <charconv>

namespace backstep {
namespace {

Error bad_name(std::string_view name, std::string expected) {
  return {"cell.name", std::string(name), "expected " + std::move(expected)};
}

// "[0,3,5]" within `shape`, of which the first `hidden` axes (extent 1) are not written.
Result<std::int64_t> parse_index(std::string_view name, std::string_view rest, const Shape& shape, int hidden) {
  const Error failure = bad_name(name, std::to_string(shape.rank() - hidden) + " indices in brackets below " +
                                           Shape(shape.extents().subspan(static_cast<std::size_t>(hidden))).text());
  std::array<std::int64_t, kMaxRank> index{};
  for (int axis = hidden; axis < shape.rank(); ++axis) {
    if (rest.empty() || rest.front() != (axis == hidden ? '[' : ',')) return failure;
    rest.remove_prefix(1);
    std::int64_t& value = index[static_cast<std::size_t>(axis)];
    const auto [end, status] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (status != std::errc{} || value < 0 || value >= shape[axis]) return failure;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  }
  if (rest != "]") return failure;
  return shape.ravel(index);
}

// Shape of a source tensor; rank 0 where the network has none of that kind.
Shape source_shape(const Network& net, const SourceCell& cell) {
  const bool classes = net.loss() && std::holds_alternative<SoftmaxCrossEntropy>(*net.loss());
  switch (cell.tensor) {
    case SourceCell::Tensor::input: return net.input();
    case SourceCell::Tensor::target: return !net.loss() ? Shape{} : classes ? Shape{net.output()[0]} : net.output();
    case SourceCell::Tensor::dy: return net.loss() ? Shape{} : net.output();
    case SourceCell::Tensor::w: return net.layer(cell.layer).shapes.w;
    case SourceCell::Tensor::b: return net.layer(cell.layer).shapes.b;
    case SourceCell::Tensor::rate: return net.loss() ? Shape{1} : Shape{};
  }
  return {};
}

bool is_parameter(const SourceCell& cell) {
  return cell.tensor == SourceCell::Tensor::w || cell.tensor == SourceCell::Tensor::b;
}

int hidden_axes(const Shape& shape, const SourceCell& cell) {
  return !is_parameter(cell) && shape.rank() > 1 && shape[0] == 1 ? 1 : 0;
}

}  // namespace

Result<SourceCell> parse_source_cell(const Network& net, std::string_view name) {
  const std::size_t open = std::min(name.find('['), name.size());
  const std::string_view tensor = name.substr(0, open);
  SourceCell cell;
  bool found = true;
  if (tensor == "input") {
    cell.tensor = SourceCell::Tensor::input;
  } else if (tensor == "target") {
    cell.tensor = SourceCell::Tensor::target;
  } else if (tensor == "dy") {
    cell.tensor = SourceCell::Tensor::dy;
  } else if (name == "lr") {
    cell.tensor = SourceCell::Tensor::rate;
    cell.index = 0;
  } else {
    const bool is_w = tensor.ends_with(".w");
    found = is_w || tensor.ends_with(".b");
    cell.tensor = is_w ? SourceCell::Tensor::w : SourceCell::Tensor::b;
    cell.layer = net.layer_count();
    for (int i = 0; found && i < net.layer_count(); ++i) {
      if (net.layer(i).name == tensor.substr(0, tensor.size() - 2)) cell.layer = i;
    }
    found = found && cell.layer < net.layer_count();
  }
  const Shape shape = found ? source_shape(net, cell) : Shape{};
  if (shape.is_none()) {
    return bad_name(name, "a tensor that a pass starts from, such as input, target, dy, conv1.w or conv1.b");
  }
  if (open == name.size()) return cell;
  const auto index = parse_index(name, name.substr(open), shape, hidden_axes(shape, cell));
  if (!index) return index.error();
  cell.index = *index;
  return cell;
}

std::string source_tensor_name(const Network& net, const SourceCell& cell) {
  switch (cell.tensor) {
    case SourceCell::Tensor::input: return "input";
    case SourceCell::Tensor::target: return "target";
    case SourceCell::Tensor::dy: return "dy";
    case SourceCell::Tensor::w: return net.layer(cell.layer).name + ".w";
    case SourceCell::Tensor::b: return net.layer(cell.layer).name + ".b";
    case SourceCell::Tensor::rate: return "lr";
  }
  return "";
}

std::string source_name(const Network& net, const SourceCell& cell) {
  std::string out = source_tensor_name(net, cell);
  if (cell.index < 0 || cell.tensor == SourceCell::Tensor::rate) return out;
  const Shape shape = source_shape(net, cell);
  const auto index = shape.unravel(cell.index);
  char separator = '[';
  for (int axis = hidden_axes(shape, cell); axis < shape.rank(); ++axis) {
    out += separator + std::to_string(index[static_cast<std::size_t>(axis)]);
    separator = ',';
  }
  return out + ']';
}

std::optional<SourceCell> source_of(const Network& net, const StepIndex& steps, const CellRef& cell) {
  const auto given = [&](SourceCell::Tensor tensor, int layer) { return SourceCell{tensor, layer, cell.index}; };
  switch (cell.slot) {
    case Slot::w: return given(SourceCell::Tensor::w, cell.layer);
    case Slot::b: return given(SourceCell::Tensor::b, cell.layer);
    case Slot::target: return given(SourceCell::Tensor::target, 0);
    case Slot::x:
      if (!steps.producer(cell.layer, Slot::x)) return given(SourceCell::Tensor::input, 0);
      return std::nullopt;
    case Slot::dy:
      if (!net.loss() && !steps.producer(cell.layer, Slot::dy)) return given(SourceCell::Tensor::dy, 0);
      return std::nullopt;
    default: return std::nullopt;
  }
}

CellRef cell_of(const Network& net, const SourceCell& source) {
  switch (source.tensor) {
    case SourceCell::Tensor::w: return {source.layer, Slot::w, source.index};
    case SourceCell::Tensor::b: return {source.layer, Slot::b, source.index};
    case SourceCell::Tensor::dy: return {net.layer_count() - 1, Slot::dy, source.index};
    case SourceCell::Tensor::target: return {net.layer_count(), Slot::target, source.index};
    case SourceCell::Tensor::rate:
    case SourceCell::Tensor::input: break;
  }
  return {0, Slot::x, source.index};
}

Status check_cell_name(const Network& net, const StepIndex& steps, std::string_view name) {
  for (const Block& block : steps.blocks()) {
    if (steps.tensor_name(block) == name) return Nothing{};
  }
  const auto source = parse_source_cell(net, name);
  if (source) return Nothing{};
  if (parse_source_cell(net, name.substr(0, name.find('[')))) return source.error();
  if (const auto step = steps.parse(name); !step) return Error{"cell.name", std::string(name), step.error().message};
  return Nothing{};
}

bool is_mark_name(std::string_view name) {
  // The states are what came last: a word's letter, the dot, a bracket or comma, an index, the closing bracket.
  bool dotted = false;
  char last = '.';
  bool in_brackets = false;
  for (const char c : name) {
    const bool digit = c >= '0' && c <= '9', letter = (c >= 'a' && c <= 'z') || c == '_';
    const bool after_word = last != '.' && last != '[' && last != ',' && last != ']';
    if (in_brackets) {
      if (!digit && (last < '0' || last > '9' || (c != ',' && c != ']'))) return false;
      in_brackets = c != ']';
    } else if (c == '.' && after_word && !dotted) {
      dotted = true;
    } else if (c == '[' && after_word) {
      in_brackets = true;
    } else if (last == ']' || !(letter || (digit && last != '.'))) {
      return false;
    }
    last = c;
  }
  return last != '.' && !in_brackets;
}

}  // namespace backstep
