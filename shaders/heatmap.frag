#version 300 es
// A plane of floats as coloured cells. The floats are on the GPU as they are; colour is decided for each pixel here, by
// the rule of web/widgets/colour.h (map_index).
precision highp float;
precision highp int;
precision highp sampler2D;

uniform sampler2D values;      // row-major, wrapped into texture rows of `stride` values
uniform sampler2D colour_map;  // 256 entries, the zero at 128
uniform int stride;
uniform ivec2 cells;           // columns, rows
uniform float scale;           // the ends of the map are -scale and +scale
uniform int known;             // cells from this index on have no value yet
uniform vec4 not_finite;       // fill of NaN and infinities
uniform vec2 size;             // of the whole plane in device pixels
uniform float radius;          // of its corners

in vec2 frag_uv;
in vec4 frag_colour;

out vec4 pixel;

// How much of the pixel lies inside the rounded rectangle.
float inside_corners(vec2 at) {
  vec2 beyond = abs(at - size * 0.5) - (size * 0.5 - radius);
  float distance = length(max(beyond, 0.0)) + min(max(beyond.x, beyond.y), 0.0) - radius;
  return clamp(0.5 - distance, 0.0, 1.0);
}

bool is_finite(float value) {
  // By its bits: compilers may take a comparison of a value with itself for true.
  return (floatBitsToUint(value) & 0x7fffffffu) < 0x7f800000u;
}

void main() {
  ivec2 cell = min(ivec2(frag_uv * vec2(cells)), cells - 1);
  int index = cell.y * cells.x + cell.x;
  if (index >= known) discard;

  float value = texelFetch(values, ivec2(index % stride, index / stride), 0).r;
  float entry = scale > 0.0 ? 128.0 + 127.0 * clamp(value / scale, -1.0, 1.0) : 128.0;
  vec4 fill = is_finite(value) ? texelFetch(colour_map, ivec2(int(entry + 0.5), 0), 0) : not_finite;
  pixel = vec4(fill.rgb, fill.a * frag_colour.a * inside_corners(frag_uv * size));
}
