# Third-party libraries, each by version and hash. Three roads lead to the same targets: an installed package
# (find_package, native only), the archive named here, or a folder given by FETCHCONTENT_SOURCE_DIR_<NAME>.
include(FetchContent)
set(FETCHCONTENT_QUIET OFF)
if(EMSCRIPTEN)
  # An installed package's headers lie among the system's own, which must not mix with Emscripten's.
  set(FETCHCONTENT_TRY_FIND_PACKAGE_MODE NEVER)
endif()

set(JSON_BuildTests OFF CACHE INTERNAL "")
set(JSON_Install OFF CACHE INTERNAL "")
FetchContent_Declare(
  nlohmann_json
  URL https://github.com/nlohmann/json/archive/refs/tags/v3.11.2.tar.gz
  URL_HASH SHA256=d69f9deb6a75e2580465c6c4c5111b89c4dc2fa94e3a85fcd2ffcd9a143d9273
  FIND_PACKAGE_ARGS 3.11.2)

set(CLI11_BUILD_TESTS OFF CACHE INTERNAL "")
set(CLI11_BUILD_EXAMPLES OFF CACHE INTERNAL "")
set(CLI11_BUILD_DOCS OFF CACHE INTERNAL "")
FetchContent_Declare(
  CLI11
  URL https://github.com/CLIUtils/CLI11/archive/refs/tags/v2.1.2.tar.gz
  URL_HASH SHA256=26291377e892ba0e5b4972cdfd4a2ab3bf53af8dac1f4ea8fe0d1376b625c8cb
  FIND_PACKAGE_ARGS 2.1.2)

set(DOCTEST_WITH_TESTS OFF CACHE INTERNAL "")
set(DOCTEST_NO_INSTALL ON CACHE INTERNAL "")
FetchContent_Declare(
  doctest
  URL https://github.com/doctest/doctest/archive/refs/tags/v2.4.11.tar.gz
  URL_HASH SHA256=632ed2c05a7f53fa961381497bf8069093f0d6628c5f26286161fbd32a560186
  FIND_PACKAGE_ARGS 2.4.9)

FetchContent_MakeAvailable(nlohmann_json CLI11 doctest)

if(EMSCRIPTEN)
  FetchContent_Declare(
    imgui
    URL https://github.com/ocornut/imgui/archive/refs/tags/v1.90.1.tar.gz
    URL_HASH SHA256=21dcc985bb2ae8fe48047c86135dbc438d6980a8f2e08babbda5be820592f282)

  # SOURCE_SUBDIR names no folder with build files: SDL is compiled by BackstepSdl.cmake.
  FetchContent_Declare(
    sdl2
    URL https://github.com/libsdl-org/SDL/releases/download/release-2.32.4/SDL2-2.32.4.tar.gz
    URL_HASH SHA256=f15b478253e1ff6dac62257ded225ff4e7d0c5230204ac3450f1144ee806f934
    SOURCE_SUBDIR sources-only)

  FetchContent_MakeAvailable(imgui sdl2)
  include(BackstepSdl)
  include(BackstepImgui)
endif()

# Warnings inside the libraries' headers are not ours.
function(backstep_as_system)
  foreach(target IN LISTS ARGN)
    get_target_property(aliased ${target} ALIASED_TARGET)
    if(aliased)
      set(target ${aliased})
    endif()
    get_target_property(folders ${target} INTERFACE_INCLUDE_DIRECTORIES)
    if(folders)
      set_target_properties(${target} PROPERTIES INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${folders}")
    endif()
  endforeach()
endfunction()
backstep_as_system(nlohmann_json::nlohmann_json CLI11::CLI11 doctest::doctest)
