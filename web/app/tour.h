// The tour: a walk through a playlist, stop by stop. While it runs it says what is shown and takes the keys of Next and
// Back; paused it stands beside a page that the reader steps freely; left it keeps its place.
#pragma once

#include <memory>
#include <string>

#include "engine/playlist.h"
#include "web/app/intent.h"
#include "web/app/state.h"

namespace backstep::app {

// The tour that comes with the page.
Result<Playlist> own_tour();

// What of the page is open now.
Panels open_panels(const Model& model);

// "3 of 48"; empty where there is no tour.
std::string place_text(const Tour& tour);

// What the tour says: the verdict on the reader's guess, then the stop's text, or its answer once the cell is known.
std::string tour_text(const Model& model);

// The covered cell that a guess is about: the stop's question, else the current cell; empty where none is covered.
std::string asked_cell(const Model& model);

// Begins a playlist at a stop (from 0), or says what is wrong with it and gives false.
bool start_playlist(Model& model, std::string_view json, std::size_t stop);
void start_tour(Model& model, std::size_t stop);

// Carries out the intents that are the tour's.
void update_tour(Model& model, const Intent& intent);

// Whether the reader, by this intent, goes somewhere of his own: the tour then waits, or ends.
enum class Away : std::uint8_t { no, steps, leaves };
Away goes_away(const Intent& intent);

// Whether it is the change that the stop asks for: then the tour goes on.
bool is_asked_for(const Model& model, const Intent& intent);
// After such a change: what the tour says about it.
void hear_change(Model& model);

}  // namespace backstep::app
