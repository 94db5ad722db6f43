#include "web/app/edit_update.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/explain.h"
#include "engine/format.h"
#include "engine/playlist.h"
#include "engine/scene/edit.h"
#include "engine/scene/json_text.h"
#include "web/app/cell_actions.h"
#include "web/app/cells.h"
#include "web/app/cursor.h"
#include "web/app/kernel_patterns.h"
#include "web/app/marks.h"
#include "web/app/net_edit.h"
#include "web/app/show_scene.h"
#include "web/app/update.h"

namespace backstep::app {
namespace {

constexpr std::size_t kMostMarks = 64;

Error edit_error(const char* code, const std::string& where, std::string message) {
  return {std::string("edit.") + code, where, std::move(message)};
}

// The first locked cell or tensor that the change would touch.
std::string locked_change(const Scene& scene, const Problem& after) {
  const Problem& before = scene.problem;
  for (const std::string& name : scene.locks) {
    const auto a = parse_source_cell(*before.net, name);
    if (!a) continue;  // computed: nobody can change it
    const auto b = parse_source_cell(*after.net, name);
    if (!b || !same_source(before, *a, after, *b)) return name;
  }
  return "";
}

// "−1,5" as people write it becomes "-1.5".
std::string plain(std::string text) {
  if (const auto minus = text.find("\u2212"); minus != std::string::npos) text.replace(minus, 3, "-");
  std::replace(text.begin(), text.end(), ',', '.');
  std::erase(text, ' ');
  return text;
}

double after(const StepSize& size, double value, int steps) {
  return (std::round(value * size.denominator / size.numerator) + steps) * size.numerator / size.denominator;
}

// A power of ten that suits numbers up to this size.
StepSize step_for(double largest) {
  if (!(largest > 0)) return {1, 100};
  StepSize out;
  while (out.numerator * 100 <= largest && out.numerator < 1e30) out.numerator *= 10;
  while (out.numerator / out.denominator * 10 > largest && out.denominator < 1e6) out.denominator *= 10;
  return out;
}

// 1 between whole numbers.
StepSize step_size(const Model& model, const SourceCell& cell) {
  if (cell.tensor == SourceCell::Tensor::rate) return step_for(source_value(model.state.scene.problem, cell));
  const CellRef ref = cell_of(model.trace->net(), cell);
  const Tensor* tensor = model.trace->tensor(ref.layer, ref.slot);
  if (!tensor) return {};  // a class
  float largest = 0.0F;
  bool whole = true;
  for (const float v : tensor->data) {
    largest = std::max(largest, std::fabs(v));
    whole = whole && v == std::floor(v);
  }
  return whole && largest < 1000 ? StepSize{} : step_for(static_cast<double>(largest));
}

struct Editor {
  Model& model;
  State& state = model.state;
  Scene& scene = state.scene;

