#include "web/api/theme_json.h"

#include "web/api/json_writer.h"

namespace backstep::api {

std::string theme_json(const ui::Theme& theme) {
  const std::pair<std::string_view, ui::Colour> colours[] = {
      {"ground", theme.ground},   {"surface", theme.surface},         {"ink", theme.ink},
      {"dim-ink", theme.dim_ink}, {"hairline", theme.hairline},       {"control", theme.control},
      {"hover", theme.hover},     {"selected", theme.selected},       {"focus", theme.focus},
      {"primary", theme.primary}, {"primary-ink", theme.primary_ink}, {"error", theme.error},
  };
  JsonWriter json;
  json.begin('{').key("scheme").text(theme.dark ? "dark" : "light");
  for (const auto& [name, colour] : colours) json.key(name).text(ui::hex_text(colour).data());
  return json.end('}').str();
}

}  // namespace backstep::api
