# The faces of the page, cut out of their fonts at build time: target backstep_fonts makes BACKSTEP_FONT_FILES in
# BACKSTEP_FONT_DIR, in the order of the faces in web/widgets/font.h.
set(BACKSTEP_FONTS /usr/share/fonts CACHE PATH "Folder with the fonts Inter, STIX and DejaVu, arranged as in Debian or flat")
set(BACKSTEP_PYTHON python3 CACHE STRING "A Python that has fontTools")

set(BACKSTEP_FONT_DIR ${CMAKE_BINARY_DIR}/fonts)
set(BACKSTEP_FONT_FILES "")
set(font_sources "")
foreach(
  entry
  sans=opentype/inter/Inter-Regular.otf
  sans_bold=opentype/inter/Inter-SemiBold.otf
  serif=opentype/stix/STIXGeneral-Regular.otf
  serif_italic=opentype/stix/STIXGeneral-Italic.otf
  mono=truetype/dejavu/DejaVuSansMono.ttf)
  string(REPLACE "=" ";" entry ${entry})
  list(GET entry 0 face)
  list(GET entry 1 path)
  get_filename_component(name ${path} NAME)
  get_filename_component(ending ${path} EXT)
  find_file(BACKSTEP_FONT_${face} NAMES ${path} ${name} PATHS ${BACKSTEP_FONTS} NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
  if(NOT BACKSTEP_FONT_${face})
    message(FATAL_ERROR "No ${name} in ${BACKSTEP_FONTS}. Debian has it in fonts-inter, fonts-stix, fonts-dejavu-core; "
                        "elsewhere put the font files into one folder and name it by BACKSTEP_FONTS.")
  endif()
  list(APPEND font_sources ${BACKSTEP_FONT_${face}})
  list(APPEND BACKSTEP_FONT_FILES ${BACKSTEP_FONT_DIR}/${face}${ending})
endforeach()

file(MAKE_DIRECTORY ${BACKSTEP_FONT_DIR})
set(font_tools ${CMAKE_SOURCE_DIR}/tools/fonts)
add_custom_command(
  OUTPUT ${BACKSTEP_FONT_FILES}
  COMMAND ${BACKSTEP_PYTHON} -B ${font_tools}/subset.py ${BACKSTEP_FONT_DIR} ${font_sources}
  DEPENDS ${font_sources} ${font_tools}/subset.py ${font_tools}/advance_table.py ${CMAKE_SOURCE_DIR}/web/widgets/font_charset.txt
  COMMENT "Cutting fonts"
  VERBATIM)
add_custom_target(backstep_fonts DEPENDS ${BACKSTEP_FONT_FILES})
