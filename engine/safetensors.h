// Reader and writer of safetensors: 8 bytes little-endian header length L, L bytes of JSON, then the data. The JSON
// maps a tensor's name to {"dtype", "shape", "data_offsets": [begin, end)} (counted from the end of the header) and
// "__metadata__" to strings. Source: the format's README and its reference reader.
//
// The reader believes nothing: the whole header is checked against the file's size before anything is allocated for the
// data. Tensors must cover the data from its first to its last byte, once. Error codes, each with the byte where it
// shows:
//
//   safetensors.size           more than 16 MiB               safetensors.shape     extents not integers >= 0
//   safetensors.truncated      the file ends too early        safetensors.rank      more than 8 dimensions
//   safetensors.header_length  no room for a header           safetensors.overflow  more elements than 64 bits count
//   safetensors.header_start   no '{' where it should be      safetensors.offsets   not [begin, end] with begin <= end
//   safetensors.json           not JSON                       safetensors.length    offsets that disagree with the
//   shape safetensors.duplicate      a key twice                    safetensors.overlap   a byte in two tensors
//   safetensors.entry          fields missing or unknown      safetensors.hole      a byte in no tensor, between
//   tensors safetensors.metadata       a value that is no string      safetensors.trailing  a byte in no tensor, at the
//   end safetensors.dtype          neither F32 nor I32
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tensor_file.h"

namespace backstep {

struct NamedTensor {
  std::string name;
  AnyTensor tensor;
};

struct TensorFile {
  std::vector<NamedTensor> tensors;  // in the order of the header
  std::map<std::string, std::string, std::less<>> metadata;

  const AnyTensor* find(std::string_view name) const;
  const Tensor* find_f32(std::string_view name) const;
  const IndexTensor* find_i32(std::string_view name) const;
};

Result<TensorFile> read_safetensors(Bytes file);

// Data in the order of the tensors, header padded with spaces to a multiple of 8; the same tensors give the same bytes.
std::vector<std::uint8_t> write_safetensors(const TensorFile& file);

}  // namespace backstep
