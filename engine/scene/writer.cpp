// The scene writer: keys in a fixed order, what is as usual left out, so that equal scenes give equal text.
#include "../scene.h"
#include "attributes_io.h"
#include "numbers.h"

namespace backstep {
namespace {

std::string write_texts(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ',';
    out += json_string(text);
  }
  return out + ']';
}

class SceneWriter {
 public:
  SceneWriter(const Scene& scene, SceneLayout layout) : scene_(scene), lines_(layout == SceneLayout::lines) {}

  std::string run() {
    const Network& net = *scene_.problem.net;
    member("backstep", std::to_string(kSceneVersion));
    if (!scene_.title.empty()) member("title", json_string(scene_.title));
    member("input", input());
    member("layers", layers());
    if (net.loss()) {
      member("loss", "{" + write_op(*net.loss()) + "}");
      if (scene_.problem.classes) member("target", write_integers(*scene_.problem.classes));
      if (scene_.problem.target) member("target", write_numbers(*scene_.problem.target));
      member("optimizer", "{" + write_op(net.optimizer()) + "}");
    }
    if (scene_.problem.dy) member("dy", write_numbers(*scene_.problem.dy));
    if (scene_.problem.draw != 0) member("draw", std::to_string(scene_.problem.draw));
    if (scene_.seed) {
      member("seed", std::to_string(scene_.seed->value));
      if (scene_.seed->rule == Initialisation::glorot) member("init", "\"glorot\"");
    }
    if (!scene_.class_names.empty()) member("classes", write_texts(scene_.class_names));
    if (scene_.has_cursor || !(scene_.cursor == Cursor{})) member("cursor", cursor());
    if (!(scene_.view == ViewPrefs{})) member("view", view());
    if (!scene_.covers.empty()) member("covers", write_texts(scene_.covers));
    if (!scene_.locks.empty()) member("locks", write_texts(scene_.locks));
    if (!scene_.breakpoints.empty()) member("breakpoints", write_texts(scene_.breakpoints));
    if (!scene_.watches.empty()) member("watches", write_texts(scene_.watches));
    out_ += lines_ ? "\n}\n" : "}";
    return std::move(out_);
  }

 private:
  void member(std::string_view key, const std::string& value) {
    out_ += out_.empty() ? "{" : ",";
    if (lines_) out_ += "\n  ";
    out_ += json_string(key) + (lines_ ? ": " : ":") + value;
  }

  std::string input() const {
    std::string out = "{\"shape\":" + scene_.problem.net->input().text();
    if (scene_.problem.input) out += ",\"data\":" + write_numbers(*scene_.problem.input);
    return out + "}";
  }

  std::string layers() const {
    const Network& net = *scene_.problem.net;
    std::optional<Parameters> seeded;
    if (scene_.seed) seeded = initial_parameters(net, scene_.seed->value, scene_.seed->rule);
    std::string out = "[";
    for (std::size_t i = 0; i < net.layers().size(); ++i) {
      if (i > 0) out += ',';
      out += std::string(lines_ ? "\n    {" : "{") + write_op(net.layers()[i].op);
      if (scene_.problem.parameters) {
        const Parameters::Pair& own = scene_.problem.parameters->layers[i];
        const Parameters::Pair* given = seeded ? &seeded->layers[i] : nullptr;
        out += parameter("w", own.w, given ? &given->w : nullptr) + parameter("b", own.b, given ? &given->b : nullptr);
      }
      out += '}';
    }
    return out + (lines_ ? "\n  ]" : "]");
  }

  static std::string parameter(const char* key, const Tensor& own, const Tensor* seeded) {
    if (own.shape.is_none() || (seeded && same_bits(own, *seeded))) return "";
    return ",\"" + std::string(key) + "\":" + write_numbers(own);
  }

  std::string cursor() const {
    std::string out = "{\"step\":" + std::to_string(scene_.cursor.step);
    if (scene_.cursor.term >= 0) out += ",\"term\":" + std::to_string(scene_.cursor.term);
    return out + ",\"grain\":\"" + grain_name(scene_.cursor.grain) + "\"}";
  }

  std::string view() const {
    const ViewPrefs& own = scene_.view;
    ViewPrefs usual;
    usual.inspector = own.everything;
    std::string out;
    const auto add = [&out](const std::string& text) { out += (out.empty() ? "{" : ",") + text; };
    const auto flag = [](bool value) { return value ? "true" : "false"; };
    if (own.theme != usual.theme) add("\"theme\":\"" + std::string(theme_name(own.theme)) + "\"");
    if (own.see != usual.see) add("\"see\":\"" + std::string(see_name(own.see)) + "\"");
    if (own.inspector != usual.inspector) add(std::string("\"inspector\":") + flag(own.inspector));
    if (own.strip != usual.strip) add(std::string("\"strip\":") + flag(own.strip));
    if (own.everything != usual.everything) add(std::string("\"everything\":") + flag(own.everything));
    if (own.present != usual.present) add(std::string("\"present\":") + flag(own.present));
    if (own.scale != usual.scale) add("\"scale\":" + std::to_string(own.scale));
    return out + "}";
  }

  const Scene& scene_;
  bool lines_;
  std::string out_;
};

}  // namespace

const char* theme_name(Theme theme) { return kThemeNames[static_cast<std::size_t>(theme)].data(); }

std::vector<LayerAttribute> layer_attributes(const Layer& layer) {
  std::vector<LayerAttribute> out;
  std::visit(
      [&out]<class Op>(const Op& op) {
        const auto own = detail::attributes_of(op), usual = detail::attributes_of(Op{});
        for (std::size_t i = 0; i < own.size(); ++i) {
          out.push_back({own[i].name, own[i].text, !own[i].required && own[i].text == usual[i].text});
        }
      },
      layer);
  return out;
}

const char* see_name(See see) { return kSeeNames[static_cast<std::size_t>(see)].data(); }

std::string write_scene(const Scene& scene, SceneLayout layout) { return SceneWriter(scene, layout).run(); }

}  // namespace backstep
