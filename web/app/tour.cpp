#include "web/app/tour.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/format.h"
#include "engine/scene/cell_names.h"
#include "engine/scene/edit.h"
#include "web/app/cells.h"
#include "web/app/show_scene.h"
#include "web/lessons.h"

namespace backstep::app {
namespace {

void enter(Model& model, std::size_t number) {
  State& state = model.state;
  const Playlist& list = *state.tour.list;
  const Stop& stop = list.stops[number];
  Scene scene = stop_scene(list, number);
  scene.view = state.scene.view;
  scene.view.see = stop.see;
  // The preset's name would bring back other numbers than these.
  const bool own = stop.edit.empty() && stop.updates == 0;
  if (!own) scene.name.clear();
  show_scene(model, std::move(scene), false);
  Tour& tour = state.tour;
  tour.stop = number;
  tour.phase = Tour::Phase::running;
  tour.changed = false;
  const auto before = own ? model.trace : record(list.scenes[stop.scene].problem);
  tour.text = fill_text(stop.text, *model.trace, *before);
  tour.answer = fill_text(stop.answer, *model.trace, *before);
  if (stop.pin.empty()) return;
  const auto cell = parse_any_cell(model.trace->net(), model.trace->steps(), stop.pin);
  if (cell) state.pinned = CellAt{cell->layer, cell->slot, cell->index};
}

bool start(Model& model, Result<Playlist> list, std::string source, std::size_t stop) {
  State& state = model.state;
  if (!list) {
    state.error = list.error();
    return false;
  }
  if (stop >= list->stops.size()) {
    state.error = Error{
        "tour.stop", "stop",
        "expected a stop from 1 to " + std::to_string(list->stops.size()) + ", found " + std::to_string(stop + 1)};
    return false;
  }
  state.tour.list = std::make_shared<const Playlist>(std::move(*list));
  state.tour.source = std::move(source);
  enter(model, stop);
  return true;
}

void leave(Model& model) {
  State& state = model.state;
  if (!state.tour.is_open()) return;
  state.tour.phase = Tour::Phase::left;
  // What the tour covered or lit is the tour's.
  state.scene.covers = state.tour.list->scenes[state.tour.at().scene].covers;
  state.pinned.reset();
  state.guess = {};
}

// The number in a text that people type: a true minus sign and a decimal comma are understood.
std::optional<double> number_in(std::string text) {
  if (const auto minus = text.find("\u2212"); minus != std::string::npos) text.replace(minus, 3, "-");
  std::replace(text.begin(), text.end(), ',', '.');
  std::erase(text, ' ');
  if (text.empty() || text.find_first_not_of("+-.0123456789eE") != std::string::npos) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return end == text.c_str() + text.size() ? std::optional(value) : std::nullopt;
}

void judge(Model& model, const std::string& cell, const std::string& text) {
  GuessState& guess = model.state.guess;
  const auto step = model.trace->steps().parse(cell);
  const auto number = number_in(text);
  if (!step) return;
  if (!number) {
    guess.verdict = "“" + text + "” is not a number.";
    return;
  }
  constexpr double kNear = 0.005;  // of the value: what rounding in one's head may cost
  const auto value = static_cast<double>(model.trace->value(*step));
  guess.right = format_number(*number) == format_number(value) || std::abs(*number - value) <= kNear * std::abs(value);
  guess.typed.clear();
  if (guess.right) {
    guess.verdict = "Right!";
    model.state.revealed.push_back(cell);
  } else {
    guess.verdict = "Not " + format_number(*number) + ". Try again, or have it shown.";
  }
}

// Intents by which the reader goes somewhere of his own.
struct AwayOf {
  Away operator()(const LoadAddress&) const { return Away::leaves; }
  Away operator()(const LoadScene&) const { return Away::leaves; }
  Away operator()(const LoadPreset&) const { return Away::leaves; }
  Away operator()(const SetPlaying& p) const { return p.playing ? Away::steps : Away::no; }
  Away operator()(const Move&) const { return Away::steps; }
  Away operator()(const MoveLayer&) const { return Away::steps; }
  Away operator()(const Seek&) const { return Away::steps; }
  Away operator()(const SeekEnd&) const { return Away::steps; }
  Away operator()(const GoTo&) const { return Away::steps; }
  Away operator()(const SetGrain&) const { return Away::steps; }
  Away operator()(const ChangeGrain&) const { return Away::steps; }
  Away operator()(const LoadPicture&) const { return Away::steps; }
  Away operator()(const LoadWeights&) const { return Away::steps; }
  Away operator()(const ResetInput&) const { return Away::steps; }
  Away operator()(const SetTarget&) const { return Away::steps; }
  Away operator()(const SetCell&) const { return Away::steps; }
  Away operator()(const StepCell&) const { return Away::steps; }
  Away operator()(const ScrubCell&) const { return Away::steps; }
  Away operator()(const PaintInput&) const { return Away::steps; }
  Away operator()(const FillKernel&) const { return Away::steps; }
  Away operator()(const EditLayer&) const { return Away::steps; }
  Away operator()(const RunToBreak&) const { return Away::steps; }
  Away operator()(const Undo&) const { return Away::steps; }
  Away operator()(const Redo&) const { return Away::steps; }
  Away operator()(const auto&) const { return Away::no; }
};

// The name of the given cell that an intent changes; empty where it changes none or several.
struct ChangedBy {
  const Model& model;
  std::string operator()(const SetCell& s) const { return s.cell; }
  std::string operator()(const StepCell& s) const {
    return s.cell.empty() && model.state.pinned ? name_of(model, *model.state.pinned) : s.cell;
  }
  std::string operator()(const ScrubCell& s) const { return s.cell; }
  std::string operator()(const auto&) const { return ""; }
};

struct TourUpdater {
  Model& model;
  State& state = model.state;
  Tour& tour = state.tour;

