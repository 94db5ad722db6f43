// Draws one frame's ImGui draw list: shapes and text from the glyph atlas, heat maps by their own program.
#pragma once

#include <GLES3/gl3.h>
#include <imgui.h>

#include "web/gpu/glyph_atlas.h"
#include "web/gpu/heatmaps.h"
#include "web/widgets/colour.h"

namespace backstep::gpu {

class Renderer {
 public:
  // All GL objects, at start and again after a lost context has come back.
  void create(GlyphAtlas& atlas, Heatmaps& heatmaps);
  // A command's texture is 0 for the atlas, else the number of a heat map + 1.
  void draw(const ImDrawList& list, int width, int height, const ui::Theme& theme, GlyphAtlas& atlas,
            Heatmaps& heatmaps);

 private:
  void upload_atlas(GlyphAtlas& atlas);
  void use_atlas(float width, float height) const;

  GLuint program_ = 0;
  GLint canvas_size_ = -1;
  GLuint vertex_array_ = 0;
  GLuint vertices_ = 0;
  GLuint indices_ = 0;
  GLuint atlas_texture_ = 0;
  int atlas_height_ = 0;
};

}  // namespace backstep::gpu
