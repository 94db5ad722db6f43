// OKLab: B. Ottosson, "A perceptual color space for image processing", 2020.
// Colour vision: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A physiologically-based model for simulation of
// color vision deficiency", 2009, matrices of full severity, in linear sRGB.
#include "web/widgets/colour.h"

#include <algorithm>
#include <cmath>

namespace backstep::ui {
namespace {

struct Linear {
  double r = 0;
  double g = 0;
  double b = 0;
};

double decode(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

std::uint8_t encode(double c) {
  c = std::clamp(c, 0.0, 1.0);
  const double encoded = c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
  return static_cast<std::uint8_t>(std::floor(encoded * 255 + 0.5));
}

Linear to_linear(Colour c) { return {decode(c.r), decode(c.g), decode(c.b)}; }
Colour from_linear(const Linear& c) { return {encode(c.r), encode(c.g), encode(c.b), 255}; }

Linear oklab_to_linear(const OkLab& lab) {
  const auto cube = [](double x) { return x * x * x; };
  const double l = cube(lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b);
  const double m = cube(lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b);
  const double s = cube(lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b);
  return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
          -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
          -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

bool in_gamut(const Linear& c) {
  constexpr double kSlack = 1e-4;
  const auto fits = [](double x) { return x >= -kSlack && x <= 1 + kSlack; };
  return fits(c.r) && fits(c.g) && fits(c.b);
}

std::uint8_t mix(std::uint8_t over, std::uint8_t under, int alpha) {
  return static_cast<std::uint8_t>((over * alpha + under * (255 - alpha) + 127) / 255);
}

}  // namespace

Colour faded(Colour colour, float alpha) {
  const float a = std::clamp(alpha, 0.0F, 1.0F) * static_cast<float>(colour.a);
  colour.a = static_cast<std::uint8_t>(a + 0.5F);
  return colour;
}

Colour composite(Colour over, Colour under) {
  return {mix(over.r, under.r, over.a), mix(over.g, under.g, over.a), mix(over.b, under.b, over.a), 255};
}

std::array<char, 8> hex_text(Colour colour) {
  constexpr char kDigits[] = "0123456789abcdef";
  return {'#',
          kDigits[colour.r >> 4],
          kDigits[colour.r & 15],
          kDigits[colour.g >> 4],
          kDigits[colour.g & 15],
          kDigits[colour.b >> 4],
          kDigits[colour.b & 15],
          '\0'};
}

OkLab to_oklab(Colour colour) {
  const Linear c = to_linear(colour);
  const double l = std::cbrt(0.4122214708 * c.r + 0.5363325363 * c.g + 0.0514459929 * c.b);
  const double m = std::cbrt(0.2119034982 * c.r + 0.6806995451 * c.g + 0.1073969566 * c.b);
  const double s = std::cbrt(0.0883024619 * c.r + 0.2817188376 * c.g + 0.6299787005 * c.b);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

Colour from_oklab(const OkLab& lab) {
  const Linear exact = oklab_to_linear(lab);
  if (in_gamut(exact)) return from_linear(exact);
  double inside = 0;
  double outside = 1;
  for (int i = 0; i < 24; ++i) {
    const double share = (inside + outside) / 2;
    (in_gamut(oklab_to_linear({lab.l, lab.a * share, lab.b * share})) ? inside : outside) = share;
  }
  return from_linear(oklab_to_linear({lab.l, lab.a * inside, lab.b * inside}));
}

double relative_luminance(Colour colour) {
  const Linear c = to_linear(colour);
  return 0.2126 * c.r + 0.7152 * c.g + 0.0722 * c.b;
}

double contrast_ratio(Colour a, Colour b) {
  const double la = relative_luminance(a) + 0.05;
  const double lb = relative_luminance(b) + 0.05;
  return std::max(la, lb) / std::min(la, lb);
}

Colour simulate(Colour colour, ColourVision vision) {
  constexpr double kProtan[9] = {0.152286, 1.052583,  -0.204868, 0.114503, 0.786281,
                                 0.099216, -0.003882, -0.048116, 1.051998};
  constexpr double kDeutan[9] = {0.367322, 0.860646,  -0.227968, 0.280085, 0.672501,
                                 0.047413, -0.011820, 0.042940,  0.968881};
  constexpr double kTritan[9] = {1.255528, -0.076749, -0.178779, -0.078411, 0.930809,
                                 0.147602, 0.004733,  0.691367,  0.303900};
  const Linear c = to_linear(colour);
  const double* m = nullptr;
  switch (vision) {
    case ColourVision::kFull: return colour;
    case ColourVision::kProtanopia: m = kProtan; break;
    case ColourVision::kDeuteranopia: m = kDeutan; break;
    case ColourVision::kTritanopia: m = kTritan; break;
    case ColourVision::kGrey: {
      const double y = relative_luminance(colour);
      return from_linear({y, y, y});
    }
  }
  return from_linear({m[0] * c.r + m[1] * c.g + m[2] * c.b, m[3] * c.r + m[4] * c.g + m[5] * c.b,
                      m[6] * c.r + m[7] * c.g + m[8] * c.b});
}

int map_index(float value, float scale) {
  if (!(scale > 0) || !(value == value)) return kMapZero;
  const float t = std::clamp(value / scale, -1.0F, 1.0F);
  return kMapZero + static_cast<int>(std::floor(static_cast<float>(kMapReach) * t + 0.5F));
}

Colour value_colour(const Theme& theme, float value, float scale) {
  if (!std::isfinite(value)) return theme.not_finite;
  return theme.map[static_cast<std::size_t>(map_index(value, scale))];
}

Colour ink_on(const Theme& theme, Colour cell) {
  // The theme's own ink as long as it is readable: digits change colour within a grid only where they must.
  const Colour own = theme.dark ? theme.light_ink : theme.dark_ink;
  const Colour other = theme.dark ? theme.dark_ink : theme.light_ink;
  const double contrast = contrast_ratio(own, cell);
  return contrast >= kReadable || contrast >= contrast_ratio(other, cell) ? own : other;
}

Colour dimmed(const Theme& theme, Colour cell) {
  constexpr float kKept = 0.28F;
  return composite(faded(cell, kKept), theme.ground);
}

float symmetric_scale(std::span<const float> values) {
  float largest = 0;
  for (const float v : values) {
    const float magnitude = std::fabs(v);
    if (std::isfinite(magnitude)) largest = std::max(largest, magnitude);
  }
  return largest;
}

}  // namespace backstep::ui
