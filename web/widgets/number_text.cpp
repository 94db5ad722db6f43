#include "web/widgets/number_text.h"

#include <algorithm>

#include "engine/format.h"

namespace backstep::ui {

std::string short_number(float value, int digits, bool without_zero) {
  std::string text = format_number(static_cast<double>(value), std::min(digits, kFullDigits));
  if (without_zero) {
    const std::size_t at = text.find("0.");
    const bool leads = at != std::string::npos && (at == 0 || text.compare(0, at, "−") == 0);
    if (leads) text.erase(at, 1);
  }
  return text;
}

}  // namespace backstep::ui
