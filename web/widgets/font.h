// The faces of the page and their measures. Every back end uses these same tables, so that one layout holds for the
// canvas, the exported SVG and the tests. Digits are tabular in every face (Inter's tnum figures stand in their place).
#pragma once

#include <cstdint>
#include <string_view>

namespace backstep::ui {

enum class Face : std::uint8_t {
  kSans,         // Inter
  kSansBold,     // Inter SemiBold
  kSerif,        // upright serif: digits, brackets and signs in formulas
  kSerifItalic,  // italic serif: variables in formulas, letters of the kernel cells
  kMono,         // DejaVu Sans Mono: code, hex
};
inline constexpr int kFaceCount = 5;

struct TextStyle {
  Face face = Face::kSans;
  float size = 15;  // em in CSS pixels

  constexpr bool operator==(const TextStyle&) const = default;
};

enum class TextRole : std::uint8_t {
  kTitle,   // name in the header, headings
  kBody,    // running text
  kStrong,  // running text, semibold
  kButton,
  kCaption,   // labels above grids, small print
  kTiny,      // phase names, letters in cells
  kSentence,  // what this step does
  kFormula,
  kCode,
};
TextStyle text_style(TextRole role);

// Distances from the baseline in CSS pixels, all positive.
struct FontMetrics {
  float ascent = 0;
  float descent = 0;
  float cap_height = 0;  // also the height of a digit
  float x_height = 0;
  float line_height = 0;  // comfortable distance between baselines
};
FontMetrics font_metrics(const TextStyle& style);

// Width of one line of UTF-8 text in CSS pixels, no kerning.
float text_width(std::string_view text, const TextStyle& style);

// Code point at *at, which moves on by one; malformed bytes give U+FFFD.
std::uint32_t next_code_point(std::string_view text, std::size_t* at);
// Whether the shipped subset of the face has the character.
bool has_glyph(Face face, std::uint32_t code_point);

}  // namespace backstep::ui
