#version 300 es
// One vertex of the draw list: position in device pixels from the top left corner, y down.
precision highp float;

uniform vec2 canvas_size;

in vec2 position;
in vec2 uv;
in vec4 colour;

out vec2 frag_uv;
out vec4 frag_colour;

void main() {
  frag_uv = uv;
  frag_colour = colour;
  vec2 clip = position / canvas_size * 2.0 - 1.0;
  gl_Position = vec4(clip.x, -clip.y, 0.0, 1.0);
}
