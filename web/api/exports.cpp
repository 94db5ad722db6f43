// The exported C functions, by the names listed in web/CMakeLists.txt. Their memory belongs to the caller.
#include <cstddef>
#include <cstdint>

#include "web/api/page_api.h"

namespace backstep::api {
namespace {

PageApi* program = nullptr;

// Bits of backstep_environment, the same in web/shell/environment.mjs.
constexpr unsigned kDark = 1;
constexpr unsigned kMoreContrast = 2;
constexpr unsigned kLessMotion = 4;
constexpr unsigned kCoarsePointer = 8;
constexpr unsigned kEmbedded = 16;
constexpr unsigned kBeside = 32;

}  // namespace

void bind(PageApi* the_program) { program = the_program; }

extern "C" {

void backstep_intent(const char* kind, const char* value) {
  if (program != nullptr) program->intent(kind, value);
}

void backstep_fail(const char* message) {
  if (program != nullptr) program->fail(message);
}

void backstep_address(const char* json) {
  if (program != nullptr) program->address(json);
}

void backstep_write_address() {
  if (program != nullptr) program->write_address();
}

void backstep_picture(const std::uint8_t* rgba, int width, int height, const char* name) {
  if (program == nullptr || width <= 0 || height <= 0) return;
  program->picture({rgba, static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4}, width, height, name);
}

void backstep_file(const char* kind, const std::uint8_t* bytes, std::size_t size, const char* name) {
  if (program != nullptr) program->file(kind, {bytes, size}, name);
}

void backstep_resize(int width, int height, double pixel_ratio) {
  if (program != nullptr && width > 0 && height > 0 && pixel_ratio > 0) program->resize(width, height, pixel_ratio);
}

void backstep_environment(unsigned bits) {
  if (program == nullptr) return;
  program->environment({.dark = (bits & kDark) != 0,
                        .more_contrast = (bits & kMoreContrast) != 0,
                        .less_motion = (bits & kLessMotion) != 0,
                        .coarse_pointer = (bits & kCoarsePointer) != 0,
                        .embedded = (bits & kEmbedded) != 0,
                        .beside = (bits & kBeside) != 0});
}

void backstep_show(int visible) {
  if (program != nullptr) program->show(visible != 0);
}

void backstep_focus(int focused) {
  if (program != nullptr) program->focus(focused != 0);
}

int backstep_takes_press(double x, double y) {
  return program != nullptr && program->takes_press(static_cast<float>(x), static_cast<float>(y)) ? 1 : 0;
}

// One side of an area's place: x, y, width, height.
double backstep_place_of(const char* area, int index, int side) {
  if (program == nullptr || index < 0) return 0;
  const PageApi::Place place = program->place_of(area, static_cast<std::uint64_t>(index));
  return static_cast<double>(side == 0 ? place.x : side == 1 ? place.y : side == 2 ? place.w : place.h);
}

int backstep_takes_digits() { return program != nullptr && program->takes_digits() ? 1 : 0; }

int backstep_takes_wheel(double x, double y) {
  return program != nullptr && program->takes_wheel(static_cast<float>(x), static_cast<float>(y)) ? 1 : 0;
}

}  // extern "C"
}  // namespace backstep::api
