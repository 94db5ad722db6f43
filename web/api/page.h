// What the program tells the page, as JSON texts. Each call lands in the object that web/shell/program.mjs gives as
// Module.page.
#pragma once

#include <string_view>

namespace backstep::api::page {

// The presets to choose from: [{name, title}].
void offer_presets(std::string_view json);
// The mirror's fields, each a text.
void publish(std::string_view json);
// The theme's colours by name.
void theme(std::string_view json);
// Where we are, for the address: {preset or document, overrides}.
void address(std::string_view json);
// The field for a cell's number, and where the cell is on the canvas; or null.
void field(std::string_view json);
// The layers and what can be done with them, while their panel is open; or null.
void panel(std::string_view json);
// Frames drawn so far.
void frames(double count);
// The browser's dialog for choosing a file; it opens only soon after a click or a key.
void choose_file();
// The field for the name of a cell gets the keyboard, and a touch screen shows its own.
void type_cell();
// To the clipboard: a text, and the address of the present state.
void copy(std::string_view text);
void copy_link();
// A file for the reader: of a text, and of what the canvas shows now.
void save(std::string_view name, std::string_view text);
void save_canvas(std::string_view name);
// The chapters, in the place of this page; only the site's own page, which has a header, asks for them.
void open_lesson();
// Keyboard focus leaves the canvas.
void leave_canvas();

}  // namespace backstep::api::page
