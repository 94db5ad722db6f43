#include "web/widgets/formula.h"

#include "engine/format.h"

namespace backstep::ui::f {
namespace {

using Kind = Formula::Kind;

Formula leaf(Kind kind, std::string_view text) {
  Formula formula;
  formula.kind = kind;
  formula.text = text;
  return formula;
}

Formula node(Kind kind, std::vector<Formula> parts) {
  Formula formula;
  formula.kind = kind;
  formula.parts = std::move(parts);
  return formula;
}

}  // namespace

Formula var(std::string_view name) { return leaf(Kind::kVariable, name); }
Formula text(std::string_view words) { return leaf(Kind::kText, words); }
Formula number(double value) { return leaf(Kind::kText, format_number(value)); }
Formula relation(std::string_view sign) { return leaf(Kind::kRelation, sign); }
Formula binary(std::string_view sign) { return leaf(Kind::kBinary, sign); }
Formula times() { return leaf(Kind::kTimes, "·"); }
Formula comma() { return leaf(Kind::kPunctuation, ","); }
Formula row(std::initializer_list<Formula> parts) { return node(Kind::kRow, parts); }
Formula row(std::vector<Formula> parts) { return node(Kind::kRow, std::move(parts)); }
Formula sub(Formula base, Formula below) { return node(Kind::kScript, {std::move(base), std::move(below), {}}); }
Formula sup(Formula base, Formula above) { return node(Kind::kScript, {std::move(base), {}, std::move(above)}); }

Formula fraction(Formula above, Formula below) { return node(Kind::kFraction, {std::move(above), std::move(below)}); }

Formula big(std::string_view sign, Formula below, Formula above) {
  Formula formula = node(Kind::kBig, {std::move(below), std::move(above)});
  formula.text = sign;
  return formula;
}

Formula sum(Formula below, Formula above) { return big("∑", std::move(below), std::move(above)); }

Formula fence(std::string_view open, Formula inside, std::string_view close) {
  Formula formula = node(Kind::kFence, {std::move(inside)});
  formula.text = open;
  formula.close = close;
  return formula;
}

Formula at(Formula tensor, std::initializer_list<Formula> indices) {
  std::vector<Formula> inside;
  for (const Formula& index : indices) {
    if (!inside.empty()) inside.push_back(comma());
    inside.push_back(index);
  }
  return row({std::move(tensor), fence("[", row(std::move(inside)), "]")});
}

Formula partial(Formula of, Formula by) {
  return fraction(row({text("∂"), std::move(of)}), row({text("∂"), std::move(by)}));
}

Formula toned(Formula formula, Tone tone) {
  formula.tone = tone;
  return formula;
}

}  // namespace backstep::ui::f
