// The one colour module: themes, the diverging map from value to colour, the digit ink that is readable on it.
//
// Colour means value only. The map is computed in OKLab: constant hue on each side (orange above zero, blue below),
// lightness falling (light themes) or rising (dark themes) in even steps from zero, which nearly is the ground, to the
// ends; both sides have the same lightness at the same distance, so equal magnitudes look equally strong and the sign
// is read from the hue or from the printed number.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace backstep::ui {

// sRGB, 8 bits a channel, straight (not premultiplied) alpha.
struct Colour {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;

  constexpr bool operator==(const Colour&) const = default;
};

// 0xRRGGBB
constexpr Colour rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16 & 255), static_cast<std::uint8_t>(hex >> 8 & 255),
          static_cast<std::uint8_t>(hex & 255), 255};
}

// The colour with its alpha multiplied by `alpha` in 0..1.
Colour faded(Colour colour, float alpha);
// The opaque colour seen when `over` lies on the opaque `under`, blended in sRGB as browsers and GPUs here do.
Colour composite(Colour over, Colour under);
// "#rrggbb", alpha left out.
std::array<char, 8> hex_text(Colour colour);

// OKLab: lightness 0..1, a green to red, b blue to yellow.
struct OkLab {
  double l = 0;
  double a = 0;
  double b = 0;
};

OkLab to_oklab(Colour colour);
// Nearest sRGB colour; chroma is reduced, lightness and hue kept, where the colour lies outside the gamut.
Colour from_oklab(const OkLab& lab);

// WCAG relative luminance 0..1 of an opaque colour, and the contrast ratio 1..21 of two.
double relative_luminance(Colour colour);
double contrast_ratio(Colour a, Colour b);

enum class ColourVision { kFull, kProtanopia, kDeuteranopia, kTritanopia, kGrey };
// What the colour looks like to somebody with that vision (for tests and for the settings' preview).
Colour simulate(Colour colour, ColourVision vision);

inline constexpr int kMapSize = 256;
inline constexpr int kMapZero = 128;   // entry of value 0
inline constexpr int kMapReach = 127;  // entries from zero to either end; entry 0 repeats entry 1
using ColourMap = std::array<Colour, kMapSize>;

// Entry of the map for a value on the symmetric scale [-scale, scale]; beyond the scale the end colours.
// A scale of 0 (all values zero) gives the zero entry. NaN and infinities have none: see Theme::not_finite.
// A shader does the same by u = (128 + 127 * clamp(v / scale, -1, 1) + 0.5) / 256 with nearest sampling.
int map_index(float value, float scale);

enum class ThemeKind : std::uint8_t { kLight, kDark, kContrastLight, kContrastDark };
inline constexpr int kThemeCount = 4;

// Contrast notes are against `ground` and hold against `surface` too; tests check them.
struct Theme {
  ThemeKind kind = ThemeKind::kLight;
  bool dark = false;

  Colour ground;       // behind everything
  Colour surface;      // bars, inspector, cards: next to the ground
  Colour ink;          // text and role outlines, >= 12:1
  Colour dim_ink;      // captions and secondary text, >= 4.5:1 (7:1 in the contrast themes)
  Colour hairline;     // separators, decorative only (>= 3:1 in the contrast themes)
  Colour control;      // borders of buttons and tracks that carry a control's shape, >= 3:1
  Colour empty;        // outlines of cells that are not yet computed
  Colour hover;        // fill of a hovered control
  Colour selected;     // fill of a chosen segment
  Colour track;        // fill of a scrubber's phases not yet reached
  Colour track_done;   // fill of phases already passed
  Colour focus;        // keyboard focus ring, >= 3:1 against ground, surface and primary
  Colour primary;      // fill of the one primary button
  Colour primary_ink;  // text on it, >= 7:1
  Colour glow;         // ring of a value that has just changed
  Colour error;        // text of messages, >= 4.5:1
  Colour not_finite;   // fill of a cell whose value is NaN or infinite; its number says which
  Colour light_ink;    // the two digit inks
  Colour dark_ink;
  ColourMap map;  // [256], see map_index
};

const Theme& theme(ThemeKind kind);
// "light", "dark", "contrast-light", "contrast-dark"
std::string_view theme_name(ThemeKind kind);
bool theme_from_name(std::string_view name, ThemeKind* kind);

// Fill of a cell with this value.
Colour value_colour(const Theme& theme, float value, float scale);
// The digit ink for a cell: at least kReadable on every colour of the map and on not_finite.
inline constexpr double kReadable = 4.5;
Colour ink_on(const Theme& theme, Colour cell);
// The fill, faded towards the ground, of a cell that takes no part in this step; opaque, so that digits can be chosen
// on it.
Colour dimmed(const Theme& theme, Colour cell);

// Largest finite magnitude: the symmetric scale of a tensor. 0 for none.
float symmetric_scale(std::span<const float> values);

}  // namespace backstep::ui
