// Every glyph on screen, rasterised at exactly the size and sub-pixel position it is drawn at.
//
// A fixed set of baked sizes would blur all others, and the page has many: numbers fit their cells, cells fit the
// window, and the device pixel ratio changes with the browser's zoom. So glyphs are made when they are first drawn.
// The atlas also holds a full pixel, from which shapes are filled: text and shapes share one texture and one draw call.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "web/widgets/font.h"

struct stbtt_fontinfo;

namespace backstep::gpu {

struct Glyph {
  std::int16_t x = 0;  // from the pen, rounded down to a whole pixel, to the left edge; device pixels
  std::int16_t y = 0;  // from the baseline to the top edge, negative upwards
  std::uint16_t width = 0;
  std::uint16_t height = 0;
  std::uint16_t atlas_x = 0;
  std::uint16_t atlas_y = 0;
};

class GlyphAtlas {
 public:
  GlyphAtlas();
  ~GlyphAtlas();
  GlyphAtlas(const GlyphAtlas&) = delete;
  GlyphAtlas& operator=(const GlyphAtlas&) = delete;

  // Distance to the next pen position in em.
  float advance(ui::Face face, std::uint32_t code_point);
  // The glyph for a pen at `pen_x` device pixels, of which only the part behind the point matters. Null while the atlas
  // is full.
  const Glyph* find(ui::Face face, float em_pixels, std::uint32_t code_point, float pen_x);

  // Whether a glyph found no room; make_room() starts anew, which must not happen while a frame refers to glyphs.
  bool overflowed() const { return overflowed_; }
  void make_room();

  // Coverage, one byte a pixel.
  std::span<const unsigned char> pixels() const { return pixels_; }
  int width() const { return kWidth; }
  int height() const { return height_; }
  // Centre of a pixel that is wholly covered.
  static constexpr float kFullX = 1.5F;
  static constexpr float kFullY = 1.5F;

  // Rows changed since the last call; begin == end when there are none.
  struct Rows {
    int begin = 0;
    int end = 0;
  };
  Rows take_changed_rows();
  void mark_all_changed() { changed_ = {0, height_}; }

 private:
  struct Shelf {  // glyphs of about the same height, side by side
    int y;
    int height;
    int x;  // where the next one goes
  };
  struct Outline {
    int index;      // glyph number in the font file
    float advance;  // em
  };

  const Outline& outline(ui::Face face, std::uint32_t code_point);
  bool place(int width, int height, int* x, int* y);
  void clear();

  static constexpr int kWidth = 1024;
  static constexpr int kFirstHeight = 512;
  static constexpr int kLastHeight = 4096;
  static constexpr int kSubPixels = 4;    // pen positions told apart within a pixel
  static constexpr float kSizeSteps = 4;  // sizes told apart within a pixel

  std::array<std::unique_ptr<stbtt_fontinfo>, ui::kFaceCount> fonts_;
  std::unordered_map<std::uint64_t, Outline> outlines_;
  std::unordered_map<std::uint64_t, Glyph> glyphs_;
  std::vector<Shelf> shelves_;
  int shelves_end_ = 0;
  std::vector<unsigned char> pixels_;
  int height_ = kFirstHeight;
  Rows changed_;
  bool overflowed_ = false;
};

}  // namespace backstep::gpu