  bool operator()(const SetCell& s) {
    state.field.reset();
    set(s.cell, plain(s.value));
    return true;
  }
  bool operator()(const StepCell& s) {
    const auto source = find(s.cell);
    if (source) put(*source, after(step_size(model, *source), source_value(scene.problem, *source), s.by));
    return true;
  }
  bool operator()(const ScrubCell& s) {
    if (!state.gesture || state.gesture->cell != s.cell) {
      const auto source = find(s.cell);
      if (!source) return true;
      state.gesture = Gesture{s.cell, source_value(scene.problem, *source), step_size(model, *source), false};
    }
    const auto source = parse_source_cell(*scene.problem.net, s.cell);
    if (source) put(*source, after(state.gesture->step, state.gesture->base, s.by));
    return true;
  }
  bool operator()(const EndGesture&) {
    state.gesture.reset();
    return true;
  }
  bool operator()(const OpenField& o) {
    // Typed on before the field has come up.
    if (state.field && o.first != 0) {
      state.field->value += o.first;
      return true;
    }
    const auto source = find(o.cell);
    if (!source) return true;
    const std::string name = source_name(*scene.problem.net, *source);
    const CellRef ref = cell_of(*scene.problem.net, *source);
    CellAt at{ref.layer, ref.slot, ref.index};
    if (state.menu) at = *state.menu;
    if (o.cell.empty()) at = *state.pinned;
    stop_playing(state);
    state.menu.reset();
    state.pinned = at;
    const std::string now = source_text(scene.problem, *source);
    state.field = Field{name, at, o.first != 0 ? std::string(1, o.first) : now, o.first == 0};
    return true;
  }
  bool operator()(const CloseField&) {
    state.field.reset();
    return true;
  }
  bool operator()(const SetBrush& b) {
    if (b.value && !std::isfinite(*b.value)) return true;
    if (!model.trace) return true;
    state.brush = b.value;
    state.gesture.reset();
    // What is painted has to be in sight.
    const Block& block = model.trace->steps().block_of(model.step());
    if (b.value && model.trace->steps().producer(block.layer, Slot::x) != nullptr) {
      stop_playing(state);
      scene.cursor = placed(*model.trace, 0, -1, scene.cursor.grain);
    }
    return true;
  }
  bool operator()(const TogglePaint&) {
    if (!model.trace) return true;
    return (*this)(SetBrush{state.brush ? std::nullopt : std::optional(brush_most(model))});
  }
  bool operator()(const PaintInput& p) {
    if (!model.trace || !state.brush) return true;
    const Tensor& input = *scene.problem.input;
    auto painted = std::make_shared<Tensor>(input);
    for (const std::int64_t cell : p.cells) {
      if (cell >= 0 && cell < input.count()) (*painted)[cell] = *state.brush;
    }
    if (same_bits(*painted, input)) return true;
    if (!state.gesture) state.gesture = Gesture{};
    Problem problem = scene.problem;
    problem.input = std::move(painted);
    change(std::move(problem));
    return true;
  }
  bool operator()(const FillKernel& f) {
    const auto source = find(f.cell);
    if (!source) return true;
    const CellRef ref = cell_of(*scene.problem.net, *source);
    const auto plane = kernel_plane(model, {ref.layer, ref.slot, ref.index});
    const auto values = plane ? kernel_pattern(f.pattern, plane->rows, plane->cols, f.seed) : std::nullopt;
    if (!values) {
      state.error = edit_error("kernel", f.cell, "expected a kernel that \"" + f.pattern + "\" fits");
      return true;
    }
    auto parameters = std::make_shared<Parameters>(*scene.problem.parameters);
    Tensor& w = parameters->layers[static_cast<std::size_t>(ref.layer)].w;
    std::copy(values->begin(), values->end(), w.data.begin() + plane->first);
    Problem problem = scene.problem;
    problem.parameters = std::move(parameters);
    state.menu.reset();
    edit(model, std::move(problem));
    return true;
  }
  bool operator()(const ToggleBreakpoint& b) { return toggle(scene.breakpoints, b.name); }
  bool operator()(const ToggleWatch& w) {
    if (toggle(scene.watches, w.cell) && !scene.watches.empty() && scene.watches.back() == w.cell) state.panel = true;
    return true;
  }
  bool operator()(const RunToBreak& r) {
    if (!model.trace) return true;
    stop_playing(state);
    if (scene.breakpoints.empty()) {
      state.error = edit_error("breakpoint", "", "no breakpoint is set: a cell's menu has \"Break here\"");
    } else {
      scene.cursor = run_to_break(model, r.direction);
    }
    return true;
  }
  // The menu of the cell whose menu is open: the list of kernels.
  bool operator()(const OpenMenu& o) {
    const auto cell = o.cell ? o.cell : state.pinned;
    if (!cell) return true;
    state.kernels = state.menu == cell && kernel_plane(model, *cell).has_value();
    state.menu = cell;
    state.menu_item = -1;
    return true;
  }
  bool operator()(const MoveInMenu& m) {
    const auto n = static_cast<int>(menu_actions(model).size());
    if (n > 0) state.menu_item = state.menu_item < 0 ? (m.by > 0 ? 0 : n - 1) : (state.menu_item + m.by + n) % n;
    return true;
  }
  bool operator()(const ChooseInMenu& c) {
    const std::vector<CellAction> actions = menu_actions(model);
    const int item = c.item < 0 ? state.menu_item : c.item;
    if (item < 0 || item >= static_cast<int>(actions.size()) || !actions[static_cast<std::size_t>(item)].possible)
      return true;
    const Intent intent = actions[static_cast<std::size_t>(item)].intent;
    const bool stays = std::holds_alternative<OpenMenu>(intent) || std::holds_alternative<OpenField>(intent);
    if (!stays) state.menu.reset();
    chosen = intent;
    return true;
  }
  bool operator()(const CloseMenu&) {
    state.menu.reset();
    return true;
  }
  bool operator()(const TogglePanel&) {
    state.panel = !state.panel;
    return true;
  }
  bool operator()(const EditLayer& e) {
    if (!model.trace) return true;
    auto scene_after = edit_layer(scene, e);
    if (!scene_after) {
      state.error = scene_after.error();
      return true;
    }
    if (refused(scene_after->problem)) return true;
    remember(state);
    state.error.reset();
    state.scene = std::move(*scene_after);
    state.revealed.clear();
    retrace(model);
    state.hover.reset();
    state.pinned.reset();
    state.in_grid = false;
    ++state.edits;
    return true;
  }
  bool operator()(const PinCell& p) {
    if (!model.trace) return true;
    state.field.reset();
    state.pinned.reset();
    state.in_grid = false;
    if (p.cell.empty()) return true;
    const auto cell = parse_any_cell(model.trace->net(), model.trace->steps(), p.cell);
    if (!cell) {
      state.error = cell.error();
      return true;
    }
    state.error.reset();
    state.pinned = CellAt{cell->layer, cell->slot, cell->index};
    return true;
  }
  bool operator()(const MoveGrid& m) {
    if (!model.trace) return true;
    const std::vector<CellAt> grids = grids_here();
    std::size_t at = grids.size() - 1;
    for (std::size_t i = 0; i < grids.size(); ++i) {
      if (state.pinned && grids[i].layer == state.pinned->layer && grids[i].slot == state.pinned->slot) at = i;
    }
    const auto n = grids.size();
    state.pinned = grids[(at + (m.by > 0 ? 1 : n - 1)) % n];
    state.in_grid = true;
    return true;
  }
  bool operator()(const auto&) { return false; }

