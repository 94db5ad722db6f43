#include "layers.h"

namespace backstep {

std::string_view layer_op(const Layer& layer) {
  return std::visit([](const auto& l) { return std::string_view(l.kOp); }, layer);
}

std::string_view layer_name(const Layer& layer) {
  return std::visit([](const auto& l) { return std::string_view(l.kName); }, layer);
}

}  // namespace backstep
