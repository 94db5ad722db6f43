// The font rasteriser that Dear ImGui brings along, compiled once for the glyph atlas.
#define STB_TRUETYPE_IMPLEMENTATION
#include <imstb_truetype.h>
