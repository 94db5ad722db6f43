#include "web/platform/input.h"

#include <array>
#include <string_view>
#include <utility>

namespace backstep::platform {
namespace {

// SDL's step of the wheel in CSS pixels: it divides the browser's pixels by this.
constexpr float kWheelStep = 100;

struct NamedKey {
  SDL_Keycode code;
  app::Key key;
};
// Keys that type no text. Those that do come as text, which knows the keyboard's layout.
constexpr std::array kNamedKeys = {
    NamedKey{SDLK_LEFT, app::Key::left},
    NamedKey{SDLK_RIGHT, app::Key::right},
    NamedKey{SDLK_UP, app::Key::up},
    NamedKey{SDLK_DOWN, app::Key::down},
    NamedKey{SDLK_HOME, app::Key::home},
    NamedKey{SDLK_END, app::Key::end},
    NamedKey{SDLK_PAGEUP, app::Key::page_up},
    NamedKey{SDLK_PAGEDOWN, app::Key::page_down},
    NamedKey{SDLK_RETURN, app::Key::enter},
    NamedKey{SDLK_KP_ENTER, app::Key::enter},
    NamedKey{SDLK_ESCAPE, app::Key::escape},
    NamedKey{SDLK_BACKSPACE, app::Key::backspace},
    NamedKey{SDLK_APPLICATION, app::Key::menu},
};

app::Key key_of_code(const SDL_Keysym& symbol) {
  if ((symbol.mod & (KMOD_CTRL | KMOD_GUI)) != 0) {
    if (symbol.sym == SDLK_y) return app::Key::redo;
    if (symbol.sym != SDLK_z) return app::Key::other;
    return (symbol.mod & KMOD_SHIFT) != 0 ? app::Key::redo : app::Key::undo;
  }
  if ((symbol.mod & KMOD_ALT) != 0) {
    return symbol.sym == SDLK_UP ? app::Key::more : symbol.sym == SDLK_DOWN ? app::Key::less : app::Key::other;
  }
  if (symbol.sym == SDLK_F10 && (symbol.mod & KMOD_SHIFT) != 0) return app::Key::menu;
  for (const NamedKey& named : kNamedKeys) {
    if (named.code == symbol.sym) return named.key;
  }
  return app::Key::other;
}

app::Key key_of_text(std::string_view text) {
  if (text.size() != 1) return app::Key::other;
  switch (text[0]) {
    case ' ': return app::Key::space;
    case '?': return app::Key::question;
    case '/': return app::Key::find;
    case '+':
    case '=': return app::Key::larger;
    case 'z': return app::Key::zoom_in;
    case 'Z': return app::Key::zoom_out;
    case 't':
    case 'T': return app::Key::tour;
    case 'p':
    case 'P': return app::Key::present;
    case 'v':
    case 'V': return app::Key::see;
    case 'f':
    case 'F': return app::Key::formula;
    case 's':
    case 'S': return app::Key::save;
    case 'm':
    case 'M': return app::Key::menu;
    case 'g':
    case 'G': return app::Key::grid;
    case 'r':
    case 'R': return app::Key::run;
    case 'l':
    case 'L': return app::Key::panel;
    default: return app::Key::other;
  }
}

// The digits, signs and points of a typed number; 0 for anything else.
char number_text(std::string_view text) {
  if (text == ",") return '.';
  return text.size() == 1 && std::string_view("0123456789-.").find(text[0]) != std::string_view::npos ? text[0] : '\0';
}

std::optional<KeyPress> key_press(const SDL_Event& event) {
  const bool is_text = event.type == SDL_TEXTINPUT;
  if (!is_text && event.type != SDL_KEYDOWN) return std::nullopt;
  const app::Key key = is_text ? key_of_text(event.text.text) : key_of_code(event.key.keysym);
  const char text = is_text ? number_text(event.text.text) : '\0';
  if (key == app::Key::other && text == 0) return std::nullopt;
  return KeyPress{key, (SDL_GetModState() & KMOD_SHIFT) != 0, text};
}

bool is_of_keyboard(const SDL_Event& event) { return event.type >= SDL_KEYDOWN && event.type < SDL_MOUSEMOTION; }

}  // namespace

void Input::listen(InputListener& listener) {
  SDL_AddEventWatch(
      [](void* user, SDL_Event* event) {
        auto& heard_by = *static_cast<InputListener*>(user);
        if (const auto press = key_press(*event)) heard_by.key_pressed(*press);
        if (!is_of_keyboard(*event)) heard_by.pointer_changed();
        return 0;
      },
      &listener);
}

bool Input::poll(float pixel_ratio, double seconds) {
  pointer_.time = seconds;
  to_css_ = 1 / pixel_ratio;
  pointer_.right_clicked = false;
  pointer_.wheel = {};
  if (std::exchange(lift_, false)) pointer_.inside = false;

  bool button_changed = false;
  SDL_Event event;
  while (SDL_PeepEvents(&event, 1, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) > 0) {
    if (changes_button(event)) {
      if (button_changed) return false;
      button_changed = true;
    }
    SDL_PollEvent(&event);
    switch (event.type) {
      case SDL_MOUSEMOTION:
      case SDL_MOUSEBUTTONDOWN:
      case SDL_MOUSEBUTTONUP:
      case SDL_MOUSEWHEEL:
      case SDL_WINDOWEVENT: handle_mouse(event); break;
      case SDL_FINGERDOWN:
      case SDL_FINGERMOTION:
      case SDL_FINGERUP: handle_finger(event); break;
      default: break;
    }
  }
  return !lift_;
}

bool Input::changes_button(const SDL_Event& event) const {
  switch (event.type) {
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP: return event.button.button != SDL_BUTTON_MIDDLE;
    case SDL_FINGERDOWN:
    case SDL_FINGERUP: return true;
    default: return false;
  }
}

void Input::handle_mouse(const SDL_Event& event) {
  switch (event.type) {
    case SDL_MOUSEMOTION:
      pointer_.position = {static_cast<float>(event.motion.x) * to_css_, static_cast<float>(event.motion.y) * to_css_};
      pointer_.inside = true;
      pointer_.touch = false;
      break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
      if (event.button.button == SDL_BUTTON_LEFT) pointer_.down = event.type == SDL_MOUSEBUTTONDOWN;
      if (event.button.button == SDL_BUTTON_RIGHT) pointer_.right_clicked = event.type == SDL_MOUSEBUTTONUP;
      break;
    case SDL_MOUSEWHEEL:
      pointer_.wheel = pointer_.wheel + ui::Vec2{event.wheel.preciseX, -event.wheel.preciseY} * kWheelStep;
      break;
    case SDL_WINDOWEVENT:
      if (event.window.event == SDL_WINDOWEVENT_LEAVE) pointer_.inside = false;
      break;
    default: break;
  }
}

void Input::handle_finger(const SDL_Event& event) {
  const SDL_TouchFingerEvent& finger = event.tfinger;
  if (event.type == SDL_FINGERDOWN && !finger_) {
    finger_ = finger.fingerId;
    pointer_.down = pointer_.inside = pointer_.touch = true;
  }
  if (finger_ != finger.fingerId) return;
  int width = 0;
  int height = 0;
  SDL_GetWindowSize(SDL_GetWindowFromID(finger.windowID), &width, &height);
  pointer_.position = {finger.x * static_cast<float>(width) * to_css_, finger.y * static_cast<float>(height) * to_css_};
  if (event.type == SDL_FINGERUP) {
    finger_.reset();
    pointer_.down = false;
    lift_ = true;
  }
}

}  // namespace backstep::platform
