// What the accessible mirror beside the canvas says: the attributes and texts of the contract, as name and value.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/app/state.h"

namespace backstep::app {

// The sentence of the present step: on the page, in the mirror and in the headless program the same.
std::string sentence(const Model& model);

// What a classifier's outputs are called, for choosing the target; empty where there is no target class.
std::vector<std::string> class_names(const Model& model);

using MirrorFields = std::vector<std::pair<std::string_view, std::string>>;

// step, steps, term, terms, grain, phase, layer, cell, hash (the data-… attributes of the contract), and narration,
// see, sees (the ways that the step can be told, one a line), flip_layer and flip (of a convolution's step), check (the
// numeric gradient in words, while the inspector shows it), check_width,
// scene, title, notice, keys ("keys\tmeaning" a line, while the list is open), playing, theme, scale, target, classes
// (newline between names), error, input, inspector, everything, can_undo, can_redo, cells (newline between names to
// choose from); tour (running, paused, left or empty), stop (from 1), stops, tour_title, tour_text, asked (the covered
// cell that a guess is about), guess, verdict (outside the tour, which tells it itself), present; pinned and
// pinned_value, pinned_can (a locked or computed cell cannot be changed), rate, brush, panel, breakpoints ("name" or
// "name\tlost") and watches ("name\tvalue\tgradient", or lost), menu
// ("label\tnote", "\tno" after it where it is not possible). Frames are the platform's to count.
MirrorFields mirror_fields(const Model& model);

// The address of the present state, as key=value&…, values ready for a URL's fragment:
// "scene=pocket&step=12&grain=cell". A scene that is not a preset's own is given as the document's text under
// `document`; the page encodes it.
struct AddressFields {
  std::string playlist;  // the document of the playlist that runs, unless it is the page's own; then no scene is given
  std::string preset;    // name, or empty
  std::string document;  // JSON text when there is no preset of that content
  std::vector<std::pair<std::string_view, std::string>> overrides;
};
AddressFields address_fields(const Model& model);

}  // namespace backstep::app
