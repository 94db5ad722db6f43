// The kernels that everybody knows.
#include "web/app/kernel_patterns.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "web/app/cell_actions.h"
#include "web/app/update.h"

using namespace backstep;
using namespace backstep::app;

namespace {

using Values = std::vector<float>;

Values pattern(std::string_view name, std::int64_t rows, std::int64_t cols) {
  const auto out = kernel_pattern(name, rows, cols, 1);
  REQUIRE(out);
  return *out;
}

double sum(const Values& values) {
  double out = 0.0;
  for (const float v : values) out += static_cast<double>(v);
  return out;
}

}  // namespace

TEST_CASE("kernels of 3x3 are those of every textbook") {
  CHECK(pattern("identity", 3, 3) == Values{0, 0, 0, 0, 1, 0, 0, 0, 0});
  CHECK(pattern("gaussian", 3, 3) ==
        Values{1 / 16.0F, 2 / 16.0F, 1 / 16.0F, 2 / 16.0F, 4 / 16.0F, 2 / 16.0F, 1 / 16.0F, 2 / 16.0F, 1 / 16.0F});
  CHECK(pattern("sobel-x", 3, 3) == Values{-1, 0, 1, -2, 0, 2, -1, 0, 1});
  CHECK(pattern("sobel-y", 3, 3) == Values{-1, -2, -1, 0, 0, 0, 1, 2, 1});
  CHECK(pattern("laplacian", 3, 3) == Values{0, 1, 0, 1, -4, 1, 0, 1, 0});
  CHECK(pattern("emboss", 3, 3) == Values{-2, -1, 0, -1, 1, 1, 0, 1, 2});
  CHECK(pattern("sharpen", 3, 3) == Values{0, -1, 0, -1, 5, -1, 0, -1, 0});
}

TEST_CASE("kernels of other sizes: blurs sum to one, edges to zero, small ones are not offered what they cannot hold") {
  for (std::int64_t rows = 1; rows <= 7; ++rows) {
    for (std::int64_t cols = 1; cols <= 7; ++cols) {
      CAPTURE(rows);
      CAPTURE(cols);
      for (const KernelPattern& p : kernel_patterns()) {
        const auto values = kernel_pattern(p.name, rows, cols, 1);
        if (values) CHECK(values->size() == static_cast<std::size_t>(rows * cols));
      }
      // 49 roundings of numbers below 1.
      CHECK(std::abs(sum(pattern("box", rows, cols)) - 1.0) < 49 * 0x1p-24);
      CHECK(std::abs(sum(pattern("gaussian", rows, cols)) - 1.0) < 49 * 0x1p-24);
      CHECK(sum(pattern("identity", rows, cols)) == 1.0);
      CHECK(kernel_pattern("sobel-x", rows, cols, 1).has_value() == (cols >= 2));
      if (cols >= 2) CHECK(sum(pattern("sobel-x", rows, cols)) == 0.0);
      CHECK(kernel_pattern("laplacian", rows, cols, 1).has_value() == (rows >= 3 && cols >= 3));
    }
  }
  CHECK(pattern("sobel-x", 1, 5) == Values{-1, -2, 0, 2, 1});
  CHECK_FALSE(kernel_pattern("no such", 3, 3, 1));
}

TEST_CASE("a random kernel is its seed's") {
  CHECK(*kernel_pattern("random", 3, 3, 5) == *kernel_pattern("random", 3, 3, 5));
  CHECK(*kernel_pattern("random", 3, 3, 5) != *kernel_pattern("random", 3, 3, 6));
}

TEST_CASE("a pattern fills one plane of a layer's kernels, undoably, and is offered in the cell's menu") {
  Model model = initial_model();
  update(model, LoadPreset{"tiny-cnn"});
  const std::string hash = model.hash;
  const CellAt cell{0, Slot::w, 9 + 4};
  update(model, OpenMenu{cell});
  const auto entries = menu_actions(model);
  const auto fill =
      std::find_if(entries.begin(), entries.end(), [](const CellAction& a) { return a.label == "Fill the kernel…"; });
  REQUIRE(fill != entries.end());
  update(model, ChooseInMenu{static_cast<int>(fill - entries.begin())});
  REQUIRE(model.state.kernels);
  REQUIRE(menu_actions(model).size() == kernel_patterns().size());
  update(model, ChooseInMenu{3});
  CHECK_FALSE(model.state.menu);
  const Tensor before = preset_scene("tiny-cnn")->problem.parameters->layers[0].w;
  const Tensor& after = model.state.scene.problem.parameters->layers[0].w;
  const Values sobel = pattern("sobel-x", 3, 3);
  for (std::int64_t i = 0; i < after.count(); ++i) {
    CHECK(after[i] == (i >= 9 && i < 18 ? sobel[static_cast<std::size_t>(i - 9)] : before[i]));
  }
  update(model, Undo{});
  CHECK(model.hash == hash);
}
