# The page's program: app.mjs and app.wasm.

set(shader_files ${CMAKE_SOURCE_DIR}/shaders/canvas.vert ${CMAKE_SOURCE_DIR}/shaders/canvas.frag
                 ${CMAKE_SOURCE_DIR}/shaders/heatmap.frag)
backstep_embed(web/gpu/shaders.h backstep::gpu::shaders ${shader_files})

backstep_library(
  backstep_gpu
  SOURCES
  gpu/font_data.cpp
  gpu/glyph_atlas.cpp
  gpu/heatmaps.cpp
  gpu/imgui_painter.cpp
  gpu/renderer.cpp
  gpu/shader_program.cpp
  LIBRARIES
  backstep_widgets
  imgui)
add_dependencies(backstep_gpu backstep_fonts)
set_source_files_properties(gpu/font_data.cpp PROPERTIES OBJECT_DEPENDS "${BACKSTEP_FONT_FILES}"
                                                         COMPILE_OPTIONS "--embed-dir=${BACKSTEP_FONT_DIR}")

backstep_library(
  backstep_platform
  SOURCES
  platform/frame_loop.cpp
  platform/input.cpp
  platform/window.cpp
  LIBRARIES
  backstep_app
  backstep_widgets
  SDL2::SDL2-static)

backstep_library(backstep_api SOURCES api/exports.cpp api/json_writer.cpp api/page.cpp api/panel_json.cpp api/theme_json.cpp LIBRARIES backstep_app backstep_widgets)

add_executable(backstep_page main.cpp)
backstep_own_code(backstep_page)
target_link_libraries(backstep_page PRIVATE backstep_api backstep_platform backstep_gpu backstep_views)
foreach(target backstep_gpu backstep_platform backstep_api backstep_page)
  target_compile_options(${target} PRIVATE -fno-exceptions -fno-rtti)
endforeach()

# The border to JavaScript, name by name: web/api/exports.cpp and what web/shell/program.mjs needs to pass text and bytes.
set(exported_functions
    _main
    _malloc
    _free
    _backstep_intent
    _backstep_fail
    _backstep_address
    _backstep_write_address
    _backstep_picture
    _backstep_file
    _backstep_resize
    _backstep_environment
    _backstep_show
    _backstep_focus
    _backstep_takes_press
    _backstep_takes_wheel
    _backstep_place_of
    _backstep_takes_digits)
set(runtime_methods stringToNewUTF8 HEAPU8)
# noExitRuntime is not set by the page: but unless it may be, Emscripten ends the program after the first timer.
set(module_options canvas instantiateWasm noExitRuntime onAbort page)
list(JOIN exported_functions , exported_functions)
list(JOIN runtime_methods , runtime_methods)
list(JOIN module_options , module_options)

set_target_properties(backstep_page PROPERTIES OUTPUT_NAME app SUFFIX .mjs)
target_link_options(
  backstep_page
  PRIVATE
  -sMODULARIZE=1
  -sEXPORT_ES6=1
  -sENVIRONMENT=web
  -sMIN_WEBGL_VERSION=2
  -sMAX_WEBGL_VERSION=2
  -sDYNAMIC_EXECUTION=0 # works under a content security policy without unsafe-eval
  -sFILESYSTEM=0
  -sALLOW_MEMORY_GROWTH=1
  -sMALLOC=emmalloc
  -sEXPORTED_FUNCTIONS=${exported_functions}
  -sEXPORTED_RUNTIME_METHODS=${runtime_methods}
  -sINCOMING_MODULE_JS_API=${module_options}
  $<IF:$<CONFIG:Debug>,-sASSERTIONS=1,-sASSERTIONS=0>
  $<$<CONFIG:Release>:-Oz>
  $<$<CONFIG:Release>:-flto>)
backstep_site_program(backstep_page)
