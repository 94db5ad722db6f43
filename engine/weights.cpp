#include "weights.h"

#include <set>

namespace backstep {
namespace {

// Puts the tensor of this name into `out`; nothing is wanted where the shape is none.
Status take(const TensorFile& file, const std::string& name, const Shape& shape, std::set<std::string>& wanted,
            Tensor& out) {
  if (shape.is_none()) return Nothing{};
  wanted.insert(name);
  const AnyTensor* found = file.find(name);
  if (!found) return Error{"weights.missing", name, "missing; expected F32 of shape " + shape.text()};
  const Tensor* tensor = std::get_if<Tensor>(found);
  if (!tensor) return Error{"weights.dtype", name, "expected F32 of shape " + shape.text() + ", found I32"};
  if (!(tensor->shape == shape)) {
    return Error{"weights.shape", name, "expected shape " + shape.text() + ", found " + tensor->shape.text()};
  }
  out = *tensor;
  return Nothing{};
}

}  // namespace

TensorFile weights_file(const Network& net, const Parameters& parameters) {
  TensorFile out;
  for (std::size_t i = 0; i < net.layers().size(); ++i) {
    const std::string& name = net.layers()[i].name;
    const Parameters::Pair& pair = parameters.layers[i];
    if (!pair.w.empty()) out.tensors.push_back({name + ".weight", pair.w});
    if (!pair.b.empty()) out.tensors.push_back({name + ".bias", pair.b});
  }
  return out;
}

Result<Parameters> weights_from(const TensorFile& file, const Network& net) {
  Parameters out;
  std::set<std::string> wanted;
  for (const NetworkLayer& layer : net.layers()) {
    Parameters::Pair& pair = out.layers.emplace_back();
    if (auto ok = take(file, layer.name + ".weight", layer.shapes.w, wanted, pair.w); !ok) return ok.error();
    if (auto ok = take(file, layer.name + ".bias", layer.shapes.b, wanted, pair.b); !ok) return ok.error();
  }
  for (const NamedTensor& named : file.tensors) {
    if (!wanted.contains(named.name)) {
      return Error{"weights.extra", named.name, "the network has no such parameter; it has " + [&] {
                     std::string names;
                     for (const std::string& name : wanted) names += (names.empty() ? "" : ", ") + name;
                     return names.empty() ? std::string("none") : names;
                   }()};
    }
  }
  return out;
}

Result<Parameters> read_weights(Bytes file, const Network& net) {
  const auto tensors = read_safetensors(file);
  if (!tensors) return tensors.error();
  return weights_from(*tensors, net);
}

std::vector<std::uint8_t> write_weights(const Network& net, const Parameters& parameters) {
  return write_safetensors(weights_file(net, parameters));
}

}  // namespace backstep
