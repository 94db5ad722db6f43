#include "numeric_gradient.h"

namespace backstep {
namespace {

std::string indices(const Shape& shape, std::int64_t flat, bool hide_batch) {
  const auto index = shape.unravel(flat);
  const auto all = std::span<const std::int64_t>(index.data(), static_cast<std::size_t>(shape.rank()));
  return Shape(hide_batch && shape[0] == 1 ? all.subspan(1) : all).text();
}

}  // namespace

template <class T>
T GradientProbe<T>::moved(const CellRef& cell, double shift, std::optional<Kink>& kink) {
  T& number = pass_.variable(cell.layer, cell.slot)[cell.index];
  if (!before_) before_ = number;
  number = static_cast<T>(static_cast<double>(*before_) + shift);
  pass_.forward(cell.layer);
  if (!kink) kink = pass_.find_kink(cell.layer);
  return pass_.value();
}

template <class T>
void GradientProbe<T>::restore(const CellRef& cell) {
  if (!before_) return;
  pass_.variable(cell.layer, cell.slot)[cell.index] = *before_;
  before_.reset();
  pass_.forward(cell.layer);
}

template <class T>
NumericGradient GradientProbe<T>::at(const CellRef& cell, double eps) {
  NumericGradient out;
  out.analytic = static_cast<double>(pass_.gradient(cell.layer, cell.slot)[cell.index]);
  out.plus = static_cast<double>(moved(cell, eps, out.kink));
  out.minus = static_cast<double>(moved(cell, -eps, out.kink));
  out.numeric = (out.plus - out.minus) / (2.0 * eps);
  restore(cell);
  return out;
}

template class GradientProbe<float>;
template class GradientProbe<double>;

std::string variable_name(const Network& net, const CellRef& gradient) {
  if (gradient.slot == Slot::dw || gradient.slot == Slot::db) {
    const LayerShapes& s = net.layer(gradient.layer).shapes;
    const bool weight = gradient.slot == Slot::dw;
    return net.layer(gradient.layer).name + (weight ? ".w" : ".b") + indices(weight ? s.w : s.b, gradient.index, false);
  }
  if (gradient.layer == 0) return "input" + indices(net.input(), gradient.index, true);
  const NetworkLayer& before = net.layer(gradient.layer - 1);
  return before.name + ".y" + indices(before.shapes.y, gradient.index, true);
}

std::string kink_text(const Network& net, const Kink& kink) {
  const NetworkLayer& layer = net.layer(kink.layer);
  if (kink.slot == Slot::x) return layer.name + ".x" + indices(layer.shapes.x, kink.index, true) + " crosses 0";
  return "the winner of " + layer.name + ".y" + indices(layer.shapes.y, kink.index, true) + " changes";
}

}  // namespace backstep
