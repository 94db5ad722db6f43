#include "web/app/intent.h"

#include <array>
#include <charconv>

namespace backstep::app {
namespace {

Intent refuse(std::string_view kind, std::string_view argument, const std::string& expected) {
  return Fail{{"intent." + std::string(kind), std::string(kind),
               "expected " + expected + ", found \"" + std::string(argument) + "\""}};
}

template <class Int>
std::optional<Int> whole(std::string_view text) {
  Int value{};
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "12", or "12:3" with a term.
Intent seek(std::string_view argument) {
  const std::size_t colon = argument.find(':');
  const auto step = whole<std::int64_t>(argument.substr(0, colon));
  const auto term = colon == std::string_view::npos ? std::optional<std::int64_t>(-1)
                                                    : whole<std::int64_t>(argument.substr(colon + 1));
  if (!step || !term) return refuse("seek", argument, "a step, or step:term");
  return Seek{*step, *term};
}

Intent grain(std::string_view argument) {
  for (const Grain g : {Grain::product, Grain::cell, Grain::channel, Grain::layer}) {
    if (argument == grain_name(g)) return SetGrain{g};
  }
  return refuse("grain", argument, "product, cell, channel or layer");
}

Intent theme(std::string_view argument) {
  for (const Theme t : {Theme::system, Theme::light, Theme::dark, Theme::contrast}) {
    if (argument == theme_name(t)) return SetTheme{t};
  }
  return refuse("theme", argument, "system, light, dark or contrast");
}

struct Plain {
  std::string_view kind;
  Intent intent;
};

}  // namespace

Intent parse_intent(std::string_view kind, std::string_view argument) {
  const std::array plain{
      Plain{"next", Move{1}},
      Plain{"back", Move{-1}},
      Plain{"layer_next", MoveLayer{1}},
      Plain{"layer_back", MoveLayer{-1}},
      Plain{"first", SeekEnd{false}},
      Plain{"last", SeekEnd{true}},
      Plain{"finer", ChangeGrain{-1}},
      Plain{"coarser", ChangeGrain{1}},
      Plain{"play", SetPlaying{true}},
      Plain{"pause", SetPlaying{false}},
      Plain{"reset", ResetInput{}},
      Plain{"inspector", ToggleInspector{}},
      Plain{"strip", ToggleStrip{}},
      Plain{"everything", ToggleEverything{}},
      Plain{"keys", ToggleKeys{}},
      Plain{"undo", Undo{}},
      Plain{"redo", Redo{}},
      Plain{"dismiss", DismissError{}},
      Plain{"tour", StartTour{}},
      Plain{"tour_pause", PauseTour{}},
      Plain{"tour_skip", LeaveTour{}},
      Plain{"tour_next", TourMove{1}},
      Plain{"tour_back", TourMove{-1}},
      Plain{"present", TogglePresenter{}},
  };
  for (const Plain& candidate : plain) {
    if (kind == candidate.kind) return candidate.intent;
  }
  if (kind == "seek") return seek(argument);
  if (kind == "grain") return grain(argument);
  if (kind == "theme") return theme(argument);
  if (kind == "go") return GoTo{std::string(argument)};
  if (kind == "scene") return LoadPreset{std::string(argument)};
  if (kind == "address") return LoadAddress{std::string(argument)};
  if (kind == "document") return LoadScene{std::string(argument)};
  if (kind == "target") {
    const auto target = whole<int>(argument);
    return target ? Intent{SetTarget{*target}} : refuse("target", argument, "a class number");
  }
  if (kind == "tour_stop") {
    const auto stop = whole<std::size_t>(argument);
    return stop && *stop > 0 ? Intent{GoToStop{*stop - 1}} : refuse("tour_stop", argument, "a stop from 1 on");
  }
  if (kind == "guess") return MakeGuess{std::string(argument)};
  if (kind == "reveal") return Reveal{std::string(argument)};
  return Fail{{"intent.kind", std::string(kind), "this is no intent of the page"}};
}

}  // namespace backstep::app
