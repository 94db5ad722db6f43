// A theme's colours for the page's style sheet, so that the DOM around the canvas wears the same.
#pragma once

#include <string>

#include "web/widgets/colour.h"

namespace backstep::api {

// {"scheme":"dark","ground":"#16171a",…}: `scheme` for CSS's color-scheme, the rest become custom properties.
std::string theme_json(const ui::Theme& theme);

}  // namespace backstep::api
