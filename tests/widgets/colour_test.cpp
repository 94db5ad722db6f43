#include "web/widgets/colour.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>

using namespace backstep::ui;

namespace {

double distance(Colour a, Colour b) {
  const OkLab x = to_oklab(a);
  const OkLab y = to_oklab(b);
  return std::sqrt((x.l - y.l) * (x.l - y.l) + (x.a - y.a) * (x.a - y.a) + (x.b - y.b) * (x.b - y.b));
}

Colour entry(const Theme& theme, int i) { return theme.map[static_cast<std::size_t>(i)]; }

template <class Check>
void for_each_theme(Check check) {
  for (int i = 0; i < kThemeCount; ++i) {
    const Theme& t = theme(static_cast<ThemeKind>(i));
    INFO(std::string(theme_name(t.kind)));
    check(t);
  }
}

}  // namespace

TEST_CASE("colour: OKLab of every grey and of the primaries comes back to the same sRGB") {
  for (int i = 0; i < 256; ++i) {
    const auto c = static_cast<std::uint8_t>(i);
    CHECK(from_oklab(to_oklab({c, c, c, 255})) == Colour{c, c, c, 255});
  }
  for (const std::uint32_t hex : {0xFF0000U, 0x00FF00U, 0x0000FFU, 0xC46522U, 0x3B84D2U}) {
    CHECK(from_oklab(to_oklab(rgb(hex))) == rgb(hex));
  }
  // Published value: white has lightness 1, red 0.628.
  CHECK(std::fabs(to_oklab(rgb(0xFFFFFF)).l - 1) < 1e-4);
  CHECK(std::fabs(to_oklab(rgb(0xFF0000)).l - 0.62796) < 1e-4);
}

TEST_CASE("colour: colours outside sRGB keep lightness and hue") {
  const OkLab wanted{0.7, 0.3, 0.0};
  const OkLab got = to_oklab(from_oklab(wanted));
  CHECK(std::fabs(got.l - wanted.l) < 0.01);
  CHECK(std::fabs(got.b) < 0.01);
  CHECK(got.a < 0.29);
}

TEST_CASE("colour: contrast ratio of black and white is 21") {
  CHECK(std::fabs(contrast_ratio(rgb(0), rgb(0xFFFFFF)) - 21) < 1e-9);
  CHECK(std::fabs(contrast_ratio(rgb(0x777777), rgb(0xFFFFFF)) - 4.478) < 1e-3);
}

TEST_CASE("colour: lightness of the map goes in even steps from zero to both ends") {
  for_each_theme([](const Theme& t) {
    const double zero = to_oklab(entry(t, kMapZero)).l;
    const double end = to_oklab(entry(t, kMapZero + kMapReach)).l;
    for (int i = 1; i <= kMapReach; ++i) {
      const double even = zero + (end - zero) * i / kMapReach;
      // Eight bits a channel: half a step of sRGB is up to 0.0035 of lightness in the darks.
      CHECK(std::fabs(to_oklab(entry(t, kMapZero + i)).l - even) < 0.004);
      CHECK(std::fabs(to_oklab(entry(t, kMapZero - i)).l - even) < 0.004);
    }
    CHECK(std::fabs(end - zero) > 0.29);
  });
}

TEST_CASE("colour: the perceived distance of neighbouring values is even over the whole map") {
  for_each_theme([](const Theme& t) {
    // Distances over eight entries, so that the rounding to eight bits does not drown them.
    constexpr int kStride = 8;
    for (const int side : {-1, 1}) {
      double least = 1;
      double most = 0;
      for (int i = 0; i + kStride <= kMapReach; ++i) {
        const double d = distance(entry(t, kMapZero + side * i), entry(t, kMapZero + side * (i + kStride)));
        least = std::min(least, d);
        most = std::max(most, d);
      }
      CHECK(most / least < 1.35);
    }
  });
}

TEST_CASE("colour: equal magnitudes of both signs are equally light and equally colourful") {
  for_each_theme([](const Theme& t) {
    CHECK(entry(t, 0) == entry(t, 1));
    for (int i = 0; i <= kMapReach; ++i) {
      const OkLab up = to_oklab(entry(t, kMapZero + i));
      const OkLab down = to_oklab(entry(t, kMapZero - i));
      CHECK(std::fabs(up.l - down.l) < 0.006);
      CHECK(std::fabs(std::hypot(up.a, up.b) - std::hypot(down.a, down.b)) < 0.012);
    }
  });
}

TEST_CASE("colour: zero nearly is the ground, without a hue") {
  for_each_theme([](const Theme& t) {
    const OkLab zero = to_oklab(entry(t, kMapZero));
    CHECK(std::hypot(zero.a, zero.b) < 0.005);
    const double step = distance(entry(t, kMapZero), t.ground);
    CHECK(step > 0.01);
    CHECK(step < (t.dark ? 0.25 : 0.04));
  });
}