  std::optional<Intent> chosen = {};  // from a menu, to be carried out next

  bool refused(const Problem& problem) {
    const std::string locked = locked_change(scene, problem);
    if (!locked.empty()) state.error = edit_error("locked", locked, "this scene locks it: it cannot be changed here");
    return !locked.empty();
  }

  // The problem becomes another one, with an entry of undo unless the gesture has one.
  void change(Problem problem) {
    if (auto ok = check_problem(problem); !ok) {
      state.error = ok.error();
      return;
    }
    if (refused(problem)) return;
    if (!state.gesture || !state.gesture->remembered) remember(state);
    if (state.gesture) state.gesture->remembered = true;
    state.error.reset();
    scene.problem = std::move(problem);
    ++state.edits;
    retrace(model);
  }

 private:
  // The tensors that take part in this step, each at its first cell that does; the step's own last.
  std::vector<CellAt> grids_here() const {
    const CellRef cell = model.trace->steps().cell(model.step());
    std::vector<CellAt> out;
    const auto add = [&](const Operand& operand) {
      const bool known = std::any_of(out.begin(), out.end(), [&](const CellAt& c) { return c.slot == operand.slot; });
      if (!known && operand.slot != Slot::none && model.trace->tensor(cell.layer, operand.slot)) {
        out.push_back({cell.layer, operand.slot, operand.index});
      }
    };
    for (const ExplainedTerm& term : explain(*model.trace, model.step()).terms) {
      add(term.tap.a);
      add(term.tap.b);
    }
    out.push_back({cell.layer, cell.slot, cell.index});
    return out;
  }

  // A cell that can be changed, by its name or the pinned one; else an error says why not.
  std::optional<SourceCell> find(const std::string& name) {
    if (!model.trace) return std::nullopt;
    if (name.empty() && !state.pinned) return std::nullopt;
    const std::string said = name.empty() ? name_of(model, *state.pinned) : name;
    std::optional<SourceCell> found;
    if (name.empty()) {
      found = source_at(model, *state.pinned);
    } else if (auto source = parse_source_cell(*scene.problem.net, name)) {
      if (source->index < 0 && source->tensor == SourceCell::Tensor::target) source->index = 0;
      if (source->index >= 0) found = *source;
    }
    if (!found) {
      state.error = edit_error("computed", said, "it is computed; change an input, a weight or the target instead");
    } else if (is_locked(scene, *found)) {
      state.error = edit_error("locked", said, "this scene locks it: it cannot be changed here");
      found.reset();
    }
    return found;
  }

  void set(const std::string& cell, const std::string& text) {
    const auto source = find(cell);
    if (!source) return;
    const std::string name = source_name(*scene.problem.net, *source);
    if (text == source_text(scene.problem, *source)) return;
    auto problem = edited(scene.problem, name + "=" + text);
    if (!problem) {
      state.error = edit_error("value", name, problem.error().message);
      return;
    }
    change(std::move(*problem));
  }

  // A number that keys or a drag lead to; beyond what the cell may hold it stops.
  void put(const SourceCell& cell, double value) {
    const bool rate = cell.tensor == SourceCell::Tensor::rate;
    const std::string text =
        rate ? json_number(std::max(0.0, value)) : format_exact(static_cast<float>(value == 0.0 ? 0.0 : value));
    const auto problem = edited(scene.problem, source_name(*scene.problem.net, cell) + "=" + text);
    if (!problem || text == source_text(scene.problem, cell)) return;
    change(*problem);
  }

  bool toggle(std::vector<std::string>& names, const std::string& name) {
    if (!is_mark_name(name)) {
      state.error = edit_error("name", name, "expected the name of a layer, a tensor or a cell");
      return false;
    }
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end() && names.size() >= kMostMarks) {
      state.error = edit_error("marks", name, "expected at most " + std::to_string(kMostMarks) + " of them");
      return false;
    }
    remember(state);
    state.error.reset();
    if (found != names.end()) {
      names.erase(found);
    } else {
      names.push_back(name);
    }
    return true;
  }
};

}  // namespace

void edit(Model& model, Problem problem) {
  model.state.gesture.reset();
  Editor{model}.change(std::move(problem));
}

float brush_most(const Model& model) {
  float most = 1;
  for (const float v : model.state.original.input->data) most = std::max(most, std::fabs(v));
  return most;
}

bool update_edit(Model& model, const Intent& intent) {
  Editor editor{model};
  if (!std::visit(editor, intent)) return false;
  if (editor.chosen) update(model, *editor.chosen);
  return true;
}

}  // namespace backstep::app
