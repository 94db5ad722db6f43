// The four themes: palettes and the parameters of their colour maps. Contrasts are checked by
// tests/widgets/colour_test.
#include <cmath>

#include "web/widgets/colour.h"

namespace backstep::ui {
namespace {

// One side of a map goes in even steps of OKLab lightness from `zero` to `end`, its chroma growing with it from 0.
struct MapShape {
  double zero;    // lightness of value 0
  double end;     // lightness of both ends
  double chroma;  // OKLab chroma of both ends, inside sRGB for both hues
};

// Hues in degrees: far apart for every common kind of colour vision, which a red-green or blue-yellow pair is not.
constexpr double kPositiveHue = 52;   // orange
constexpr double kNegativeHue = 252;  // blue
constexpr double kDegree = 3.14159265358979323846 / 180;

ColourMap make_map(const MapShape& shape) {
  ColourMap map;
  for (int i = 0; i < kMapSize; ++i) {
    const int distance = std::max(-kMapReach, i - kMapZero);
    const double t = std::abs(distance) / static_cast<double>(kMapReach);
    const double hue = kDegree * (distance < 0 ? kNegativeHue : kPositiveHue);
    const double chroma = shape.chroma * t;
    map[static_cast<std::size_t>(i)] =
        from_oklab({shape.zero + (shape.end - shape.zero) * t, chroma * std::cos(hue), chroma * std::sin(hue)});
  }
  return map;
}

Theme make_light() {
  Theme t;
  t.kind = ThemeKind::kLight;
  t.ground = rgb(0xFBFBF9);
  t.surface = rgb(0xFFFFFF);
  t.ink = rgb(0x14171C);
  t.dim_ink = rgb(0x575D67);
  t.hairline = rgb(0xE4E4E0);
  t.control = rgb(0xCDCFCD);
  t.empty = rgb(0xDEDFDC);
  t.hover = rgb(0xF2F2EF);
  t.selected = rgb(0xEAEAE6);
  t.track = rgb(0xEDEDEA);
  t.track_done = rgb(0xD9DAD6);
  t.focus = rgb(0x6741D9);
  t.primary = rgb(0x14171C);
  t.primary_ink = rgb(0xFFFFFF);
  t.glow = rgb(0x14171C);
  t.error = rgb(0xB3261E);
  t.not_finite = rgb(0xCBB8DC);
  t.light_ink = rgb(0xFFFFFF);
  t.dark_ink = rgb(0x0C0E12);
  // Ends no darker than this keep one ink on the whole map: digits never change colour within a grid.
  t.map = make_map({0.962, 0.61, 0.14});
  return t;
}

Theme make_dark() {
  Theme t;
  t.kind = ThemeKind::kDark;
  t.dark = true;
  t.ground = rgb(0x131418);
  t.surface = rgb(0x1A1C21);
  t.ink = rgb(0xECEDEF);
  t.dim_ink = rgb(0x9DA2AC);
  t.hairline = rgb(0x2B2E35);
  t.control = rgb(0x454A54);
  t.empty = rgb(0x2B2E35);
  t.hover = rgb(0x23262C);
  t.selected = rgb(0x31353D);
  t.track = rgb(0x24272D);
  t.track_done = rgb(0x3D424B);
  t.focus = rgb(0xA78BFA);
  t.primary = rgb(0xECEDEF);
  t.primary_ink = rgb(0x131418);
  t.glow = rgb(0xECEDEF);
  t.error = rgb(0xFF9A8F);
  t.not_finite = rgb(0x6B4E86);
  t.light_ink = rgb(0xFFFFFF);
  t.dark_ink = rgb(0x000000);
  t.map = make_map({0.265, 0.565, 0.132});
  return t;
}

Theme make_contrast_light() {
  Theme t = make_light();
  t.kind = ThemeKind::kContrastLight;
  t.ground = t.surface = rgb(0xFFFFFF);
  t.ink = t.primary = t.control = t.glow = rgb(0x000000);
  t.dim_ink = rgb(0x33363B);
  t.hairline = rgb(0x767A80);
  t.empty = rgb(0x8A8E94);
  t.hover = rgb(0xEDEDED);
  t.selected = rgb(0xDADADA);
  t.track = rgb(0xE2E2E2);
  t.track_done = rgb(0xA8ABAF);
  t.focus = rgb(0x5B21D6);
  t.error = rgb(0x8F0F0A);
  t.dark_ink = rgb(0x000000);
  t.map = make_map({0.985, 0.44, 0.117});
  return t;
}

Theme make_contrast_dark() {
  Theme t = make_dark();
  t.kind = ThemeKind::kContrastDark;
  t.ground = t.surface = rgb(0x000000);
  t.ink = t.primary = t.control = t.glow = rgb(0xFFFFFF);
  t.primary_ink = rgb(0x000000);
  t.dim_ink = rgb(0xC9CCD2);
  t.hairline = rgb(0x83878F);
  t.empty = rgb(0x6E7279);
  t.hover = rgb(0x24262B);
  t.selected = rgb(0x3A3D44);
  t.track = rgb(0x2A2D33);
  t.track_done = rgb(0x6A6F78);
  t.focus = rgb(0xC9B6FF);
  t.error = rgb(0xFFB4AB);
  t.map = make_map({0.22, 0.80, 0.105});
  return t;
}

constexpr std::string_view kNames[kThemeCount] = {"light", "dark", "contrast-light", "contrast-dark"};

}  // namespace

const Theme& theme(ThemeKind kind) {
  static const Theme kThemes[kThemeCount] = {make_light(), make_dark(), make_contrast_light(), make_contrast_dark()};
  return kThemes[static_cast<int>(kind)];
}

std::string_view theme_name(ThemeKind kind) { return kNames[static_cast<int>(kind)]; }

bool theme_from_name(std::string_view name, ThemeKind* kind) {
  for (int i = 0; i < kThemeCount; ++i) {
    if (kNames[i] != name) continue;
    *kind = static_cast<ThemeKind>(i);
    return true;
  }
  return false;
}

}  // namespace backstep::ui
