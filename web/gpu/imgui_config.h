// Compile-time configuration of Dear ImGui (IMGUI_USER_CONFIG), for its own sources and for ours.
#pragma once

#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_FILE_FUNCTIONS

// Text is drawn from GlyphAtlas, which needs the rasteriser itself: web/gpu/stb_truetype.cpp holds the one copy.
#define IMGUI_DISABLE_STB_TRUETYPE_IMPLEMENTATION

// One list holds the whole page: more vertices than 16 bits can count.
#define ImDrawIdx unsigned int
