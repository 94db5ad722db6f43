#include "web/gpu/font_data.h"

#include <array>

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wc23-extensions"
#endif

namespace backstep::gpu {
namespace {

// clang-format off
constexpr unsigned char kSans[] = {
#embed <sans.otf>
};
constexpr unsigned char kSansBold[] = {
#embed <sans_bold.otf>
};
constexpr unsigned char kSerif[] = {
#embed <serif.otf>
};
constexpr unsigned char kSerifItalic[] = {
#embed <serif_italic.otf>
};
constexpr unsigned char kMono[] = {
#embed <mono.ttf>
};
// clang-format on

// In the order of ui::Face.
constexpr std::array<std::span<const unsigned char>, ui::kFaceCount> kFiles = {kSans, kSansBold, kSerif, kSerifItalic,
                                                                               kMono};

}  // namespace

std::span<const unsigned char> font_data(ui::Face face) { return kFiles[static_cast<std::size_t>(face)]; }

}  // namespace backstep::gpu
