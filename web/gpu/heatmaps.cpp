#include "web/gpu/heatmaps.h"

#include <algorithm>

#include "web/gpu/shader_program.h"

namespace backstep::gpu {
namespace {

// Every WebGL2 has textures of at least 2048 x 2048. Planes are wrapped into rows of this many values, so that a plane
// of one very long row fits too.
constexpr int kRowLength = 2048;
constexpr std::size_t kMostValues = std::size_t{kRowLength} * kRowLength;
// A plane that was not drawn for so many frames gives its texture back.
constexpr std::uint32_t kFramesKept = 600;

GLuint make_texture() {
  GLuint texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  // Read texel by texel; but a texture that asks for mipmaps it does not have is no texture.
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  return texture;
}

}  // namespace

void Heatmaps::create() {
  planes_.clear();
  drawings_.clear();
  map_theme_ = nullptr;
  map_texture_ = make_texture();
  program_ = link_program("canvas.vert", "heatmap.frag");
  // In the order of Uniform.
  constexpr std::array<const char*, kUniforms> kNames = {"canvas_size", "values", "colour_map", "stride", "cells",
                                                         "scale",       "known",  "not_finite", "size",   "radius"};
  for (std::size_t i = 0; i < kNames.size(); ++i) uniforms_[i] = glGetUniformLocation(program_, kNames[i]);
}

void Heatmaps::begin_frame() {
  drawings_.clear();
  ++frame_;
  drop_unused();
}

void Heatmaps::drop_unused() {
  std::erase_if(planes_, [this](const auto& entry) {
    if (frame_ - entry.second.last_frame <= kFramesKept) return false;
    glDeleteTextures(1, &entry.second.texture);
    return true;
  });
}

int Heatmaps::add(const ui::TensorImage& image, float width_pixels, float height_pixels, float radius_pixels) {
  Plane& plane = planes_[image.key];
  if (plane.texture == 0 || plane.version != image.version || plane.count != image.values.size()) upload(plane, image);
  plane.last_frame = frame_;
  const auto known = std::clamp<std::int64_t>(image.known, 0, static_cast<std::int64_t>(plane.count));
  drawings_.push_back({plane.texture, image.w, image.h, image.scale, static_cast<int>(known), width_pixels,
                       height_pixels, std::min(radius_pixels, std::min(width_pixels, height_pixels) / 2)});
  return static_cast<int>(drawings_.size()) - 1;
}

void Heatmaps::upload(Plane& plane, const ui::TensorImage& image) {
  const std::size_t count = std::min(image.values.size(), kMostValues);
  const auto full_rows = static_cast<GLsizei>(count / kRowLength);
  const auto rest = static_cast<GLsizei>(count % kRowLength);
  if (plane.texture == 0) {
    plane.texture = make_texture();
  } else {
    glBindTexture(GL_TEXTURE_2D, plane.texture);
  }
  if (plane.count != count) {
    const GLsizei width = full_rows > 0 ? kRowLength : std::max(rest, 1);
    const GLsizei height = full_rows + (rest > 0 || full_rows == 0 ? 1 : 0);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R32F, width, height, 0, GL_RED, GL_FLOAT, nullptr);
  }
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  if (full_rows > 0) {
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, kRowLength, full_rows, GL_RED, GL_FLOAT, image.values.data());
  }
  if (rest > 0) {
    const float* last = image.values.data() + static_cast<std::size_t>(full_rows) * kRowLength;
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, full_rows, rest, 1, GL_RED, GL_FLOAT, last);
  }
  plane.version = image.version;
  plane.count = count;
}

void Heatmaps::upload_map(const ui::Theme& theme) {
  static_assert(sizeof(ui::ColourMap) == 4 * ui::kMapSize, "uploaded as RGBA bytes");
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, ui::kMapSize, 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, theme.map.data());
  map_theme_ = &theme;
}

void Heatmaps::use(int number, const ui::Theme& theme, float canvas_width, float canvas_height) {
  const Drawing& drawing = drawings_[static_cast<std::size_t>(number)];
  glUseProgram(program_);
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, map_texture_);
  if (map_theme_ != &theme) upload_map(theme);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, drawing.texture);

  const ui::Colour bad = theme.not_finite;
  glUniform2f(uniforms_[kCanvasSize], canvas_width, canvas_height);
  glUniform1i(uniforms_[kValues], 0);
  glUniform1i(uniforms_[kColourMap], 1);
  glUniform1i(uniforms_[kStride], kRowLength);
  glUniform2i(uniforms_[kCells], drawing.columns, drawing.rows);
  glUniform1f(uniforms_[kScale], drawing.scale);
  glUniform1i(uniforms_[kKnown], drawing.known);
  glUniform4f(uniforms_[kNotFinite], static_cast<float>(bad.r) / 255, static_cast<float>(bad.g) / 255,
              static_cast<float>(bad.b) / 255, 1);
  glUniform2f(uniforms_[kSize], drawing.width, drawing.height);
  glUniform1f(uniforms_[kRadius], drawing.radius);
}

}  // namespace backstep::gpu