TEST_CASE("colour: every cell colour carries its digits with at least 4.5 to 1") {
  for_each_theme([](const Theme& t) {
    for (const Colour c : t.map) CHECK(contrast_ratio(ink_on(t, c), c) >= kReadable);
    CHECK(contrast_ratio(ink_on(t, t.not_finite), t.not_finite) >= kReadable);
    for (const Colour c : t.map) CHECK(contrast_ratio(t.dim_ink, dimmed(t, c)) >= kReadable);
  });
  // In the two everyday themes one ink serves the whole map.
  for (const ThemeKind kind : {ThemeKind::kLight, ThemeKind::kDark}) {
    const Theme& t = theme(kind);
    for (const Colour c : t.map) CHECK(ink_on(t, c) == ink_on(t, entry(t, kMapZero)));
  }
}

TEST_CASE("colour: the signs stay apart for the common kinds of colour vision") {
  for_each_theme([](const Theme& t) {
    for (const ColourVision vision :
         {ColourVision::kFull, ColourVision::kProtanopia, ColourVision::kDeuteranopia, ColourVision::kTritanopia}) {
      const auto seen = [&](int i) { return simulate(entry(t, kMapZero + i), vision); };
      // 0.02 is about one just noticeable difference; a third of the scale must be several of them.
      CHECK(distance(seen(kMapReach), seen(-kMapReach)) > 0.12);
      CHECK(distance(seen(kMapReach / 3), seen(-kMapReach / 3)) > 0.04);
      // Magnitudes stay ordered by lightness on both sides.
      for (const int side : {-1, 1}) {
        double before = to_oklab(seen(0)).l;
        for (int i = 16; i <= 112; i += 16) {
          const double l = to_oklab(seen(side * i)).l;
          CHECK((t.dark ? l > before : l < before));
          before = l;
        }
      }
    }
  });
}

TEST_CASE("colour: in greyscale magnitude is still read, and the sign is left to the printed number") {
  for_each_theme([](const Theme& t) {
    const auto grey = [&](int i) { return to_oklab(simulate(entry(t, kMapZero + i), ColourVision::kGrey)).l; };
    for (const int side : {-1, 1}) CHECK(std::fabs(grey(side * kMapReach) - grey(0)) > 0.25);
  });
}

TEST_CASE("colour: values find their entry symmetrically, whatever the scale") {
  CHECK(map_index(0, 3) == kMapZero);
  CHECK(map_index(3, 3) == kMapZero + kMapReach);
  CHECK(map_index(-3, 3) == kMapZero - kMapReach);
  CHECK(map_index(99, 3) == kMapZero + kMapReach);
  CHECK(map_index(5, 0) == kMapZero);
  CHECK(map_index(std::numeric_limits<float>::infinity(), 1) == kMapZero + kMapReach);
  for (float v = 0; v < 1; v += 0.013F) {
    CHECK(std::abs(map_index(v, 1) + map_index(-v, 1) - 2 * kMapZero) <= 1);
  }
  const Theme& t = theme(ThemeKind::kLight);
  CHECK(value_colour(t, std::numeric_limits<float>::quiet_NaN(), 1) == t.not_finite);
  const float values[] = {-2, 1, std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()};
  CHECK(symmetric_scale(values) == 2.0F);
  CHECK(symmetric_scale({}) == 0.0F);
}

TEST_CASE("colour: the themes keep the contrasts they promise") {
  for_each_theme([](const Theme& t) {
    const bool strong = t.kind == ThemeKind::kContrastLight || t.kind == ThemeKind::kContrastDark;
    for (const Colour ground : {t.ground, t.surface}) {
      CHECK(contrast_ratio(t.ink, ground) >= 12);
      CHECK(contrast_ratio(t.dim_ink, ground) >= (strong ? 7 : kReadable));
      CHECK(contrast_ratio(t.error, ground) >= kReadable);
      CHECK(contrast_ratio(t.focus, ground) >= 3);
      if (strong) CHECK(contrast_ratio(t.hairline, ground) >= 3);
      if (strong) CHECK(contrast_ratio(t.control, ground) >= 3);
    }
    for (const Colour fill : {t.hover, t.selected, t.track_done}) CHECK(contrast_ratio(t.ink, fill) >= kReadable);
    CHECK(contrast_ratio(t.dim_ink, t.hover) >= kReadable);
    CHECK(contrast_ratio(t.dim_ink, t.track) >= kReadable);
    CHECK(contrast_ratio(t.primary_ink, t.primary) >= 7);
    ThemeKind kind{};
    REQUIRE(theme_from_name(theme_name(t.kind), &kind));
    CHECK(kind == t.kind);
  });
  ThemeKind kind{};
  CHECK_FALSE(theme_from_name("sepia", &kind));
}

TEST_CASE("colour: text forms and blending") {
  CHECK(std::string(hex_text(rgb(0x0A1BFF)).data()) == "#0a1bff");
  CHECK(faded(rgb(0x123456), 0.5F).a == 128);
  CHECK(composite(faded(rgb(0xFFFFFF), 0), rgb(0x102030)) == rgb(0x102030));
  CHECK(composite(rgb(0xFFFFFF), rgb(0x102030)) == rgb(0xFFFFFF));
}
