// The same formulas as LaTeX, MathML and plain words.
#include "web/widgets/formula.h"

namespace backstep::ui {
namespace {

using Kind = Formula::Kind;

struct Sign {
  std::string_view text;
  std::string_view latex;
};

constexpr Sign kSigns[] = {
    {"∂", "\\partial "}, {"∑", "\\sum"},     {"·", "\\cdot "},   {"×", "\\times "}, {"−", "-"},
    {"≤", "\\le "},      {"≥", "\\ge "},     {"≈", "\\approx "}, {"≠", "\\ne "},    {"∞", "\\infty "},
    {"√", "\\sqrt "},    {"⊙", "\\odot "},   {"∗", "\\ast "},    {"⋆", "\\star "},  {"⊤", "\\top "},
    {"⌊", "\\lfloor "},  {"⌋", "\\rfloor "}, {"…", "\\dots "},   {"→", "\\to "},    {"∈", "\\in "},
    {"α", "\\alpha "},   {"β", "\\beta "},   {"γ", "\\gamma "},  {"δ", "\\delta "}, {"ε", "\\varepsilon "},
    {"η", "\\eta "},     {"λ", "\\lambda "}, {"μ", "\\mu "},     {"ρ", "\\rho "},   {"σ", "\\sigma "},
    {"θ", "\\theta "},   {"∏", "\\prod"},    {"%", "\\%"},       {"_", "\\_"},      {"{", "\\{"},
    {"}", "\\}"},        {"&", "\\&"},       {"#", "\\#"},       {"′", "'"},
};

std::string latex_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    next_code_point(text, &next);
    const std::string_view glyph = text.substr(at, next - at);
    std::string_view mapped = glyph;
    for (const Sign& sign : kSigns) {
      if (sign.text == glyph) mapped = sign.latex;
    }
    out += mapped;
    at = next;
  }
  return out;
}

bool has_ascii_word(std::string_view text) {
  std::size_t letters = 0;
  for (const char c : text) letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 1U : 0U;
  return letters > 1;
}

bool is_nothing(const Formula& formula) { return formula.kind == Kind::kRow && formula.parts.empty(); }

std::string latex(const Formula& formula) {
  const auto part = [&](std::size_t i) { return latex(formula.parts[i]); };
  switch (formula.kind) {
    case Kind::kVariable:
      return has_ascii_word(formula.text) ? "\\mathit{" + latex_text(formula.text) + "}" : latex_text(formula.text);
    case Kind::kText:
      // Words keep their spaces only as text.
      if (!has_ascii_word(formula.text)) return latex_text(formula.text);
      return (formula.text.find(' ') == std::string::npos ? "\\mathrm{" : "\\text{") + latex_text(formula.text) + "}";
    case Kind::kRelation:
    case Kind::kBinary: return " " + latex_text(formula.text) + " ";
    case Kind::kTimes: return " " + latex_text(formula.text);
    case Kind::kPunctuation: return latex_text(formula.text) + " ";
    case Kind::kRow: {
      std::string out;
      for (const Formula& p : formula.parts) out += latex(p);
      return out;
    }
    case Kind::kScript: {
      std::string out = "{" + part(0) + "}";
      if (!is_nothing(formula.parts[1])) out += "_{" + part(1) + "}";
      if (!is_nothing(formula.parts[2])) out += "^{" + part(2) + "}";
      return out;
    }
    case Kind::kFraction: return "\\frac{" + part(0) + "}{" + part(1) + "}";
    case Kind::kBig: {
      std::string out =
          has_ascii_word(formula.text) ? "\\operatorname*{" + formula.text + "}" : latex_text(formula.text);
      if (!is_nothing(formula.parts[0])) out += "_{" + part(0) + "}";
      if (!is_nothing(formula.parts[1])) out += "^{" + part(1) + "}";
      return out + " ";
    }
    case Kind::kFence:
      return "\\left" + latex_text(formula.text) + " " + part(0) + "\\right" + latex_text(formula.close) + " ";
  }
  return {};
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else
      out += c;
  }
  return out;
}

bool is_number(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos && !has_ascii_word(text);
}

