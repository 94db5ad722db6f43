#include "web/app/intent.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <span>

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

// The name of a cell, or the number of a step; what a reader typed may have blanks around it and inside.
Intent go(std::string_view argument) {
  std::string name;
  for (const char c : argument) {
    if (c != ' ') name += c;
  }
  if (const auto step = whole<std::int64_t>(name)) return Seek{*step, -1};
  return GoTo{std::move(name)};
}

// The enumerator of this name; the names stand in the order of the enumeration.
template <class Enum>
std::optional<Enum> named(std::string_view name, std::span<const std::string_view> names) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

Intent grain(std::string_view argument) {
  const auto grain = named<Grain>(argument, kGrainNames);
  return grain ? Intent{SetGrain{*grain}} : refuse("grain", argument, "product, cell, channel or layer");
}

Intent theme(std::string_view argument) {
  const auto theme = named<Theme>(argument, kThemeNames);
  return theme ? Intent{SetTheme{*theme}} : refuse("theme", argument, "system, light, dark or contrast");
}

// "conv1.w[0,0,1,1]=-2"
Intent set_cell(std::string_view argument) {
  const std::size_t equals = argument.find('=');
  if (equals == std::string_view::npos) return refuse("set", argument, "a cell, an equals sign and a number");
  return SetCell{std::string(argument.substr(0, equals)), std::string(argument.substr(equals + 1))};
}

// "0 kernel 3", "0 remove", "-1 relu"
Intent edit_layer(std::string_view argument) {
  const std::size_t first = std::min(argument.find(' '), argument.size());
  const auto layer = whole<int>(argument.substr(0, first));
  if (!layer || first == argument.size()) return refuse("layer", argument, "a layer's number and what to do with it");
  const std::string_view rest = argument.substr(first + 1);
  const std::size_t second = rest.find(' ');
  if (second == std::string_view::npos) return EditLayer{*layer, "", "", std::string(rest)};
  return EditLayer{*layer, std::string(rest.substr(0, second)), std::string(rest.substr(second + 1)), ""};
}

// "conv1.w[0,0,1,1] gaussian 1"
Intent fill_kernel(std::string_view argument) {
  const std::size_t first = argument.find(' '), second = argument.find(' ', first + 1);
  const auto seed = second < argument.size() ? whole<std::uint64_t>(argument.substr(second + 1)) : std::nullopt;
  if (!seed) return refuse("kernel", argument, "a cell, a pattern and a seed");
  return FillKernel{std::string(argument.substr(0, first)), std::string(argument.substr(first + 1, second - first - 1)),
                    *seed};
}

Intent brush(std::string_view argument) {
  if (argument.empty()) return SetBrush{};
  // Decimal digits alone: strtof would take "inf" too.
  const std::string text(argument);
  char* end = nullptr;
  const float value = std::strtof(text.c_str(), &end);
  const bool whole = end == text.c_str() + text.size() && text.find_first_not_of("-.0123456789e") == std::string::npos;
  return whole ? Intent{SetBrush{value}} : refuse("brush", argument, "a number");
}

Intent see(std::string_view argument) {
  const auto see = named<See>(argument, kSeeNames);
  return see ? Intent{SetSee{*see}} : refuse("see", argument, "gather, scatter, unrolled or matrix");
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
      Plain{"larger", ChangeScale{1}},
      Plain{"smaller", ChangeScale{-1}},
      Plain{"zoom_in", Zoom{1}},
      Plain{"zoom_out", Zoom{-1}},
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
      Plain{"edit", OpenField{}},
      Plain{"field_close", CloseField{}},
      Plain{"run", RunToBreak{1}},
      Plain{"run_back", RunToBreak{-1}},
      Plain{"paint", TogglePaint{}},
      Plain{"panel", TogglePanel{}},
      Plain{"file", Run{Errand::open_file}},
      Plain{"copy_link", Run{Errand::copy_link}},
      Plain{"copy_formula", Run{Errand::copy_formula}},
      Plain{"save_png", Run{Errand::save_png}},
      Plain{"save_svg", Run{Errand::save_svg}},
      Plain{"lesson", Run{Errand::open_lesson}},
  };
  for (const Plain& candidate : plain) {
    if (kind == candidate.kind) return candidate.intent;
  }
  if (kind == "seek") return seek(argument);
  if (kind == "grain") return grain(argument);
  if (kind == "theme") return theme(argument);
  if (kind == "see") return see(argument);
  if (kind == "check_width") {
    const auto index = whole<int>(argument);
    const bool known = index && *index >= 0 && *index < kCheckWidths;
    return known ? Intent{SetCheckWidth{*index}}
                 : refuse("check_width", argument, "a number from 0 to " + std::to_string(kCheckWidths - 1));
  }
  if (kind == "go") return go(argument);
  if (kind == "scale") {
    const auto percent = whole<int>(argument);
    return percent ? Intent{SetScale{*percent}} : refuse("scale", argument, "a size in percent");
  }
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
  if (kind == "pin") return PinCell{std::string(argument)};
  if (kind == "set") return set_cell(argument);
  if (kind == "step_cell") {
    const auto by = whole<int>(argument);
    return by ? Intent{StepCell{"", *by}} : refuse("step_cell", argument, "a number of steps");
  }
  if (kind == "layer") return edit_layer(argument);
  if (kind == "kernel") return fill_kernel(argument);
  if (kind == "brush") return brush(argument);
  if (kind == "break") return ToggleBreakpoint{std::string(argument)};
  if (kind == "watch") return ToggleWatch{std::string(argument)};
  if (kind == "menu") {
    const auto item = whole<int>(argument);
    return item ? Intent{ChooseInMenu{*item}} : refuse("menu", argument, "an entry's number");
  }
  if (kind == "guess") return MakeGuess{std::string(argument)};
  if (kind == "cover") return Cover{std::string(argument)};
  if (kind == "notify") return Notify{std::string(argument)};
  if (kind == "reveal") return Reveal{std::string(argument)};
  return Fail{{"intent.kind", std::string(kind), "this is no intent of the page"}};
}

}  // namespace backstep::app
