// The document of a single convolution: the shape of its input and the attributes of the layer.
#include "../conv_task.h"
#include "attributes_io.h"
#include "numbers.h"

namespace backstep {

Result<ConvTask> parse_conv_task(std::string_view json) {
  const auto tree = JsonTree::parse(json);
  if (!tree) return tree.error();
  Failure failure;
  ObjectReader object(tree->root(), "", failure);
  Shape x;
  if (const auto input = object.require("input", "the shape [N,C,H,W] of the input")) {
    read_shape(*input, "input", x, failure);
  }
  Conv2d op;
  AttributeReader reader(object);
  Conv2d::attributes(op, reader);
  object.close();
  if (failure) return failure.error();
  auto task = ConvTask::make(op, x);
  if (task || task.error().code != "shape") return task;
  return Error{"scene.shape", task.error().where, task.error().message};
}

}  // namespace backstep
