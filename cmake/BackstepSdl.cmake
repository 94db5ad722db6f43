# SDL2 for the web, with the configuration that SDL itself keeps for Emscripten, less what the page does not use
# (sdl/SDL_config.h). SDL's own build files find the same answers by hundreds of trial compilations, which take minutes
# under emcc. The folders are those of SDL's Makefile.minimal that are left.
set(sdl_folders
    .
    atomic
    cpuinfo
    events
    file
    joystick
    joystick/dummy
    libm
    loadso/dummy
    locale
    locale/emscripten
    misc
    misc/emscripten
    render
    stdlib
    thread
    thread/generic
    timer
    timer/unix
    video
    video/emscripten
    video/yuv2rgb)
list(TRANSFORM sdl_folders PREPEND ${sdl2_SOURCE_DIR}/src/)
list(TRANSFORM sdl_folders APPEND /*.c)
file(GLOB sdl_sources ${sdl_folders}) # a pinned archive: its list of files cannot change

add_library(SDL2-static STATIC ${sdl_sources})
add_library(SDL2::SDL2-static ALIAS SDL2-static)
target_include_directories(SDL2-static PRIVATE ${CMAKE_SOURCE_DIR}/cmake/sdl)
target_include_directories(SDL2-static SYSTEM PUBLIC ${sdl2_SOURCE_DIR}/include)
target_compile_options(SDL2-static PRIVATE -w)
