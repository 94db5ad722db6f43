// The tour: every stop can be shown, forward and back; guesses are judged; the reader may look round and come back.
#include "web/app/tour.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "engine/cli/files.h"
#include "engine/format.h"
#include "web/app/keys.h"
#include "web/app/mirror.h"
#include "web/app/update.h"

using namespace backstep;
using namespace backstep::app;

namespace {

std::map<std::string, std::string> mirror_of(const Model& model) {
  std::map<std::string, std::string> out;
  for (const auto& [name, value] : mirror_fields(model)) out[std::string(name)] = value;
  return out;
}

Model at_start() {
  Model model = initial_model();
  update(model, LoadAddress{"{}", true});
  return model;
}

// What the reader sees of a stop.
std::string seen(const Model& model) {
  auto fields = mirror_of(model);
  std::string out;
  for (const char* name : {"stop", "tour_text", "hash", "cell", "term", "grain", "narration", "asked", "scene"}) {
    out += fields[name] + "|";
  }
  const auto& pinned = model.state.pinned;
  return out + (pinned ? std::to_string(pinned->index) : "-");
}

void press(Model& model, Key key) {
  if (const auto intent = intent_of_key(key, false, model)) update(model, *intent);
}

void type(Model& model, std::string_view text) {
  for (const char key : text) {
    if (const auto intent = intent_of_text(key, model)) update(model, *intent);
  }
}

}  // namespace

TEST_CASE("an address without scene and step starts the tour, any other does not") {
  CHECK(at_start().state.tour.runs());
  const auto after = [](const char* json, bool tours) {
    Model model = initial_model();
    update(model, LoadAddress{json, tours});
    CHECK_FALSE(model.state.error.has_value());
    return model.state.tour.runs();
  };
  CHECK(after(R"({"theme":"dark"})", true));
  CHECK_FALSE(after(R"({})", false));
  CHECK(after(R"({"tour":"1"})", false));
  CHECK(after(R"({"tour":"1","scene":"pocket"})", false));
  CHECK_FALSE(after(R"({"tour":"0"})", true));
  CHECK_FALSE(after(R"({"scene":"pocket"})", true));
  CHECK_FALSE(after(R"({"step":"3"})", true));
}

TEST_CASE("the tour has about 50 stops, the same forward and back") {
  Model model = at_start();
  const std::size_t stops = model.state.tour.list->stops.size();
  CHECK(stops == 50);
  std::vector<std::string> forward;
  for (std::size_t i = 0; i < stops; ++i) {
    CAPTURE(i);
    CHECK(model.state.tour.stop == i);
    CHECK_FALSE(model.state.error.has_value());
    CHECK_FALSE(tour_text(model).empty());
    // No placeholder is left, and none was unknown.
    CHECK(model.state.tour.text.find('{') == std::string::npos);
    CHECK(model.state.tour.answer.find('{') == std::string::npos);
    CHECK(model.state.tour.text.find("NaN") == std::string::npos);
    CHECK_FALSE(model.state.tour.at().title.empty());
    if (!model.state.tour.at().pin.empty()) CHECK(model.state.pinned.has_value());
    forward.push_back(seen(model));
    press(model, Key::right);
  }
  CHECK(model.state.tour.phase == Tour::Phase::left);  // past the last one
  update(model, GoToStop{stops - 1});
  for (std::size_t i = stops; i-- > 0;) {
    CAPTURE(i);
    CHECK(seen(model) == forward[i]);
    press(model, Key::page_up);
  }
  CHECK(model.state.tour.stop == 0);  // before the first there is none
}

TEST_CASE("no number in the tour is typed in by hand") {
  const auto list = own_tour();
  REQUIRE(list);
  for (const Stop& stop : list->stops) {
    for (const std::string& text : {stop.title, stop.text, stop.answer}) {
      int depth = 0;
      for (const char c : text) {
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        const bool digit = depth == 0 && c >= '0' && c <= '9';
        CHECK_MESSAGE(!digit, text);
      }
    }
  }
}

