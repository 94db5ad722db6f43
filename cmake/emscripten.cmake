# Toolchain file of the web presets: any emcc will do that is on PATH, in an activated emsdk, or in EMSCRIPTEN_ROOT.
find_program(
  BACKSTEP_EMCC emcc
  HINTS $ENV{EMSCRIPTEN_ROOT} $ENV{EMSDK}/upstream/emscripten
  NO_CMAKE_FIND_ROOT_PATH)
if(NOT BACKSTEP_EMCC)
  message(FATAL_ERROR "No emcc found. Put Emscripten 3.1.69 or newer on PATH, or let 'npm run build' set it up.")
endif()
file(REAL_PATH ${BACKSTEP_EMCC} emcc)
get_filename_component(EMSCRIPTEN_ROOT_PATH ${emcc} DIRECTORY)
include(${EMSCRIPTEN_ROOT_PATH}/cmake/Modules/Platform/Emscripten.cmake)
# CMake's trial builds read this file too, later and without the environment of the first configure.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES BACKSTEP_EMCC)
