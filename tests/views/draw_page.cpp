// Draws the page, or the stage alone, of a scene at one moment to an SVG file: for looking at it without a browser.
//
//   backstep_draw SCENE CELL|STEP OUT.svg [size=1440x900] [theme=light] [grain=cell] [term=N] [inspector] [everything]
//                 [keys] [embed] [stage] [see=scatter] [pin=SLOT:INDEX] [stop=N] [pause] [present] [cover=NAME]
//                 [notify=TEXT]
#include <cstdio>
#include <cstdlib>
#include <string>

#include "web/app/update.h"
#include "web/views/svg_stage.h"

namespace {

using namespace backstep;

Slot slot_named(const std::string& name) {
  for (const Slot slot : {Slot::x, Slot::w, Slot::b, Slot::y, Slot::dy, Slot::dx, Slot::dw, Slot::db, Slot::p}) {
    if (name == slot_name(slot)) return slot;
  }
  return Slot::none;
}

std::string text_of(const std::string& path) {
  std::string out;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) return out;
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) out.append(buffer, n);
  std::fclose(file);
  return out;
}

struct Options {
  int width = 1440, height = 900;
  ui::ThemeKind theme = ui::ThemeKind::kLight;
  bool embed = false, stage = false;
};

void apply(app::Model& model, Options& options, const std::string& text) {
  const auto equals = text.find('=');
  const std::string key = text.substr(0, equals);
  const std::string value = equals == std::string::npos ? "" : text.substr(equals + 1);
  if (key == "size") {
    options.width = std::atoi(value.c_str());
    options.height = std::atoi(value.substr(value.find('x') + 1).c_str());
  } else if (key == "theme") {
    if (!ui::theme_from_name(value, &options.theme)) std::fprintf(stderr, "no theme %s\n", value.c_str());
  } else if (key == "grain") {
    for (const Grain grain : {Grain::product, Grain::cell, Grain::channel, Grain::layer}) {
      if (value == grain_name(grain)) app::update(model, app::SetGrain{grain});
    }
  } else if (key == "term") {
    app::update(model, app::Seek{model.step(), std::atoi(value.c_str())});
  } else if (key == "inspector") {
    app::update(model, app::ToggleInspector{});
  } else if (key == "see") {
    for (const See see : {See::gather, See::scatter, See::unrolled, See::matrix}) {
      if (value == see_name(see)) app::update(model, app::SetSee{see});
    }
  } else if (key == "everything") {
    app::update(model, app::ToggleEverything{});
  } else if (key == "keys") {
    app::update(model, app::ToggleKeys{});
  } else if (key == "stop") {
    app::update(model, app::GoToStop{static_cast<std::size_t>(std::atoi(value.c_str()) - 1)});
  } else if (key == "pause") {
    app::update(model, app::PauseTour{});
  } else if (key == "present") {
    app::update(model, app::TogglePresenter{});
  } else if (key == "cover") {
    app::update(model, app::Cover{value});
  } else if (key == "notify") {
    app::update(model, app::Notify{value});
  } else if (key == "error") {
    app::update(model, app::GoTo{"conv1.nothing"});
  } else if (key == "pin") {
    const auto colon = value.find(':');
    const int layer = model.trace->steps().cell(model.step()).layer;
    app::update(model, app::Pin{app::CellAt{layer, slot_named(value.substr(0, colon)),
                                            std::atoi(value.substr(colon + 1).c_str())}});
  } else if (key == "embed") {
    options.embed = true;
  } else if (key == "stage") {
    options.stage = true;
  } else {
    std::fprintf(stderr, "unknown option %s\n", text.c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fputs("backstep_draw SCENE CELL|STEP OUT.svg [option…]\n", stderr);
    return 2;
  }
  app::Model model = app::initial_model();
  const std::string scene = argv[1];
  const bool document = scene.size() > 5 && scene.substr(scene.size() - 5) == ".json";
  app::update(model, document ? app::Intent{app::LoadScene{text_of(scene)}} : app::Intent{app::LoadPreset{scene}});
  if (model.state.error) {
    std::fprintf(stderr, "%s\n", model.state.error->text().c_str());
    return 2;
  }
  const std::string where = argv[2];
  const bool number = where.find_first_not_of("0123456789") == std::string::npos;
  app::update(model, number ? app::Intent{app::Seek{std::atoll(argv[2]), -1}} : app::Intent{app::GoTo{where}});
  if (model.state.error) {
    std::fprintf(stderr, "%s\n", model.state.error->text().c_str());
    return 2;
  }
  Options options;
  for (int i = 4; i < argc; ++i) apply(model, options, argv[i]);
  const std::string svg = options.stage
                              ? views::stage_svg(model, options.width, options.height, options.theme)
                              : views::page_svg(model, options.width, options.height, options.theme, options.embed);
  std::FILE* file = std::fopen(argv[3], "wb");
  if (!file) return 2;
  std::fwrite(svg.data(), 1, svg.size(), file);
  std::fclose(file);
  return 0;
}