TEST_CASE("what the tour claims in words is so") {
  const Model model = at_start();
  const auto value = [&](const char* cell) {
    return static_cast<double>(model.trace->value(*model.trace->steps().parse(cell)));
  };
  CHECK(value("conv1.y[0,0,0]") < 0.0);  // "is not above zero"
  CHECK(value("conv1.y[0,1,1]") > 0.0);
  CHECK(value("dense1.y[0]") == value("dense1.y[1]"));  // "cannot decide"
  CHECK(value("loss.dx[0]") < 0.0);                     // "more of this score, less loss"
  CHECK(value("conv1.dw[0,0,0,1]") > 0.0);              // "so the weight should shrink"
  for (const char* column : {"0", "1", "2"}) {
    const std::string middle = std::string("conv1.w[0,0,") + column + ",1]";
    const auto cell = parse_any_cell(model.trace->net(), model.trace->steps(), middle);
    REQUIRE(cell);
    CHECK((*model.trace->tensor(cell->layer, cell->slot))[cell->index] == 0.0F);
  }
  Model later = at_start();
  update(later, GoToStop{45});
  CHECK(later.trace->loss().value[0] < model.trace->loss().value[0]);
}

TEST_CASE("a covered number is asked for, judged and shown") {
  Model model = at_start();
  const std::string value = format_number(static_cast<double>(model.trace->value(model.step())));
  CHECK(mirror_of(model)["asked"] == "conv1.y[0,0,0]");
  CHECK(mirror_of(model)["narration"].find(value) == std::string::npos);
  CHECK(mirror_of(model)["narration"].find('?') != std::string::npos);

  type(model, "7");
  press(model, Key::enter);
  CHECK_FALSE(model.state.guess.right);
  CHECK(tour_text(model).find("Not 7") != std::string::npos);
  CHECK(mirror_of(model)["asked"] == "conv1.y[0,0,0]");

  type(model, "-23");
  press(model, Key::backspace);
  press(model, Key::enter);
  CHECK(model.state.guess.right);
  CHECK(mirror_of(model)["asked"].empty());
  CHECK(tour_text(model).find(value) != std::string::npos);
  CHECK(mirror_of(model)["narration"].find(value) != std::string::npos);
  CHECK_FALSE(intent_of_text('1', model).has_value());

  // The true minus sign and a decimal comma are understood; words are not.
  update(model, GoToStop{21});
  update(model, MakeGuess{"a half"});
  CHECK(model.state.guess.verdict.find("not a number") != std::string::npos);
  update(model, MakeGuess{"0,5"});
  CHECK(model.state.guess.right);

  // Enter with nothing typed has it shown; coming back covers it again.
  update(model, GoToStop{0});
  CHECK(mirror_of(model)["asked"] == "conv1.y[0,0,0]");
  press(model, Key::enter);
  CHECK(mirror_of(model)["asked"].empty());
  CHECK(model.state.guess.verdict.empty());
}

TEST_CASE("the stop that asks for a change hears it and goes on; any other change pauses") {
  Model model = at_start();
  update(model, GoToStop{3});
  const std::string asked = tour_text(model);
  CHECK(asked.find("drag it") != std::string::npos);
  const std::string before = model.hash;
  // Dragged: each pixel of the way is a change, all of them one entry of undo.
  const std::size_t entries = model.state.undo.size();
  update(model, ScrubCell{"input[0,2,2]", 2});
  update(model, ScrubCell{"input[0,2,2]", 5});
  update(model, EndGesture{});
  CHECK(model.state.tour.runs());
  CHECK(model.state.undo.size() == entries + 1);
  CHECK(model.hash != before);
  CHECK(tour_text(model).find("From 2 to 7: only") == 0);
  // Taken back by keys: what was asked for is asked for again.
  press(model, Key::undo);
  CHECK(model.state.tour.runs());
  CHECK(model.hash == before);
  CHECK(tour_text(model) == asked);
  // Typed at the pinned cell, and by its keys.
  type(model, "9");
  REQUIRE(model.state.field);
  press(model, Key::enter);
  CHECK(model.state.tour.runs());
  CHECK(tour_text(model).find("From 2 to 9: only") == 0);
  press(model, Key::less);
  CHECK(tour_text(model).find("From 2 to 8: only") == 0);
  // On it goes, with the picture as it was.
  press(model, Key::right);
  CHECK(model.state.tour.stop == 4);
  CHECK(model.hash == before);
  press(model, Key::left);
  CHECK(tour_text(model) == asked);
  update(model, SetCell{"input[0,2,3]", "9"});
  CHECK(model.state.tour.phase == Tour::Phase::paused);
  CHECK(model.hash != before);
  update(model, GoToStop{4});
  update(model, SetCell{"input[0,2,2]", "9"});
  CHECK(model.state.tour.phase == Tour::Phase::paused);
}

