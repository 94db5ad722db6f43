#include "web/app/mirror.h"

#include "engine/format.h"
#include "engine/narration.h"
#include "engine/scene/edit.h"
#include "web/app/cell_actions.h"
#include "web/app/cells.h"
#include "web/app/gradient_check.h"
#include "web/app/intent.h"
#include "web/app/keys.h"
#include "web/app/marks.h"
#include "web/app/see.h"
#include "web/app/show_scene.h"
#include "web/app/tour.h"

namespace backstep::app {
namespace {

constexpr std::size_t kMostEdits = 64;  // of a preset, in an address; beyond, the whole scene is shorter to read

std::string flag(bool on) { return on ? "true" : "false"; }

std::string lines(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : "\n") + name;
  return out;
}

// The first cell of each computed tensor: what names look like here.
std::string first_cells(const StepIndex& steps) {
  std::vector<std::string> names;
  for (const Block& block : steps.blocks()) names.push_back(steps.name(block.first));
  return lines(names);
}

const char* phase_text(Tour::Phase phase) {
  switch (phase) {
    case Tour::Phase::none: return "";
    case Tour::Phase::running: return "running";
    case Tour::Phase::paused: return "paused";
    case Tour::Phase::left: return "left";
  }
  return "";
}

void add_tour(const Model& model, MirrorFields& out) {
  const Tour& tour = model.state.tour;
  out.emplace_back("tour", phase_text(tour.phase));
  out.emplace_back("present", flag(model.state.scene.view.present));
  out.emplace_back("asked", asked_cell(model));
  out.emplace_back("guess", model.state.guess.typed);
  out.emplace_back("verdict", tour.runs() ? "" : model.state.guess.verdict);
  if (!tour.is_open()) return;
  out.emplace_back("stop", std::to_string(tour.stop + 1));
  out.emplace_back("stops", std::to_string(tour.list->stops.size()));
  out.emplace_back("tour_title", tour.at().title);
  out.emplace_back("tour_text", tour_text(model));
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ";") + name;
  return out;
}

std::string brush_text(const State& state) { return state.brush ? format_exact(*state.brush) : ""; }

void add_edits(const Model& model, MirrorFields& out) {
  const State& state = model.state;
  const Problem& problem = state.scene.problem;
  out.emplace_back("panel", flag(state.panel));
  out.emplace_back("brush", brush_text(state));
  std::vector<std::string> breakpoints, watches, menu;
  for (const Break& b : breaks(model)) breakpoints.push_back(b.name + (b.steps.empty() ? "\tlost" : ""));
  for (const std::string& name : state.scene.watches) {
    const CellText text = cell_text(model, name);
    watches.push_back(name + "\t" + (text.found ? text.value + "\t" + text.gradient : "lost"));
  }
  for (const CellAction& action : menu_actions(model)) {
    menu.push_back(action.label + "\t" + action.note + (action.possible ? "" : "\tno"));
  }
  out.emplace_back("breakpoints", lines(breakpoints));
  out.emplace_back("watches", lines(watches));
  out.emplace_back("menu", lines(menu));
  if (!model.trace) return;
  const SourceCell rate{SourceCell::Tensor::rate, 0, 0};
  out.emplace_back("rate", model.trace->net().loss() ? source_text(problem, rate) : "");
  out.emplace_back("kernel", state.pinned && kernel_plane(model, *state.pinned) ? "true" : "");
  if (!state.pinned) return;
  const auto source = source_at(model, *state.pinned);
  const std::string name = name_of(model, *state.pinned);
  out.emplace_back("pinned", name);
  out.emplace_back("pinned_can", flag(source && !is_locked(state.scene, *source)));
  out.emplace_back("pinned_value", source ? source_text(problem, *source) : cell_text(model, name).value);
}

// In which ways the step can be told, whether its kernel is turned, and the numeric gradient beside the analytic one.
void add_ways(const Model& model, const Block& block, MirrorFields& out) {
  std::vector<std::string> ways;
  for (const See see : sees_of(*model.trace, block)) ways.emplace_back(see_name(see));
  out.emplace_back("see", see_name(shown_see(model)));
  out.emplace_back("sees", lines(ways));
  const bool conv = block.layer < model.trace->net().layer_count() && block.phase != Phase::update &&
                    std::holds_alternative<Conv2d>(model.trace->net().layer(block.layer).op);
  out.emplace_back("flip_layer", conv ? std::to_string(block.layer) : "");
  out.emplace_back("flip", flag(conv && std::get<Conv2d>(model.trace->net().layer(block.layer).op).flip));
  out.emplace_back("check", model.check ? check_text(*model.check) : "");
  out.emplace_back("check_width", std::to_string(model.state.check_width));
}

