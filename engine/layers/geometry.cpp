#include "geometry.h"

#include <algorithm>

namespace backstep {
namespace {

std::int64_t out_extent(std::int64_t extent, std::int64_t before, std::int64_t after, std::int64_t reach,
                        std::int64_t stride) {
  const std::int64_t room = saturating_add(saturating_add(extent, before), after) - reach;
  return room < 0 ? 0 : room / stride + 1;
}

void same_axis(std::int64_t extent, std::int64_t reach, std::int64_t stride, std::int64_t& before,
               std::int64_t& after) {
  const std::int64_t out = (extent + stride - 1) / stride;
  const std::int64_t total = std::max<std::int64_t>((out - 1) * stride + reach - extent, 0);
  before = total / 2;
  after = total - before;
}

}  // namespace

std::int64_t Window::out_h(std::int64_t h) const {
  return out_extent(h, padding.top, padding.bottom, reach_h(), stride.h);
}

std::int64_t Window::out_w(std::int64_t w) const {
  return out_extent(w, padding.left, padding.right, reach_w(), stride.w);
}

std::string Window::formula(std::int64_t extent, std::int64_t before, std::int64_t after, std::int64_t kernel,
                            std::int64_t stride, std::int64_t dilation) {
  const std::int64_t room = extent + before + after - dilation * (kernel - 1) - 1;
  const std::int64_t out = room < 0 ? 0 : room / stride + 1;
  const auto n = [](std::int64_t v) { return std::to_string(v); };
  return "floor((" + n(extent) + " + " + n(before) + " + " + n(after) + " - " + n(dilation) + "*(" + n(kernel) +
         " - 1) - 1) / " + n(stride) +
         ") + 1 = " + (room < 0 ? "floor(" + n(room) + " / " + n(stride) + ") + 1, less than 1" : n(out));
}

Result<Pair> Window::out(std::int64_t h, std::int64_t w) const {
  const Pair result{out_h(h), out_w(w)};
  if (result.h < 1) {
    return shape_error("the window is taller than the padded input: output rows = " +
                       formula(h, padding.top, padding.bottom, kernel.h, stride.h, dilation.h));
  }
  if (result.w < 1) {
    return shape_error("the window is wider than the padded input: output columns = " +
                       formula(w, padding.left, padding.right, kernel.w, stride.w, dilation.w));
  }
  return result;
}

Padding resolve(PaddingRule rule, const Padding& zeros, const Window& window, std::int64_t h, std::int64_t w) {
  switch (rule) {
    case PaddingRule::zeros: return zeros;
    case PaddingRule::valid: return {};
    case PaddingRule::full: {
      const std::int64_t rows = window.reach_h() - 1;
      const std::int64_t columns = window.reach_w() - 1;
      return {rows, columns, rows, columns};
    }
    case PaddingRule::same: {
      Padding p;
      same_axis(h, window.reach_h(), window.stride.h, p.top, p.bottom);
      same_axis(w, window.reach_w(), window.stride.w, p.left, p.right);
      return p;
    }
  }
  return zeros;
}

Error shape_error(std::string message) { return {"shape", "", std::move(message)}; }

Status expect_rank(const Shape& x, int rank, const char* op) {
  if (x.rank() == rank) return Nothing{};
  const std::string wanted = rank == 4 ? "an image batch [N,C,H,W]" : "vectors [N,features]";
  const std::string hint = rank == 2 ? "; put a flatten before it" : "";
  return shape_error(std::string(op) + " needs " + wanted + ", found " + x.text() + hint);
}

}  // namespace backstep
