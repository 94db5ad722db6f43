#include "web/app/update.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "engine/explain.h"
#include "engine/image.h"
#include "engine/scene/cell_names.h"
#include "engine/weights.h"
#include "web/app/cursor.h"
#include "web/app/edit_update.h"
#include "web/app/gradient_check.h"
#include "web/app/marks.h"
#include "web/app/see.h"
#include "web/app/show_scene.h"
#include "web/app/tour.h"

namespace backstep::app {
namespace {

void show_or_fail(Model& model, Result<Scene> scene, bool undoable) {
  if (!scene) {
    model.state.error = scene.error();
    return;
  }
  show_scene(model, std::move(*scene), undoable);
}

// Carries out one kind of intent each; those that read the trace do nothing in a scene of shapes only.
struct Updater {
  Model& model;
  State& state = model.state;
  Cursor& cursor = state.scene.cursor;

  const Trace& trace() const { return *model.trace; }
  bool traced() const { return model.trace != nullptr; }

  void moved_to(const Cursor& c) {
    cursor = c;
    state.since_step = 0.0;
    state.guess = {};
    state.error.reset();  // it was about what came before
  }

  void operator()(const Move& m) {
    if (!traced()) return;
    stop_playing(state);
    moved_to(moved(trace(), cursor, m.by));
  }
  void operator()(const MoveLayer& m) {
    if (!traced()) return;
    stop_playing(state);
    moved_to(moved_by_layer(trace(), cursor, m.by));
  }
  void operator()(const Seek& s) {
    if (!traced()) return;
    if (s.step < 0 || s.step >= model.steps()) {
      fail("seek.step", "step", "a step from 0 to " + std::to_string(model.steps() - 1), std::to_string(s.step));
      return;
    }
    const std::int64_t K = term_count(trace(), s.step);
    if (s.term < -1 || s.term > K) {
      fail("seek.term", "term", "a term from 0 to " + std::to_string(K), std::to_string(s.term));
      return;
    }
    const bool partial = s.term >= 0 && s.term < K;
    stop_playing(state);
    moved_to(placed(trace(), s.step, s.term, partial ? Grain::product : cursor.grain));
  }
  void operator()(const SeekEnd& s) {
    if (!traced()) return;
    stop_playing(state);
    moved_to(at_end(trace(), cursor.grain, s.last));
  }
  void operator()(const GoTo& g) {
    if (!traced()) return;
    const auto step = trace().steps().parse(g.cell);
    if (!step) {
      state.error = step.error();
      return;
    }
    stop_playing(state);
    moved_to(placed(trace(), *step, -1, cursor.grain));
  }
  void operator()(const SetGrain& g) {
    if (traced()) moved_to(at_grain(trace(), cursor, g.grain));
  }
  void operator()(const ChangeGrain& g) {
    const int grain = std::clamp(static_cast<int>(cursor.grain) + g.by, 0, static_cast<int>(Grain::layer));
    (*this)(SetGrain{static_cast<Grain>(grain)});
  }
  void operator()(const SetPlaying& p) {
    if (!traced()) return;
    // Play at the end starts over, as every player does.
    if (p.playing && at_last()) moved_to(at_end(trace(), cursor.grain, false));
    state.playing = p.playing;
    state.since_step = 0.0;
  }
  void operator()(const Tick& t) {
    if (!traced() || !state.playing) return;
    state.since_step += t.seconds;
    const double interval = play_interval(cursor.grain);
    if (state.since_step < interval) return;
    const double rest = std::min(state.since_step - interval, interval);
    const Cursor to = moved(trace(), cursor, 1);
    const auto stop = stopped(model, cursor, to);
    moved_to(stop.value_or(to));
    state.since_step = rest;
    if (stop || at_last()) stop_playing(state);
  }
  // An address that cannot be read shows the default scene and says why; what was there before can be undone to.
  void operator()(const LoadAddress& l) {
    auto address = parse_address(l.json);
    if (!address) {
      show_or_fail(model, preset_scene(presets().front().name), touched());
      state.error = address.error();
      return;
    }
    const bool bare = !address->has_scene && !address->has_step;
    const bool tour = address->tour.value_or(l.tours && bare) || address->stop;
    const auto stop = static_cast<std::size_t>(address->stop.value_or(1) - 1);
    show_scene(model, std::move(address->scene), touched());
    state.original = std::move(address->original);
    if (!address->playlist.empty()) {
      start_playlist(model, address->playlist, stop);
    } else if (tour) {
      start_tour(model, stop);
    }
  }
  void operator()(const LoadScene& l) {
    if (!is_playlist(l.json)) return show_or_fail(model, parse_scene(l.json), true);
    Snapshot before = snapshot(state);
    if (start_playlist(model, l.json, 0)) remember(state, std::move(before));
  }
  void operator()(const LoadPreset& l) {
    const ViewPrefs view = state.scene.view;
    show_or_fail(model, preset_scene(l.name), true);
    state.scene.view = view;
  }
  void operator()(const LoadPicture& p) {
    const Shape& shape = state.scene.problem.net->input();
    auto averaged = picture_to_input(p.rgba, p.width, p.height, shape);
    if (!averaged) {
      state.error = averaged.error();
      return;
    }
    Problem problem = state.scene.problem;
    problem.input = std::make_shared<const Tensor>(std::move(*averaged));
    edit(model, std::move(problem));
    if (!state.error) state.input_name = p.name;
  }
  void operator()(const LoadWeights& l) {
    auto parameters = read_weights(l.safetensors, *state.scene.problem.net);
    if (!parameters) {
      state.error = parameters.error();
      return;
    }
    Problem problem = state.scene.problem;
    problem.parameters = std::make_shared<const Parameters>(std::move(*parameters));
    edit(model, std::move(problem));
  }
  void operator()(const ResetInput&) {
    const Problem& original = state.original;
    if (!traced() || (state.scene.problem.input == original.input && state.scene.problem.classes == original.classes)) {
      return;
    }
    Problem problem = state.scene.problem;
    problem.input = original.input;
    problem.classes = original.classes;
    edit(model, std::move(problem));
    state.input_name.clear();
  }
  void operator()(const SetTarget& t) {
    if (!traced() || !state.scene.problem.classes) return;
    Problem problem = state.scene.problem;
    IndexTensor classes = *problem.classes;
    classes[0] = t.target;
    problem.classes = std::make_shared<const IndexTensor>(std::move(classes));
    edit(model, std::move(problem));
  }
  void operator()(const SetTheme& t) { state.scene.view.theme = t.theme; }
  void operator()(const SetSee& s) { state.scene.view.see = s.see; }
  void operator()(const NextSee&) {
    if (traced()) state.scene.view.see = next_see(model);
  }
  void operator()(const SetCheckWidth& w) { state.check_width = std::clamp(w.index, 0, kCheckWidths - 1); }
  void operator()(const SetScale& s) {
    if (s.percent < kSmallestScale || s.percent > kLargestScale) {
      fail("scale.range", "scale",
           "a size from " + std::to_string(kSmallestScale) + " to " + std::to_string(kLargestScale),
           std::to_string(s.percent));
      return;
    }
    state.scene.view.scale = s.percent;
  }
  // To the next size of the list, from wherever the scale is.
  void operator()(const ChangeScale& s) {
    int& scale = state.scene.view.scale;
    for (int left = std::abs(s.by); left > 0; --left) {
      const auto above = std::upper_bound(std::begin(kScales), std::end(kScales), scale);
      const auto own = std::lower_bound(std::begin(kScales), std::end(kScales), scale);
      if (s.by > 0 && above != std::end(kScales)) scale = *above;
      if (s.by < 0 && own != std::begin(kScales)) scale = *(own - 1);
    }
  }
  void operator()(const Zoom& z) {
    const int most = static_cast<int>(std::size(kZooms)) - 1;
    state.zoom = static_cast<std::size_t>(std::clamp(static_cast<int>(state.zoom) + z.by, 0, most));
  }
  void operator()(const ToggleInspector&) { state.scene.view.inspector = !state.scene.view.inspector; }
  void operator()(const ToggleStrip&) { state.scene.view.strip = !state.scene.view.strip; }
  void operator()(const ToggleEverything&) {
    ViewPrefs& view = state.scene.view;
    view.everything = !view.everything;
    view.inspector = view.everything;
    view.strip = true;
  }
  void operator()(const ToggleKeys&) { state.show_keys = !state.show_keys; }
  void operator()(const Hover& h) { state.hover = h.cell; }
  void operator()(const Pin& p) { state.pinned = p.cell == state.pinned ? std::nullopt : p.cell; }
  void operator()(const EnterGrid&) {
    if (!traced()) return;
    stop_playing(state);
    const CellRef cell = trace().steps().cell(cursor.step);
    if (!state.in_grid) state.pinned = CellAt{cell.layer, cell.slot, cell.index};
    state.in_grid = true;
  }
  void operator()(const LeaveGrid&) {
    state.in_grid = false;
    state.pinned.reset();
  }
  // Rows and columns are those of the tensor's last two axes; a step over an edge of the plane stays.
  void operator()(const MoveInGrid& m) {
    if (!traced() || !state.pinned) return;
    const Tensor* tensor = trace().tensor(state.pinned->layer, state.pinned->slot);
    if (!tensor) return;
    const Shape& s = tensor->shape;
    auto at = s.unravel(state.pinned->index);
    const auto step = [&](int axis, int by) {
      if (axis < 0) return;
      auto& i = at[static_cast<std::size_t>(axis)];
      i = std::clamp<std::int64_t>(i + by, 0, s[axis] - 1);
    };
    step(s.rank() - 1, m.columns);
    step(s.rank() - 2, m.rows);
    state.pinned->index = s.ravel(std::span(at.data(), static_cast<std::size_t>(s.rank())));
  }
  void operator()(const Undo&) { travel(state.undo, state.redo); }
  void operator()(const Redo&) { travel(state.redo, state.undo); }
  void operator()(const Fail& f) { state.error = f.error; }
  void operator()(const Run&) {}
  void operator()(const Notify& n) { state.notice = n.text; }
  // What was revealed of it before is hidden again.
  void operator()(const Cover& c) {
    if (!traced()) return;
    if (const auto known = check_cell_name(trace().net(), trace().steps(), c.name); !known) {
      state.error = known.error();
      return;
    }
    remember(state);
    std::erase_if(state.revealed, [&](const std::string& cell) { return cell.rfind(c.name, 0) == 0; });
    std::vector<std::string>& covers = state.scene.covers;
    if (std::find(covers.begin(), covers.end(), c.name) == covers.end()) covers.push_back(c.name);
  }
  void operator()(const DismissError&) { state.error.reset(); }
  // What is left is the tour's.
  void operator()(const auto& intent) { update_tour(model, intent); }

