// The canvas as an SDL window, and a WebGL2 context on it.
#pragma once

#include <SDL.h>
#include <emscripten/html5.h>

namespace backstep::platform {

// Told when the GPU takes the context away (a driver reset, too many contexts in the page) and gives it back. All GL
// objects are gone then; nothing else is.
class ContextListener {
 public:
  virtual void context_lost() = 0;
  virtual void context_restored() = 0;

 protected:
  ~ContextListener() = default;
};

class Window {
 public:
  Window() = default;
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Takes over the element #canvas. False when the browser gives no WebGL2.
  bool open(ContextListener& listener);
  // Size of the canvas in device pixels, as the page measured it.
  void resize(int width, int height);
  bool context_is_lost() const;
  // The hand over what can be pressed, else the arrow.
  void show_hand(bool hand);

 private:
  bool open_context(ContextListener& listener);

  SDL_Window* window_ = nullptr;
  SDL_Cursor* arrow_ = nullptr;
  SDL_Cursor* hand_ = nullptr;
  bool hand_shown_ = false;
  EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context_ = 0;
};

}  // namespace backstep::platform
