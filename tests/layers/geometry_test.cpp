#include "engine/layers/geometry.h"

#include "tests/engine/support.h"

using namespace backstep;

TEST_CASE("geometry: output sizes round down, and the formula shows its numbers") {
  Window window{{3, 3}, {2, 2}, {1, 1}, {1, 1, 1, 1}};
  CHECK(window.out_h(224) == 112);
  CHECK(window.out_h(6) == 3);
  CHECK(window.out_h(7) == 4);
  CHECK(Window::formula(6, 0, 0, 3, 1, 1) == "floor((6 + 0 + 0 - 1*(3 - 1) - 1) / 1) + 1 = 4");
  CHECK(Window::formula(224, 3, 3, 7, 2, 1) == "floor((224 + 3 + 3 - 1*(7 - 1) - 1) / 2) + 1 = 112");
  window.dilation = {3, 1};
  CHECK(window.reach_h() == 7);
  CHECK(window.out_h(5) == 1);
  CHECK(window.out_h(4) == 0);
  const auto refused = window.out(4, 9);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("taller than the padded input") != std::string::npos);
  CHECK_FALSE(Window{{1, 4}, {1, 1}, {1, 1}, {}}.out(9, 3));
}

TEST_CASE("geometry: extents near the end of 64 bits saturate instead of wrapping") {
  const Window window{{3, 3}, {1, 1}, {1, 1}, {1, 1, 1, 1}};
  CHECK(window.out_h(INT64_MAX - 1) > 0);
}