 private:
  // Whether there is anything to come back to: a page that has only just opened is not undone to.
  bool touched() const { return !state.undo.empty() || model.step() > 0; }

  bool at_last() const { return moved(trace(), cursor, 1) == cursor; }

  void fail(std::string code, std::string where, const std::string& expected, const std::string& found) {
    state.error = Error{std::move(code), std::move(where), "expected " + expected + ", found " + found};
  }

  // Of an edit the numbers are taken back, while the reader stays at his cell; another scene comes back with its place.
  void travel(std::vector<Snapshot>& from, std::vector<Snapshot>& to) {
    if (from.empty()) return;
    stop_playing(state);
    to.push_back(snapshot(state));
    const bool same_scene = from.back().original.net == state.original.net && model.trace != nullptr;
    const Cursor here = cursor;
    const ViewPrefs view = state.scene.view;
    state.scene = std::move(from.back().scene);
    state.scene.view = view;
    state.original = std::move(from.back().original);
    state.input_name = std::move(from.back().input_name);
    from.pop_back();
    const auto pinned = state.pinned;
    const bool in_grid = state.in_grid;
    close_all(state);
    if (same_scene) {
      cursor = here;
    } else {
      model.trace = nullptr;
    }
    retrace(model);
    ++state.edits;
    // What was pinned is so still, if the same net has it.
    if (!same_scene || !model.trace || !model.spare || model.trace->steps().size() != model.spare->steps().size())
      return;
    state.pinned = pinned;
    state.in_grid = in_grid;
  }
};

}  // namespace

double play_interval(Grain grain) {
  switch (grain) {
    case Grain::product: return 0.35;
    case Grain::cell: return 0.6;
    case Grain::channel: return 0.9;
    case Grain::layer: return 1.4;
  }
  return 1.0;
}

Model initial_model() {
  Model model;
  auto scene = preset_scene(presets().front().name);
  if (scene) show_scene(model, std::move(*scene), false);
  return model;
}

void update(Model& model, const Intent& intent) {
  Tour& tour = model.state.tour;
  const bool asked_for = is_asked_for(model, intent);
  const Away away = asked_for ? Away::no : goes_away(intent);
  if (away == Away::leaves && tour.is_open()) tour.phase = Tour::Phase::left;
  if (away == Away::steps && tour.phase == Tour::Phase::running) tour.phase = Tour::Phase::paused;
  const bool passing = std::holds_alternative<Hover>(intent) || std::holds_alternative<Tick>(intent);
  if (!passing) model.state.notice.clear();
  if (!update_edit(model, intent)) std::visit(Updater{model}, intent);
  if (asked_for && tour.runs()) hear_change(model);
  check_gradient(model);
}

}  // namespace backstep::app
