#include "web/api/page.h"

#include <emscripten/em_js.h>

#include "web/api/json_writer.h"

// clang-format off
EM_JS(void, backstep_page_text, (const char* hook, int hook_length, const char* text, int length), {
  Module['page'][UTF8ToString(hook, hook_length)](UTF8ToString(text, length));
})
EM_JS(void, backstep_page_frames, (double count), {
  Module['page']['frames'](count);
})
EM_JS(void, backstep_page_call, (const char* hook), {
  Module['page'][UTF8ToString(hook)]();
})
// clang-format on

namespace backstep::api::page {
namespace {

void tell(std::string_view hook, std::string_view text) {
  backstep_page_text(hook.data(), static_cast<int>(hook.size()), text.data(), static_cast<int>(text.size()));
}

}  // namespace

void offer_presets(std::string_view json) { tell("presets", json); }
void publish(std::string_view json) { tell("mirror", json); }
void theme(std::string_view json) { tell("theme", json); }
void address(std::string_view json) { tell("address", json); }
void field(std::string_view json) { tell("field", json); }
void panel(std::string_view json) { tell("panel", json); }
void frames(double count) { backstep_page_frames(count); }
void choose_file() { backstep_page_call("chooseFile"); }
void type_cell() { backstep_page_call("typeCell"); }
void copy(std::string_view text) { tell("copy", text); }
void copy_link() { backstep_page_call("copyLink"); }
void save(std::string_view name, std::string_view text) {
  tell("save", JsonWriter().begin('{').key("name").text(name).key("text").text(text).end('}').str());
}
void save_canvas(std::string_view name) { tell("saveCanvas", name); }
void open_lesson() { backstep_page_call("openLesson"); }
void leave_canvas() { backstep_page_call("leaveCanvas"); }

}  // namespace backstep::api::page
