// Tensor planes as R32F textures, kept from frame to frame, and drawn through the colour map by shaders/heatmap.frag.
#pragma once

#include <GLES3/gl3.h>

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "web/widgets/colour.h"
#include "web/widgets/painter.h"

namespace backstep::gpu {

class Heatmaps {
 public:
  // Makes the program and forgets every texture: at start, and after a lost context has come back.
  void create();
  void begin_frame();

  // Uploads what changed and notes the drawing; returns its number within this frame.
  int add(const ui::TensorImage& image, float width_pixels, float height_pixels, float radius_pixels);
  // Binds program, textures and uniforms of drawing `number`. Its vertices carry uv 0..1 over the plane.
  void use(int number, const ui::Theme& theme, float canvas_width, float canvas_height);

 private:
  struct Plane {
    GLuint texture = 0;
    std::uint64_t version = 0;
    std::size_t count = 0;  // values
    std::uint32_t last_frame = 0;
  };
  struct Drawing {
    GLuint texture;
    int columns, rows;
    float scale;
    int known;
    float width, height, radius;  // device pixels
  };
  enum Uniform {
    kCanvasSize,
    kValues,
    kColourMap,
    kStride,
    kCells,
    kScale,
    kKnown,
    kNotFinite,
    kSize,
    kRadius,
    kUniforms
  };

  void upload(Plane& plane, const ui::TensorImage& image);
  void upload_map(const ui::Theme& theme);
  void drop_unused();

  std::unordered_map<std::uint64_t, Plane> planes_;
  std::vector<Drawing> drawings_;
  std::uint32_t frame_ = 0;
  GLuint program_ = 0;
  std::array<GLint, kUniforms> uniforms_{};
  GLuint map_texture_ = 0;
  const ui::Theme* map_theme_ = nullptr;
};

}  // namespace backstep::gpu
