# What every target of the project's own code has in common, and the functions that make one.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

option(BACKSTEP_SANITIZE "Address and undefined-behaviour sanitizers; any finding ends the program" OFF)

option(BACKSTEP_FUZZ "libFuzzer programs for the parsers (clang), with the sanitizers" OFF)
if(BACKSTEP_FUZZ)
  set(BACKSTEP_SANITIZE ON)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# A fused multiply-add rounds once where the engine's order of operations rounds twice: contraction would change the
# bits between compilers and machines. For the same reason there is no -ffast-math and no -march=native anywhere.
add_compile_options(-ffp-contract=off)

if(EMSCRIPTEN)
  # Plain 128-bit SIMD, which every current browser has. Relaxed SIMD leaves results to the machine.
  add_compile_options(-msimd128)
  # Every browser with SIMD has these too: conversions to integers and copies of memory take one instruction each.
  add_compile_options(-mnontrapping-fptoint -mbulk-memory)
  # One thread: no locks around what is made at its first use.
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fno-threadsafe-statics>)
  # The compiler's own vectors are not exact: LLVM 19 takes "x <= 0 ? 0 : x" for f32x4.pmax, which gives -0 for -0.
  add_compile_options(-fno-vectorize -fno-slp-vectorize)
  # Small by default: most of the page runs a few times a frame at most. Kernels ask for speed themselves.
  set(CMAKE_CXX_FLAGS_RELEASE "-Oz -DNDEBUG")
  set(CMAKE_C_FLAGS_RELEASE "-Oz -DNDEBUG")
endif()

if(BACKSTEP_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()

# Warnings are errors in the project's own code only; libraries come in as SYSTEM.
function(backstep_own_code target)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR} PRIVATE ${CMAKE_BINARY_DIR}/generated)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 finds overlapping copies in std::string that cannot happen (its bug 105651), and uninitialised values in the
    # standard library once sanitizers are on.
    target_compile_options(${target} PRIVATE -Wno-restrict $<$<BOOL:${BACKSTEP_SANITIZE}>:-Wno-maybe-uninitialized>)
  elseif(EMSCRIPTEN)
    # Extents are 64-bit integers, positions in memory 32-bit ones here: each index into a vector would ask for a cast.
    target_compile_options(${target} PRIVATE -Wno-shorten-64-to-32)
  endif()
endfunction()

# backstep_library(<target> [EXCEPTIONS] SOURCES <file>... [LIBRARIES <target>...])
# On the web only code that says EXCEPTIONS can throw and catch: the page has none.
function(backstep_library target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "EXCEPTIONS" "" "SOURCES;LIBRARIES")
  add_library(${target} STATIC ${arg_SOURCES})
  backstep_own_code(${target})
  target_link_libraries(${target} PUBLIC ${arg_LIBRARIES})
  if(EMSCRIPTEN AND arg_EXCEPTIONS)
    target_compile_options(${target} PRIVATE -fwasm-exceptions)
  elseif(EMSCRIPTEN)
    target_compile_options(${target} PRIVATE -fno-exceptions -fno-rtti)
  endif()
endfunction()

# Kernels are what a step waits for: speed before size, on the web too. Those for wider x86 vectors live in files of their
# own, compiled for that instruction set; the engine chooses at run time. Elsewhere these files compile to nothing.
function(backstep_kernel_flags)
  foreach(source IN LISTS ARGN)
    set(options $<$<CONFIG:Release>:-O3>)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
      if(source MATCHES "_avx2\\.cpp$")
        list(APPEND options -mavx2)
      elseif(source MATCHES "_avx512\\.cpp$")
        # GCC 12 warns of its own intrinsics, which leave a register undefined on purpose (its bug 105593).
        list(APPEND options -mavx512f -mavx512vl -mavx512dq -mavx512bw $<$<CXX_COMPILER_ID:GNU>:-Wno-uninitialized>
             $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
      endif()
    endif()
    set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS "${options}")
  endforeach()
endfunction()

# A program for the command line. For the web it becomes <name>.mjs, which node runs with the same arguments, files and
# exit code as the native one.
function(backstep_program target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES")
  add_executable(${target} ${arg_SOURCES})
  backstep_own_code(${target})
  target_link_libraries(${target} PRIVATE ${arg_LIBRARIES})
  if(EMSCRIPTEN)
    set_target_properties(${target} PROPERTIES SUFFIX ".mjs" LINK_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/run_in_node.js)
    target_compile_options(${target} PRIVATE -fwasm-exceptions)
    target_link_options(
      ${target} PRIVATE -sNODERAWFS=1 -sENVIRONMENT=node -sEXIT_RUNTIME=1 -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=1MB
      -fwasm-exceptions --extern-post-js ${CMAKE_SOURCE_DIR}/cmake/run_in_node.js)
  endif()
endfunction()
