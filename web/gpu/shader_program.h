// A vertex and a fragment shader, linked.
#pragma once

#include <GLES3/gl3.h>

#include <string_view>

namespace backstep::gpu {

// Attributes of every program, so that all of them draw from the same vertex array.
inline constexpr GLuint kPosition = 0;
inline constexpr GLuint kUv = 1;
inline constexpr GLuint kColour = 2;

// Names are file names in shaders/. 0 and a line on the console when they do not compile, which tests would see; also
// while the context is lost, and then silently.
GLuint link_program(std::string_view vertex_shader, std::string_view fragment_shader);

}  // namespace backstep::gpu
