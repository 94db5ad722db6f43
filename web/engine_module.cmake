# The engine without a window: engine.wasm, and beside it engine.mjs and its types, which are written by hand. Nothing of
# Emscripten's own JavaScript is needed: the module asks the page for nothing but to hear of its growing memory.
add_executable(backstep_engine_module api/engine/descriptions.cpp api/engine/exports.cpp api/engine/kernels.cpp
               api/json_writer.cpp)
backstep_own_code(backstep_engine_module)
target_compile_options(backstep_engine_module PRIVATE -fno-exceptions -fno-rtti)
target_link_libraries(backstep_engine_module PRIVATE backstep_engine)

# By the names in web/api/engine/exports.cpp.
set(engine_functions
    _malloc
    _free
    _backstep_text
    _backstep_text_size
    _backstep_number
    _backstep_data
    _backstep_count
    _backstep_presets
    _backstep_network_new
    _backstep_network_delete
    _backstep_network_forward
    _backstep_network_backward
    _backstep_network_record
    _backstep_network_train
    _backstep_network_describe
    _backstep_network_document
    _backstep_network_tensor_names
    _backstep_network_tensor
    _backstep_network_set
    _backstep_network_edit
    _backstep_network_weights
    _backstep_network_set_weights
    _backstep_network_hash
    _backstep_network_parameters_hash
    _backstep_network_step_of
    _backstep_network_step
    _backstep_network_value
    _backstep_network_explain
    _backstep_network_narrate
    _backstep_draw
    _backstep_drawn_labels
    _backstep_conv_new
    _backstep_conv_delete
    _backstep_conv_staging
    _backstep_conv_set
    _backstep_conv_forward
    _backstep_conv_backward_input
    _backstep_conv_backward_weights
    _backstep_conv_get)
list(JOIN engine_functions , engine_functions)

set_target_properties(backstep_engine_module PROPERTIES OUTPUT_NAME engine SUFFIX .wasm)
target_link_options(
  backstep_engine_module
  PRIVATE
  --emit-symbol-map # for the size profile
  -sSTANDALONE_WASM=1
  --no-entry
  -sFILESYSTEM=0
  -sALLOW_MEMORY_GROWTH=1
  -sMALLOC=emmalloc
  -sEXPORTED_FUNCTIONS=${engine_functions}
  $<IF:$<CONFIG:Debug>,-sASSERTIONS=1,-sASSERTIONS=0>
  $<$<CONFIG:Release>:-Oz>)
backstep_site_files(. $<TARGET_FILE:backstep_engine_module> ${CMAKE_CURRENT_SOURCE_DIR}/api/engine/engine.mjs
                    ${CMAKE_CURRENT_SOURCE_DIR}/api/engine/engine.d.ts)
# TypeScript looks for the types of a .mjs under this name.
install(
  FILES ${CMAKE_CURRENT_SOURCE_DIR}/api/engine/engine.d.ts
  DESTINATION .
  RENAME engine.d.mts
  COMPONENT site)
add_dependencies(backstep_site backstep_engine_module)