  void operator()(const StartTour&) {
    remember_own();
    if (tour.list) return enter(model, tour.stop);
    start(model, own_tour(), "", 0);
  }
  void operator()(const PauseTour&) {
    if (tour.runs()) tour.phase = Tour::Phase::paused;
  }
  void operator()(const LeaveTour&) { leave(model); }
  void operator()(const TourMove& m) {
    if (!tour.is_open()) return;
    const auto last = static_cast<std::int64_t>(tour.list->stops.size()) - 1;
    const std::int64_t to = static_cast<std::int64_t>(tour.stop) + m.by;
    if (to > last) return leave(model);
    remember_own();
    enter(model, static_cast<std::size_t>(std::max<std::int64_t>(to, 0)));
  }
  void operator()(const GoToStop& g) {
    if (tour.list && g.stop < tour.list->stops.size()) {
      remember_own();
      return enter(model, g.stop);
    }
    Snapshot before = snapshot(state);
    // A stop that does not exist changes nothing, and costs no redo.
    if (start(model, own_tour(), "", g.stop)) remember(state, std::move(before));
  }
  void operator()(const TypeGuess& t) {
    std::string& typed = state.guess.typed;
    if (t.key == '\b') {
      if (!typed.empty()) typed.pop_back();
    } else if (typed.size() < 12) {
      typed += t.key;
    }
  }
  void operator()(const MakeGuess& g) {
    const std::string cell = asked_cell(model);
    const std::string text = g.text.empty() ? state.guess.typed : g.text;
    if (!cell.empty() && !text.empty()) judge(model, cell, text);
  }
  void operator()(const Reveal& r) {
    const std::string asked = asked_cell(model);
    const std::string name = r.name.empty() ? asked : r.name;
    if (name.empty()) return;
    if (name.find('[') == std::string::npos) {
      // A whole tensor is covered no longer, nor are single cells of it.
      std::erase_if(state.scene.covers, [&](const std::string& cover) { return cover.rfind(name, 0) == 0; });
    } else {
      state.revealed.push_back(name);
    }
    if (asked != asked_cell(model)) state.guess = {};
  }
  // A stop takes the place of what the reader made or opened while the tour did not run: undo brings that back.
  void remember_own() {
    if (tour.runs()) return;
    const bool own = !tour.is_open() || tour.list->scenes[tour.at().scene].problem.net != state.original.net;
    if (own || is_edited(state)) remember(state);
  }
  void operator()(const TogglePresenter&) { state.scene.view.present = !state.scene.view.present; }
  void operator()(const auto&) {}
};

}  // namespace

Result<Playlist> own_tour() { return parse_playlist(lessons::texts[0].text); }

Panels open_panels(const Model& model) {
  const Tour& tour = model.state.tour;
  const ViewPrefs& view = model.state.scene.view;
  Panels all = Panels::all();
  all.inspector = view.inspector;
  if (!tour.is_open() || view.everything) return all;
  Panels open = tour.at().show;
  open.inspector = open.inspector || view.inspector;
  if (tour.runs()) return open;
  // Whoever steps by himself needs to see what he does.
  open.working = open.steps = open.heading = open.map = true;
  return open;
}

std::string place_text(const Tour& tour) {
  if (!tour.list) return "";
  return std::to_string(tour.stop + 1) + " of " + std::to_string(tour.list->stops.size());
}

std::string asked_cell(const Model& model) {
  if (!model.trace) return "";
  const StepIndex& steps = model.trace->steps();
  const auto covered = [&](std::int64_t step) {
    const CellRef cell = steps.cell(step);
    return model.covered(cell.layer, cell.slot, cell.index);
  };
  const Tour& tour = model.state.tour;
  if (tour.runs() && !tour.at().ask.empty()) {
    const auto step = steps.parse(tour.at().ask);
    return step && covered(*step) ? tour.at().ask : "";
  }
  return covered(model.step()) ? steps.name(model.step()) : "";
}

std::string tour_text(const Model& model) {
  const Tour& tour = model.state.tour;
  if (!tour.is_open()) return "";
  const bool done = tour.at().change.empty() ? asked_cell(model).empty() : tour.changed;
  const bool answered = !tour.answer.empty() && done && tour.runs();
  const std::string& said = answered ? tour.answer : tour.text;
  const std::string& verdict = model.state.guess.verdict;
  return verdict.empty() ? said : verdict + " " + said;
}

bool start_playlist(Model& model, std::string_view json, std::size_t stop) {
  return start(model, parse_playlist(json), std::string(json), stop);
}

void start_tour(Model& model, std::size_t stop) { start(model, own_tour(), "", stop); }

bool is_asked_for(const Model& model, const Intent& intent) {
  const Tour& tour = model.state.tour;
  if (!tour.runs() || tour.at().change.empty()) return false;
  if (std::holds_alternative<Undo>(intent)) return tour.changed;
  const std::string cell = std::visit(ChangedBy{model}, intent);
  return !cell.empty() && cell.rfind(tour.at().change, 0) == 0;
}

void hear_change(Model& model) {
  Tour& tour = model.state.tour;
  const Stop& stop = tour.at();
  const State& state = model.state;
  const auto cell = parse_source_cell(*state.scene.problem.net, stop.change);
  tour.changed = cell && !same_source(state.scene.problem, *cell, state.original, *cell);
  const auto before = record(state.original);
  tour.answer = fill_text(stop.answer, *model.trace, *before);
}

void update_tour(Model& model, const Intent& intent) { std::visit(TourUpdater{model}, intent); }

Away goes_away(const Intent& intent) { return std::visit(AwayOf{}, intent); }

}  // namespace backstep::app