TEST_CASE("the tour measures the gradient, and shows T beside its transpose") {
  Model model = at_start();
  const auto& stops = model.state.tour.list->stops;
  bool measured = false, turned = false;
  for (std::size_t i = 0; i < stops.size(); ++i) {
    update(model, GoToStop{i});
    if (stops[i].show.inspector && !stops[i].cell.empty() && stops[i].cell.find(".dw") != std::string::npos) {
      measured = true;
      REQUIRE(model.check);
      CHECK(mirror_of(model)["check"].find("analytic") != std::string::npos);
    }
    if (stops[i].see == See::matrix) {
      turned = true;
      CHECK(mirror_of(model)["see"] == "matrix");
    } else {
      CHECK(mirror_of(model)["see"] == "gather");
    }
  }
  CHECK(measured);
  CHECK(turned);
}

TEST_CASE("covers of any scene can be guessed and revealed") {
  Model model = initial_model();
  Scene scene = model.state.scene;
  scene.covers = {"relu1.y"};
  update(model, LoadScene{write_scene(scene)});
  update(model, GoTo{"relu1.y[0,1,1]"});
  CHECK(asked_cell(model) == "relu1.y[0,1,1]");
  update(model, MakeGuess{"6"});
  CHECK(asked_cell(model).empty());
  update(model, Move{1});
  CHECK(asked_cell(model) == "relu1.y[0,1,2]");
  update(model, Reveal{});
  CHECK(asked_cell(model).empty());
}

TEST_CASE("the reader covers a cell or a tensor and has it shown again") {
  Model model = initial_model();
  update(model, GoTo{"conv1.y[0,2,1]"});
  update(model, parse_intent("cover", "conv1.y"));
  CHECK(asked_cell(model) == "conv1.y[0,2,1]");
  CHECK(mirror_of(model)["narration"].find('?') != std::string::npos);
  update(model, parse_intent("guess", "100"));
  CHECK_FALSE(mirror_of(model)["verdict"].empty());
  update(model, Move{1});
  CHECK(mirror_of(model)["verdict"].empty());  // it was about the other cell
  update(model, parse_intent("reveal", ""));
  CHECK(asked_cell(model).empty());
  update(model, Move{1});
  CHECK(asked_cell(model) == "conv1.y[0,2,3]");
  update(model, parse_intent("reveal", "conv1.y"));
  update(model, Move{1});
  CHECK(asked_cell(model).empty());
  update(model, Cover{"conv1.y[0,3,0]"});
  CHECK(asked_cell(model) == "conv1.y[0,3,0]");
  update(model, Reveal{"conv1.y"});
  update(model, Cover{"conv1.y"});
  CHECK(asked_cell(model) == "conv1.y[0,3,0]");
  update(model, Undo{});  // the covering is taken back
  CHECK(asked_cell(model).empty());
  update(model, Cover{"conv9.y"});
  CHECK(model.state.error.has_value());
}

TEST_CASE("what came of an errand is told until something else happens") {
  Model model = initial_model();
  const std::string before = mirror_of(model)["hash"];
  update(model, parse_intent("copy_formula", ""));
  update(model, parse_intent("notify", "Formula copied"));
  CHECK(mirror_of(model)["notice"] == "Formula copied");
  update(model, Hover{});
  CHECK(mirror_of(model)["notice"] == "Formula copied");
  update(model, Move{1});
  CHECK(mirror_of(model)["notice"].empty());
  CHECK(mirror_of(model)["hash"] == before);
}

