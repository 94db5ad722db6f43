// What belongs to the window alone: options, scroll positions, open menus, and what is kept from frame to frame.
#pragma once

#include <string>
#include <vector>

#include "web/app/intent.h"
#include "web/views/flight.h"
#include "web/views/journey.h"
#include "web/views/stage_layout.h"
#include "web/views/stage_view.h"
#include "web/views/stage_zoom.h"
#include "web/views/strip_view.h"

namespace backstep::views {

struct PageState {
  // Options.
  bool embed = false;    // no header: the page around the frame has its own
  bool beside = false;   // no tour card: the text beside the canvas says it
  bool picture = false;  // for an exported picture: nothing in it can be pressed

  // Window state.
  bool scenes_open = false;
  bool more_open = false;
  bool share_open = false;
  bool grain_open = false;
  bool layers_open = false;
  std::string target_open;   // the target picker whose menu is open
  bool strip_shown = false;  // the whole network map is on the page
  bool strip_opens = false;  // it can be
  float strip_scroll = 0;
  ui::Rect menu_anchor;       // where the pointer opened a cell's menu; empty: at the cell
  ui::Rect menu_cell;         // the cell whose menu is open, on the stage; empty: not in sight
  ui::Rect field_cell;        // the cell whose field is open
  int scrubbed = 0;           // steps of the drag so far
  std::int64_t painted = -1;  // the cell that the brush was on last
  bool pad_open = false;      // the keys for a guess
  float inspector_scroll = 0;
  float keys_scroll = 0;
  std::int64_t pair = -1;        // planes the reader chose on the stage; -1: the step's own
  std::int64_t pair_block = -1;  // for which block

  // Kept between frames.
  StageView stage;
  KeptPlaces places;
  StageZoom zoom;
  StripView strip;
  Flight flight;
  Journey journey;
};

using Intents = std::vector<app::Intent>;

}  // namespace backstep::views
