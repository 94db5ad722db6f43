#version 300 es
// Shapes and text alike: the vertex colour, as opaque as the atlas says. Shapes sample the atlas where it is full.
precision mediump float;

uniform sampler2D atlas;

in vec2 frag_uv;
in vec4 frag_colour;

out vec4 pixel;

void main() {
  pixel = vec4(frag_colour.rgb, frag_colour.a * texture(atlas, frag_uv).r);
}
