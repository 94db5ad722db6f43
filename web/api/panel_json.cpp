#include "web/api/panel_json.h"

#include "web/api/json_writer.h"
#include "web/app/net_edit.h"

namespace backstep::api {
namespace {

void write(JsonWriter& json, std::string_view key, const std::vector<app::Choice>& choices) {
  json.key(key).begin('[');
  for (const app::Choice& choice : choices) {
    json.begin('{').key("value").text(choice.value).key("label").text(choice.label);
    json.key("problem").text(choice.problem).end('}');
  }
  json.end(']');
}

}  // namespace

std::string panel_json(const Scene& scene) {
  JsonWriter json;
  json.begin('{').key("layers").begin('[');
  for (const app::LayerChoices& layer : app::layer_choices(scene)) {
    json.begin('{').key("name").text(layer.name).key("shapes").text(layer.shapes).key("attributes").begin('[');
    for (const app::AttributeChoices& attribute : layer.attributes) {
      json.begin('{').key("name").text(attribute.name).key("value").text(attribute.value);
      write(json, "choices", attribute.choices);
      json.end('}');
    }
    json.end(']');
    write(json, "acts", layer.acts);
    write(json, "adds", layer.adds);
    json.end('}');
  }
  return json.end(']').end('}').str();
}

std::string field_json(const app::State& state, const Place& place) {
  if (!state.field) return "null";
  JsonWriter json;
  json.begin('{').key("cell").text(state.field->cell).key("value").text(state.field->value);
  json.key("selected").boolean(state.field->selected);
  const auto number = [&json](std::string_view key, float value) {
    json.key(key).number(static_cast<std::int64_t>(value));
  };
  number("x", place.x);
  number("y", place.y);
  number("w", place.w);
  number("h", place.h);
  return json.end('}').str();
}

}  // namespace backstep::api
