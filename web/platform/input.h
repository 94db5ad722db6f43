// SDL's events as what the rest of the page understands: one pointer, and the keys of web/app/keys.h.
#pragma once

#include <SDL.h>

#include <optional>

#include "web/app/keys.h"
#include "web/widgets/hit_tester.h"

namespace backstep::platform {

struct KeyPress {
  app::Key key = app::Key::other;
  bool shift = false;
  char text = 0;  // of a key that types a digit, point or minus
};

class InputListener {
 public:
  // At once, not with the next frame: a reader who cannot see the canvas gets none.
  virtual void key_pressed(const KeyPress& press) = 0;
  // Something waits for poll().
  virtual void pointer_changed() = 0;

 protected:
  ~InputListener() = default;
};

class Input {
 public:
  void listen(InputListener& listener);

  // Takes the pointer's events, at `seconds` on the frames' clock. What happened since the last call is one step of the
  // pointer, and a press and its release are never the same step: false when events are left for another frame.
  bool poll(float pixel_ratio, double seconds);

  // The keyboard went elsewhere: a key that goes up there must not stay down here.
  void release_keys() { SDL_ResetKeyboard(); }

  const ui::PointerInput& pointer() const { return pointer_; }

 private:
  void handle_mouse(const SDL_Event& event);
  void handle_finger(const SDL_Event& event);
  bool changes_button(const SDL_Event& event) const;

  ui::PointerInput pointer_;
  float to_css_ = 1;
  std::optional<SDL_FingerID> finger_;  // the one finger that is followed
  bool lift_ = false;                   // the finger has gone up: from the next step on nothing is over the canvas
};

}  // namespace backstep::platform
