// The table of a network that a lecturer would write on the board, as text and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "../scene.h"

namespace backstep::cli {

std::string info_text(const Scene& scene);
nlohmann::ordered_json info_json(const Scene& scene);

}  // namespace backstep::cli
