#include "web/platform/window.h"

#include <emscripten/emscripten.h>

namespace backstep::platform {
namespace {

// SDL looks the canvas up by this selector too.
constexpr const char* kCanvas = "#canvas";

}  // namespace

bool Window::open(ContextListener& listener) {
  // Without it SDL hears the keys of the whole page and takes them from every text box in it.
  SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, kCanvas);
  // A finger is told apart from a mouse, and is not to be reported twice.
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return false;

  // Neither RESIZABLE nor ALLOW_HIGHDPI: SDL would size the canvas by the window's resize events and round on its own.
  // The page measures the canvas in device pixels and resize() sets exactly those; a window unit is a device pixel.
  // The title is the document's, and the size the canvas's: SDL sets them to what it is given.
  int width = 1, height = 1;
  emscripten_get_canvas_element_size(kCanvas, &width, &height);
  window_ = SDL_CreateWindow(emscripten_get_window_title(), 0, 0, width, height, 0);
  if (window_ == nullptr) return false;
  // SDL's listener for leaving the page does nothing for us and keeps the page out of the back/forward cache.
  emscripten_set_beforeunload_callback(nullptr, nullptr);
  SDL_StartTextInput();
  arrow_ = SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_ARROW);
  hand_ = SDL_CreateSystemCursor(SDL_SYSTEM_CURSOR_HAND);
  return open_context(listener);
}

// Not through SDL, whose way to WebGL leads through an imitation of EGL that does not tell of lost contexts. The page
// has made the context already, with these attributes (openContext in web/shell/canvas.mjs): here it gets its handle.
bool Window::open_context(ContextListener& listener) {
  EmscriptenWebGLContextAttributes attributes;
  emscripten_webgl_init_context_attributes(&attributes);
  attributes.majorVersion = 2;
  attributes.alpha = false;
  attributes.depth = false;
  attributes.antialias = false;  // shapes bring their own soft edges
  attributes.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
  attributes.enableExtensionsByDefault = false;
  context_ = emscripten_webgl_create_context(kCanvas, &attributes);
  if (context_ <= 0 || emscripten_webgl_make_context_current(context_) != EMSCRIPTEN_RESULT_SUCCESS) return false;

  // Answering true prevents the default, which is never to give the context back.
  emscripten_set_webglcontextlost_callback(kCanvas, &listener, false, [](int, const void*, void* user) {
    static_cast<ContextListener*>(user)->context_lost();
    return true;
  });
  emscripten_set_webglcontextrestored_callback(kCanvas, &listener, false, [](int, const void*, void* user) {
    static_cast<ContextListener*>(user)->context_restored();
    return true;
  });
  return true;
}

Window::~Window() {
  SDL_FreeCursor(arrow_);
  SDL_FreeCursor(hand_);
  if (window_ != nullptr) SDL_DestroyWindow(window_);
  SDL_Quit();
}

void Window::resize(int width, int height) { SDL_SetWindowSize(window_, width, height); }

bool Window::context_is_lost() const { return emscripten_is_webgl_context_lost(context_); }

void Window::show_hand(bool hand) {
  if (hand == hand_shown_) return;
  hand_shown_ = hand;
  SDL_SetCursor(hand ? hand_ : arrow_);
}

}  // namespace backstep::platform
