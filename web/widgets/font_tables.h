// Measures of the shipped faces in 1/2048 em.
#pragma once

#include <cstdint>
#include <span>

#include "web/widgets/font.h"

namespace backstep::ui {

inline constexpr float kTableUnits = 2048;

// `count` consecutive code points from `first`, their advances from `offset` on.
struct GlyphRun {
  std::uint16_t first;
  std::uint16_t count;
  std::uint16_t offset;
};

struct FaceTable {
  std::span<const GlyphRun> runs;  // sorted by code point
  std::span<const std::uint16_t> advances;
  std::uint16_t ascent;
  std::uint16_t descent;
  std::uint16_t cap_height;
  std::uint16_t x_height;
};

extern const FaceTable kFaceTables[kFaceCount];

}  // namespace backstep::ui
