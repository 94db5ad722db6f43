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
  }
  return {};
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
  const bool parameter = cell.tensor == SourceCell::Tensor::w || cell.tensor == SourceCell::Tensor::b;
  const bool hides_batch = !parameter && shape.rank() > 1 && shape[0] == 1;
  const auto index = parse_index(name, name.substr(open), shape, hides_batch ? 1 : 0);
  if (!index) return index.error();
  cell.index = *index;
  return cell;
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

}  // namespace backstep
