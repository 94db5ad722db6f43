#include "web/gpu/shader_program.h"

#include <cstdio>

#include "web/gpu/shaders.h"  // generated from shaders/

namespace backstep::gpu {
namespace {

GLuint compile(GLenum type, std::string_view name) {
  const GLuint shader = glCreateShader(type);
  for (const shaders::Text& file : shaders::texts) {
    if (file.name != name) continue;
    const GLchar* text = file.text.data();
    const auto length = static_cast<GLint>(file.text.size());
    glShaderSource(shader, 1, &text, &length);
  }
  glCompileShader(shader);
  return shader;
}

void report(GLuint program, GLuint vertex, GLuint fragment) {
  GLchar log[512];
  for (const GLuint shader : {vertex, fragment}) {
    glGetShaderInfoLog(shader, sizeof log, nullptr, log);
    if (log[0] != 0) std::fprintf(stderr, "shader: %s\n", log);
  }
  glGetProgramInfoLog(program, sizeof log, nullptr, log);
  if (log[0] != 0) std::fprintf(stderr, "program: %s\n", log);
}

}  // namespace

GLuint link_program(std::string_view vertex_shader, std::string_view fragment_shader) {
  const GLuint vertex = compile(GL_VERTEX_SHADER, vertex_shader);
  const GLuint fragment = compile(GL_FRAGMENT_SHADER, fragment_shader);
  const GLuint program = glCreateProgram();
  glAttachShader(program, vertex);
  glAttachShader(program, fragment);
  glBindAttribLocation(program, kPosition, "position");
  glBindAttribLocation(program, kUv, "uv");
  glBindAttribLocation(program, kColour, "colour");
  glLinkProgram(program);

  GLint linked = GL_FALSE;
  glGetProgramiv(program, GL_LINK_STATUS, &linked);
  if (linked != GL_TRUE) report(program, vertex, fragment);
  glDeleteShader(vertex);
  glDeleteShader(fragment);
  return program;
}

}  // namespace backstep::gpu