std::string element(std::string_view tag, std::string_view content) {
  return "<" + std::string(tag) + ">" + std::string(content) + "</" + std::string(tag) + ">";
}

std::string mathml(const Formula& formula) {
  const auto part = [&](std::size_t i) { return element("mrow", mathml(formula.parts[i])); };
  // Base with what stands below and above it, by the element for each combination.
  const auto with_limits = [&](const std::string& base, std::size_t below, std::size_t above, bool limits) {
    const bool has_below = !is_nothing(formula.parts[below]);
    const bool has_above = !is_nothing(formula.parts[above]);
    if (!has_below && !has_above) return base;
    std::string_view tag = limits ? "munderover" : "msubsup";
    if (!has_above) tag = limits ? "munder" : "msub";
    if (!has_below) tag = limits ? "mover" : "msup";
    return element(tag, base + (has_below ? part(below) : "") + (has_above ? part(above) : ""));
  };
  switch (formula.kind) {
    case Kind::kVariable: return element("mi", escaped(formula.text));
    case Kind::kText: return element(is_number(formula.text) ? "mn" : "mtext", escaped(formula.text));
    case Kind::kRelation:
    case Kind::kBinary:
    case Kind::kTimes:
    case Kind::kPunctuation: return element("mo", escaped(formula.text));
    case Kind::kRow: {
      std::string out;
      for (const Formula& p : formula.parts) out += mathml(p);
      return out;
    }
    case Kind::kScript: return with_limits(part(0), 1, 2, false);
    case Kind::kFraction: return element("mfrac", part(0) + part(1));
    case Kind::kBig: return with_limits(element("mo", escaped(formula.text)), 0, 1, true);
    case Kind::kFence:
      return element("mrow", element("mo", escaped(formula.text)) + part(0) + element("mo", escaped(formula.close)));
  }
  return {};
}

// In brackets where it would be read wrongly without them.
std::string grouped(const Formula& formula, const std::string& text) {
  const bool single = formula.kind != Kind::kRow || formula.parts.size() <= 1;
  return single ? text : "(" + text + ")";
}

bool has_sign(const Formula& formula) {
  if (formula.kind == Kind::kBinary || formula.kind == Kind::kRelation) return true;
  if (formula.kind != Kind::kRow) return false;
  for (const Formula& p : formula.parts) {
    if (has_sign(p)) return true;
  }
  return false;
}

std::string plain(const Formula& formula, bool spaced) {
  const auto part = [&](std::size_t i) { return plain(formula.parts[i], false); };
  switch (formula.kind) {
    case Kind::kVariable:
    case Kind::kText:
    case Kind::kTimes: return formula.text;
    case Kind::kRelation:
    case Kind::kBinary: return spaced ? " " + formula.text + " " : formula.text;
    case Kind::kPunctuation: return formula.text + " ";
    case Kind::kRow: {
      std::string out;
      for (const Formula& p : formula.parts) out += plain(p, spaced);
      return out;
    }
    case Kind::kScript: {
      std::string out = part(0);
      if (!is_nothing(formula.parts[1])) out += "_" + grouped(formula.parts[1], part(1));
      if (!is_nothing(formula.parts[2])) out += "^" + grouped(formula.parts[2], part(2));
      return out;
    }
    case Kind::kFraction: {
      const auto side = [&](std::size_t i) { return has_sign(formula.parts[i]) ? "(" + part(i) + ")" : part(i); };
      return side(0) + "/" + side(1);
    }
    case Kind::kBig: {
      std::string out = formula.text == "∑" ? "Σ" : formula.text;
      if (!is_nothing(formula.parts[0])) out += "_" + grouped(formula.parts[0], part(0));
      if (!is_nothing(formula.parts[1])) out += "^" + grouped(formula.parts[1], part(1));
      return out + " ";
    }
    case Kind::kFence: return formula.text + part(0) + formula.close;
  }
  return {};
}

}  // namespace

std::string to_latex(const Formula& formula) { return latex(formula); }

std::string to_mathml(const Formula& formula) { return "<math>" + element("mrow", mathml(formula)) + "</math>"; }

std::string to_plain(const Formula& formula) { return plain(formula, true); }

}  // namespace backstep::ui
