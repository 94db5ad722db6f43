#include "web/gpu/renderer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "web/gpu/shader_program.h"

namespace backstep::gpu {
namespace {

static_assert(sizeof(ImDrawIdx) == 4, "drawn as GL_UNSIGNED_INT");

const void* offset(std::size_t bytes) { return reinterpret_cast<const void*>(bytes); }

void clear(const ui::Colour& colour) {
  glClearColor(static_cast<float>(colour.r) / 255, static_cast<float>(colour.g) / 255,
               static_cast<float>(colour.b) / 255, 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace

void Renderer::create(GlyphAtlas& atlas, Heatmaps& heatmaps) {
  program_ = link_program("canvas.vert", "canvas.frag");
  canvas_size_ = glGetUniformLocation(program_, "canvas_size");

  glGenVertexArrays(1, &vertex_array_);
  glGenBuffers(1, &vertices_);
  glGenBuffers(1, &indices_);
  glBindVertexArray(vertex_array_);
  glBindBuffer(GL_ARRAY_BUFFER, vertices_);
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_);
  for (const GLuint attribute : {kPosition, kUv, kColour}) glEnableVertexAttribArray(attribute);
  glVertexAttribPointer(kPosition, 2, GL_FLOAT, GL_FALSE, sizeof(ImDrawVert), offset(offsetof(ImDrawVert, pos)));
  glVertexAttribPointer(kUv, 2, GL_FLOAT, GL_FALSE, sizeof(ImDrawVert), offset(offsetof(ImDrawVert, uv)));
  glVertexAttribPointer(kColour, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(ImDrawVert), offset(offsetof(ImDrawVert, col)));

  glGenTextures(1, &atlas_texture_);
  glBindTexture(GL_TEXTURE_2D, atlas_texture_);
  // Glyphs lie on whole pixels: nearest is exact.
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  atlas_height_ = 0;
  atlas.mark_all_changed();
  heatmaps.create();
}

void Renderer::upload_atlas(GlyphAtlas& atlas) {
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, atlas_texture_);
  if (atlas_height_ != atlas.height()) {
    atlas_height_ = atlas.height();
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, atlas.width(), atlas_height_, 0, GL_RED, GL_UNSIGNED_BYTE, nullptr);
  }
  const GlyphAtlas::Rows rows = atlas.take_changed_rows();
  if (rows.begin == rows.end) return;
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, rows.begin, atlas.width(), rows.end - rows.begin, GL_RED, GL_UNSIGNED_BYTE,
                  atlas.pixels().data() + rows.begin * atlas.width());
}

void Renderer::use_atlas(float width, float height) const {
  glUseProgram(program_);
  glUniform2f(canvas_size_, width, height);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, atlas_texture_);
}

void Renderer::draw(const ImDrawList& list, int width, int height, const ui::Theme& theme, GlyphAtlas& atlas,
                    Heatmaps& heatmaps) {
  upload_atlas(atlas);
  glViewport(0, 0, width, height);
  glDisable(GL_SCISSOR_TEST);
  clear(theme.ground);

  glEnable(GL_SCISSOR_TEST);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glBindVertexArray(vertex_array_);
  glBindBuffer(GL_ARRAY_BUFFER, vertices_);
  glBufferData(GL_ARRAY_BUFFER, list.VtxBuffer.size_in_bytes(), list.VtxBuffer.Data, GL_STREAM_DRAW);
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, list.IdxBuffer.size_in_bytes(), list.IdxBuffer.Data, GL_STREAM_DRAW);

  const auto canvas_width = static_cast<float>(width);
  const auto canvas_height = static_cast<float>(height);
  bool atlas_in_use = false;
  for (const ImDrawCmd& command : list.CmdBuffer) {
    const int left = std::max(0, static_cast<int>(command.ClipRect.x));
    const int top = std::max(0, static_cast<int>(command.ClipRect.y));
    const int right = std::min(width, static_cast<int>(command.ClipRect.z));
    const int bottom = std::min(height, static_cast<int>(command.ClipRect.w));
    if (command.ElemCount == 0 || right <= left || bottom <= top) continue;
    glScissor(left, height - bottom, right - left, bottom - top);

    const auto texture = reinterpret_cast<std::uintptr_t>(command.GetTexID());
    if (texture != 0) {
      heatmaps.use(static_cast<int>(texture) - 1, theme, canvas_width, canvas_height);
    } else if (!atlas_in_use) {
      use_atlas(canvas_width, canvas_height);
    }
    atlas_in_use = texture == 0;
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), GL_UNSIGNED_INT,
                   offset(command.IdxOffset * sizeof(ImDrawIdx)));
  }
}

}  // namespace backstep::gpu
