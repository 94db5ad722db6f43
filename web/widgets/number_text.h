// Numbers for narrow places. Wherever there is room, views print backstep::format_number with its 4 digits.
#pragma once

#include <string>
#include <string_view>

namespace backstep::ui {

inline constexpr int kFullDigits = 4;

// At most `digits` (1 to 4) significant digits; without_zero writes ".5" for "0.5".
std::string short_number(float value, int digits, bool without_zero);

}  // namespace backstep::ui
