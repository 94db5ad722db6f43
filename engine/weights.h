// Parameters of a network as tensors with names: "conv1.weight" [OC,C/G,KH,KW], "dense1.weight" [out,in],
// "conv1.bias" [OC]: names and layouts of PyTorch's state dictionaries.
#pragma once

#include "network.h"
#include "safetensors.h"

namespace backstep {

TensorFile weights_file(const Network& net, const Parameters& parameters);

// Every parameter of the network and nothing else. Errors, where = the tensor's name: weights.missing (with the shape
// that is wanted), weights.extra, weights.shape, weights.dtype.
Result<Parameters> weights_from(const TensorFile& file, const Network& net);

// The same from and to the bytes of a safetensors file.
Result<Parameters> read_weights(Bytes file, const Network& net);
std::vector<std::uint8_t> write_weights(const Network& net, const Parameters& parameters);

}  // namespace backstep
