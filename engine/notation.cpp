#include "notation.h"

namespace backstep {
namespace {

const char* weight_letter(const Network& net, int layer) {
  return std::visit([](const auto& op) { return op.weight_symbol(); }, net.layer(layer).op);
}

const char* bias_letter(const Network& net, int layer) {
  return std::visit([](const auto& op) { return op.bias_symbol(); }, net.layer(layer).op);
}

bool has_batch(Slot slot) {
  return slot == Slot::x || slot == Slot::y || slot == Slot::dx || slot == Slot::dy || slot == Slot::p ||
         slot == Slot::target;
}

}  // namespace

std::string symbol(const Network& net, int layer, Slot slot) {
  const std::string partial = "∂L/∂";
  switch (slot) {
    case Slot::x: return "X";
    case Slot::y: return "Y";
    case Slot::w:
    case Slot::w_next: return weight_letter(net, layer);
    case Slot::b:
    case Slot::b_next: return bias_letter(net, layer);
    case Slot::dx: return partial + "X";
    case Slot::dy: return partial + "Y";
    case Slot::dw: return partial + weight_letter(net, layer);
    case Slot::db: return partial + bias_letter(net, layer);
    case Slot::p: return "p";
    case Slot::value: return "L";
    case Slot::target: return "t";
    case Slot::cache: return std::visit([](const auto& op) { return op.cache_symbol(); }, net.layer(layer).op);
    case Slot::none: return "";
  }
  return "";
}

std::string cell_symbol(const Trace& trace, int layer, Slot slot, std::int64_t index) {
  std::string out = symbol(trace.net(), layer, slot);
  const Tensor* tensor = trace.tensor(layer, slot);
  if (slot == Slot::value || !tensor) return out;
  const auto at = tensor->shape.unravel(index);
  out += '[';
  for (int axis = has_batch(slot) && tensor->shape[0] == 1 ? 1 : 0; axis < tensor->shape.rank(); ++axis) {
    if (out.back() != '[') out += ',';
    out += std::to_string(at[static_cast<std::size_t>(axis)]);
  }
  return out + ']';
}

}  // namespace backstep