TEST_CASE("looking round pauses the tour, and it goes on where it was") {
  Model model = at_start();
  update(model, GoToStop{5});
  const std::string stop = seen(model);
  press(model, Key::escape);
  CHECK(model.state.tour.phase == Tour::Phase::paused);
  press(model, Key::right);  // a step now
  CHECK(model.state.tour.stop == 5);
  update(model, Seek{100, -1});
  update(model, StartTour{});
  CHECK(model.state.tour.runs());
  CHECK(seen(model) == stop);

  update(model, Seek{100, -1});  // by the scrubber, say
  CHECK(model.state.tour.phase == Tour::Phase::paused);
  update(model, TourMove{1});
  CHECK(model.state.tour.stop == 6);

  update(model, LeaveTour{});
  CHECK(model.state.tour.phase == Tour::Phase::left);
  CHECK(model.state.scene.covers.empty());
  press(model, Key::right);
  update(model, LoadPreset{"max-pool"});
  update(model, StartTour{});
  CHECK(model.state.tour.stop == 6);
  CHECK(model.state.scene.name == "pocket");
}

TEST_CASE("going on with the tour takes an edit away, and undo brings it back") {
  Model model = at_start();
  update(model, GoToStop{5});
  const std::string stop = model.hash;
  update(model, PauseTour{});
  update(model, SetCell{"conv1.w[0,0,1,1]", "7"});
  const std::string edited = model.hash;
  REQUIRE(edited != stop);
  update(model, StartTour{});
  CHECK(model.hash == stop);
  update(model, Undo{});
  CHECK(model.hash == edited);

  // The same by Next while it is paused, and for a scene of the reader's own.
  update(model, TourMove{1});
  CHECK(model.state.tour.stop == 6);
  update(model, Undo{});
  CHECK(model.hash == edited);
  update(model, StartTour{});
  update(model, LoadPreset{"max-pool"});
  const std::string own = model.hash;
  update(model, StartTour{});
  update(model, Undo{});
  CHECK(model.hash == own);
  update(model, StartTour{});
  update(model, Undo{});
  CHECK(model.hash == own);

  // A stop that does not exist takes nothing away, redo included.
  REQUIRE_FALSE(model.state.redo.empty());
  const std::size_t redo = model.state.redo.size();
  update(model, GoToStop{999});
  CHECK(model.state.error.has_value());
  CHECK(model.hash == own);
  CHECK(model.state.redo.size() == redo);

  // Without an edit there is nothing to bring back.
  update(model, StartTour{});
  const std::size_t entries = model.state.undo.size();
  update(model, PauseTour{});
  update(model, StartTour{});
  CHECK(model.state.undo.size() == entries);
}

TEST_CASE("the example of a playlist in the documentation is one, and it can be walked") {
  const auto bytes = cli::read_file(std::string(BACKSTEP_DOCS) + "/playlist-example.json", kMaxSceneBytes);
  REQUIRE(bytes);
  Model model = initial_model();
  update(model, LoadScene{std::string(bytes->begin(), bytes->end())});
  REQUIRE_FALSE(model.state.error.has_value());
  const std::size_t stops = model.state.tour.list->stops.size();
  for (std::size_t i = 0; i < stops; ++i) {
    CHECK(tour_text(model).find('{') == std::string::npos);
    CHECK(model.state.tour.stop == i);
    update(model, TourMove{1});
  }
  CHECK(model.state.tour.phase == Tour::Phase::left);
}

TEST_CASE("what is open follows the stop, until everything is shown") {
  Model model = at_start();
  CHECK(open_panels(model) == Panels{});
  update(model, ToggleEverything{});
  CHECK(open_panels(model) == Panels::all());
  CHECK(model.state.tour.runs());
  update(model, ToggleEverything{});
  update(model, PauseTour{});
  CHECK(open_panels(model).steps);
  update(model, LeaveTour{});
  CHECK(open_panels(model).map);
}

