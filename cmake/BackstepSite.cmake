# The static site: "cmake --install build/web --component site --prefix dist". Plain files with relative references, so
# that any folder of any host will do.
add_custom_target(backstep_site) # builds every program of the site

# backstep_site_files(<folder of the site> <file>...)
function(backstep_site_files folder)
  install(FILES ${ARGN} DESTINATION ${folder} COMPONENT site)
endfunction()

# A module at the top of the site: <output name>.mjs and .wasm.
function(backstep_site_program target)
  target_link_options(${target} PRIVATE --emit-symbol-map) # for the size profile; the module itself stays without names
  add_dependencies(backstep_site ${target})
  get_target_property(name ${target} OUTPUT_NAME)
  if(NOT name)
    set(name ${target})
  endif()
  foreach(ending mjs wasm)
    backstep_site_files(. $<TARGET_FILE_DIR:${target}>/${name}.${ending})
  endforeach()
endfunction()

# Each licence keeps its own text under the name of what it is for.
function(backstep_install_licence name)
  foreach(file IN LISTS ARGN)
    if(EXISTS ${file})
      install(FILES ${file} DESTINATION licenses RENAME ${name}.txt COMPONENT site)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "No licence text found for ${name}; looked for: ${ARGN}")
endfunction()

backstep_install_licence(backstep ${CMAKE_SOURCE_DIR}/LICENSE)
backstep_install_licence(dear-imgui ${imgui_SOURCE_DIR}/LICENSE.txt)
backstep_install_licence(sdl2 ${sdl2_SOURCE_DIR}/LICENSE.txt)
backstep_install_licence(nlohmann-json ${nlohmann_json_SOURCE_DIR}/LICENSE.MIT)
backstep_install_licence(cli11 ${cli11_SOURCE_DIR}/LICENSE)
backstep_install_licence(
  emscripten ${EMSCRIPTEN_ROOT_PATH}/LICENSE ${EMSCRIPTEN_ROOT_PATH}/../doc/emscripten/copyright)
foreach(font inter stix dejavu-core)
  backstep_install_licence(
    font-${font} ${BACKSTEP_FONTS}/../doc/fonts-${font}/copyright ${BACKSTEP_FONTS}/LICENSE-${font}.txt)
endforeach()
