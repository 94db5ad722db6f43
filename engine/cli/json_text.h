// JSON as the commands print it: indented, not-a-number and infinity as null, bytes that are no UTF-8 replaced.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace backstep::cli {

inline std::string json_text(const nlohmann::ordered_json& value) {
  return value.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace backstep::cli
