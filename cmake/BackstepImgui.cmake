# Dear ImGui; it brings no build files of its own. None of its back ends: web/gpu draws, web/platform hears.
add_library(
  imgui STATIC
  ${imgui_SOURCE_DIR}/imgui.cpp
  ${imgui_SOURCE_DIR}/imgui_draw.cpp
  ${imgui_SOURCE_DIR}/imgui_tables.cpp
  ${imgui_SOURCE_DIR}/imgui_widgets.cpp
  ${CMAKE_SOURCE_DIR}/web/gpu/stb_truetype.cpp)
target_include_directories(imgui SYSTEM PUBLIC ${imgui_SOURCE_DIR})
target_compile_definitions(imgui PUBLIC IMGUI_USER_CONFIG="${CMAKE_SOURCE_DIR}/web/gpu/imgui_config.h")
target_compile_options(imgui PRIVATE -fno-exceptions -fno-rtti)
