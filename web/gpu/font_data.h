// The font files inside the binary: nothing is fetched after load, and text is there with the first frame.
#pragma once

#include <span>

#include "web/widgets/font.h"

namespace backstep::gpu {

// OpenType or TrueType file of the face, cut down to the characters of web/widgets/font_charset.txt.
std::span<const unsigned char> font_data(ui::Face face);

}  // namespace backstep::gpu