void add_view(const ViewPrefs& view, AddressFields& out) {
  if (view.theme != Theme::system) out.overrides.emplace_back("theme", std::string(theme_name(view.theme)));
  if (view.see != See::gather) out.overrides.emplace_back("see", see_name(view.see));
  if (view.scale != 100) out.overrides.emplace_back("scale", std::to_string(view.scale));
  if (view.everything) out.overrides.emplace_back("everything", "1");
  if (view.inspector != view.everything) out.overrides.emplace_back("inspector", view.inspector ? "1" : "0");
  if (!view.strip) out.overrides.emplace_back("strip", "0");
  if (view.present) out.overrides.emplace_back("present", "1");
}

}  // namespace

std::string sentence(const Model& model) {
  const Trace& trace = *model.trace;
  const CellRef cell = trace.steps().cell(model.step());
  if (!model.covered(cell.layer, cell.slot, cell.index)) return narrate(trace, model.step(), model.term());
  return trace.steps().name(model.step()) + ": predict it first, what number goes here?";
}

std::vector<std::string> class_names(const Model& model) {
  if (!model.state.scene.problem.classes) return {};
  if (!model.state.scene.class_names.empty()) return model.state.scene.class_names;
  std::vector<std::string> out;
  for (std::int64_t c = 0; c < model.trace->net().output()[1]; ++c) out.push_back("class " + std::to_string(c));
  return out;
}

MirrorFields mirror_fields(const Model& model) {
  const State& state = model.state;
  MirrorFields out;
  out.emplace_back("scene", state.scene.name);
  out.emplace_back("title", state.scene.title);
  out.emplace_back("error", state.error ? state.error->text() : "");
  out.emplace_back("notice", state.notice);
  std::vector<std::string> keys;
  if (state.show_keys) {
    for (const KeyHelp& help : key_help()) keys.push_back(std::string(help.keys) + "\t" + std::string(help.what));
  }
  out.emplace_back("keys", lines(keys));
  out.emplace_back("playing", flag(state.playing));
  out.emplace_back("theme", std::string(theme_name(state.scene.view.theme)));
  out.emplace_back("scale", std::to_string(state.scene.view.scale));
  out.emplace_back("inspector", flag(state.scene.view.inspector));
  out.emplace_back("everything", flag(state.scene.view.everything));
  out.emplace_back("can_undo", flag(!state.undo.empty()));
  out.emplace_back("can_redo", flag(!state.redo.empty()));
  out.emplace_back("input", state.input_name);
  out.emplace_back("grain", grain_name(state.scene.cursor.grain));
  out.emplace_back("steps", std::to_string(model.steps()));
  add_tour(model, out);
  add_edits(model, out);
  if (!model.trace) return out;
  const StepIndex& steps = model.trace->steps();
  const Block& block = steps.block_of(model.step());
  out.emplace_back("step", std::to_string(model.step()));
  out.emplace_back("term", std::to_string(model.term()));
  out.emplace_back("terms", std::to_string(model.terms()));
  out.emplace_back("phase", phase_name(block.phase));
  out.emplace_back("layer", std::string(model.trace->net().name_of(block.layer)));
  out.emplace_back("cell", steps.name(model.step()));
  out.emplace_back("cells", first_cells(steps));
  out.emplace_back("hash", model.hash);
  add_ways(model, block, out);
  out.emplace_back("narration", sentence(model));
  out.emplace_back("classes", lines(class_names(model)));
  out.emplace_back("target", state.scene.problem.classes ? std::to_string((*state.scene.problem.classes)[0]) : "");
  return out;
}

AddressFields address_fields(const Model& model) {
  const Scene& scene = model.state.scene;
  AddressFields out;
  if (model.state.tour.runs()) {
    out.playlist = model.state.tour.source;
    out.overrides.emplace_back("tour", "1");
    out.overrides.emplace_back("stop", std::to_string(model.state.tour.stop + 1));
    add_view(scene.view, out);
    return out;
  }
  // A preset's name stands for the scene as long as its numbers are the preset's own but for a few, and none is
  // covered.
  std::optional<std::string> edits;
  if (!scene.name.empty() && scene.covers.empty()) {
    const bool same = !is_edited(model.state);
    edits = same          ? std::optional<std::string>("")
            : model.trace ? edits_between(model.state.original, scene.problem, kMostEdits)
                          : std::nullopt;
  }
  if (edits) {
    out.preset = scene.name;
    if (!edits->empty()) out.overrides.emplace_back("edit", *edits);
    if (!scene.breakpoints.empty()) out.overrides.emplace_back("break", joined(scene.breakpoints));
    if (!scene.watches.empty()) out.overrides.emplace_back("watch", joined(scene.watches));
  } else {
    out.document = write_scene(scene);
  }
  if (!model.trace) return out;
  out.overrides.emplace_back("step", std::to_string(model.step()));
  if (scene.cursor.grain == Grain::product) out.overrides.emplace_back("term", std::to_string(model.term()));
  out.overrides.emplace_back("grain", grain_name(scene.cursor.grain));
  add_view(scene.view, out);
  return out;
}

}  // namespace backstep::app
