#include "web/widgets/font.h"

#include "web/widgets/font_tables.h"

namespace backstep::ui {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;
constexpr std::uint16_t kMissingAdvance = 1229;  // 0.6 em, what a fallback font is likely to need

const FaceTable& table(Face face) { return kFaceTables[static_cast<int>(face)]; }

// Advance in table units, or -1.
int find_advance(const FaceTable& face, std::uint32_t code_point) {
  for (const GlyphRun& run : face.runs) {
    if (code_point < run.first) break;
    if (code_point < static_cast<std::uint32_t>(run.first) + run.count) {
      return face.advances[run.offset + (code_point - run.first)];
    }
  }
  return -1;
}

}  // namespace

TextStyle text_style(TextRole role) {
  switch (role) {
    case TextRole::kTitle: return {Face::kSansBold, 16};
    case TextRole::kBody: return {Face::kSans, 15};
    case TextRole::kStrong: return {Face::kSansBold, 15};
    case TextRole::kButton: return {Face::kSansBold, 14};
    case TextRole::kCaption: return {Face::kSans, 13};
    case TextRole::kTiny: return {Face::kSans, 11.5F};
    case TextRole::kSentence: return {Face::kSans, 22};
    case TextRole::kFormula: return {Face::kSerif, 20};
    case TextRole::kCode: return {Face::kMono, 13};
  }
  return {};
}

FontMetrics font_metrics(const TextStyle& style) {
  const FaceTable& face = table(style.face);
  const float unit = style.size / kTableUnits;
  // Serif letters are small for their em; the sans faces need more air than their height.
  const float leading = style.face == Face::kMono ? 1.6F : 1.4F;
  return {unit * face.ascent, unit * face.descent, unit * face.cap_height, unit * face.x_height, style.size * leading};
}

std::uint32_t next_code_point(std::string_view text, std::size_t* at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const std::uint32_t lead = byte((*at)++);
  if (lead < 0x80) return lead;
  const int extra = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  if (lead < 0xC2 || lead > 0xF4) return kReplacement;
  std::uint32_t point = lead & (0x3FU >> extra);
  for (int i = 0; i < extra; ++i) {
    if (*at >= text.size() || (byte(*at) & 0xC0) != 0x80) return kReplacement;
    point = point << 6 | (byte((*at)++) & 0x3F);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xD800 && point < 0xE000;
  return point < kSmallest[extra] || point > 0x10FFFF || surrogate ? kReplacement : point;
}

bool has_glyph(Face face, std::uint32_t code_point) { return find_advance(table(face), code_point) >= 0; }

float text_width(std::string_view text, const TextStyle& style) {
  const FaceTable& face = table(style.face);
  std::int64_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t point = next_code_point(text, &at);
    int advance = find_advance(face, point);
    if (advance < 0) advance = find_advance(face, kReplacement);
    units += advance < 0 ? kMissingAdvance : advance;
  }
  return static_cast<float>(units) * style.size / kTableUnits;
}

}  // namespace backstep::ui