TEST_CASE("the address keeps the tour's place and what is open") {
  Model model = at_start();
  update(model, GoToStop{11});
  update(model, ToggleEverything{});
  SUBCASE("all") {}
  SUBCASE("without the inspector") { update(model, ToggleInspector{}); }
  SUBCASE("without the map") { update(model, ToggleStrip{}); }
  const AddressFields fields = address_fields(model);
  CHECK(fields.preset.empty());
  CHECK(fields.document.empty());
  std::string json = "{";
  for (const auto& [key, value] : fields.overrides) {
    json += (json.size() > 1 ? ",\"" : "\"") + std::string(key) + "\":\"" + value + "\"";
  }
  Model again = initial_model();
  update(again, LoadAddress{json + "}", true});
  CHECK_FALSE(again.state.error.has_value());
  CHECK(again.state.tour.stop == 11);
  CHECK(again.state.scene.view == model.state.scene.view);
  CHECK(again.state.scene.view.everything);
  CHECK(seen(again) == seen(model));
  update(again, LoadAddress{R"({"stop":"4711"})", true});
  REQUIRE(again.state.error.has_value());
  CHECK(again.state.error->where == "stop");
}

TEST_CASE("a lecturer's playlist is a tour too, and a wrong one says where") {
  Model model = initial_model();
  update(model, LoadScene{R"({"playlist":1,"title":"Mine","stops":[
    {"text":"The largest is {pool1.y[0,0,0]}.","scene":"max-pool","cell":"pool1.y[0,0,0]"},
    {"text":"With a pixel of {input[0,0,0]}: {pool1.y[0,0,0]}, before {before pool1.y[0,0,0]}.",
     "edit":"input[0,0,0]=20"}]})"});
  REQUIRE_FALSE(model.state.error.has_value());
  CHECK(tour_text(model) == "The largest is 6.");
  update(model, TourMove{1});
  CHECK(tour_text(model) == "With a pixel of 20: 20, before 6.");
  CHECK_FALSE(address_fields(model).playlist.empty());
  update(model, TourMove{1});
  CHECK(model.state.tour.phase == Tour::Phase::left);
  // The numbers were edited: the preset's name would not bring them back.
  CHECK(address_fields(model).preset.empty());

  const auto wrong = [](const char* stop) {
    const auto list = parse_playlist(std::string(R"({"playlist":1,"stops":[{"text":""},)") + stop + "]}");
    REQUIRE_FALSE(list);
    return list.error().where;
  };
  CHECK(wrong(R"({})") == "stops[1].text");
  CHECK(wrong(R"({"text":"","cel":"x"})") == "stops[1].cel");
  CHECK(wrong(R"({"text":"{conv9.y[0]}"})") == "stops[1].text");
  CHECK(wrong(R"({"text":"","cell":"conv1.y[9,9,9]"})") == "stops[1].cell");
  CHECK(wrong(R"({"text":"","term":99,"grain":"product"})") == "stops[1].term");
  CHECK(wrong(R"({"text":"","scene":"nowhere"})") == "stops[1].scene");
  CHECK(wrong(R"({"text":"","scene":{"backstep":1,"input":{"shape":[1,1,2,2]},"layers":[{"op":"conv3d"}]}})") ==
        "stops[1].scene.layers[0].op");
  CHECK(wrong(R"({"text":"","show":["kitchen"]})") == "stops[1].show[0]");
  CHECK(wrong(R"({"text":"","edit":"input[0,0,0]"})") == "stops[1].edit");
  CHECK(wrong(R"({"text":"","change":"conv1.y[0,0,0]"})") == "stops[1].change");
  CHECK(wrong(R"({"text":"","see":"sideways"})") == "stops[1].see");

  // A file that is none leaves nothing to undo.
  const std::size_t entries = model.state.undo.size();
  update(model, LoadScene{R"({"playlist":1,"stops":[]})"});
  CHECK(model.state.error.has_value());
  CHECK(model.state.undo.size() == entries);
}
