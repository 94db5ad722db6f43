#include "web/widgets/number_text.h"

#include <charconv>
#include <cmath>
#include <cstdlib>

#include "engine/format.h"

namespace backstep::ui {

std::string short_number(float value, int digits, bool without_zero) {
  double rounded = static_cast<double>(value);
  if (digits < kFullDigits && std::isfinite(value)) {
    char buffer[32];
    *std::to_chars(buffer, buffer + sizeof buffer - 1, rounded, std::chars_format::scientific, digits - 1).ptr = '\0';
    rounded = std::strtod(buffer, nullptr);
  }
  std::string text = format_number(rounded);
  if (without_zero) {
    const std::size_t at = text.find("0.");
    const bool leads = at != std::string::npos && (at == 0 || text.compare(0, at, "−") == 0);
    if (leads) text.erase(at, 1);
  }
  return text;
}

}  // namespace backstep::ui
