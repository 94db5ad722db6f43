// What the page's JavaScript may ask of the program: the C++ side of web/shell/program.mjs. main.cpp implements it.
//
// Everything crosses this border as text, bytes and numbers, and nothing of it is trusted.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace backstep::api {

// How things are to be shown: what the reader's system asks for, and where.
struct Environment {
  bool dark = false;
  bool more_contrast = false;
  bool less_motion = false;
  bool coarse_pointer = false;
  bool embedded = false;  // in another page, which has a header of its own
  bool beside = false;    // a text stands beside the canvas that says what the tour's card would, with Next and Back
};

class PageApi {
 public:
  // A control of the mirror was used: its kind and its value as text ("next" "", "grain" "cell", "seek" "12").
  virtual void intent(std::string_view kind, std::string_view value) = 0;
  // Something outside the program went wrong, a file that cannot be read: a sentence to show.
  virtual void fail(std::string_view message) = 0;
  // The page's address as a JSON object of strings, at start and whenever it changes.
  virtual void address(std::string_view json) = 0;
  // Asks for page::address(): a scene of its own is a long text, and is written only when the address is.
  virtual void write_address() = 0;
  // A decoded picture, RGBA rows from the top, alpha not premultiplied.
  virtual void picture(std::span<const std::uint8_t> rgba, int width, int height, std::string_view name) = 0;
  // A file that was dropped or chosen: `kind` is "scene" or "weights".
  virtual void file(std::string_view kind, std::span<const std::uint8_t> bytes, std::string_view name) = 0;
  // The canvas in device pixels, and how many of them there are in a CSS pixel.
  virtual void resize(int width, int height, double pixel_ratio) = 0;
  virtual void environment(const Environment& environment) = 0;
  // Whether the canvas can be seen at all.
  virtual void show(bool visible) = 0;
  // Whether the canvas has the keyboard.
  virtual void focus(bool focused) = 0;
  // Whether something can be dragged or held at this point, in CSS pixels: then a finger there does not move the page.
  virtual bool takes_press(float x, float y) = 0;
  // Whether something at this point scrolls or is enlarged by the wheel, in CSS pixels.
  virtual bool takes_wheel(float x, float y) = 0;
  // Where the area of that name is drawn, in CSS pixels of the canvas; empty where it is not.
  struct Place {
    float x = 0, y = 0, w = 0, h = 0;
  };
  virtual Place place_of(std::string_view area, std::uint64_t index) = 0;
  // Whether a number is asked for, and typed digits are an answer.
  virtual bool takes_digits() = 0;

 protected:
  ~PageApi() = default;
};

// The one program behind the exported C functions; null before it runs, when they do nothing.
void bind(PageApi* program);

}  // namespace backstep::api
