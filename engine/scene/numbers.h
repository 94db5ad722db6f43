// Shapes and numbers of tensors in a scene document.
#pragma once

#include <string>

#include "../tensor.h"
#include "json_reader.h"

namespace backstep {

// [N,F] or [N,C,H,W].
void read_shape(const JsonView& value, const std::string& where, Shape& out, Failure& failure);

// The numbers of a tensor of this shape: flat, or nested as the shape says; leading extents of 1 need no brackets.
// Whoever calls has made sure that the shape can be stored.
void read_numbers(const JsonView& value, const std::string& where, const Shape& shape, Tensor& out, Failure& failure);

// N class numbers from 0 to classes - 1.
void read_classes(const JsonView& value, const std::string& where, std::int64_t N, std::int64_t classes,
                  IndexTensor& out, Failure& failure);

// Flat, without spaces; read_numbers gives the same bits back.
std::string write_numbers(const Tensor& tensor);
std::string write_integers(const IndexTensor& tensor);

}  // namespace backstep
