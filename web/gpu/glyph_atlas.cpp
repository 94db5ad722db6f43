#include "web/gpu/glyph_atlas.h"

#include <imstb_truetype.h>

#include <algorithm>
#include <cmath>

#include "web/gpu/font_data.h"

namespace backstep::gpu {

GlyphAtlas::GlyphAtlas() {
  for (int i = 0; i < ui::kFaceCount; ++i) {
    auto font = std::make_unique<stbtt_fontinfo>();
    // The files are part of this binary: a failure is a broken build, and its text stays away.
    if (stbtt_InitFont(font.get(), font_data(static_cast<ui::Face>(i)).data(), 0) != 0) {
      fonts_[static_cast<std::size_t>(i)] = std::move(font);
    }
  }
  clear();
}

GlyphAtlas::~GlyphAtlas() = default;

void GlyphAtlas::clear() {
  glyphs_.clear();
  shelves_.clear();
  pixels_.assign(static_cast<std::size_t>(kWidth) * static_cast<std::size_t>(height_), 0);
  for (int y = 0; y < 3; ++y) std::fill_n(pixels_.begin() + y * kWidth, 3, static_cast<unsigned char>(255));
  shelves_end_ = 4;
  overflowed_ = false;
  mark_all_changed();
}

void GlyphAtlas::make_room() {
  height_ = std::min(height_ * 2, kLastHeight);
  clear();
}

GlyphAtlas::Rows GlyphAtlas::take_changed_rows() {
  const Rows rows = changed_;
  changed_ = {};
  return rows;
}

const GlyphAtlas::Outline& GlyphAtlas::outline(ui::Face face, std::uint32_t code_point) {
  const auto [entry, is_new] = outlines_.try_emplace(static_cast<std::uint64_t>(face) << 32 | code_point);
  const stbtt_fontinfo* font = fonts_[static_cast<std::size_t>(face)].get();
  if (is_new && font != nullptr) {
    int advance = 0;
    const int index = stbtt_FindGlyphIndex(font, static_cast<int>(code_point));
    stbtt_GetGlyphHMetrics(font, index, &advance, nullptr);
    entry->second = {index, static_cast<float>(advance) * stbtt_ScaleForMappingEmToPixels(font, 1)};
  }
  return entry->second;
}

float GlyphAtlas::advance(ui::Face face, std::uint32_t code_point) { return outline(face, code_point).advance; }

bool GlyphAtlas::place(int width, int height, int* x, int* y) {
  const int shelf_height = (height + 3) / 4 * 4;  // few kinds of shelves, little wasted
  for (Shelf& shelf : shelves_) {
    if (shelf.height == shelf_height && shelf.x + width <= kWidth) {
      *x = shelf.x;
      *y = shelf.y;
      shelf.x += width;
      return true;
    }
  }
  if (width > kWidth || shelves_end_ + shelf_height > height_) return false;
  shelves_.push_back({shelves_end_, shelf_height, width});
  *x = 0;
  *y = shelves_end_;
  shelves_end_ += shelf_height;
  return true;
}

const Glyph* GlyphAtlas::find(ui::Face face, float em_pixels, std::uint32_t code_point, float pen_x) {
  const auto size = static_cast<std::uint32_t>(std::max(1.0F, std::round(em_pixels * kSizeSteps)));
  const auto shift = static_cast<std::uint32_t>((pen_x - std::floor(pen_x)) * kSubPixels);
  const std::uint64_t key = static_cast<std::uint64_t>(face) << 56 | static_cast<std::uint64_t>(shift) << 48 |
                            static_cast<std::uint64_t>(size) << 24 | code_point;
  if (const auto found = glyphs_.find(key); found != glyphs_.end()) return &found->second;

  const stbtt_fontinfo* font = fonts_[static_cast<std::size_t>(face)].get();
  if (font == nullptr) return nullptr;
  const int index = outline(face, code_point).index;
  const float scale = stbtt_ScaleForMappingEmToPixels(font, static_cast<float>(size) / kSizeSteps);
  const float shift_x = static_cast<float>(shift) / kSubPixels;
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  stbtt_GetGlyphBitmapBoxSubpixel(font, index, scale, scale, shift_x, 0, &left, &top, &right, &bottom);

  Glyph glyph{static_cast<std::int16_t>(left), static_cast<std::int16_t>(top), 0, 0, 0, 0};
  if (right > left && bottom > top) {
    int x = 0;
    int y = 0;
    // No gap between glyphs: they are drawn pixel by pixel, so no neighbour is ever sampled.
    if (!place(right - left, bottom - top, &x, &y)) {
      overflowed_ = true;
      return nullptr;
    }
    stbtt_MakeGlyphBitmapSubpixel(font, pixels_.data() + y * kWidth + x, right - left, bottom - top, kWidth, scale,
                                  scale, shift_x, 0, index);
    glyph.width = static_cast<std::uint16_t>(right - left);
    glyph.height = static_cast<std::uint16_t>(bottom - top);
    glyph.atlas_x = static_cast<std::uint16_t>(x);
    glyph.atlas_y = static_cast<std::uint16_t>(y);
    changed_.begin = changed_.end == 0 ? y : std::min(changed_.begin, y);
    changed_.end = std::max(changed_.end, y + glyph.height);
  }
  return &glyphs_.emplace(key, glyph).first->second;
}

}  // namespace backstep::gpu
