#include "batch_norm.h"

#include <cmath>

namespace backstep {
namespace {

// Visits every row of a channel: its first index.
template <class Visit>
void each_row(const Shape& image, std::int64_t c, Visit&& visit) {
  for (std::int64_t row = 0; row < image[0] * image[2]; ++row) {
    visit(((row / image[2] * image[1] + c) * image[2] + row % image[2]) * image[3]);
  }
}

// Sum over a channel of term(i): a subtotal for each row, subtotals in order.
template <class Term>
float channel_sum(const Shape& image, std::int64_t c, Term&& term) {
  float total = 0.0F;
  each_row(image, c, [&](std::int64_t first) {
    float row = 0.0F;
    for (std::int64_t i = first; i < first + image[3]; ++i) row += term(i);
    total += row;
  });
  return total;
}

}  // namespace

double BatchNorm::reciprocal_root(double v) { return 1.0 / std::sqrt(v); }

Result<LayerShapes> BatchNorm::shapes(const Shape& x) const {
  if (x.rank() != 2 && x.rank() != 4) {
    return shape_error("batch_norm needs an image batch [N,C,H,W] or vectors [N,features], found " + x.text());
  }
  for (const std::vector<float>* running : {&running_mean, &running_var}) {
    if (!running->empty() && static_cast<std::int64_t>(running->size()) != x[1]) {
      return shape_error(std::string(running == &running_mean ? "running_mean" : "running_var") +
                         " needs one number for each of the " + std::to_string(x[1]) + " channels, found " +
                         std::to_string(running->size()));
    }
  }
  return LayerShapes{x, Shape{x[1]}, Shape{x[1]}, x};
}

const char* BatchNorm::finish_name(Slot slot) const {
  switch (slot) {
    case Slot::y: return "over the deviation, times γ, plus β";
    case Slot::dx: return "over the deviation, times γ";
    case Slot::cache: return "statistics";
    default: return "";
  }
}

void BatchNorm::forward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_forward<float>(*this, s, pass, out);
  const Shape image = as_image(s.x);
  const Tensor& x = *pass.x;
  Tensor& cache = *out.cache;
  const std::int64_t C = image[1];
  for (std::int64_t c = 0; c < C; ++c) {
    const auto square = [&](std::int64_t i) { return (x[i] - cache[c]) * (x[i] - cache[c]); };
    const float sum = training ? channel_sum(image, c, [&](std::int64_t i) { return x[i]; }) : 0.0F;
    cache[c] = finish<float>(Slot::cache, c, sum, pass);
    cache[C + c] = finish<float>(Slot::cache, C + c, training ? channel_sum(image, c, square) : 0.0F, pass);
    const float mean = cache[c], r = cache[C + c], gamma = (*pass.w)[c], beta = (*pass.b)[c];
    each_row(image, c, [&](std::int64_t first) {
      for (std::int64_t i = first; i < first + image[3]; ++i) {
        (*out.y)[i] = ((0.0F + x[i]) - mean) * r * gamma + beta;
      }
    });
  }
}

void BatchNorm::backward(const Pass<float>& pass, const Outputs<float>& out, const LayerShapes& s, Isa isa) const {
  if (isa == Isa::reference) return reference_backward<float>(*this, s, pass, out);
  const Shape image = as_image(s.x);
  const Tensor& x = *pass.x;
  const Tensor& dy = *pass.dy;
  const std::int64_t C = image[1];
  const float M = per_channel<float>(s.x);
  for (std::int64_t c = 0; c < C; ++c) {
    const float mean = (*pass.cache)[c], r = (*pass.cache)[C + c], gamma = (*pass.w)[c];
    const float dgamma = channel_sum(image, c, [&](std::int64_t i) { return dy[i] * ((x[i] - mean) * r); });
    const float dbeta = channel_sum(image, c, [&](std::int64_t i) { return dy[i]; });
    if (out.dw) (*out.dw)[c] = dgamma;
    if (out.db) (*out.db)[c] = dbeta;
    if (!out.dx) continue;
    each_row(image, c, [&](std::int64_t first) {
      for (std::int64_t i = first; i < first + image[3]; ++i) {
        float folded = 0.0F + dy[i];
        if (training) {
          folded += -(dbeta / M);
          folded += -(((x[i] - mean) * r) * (dgamma / M));
        }
        (*out.dx)[i] = folded * r * gamma;
      }
    });
  }
}

}  // namespace backstep
