// One reference case: an operation with its attributes, input tensors and expected outputs, from a safetensors file.
// The format is that of tests/vectors/README.md.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "../../safetensors.h"
#include "text_attributes.h"

namespace backstep::verify {

struct VectorCase {
  std::string op;
  std::vector<std::string> outputs;  // what to compare
  TextAttributes attributes;         // the whole metadata
  TensorFile file;
};

// Errors: those of the safetensors reader; "verify.case" where op or outputs are missing.
Result<VectorCase> read_case(Bytes bytes);

// What an operation computed, by the names that the outputs have.
using Computed = std::map<std::string, AnyTensor, std::less<>>;

// A float32 tensor that is there and has no empty dimension; "verify.input" otherwise.
Result<const Tensor*> input_f32(const VectorCase& c, std::string_view name);
// The same, and of this shape.
Result<const Tensor*> input_f32(const VectorCase& c, std::string_view name, const Shape& shape);

bool wants(const VectorCase& c, std::string_view output);

// Attributes with the README's defaults filled in: stride 1,1; from the parameters' tensors kernel, out and whether
// there is a bias. `w` and `b` may be null.
TextAttributes with_defaults(TextAttributes attributes, const Tensor* w, const Tensor* b, std::string_view op);

}  // namespace backstep::verify
