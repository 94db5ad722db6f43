# The faces of the page, cut out of their fonts at build time: target backstep_fonts makes BACKSTEP_FONT_FILES in
# BACKSTEP_FONT_DIR, in the order of the faces in web/widgets/font.h.
set(BACKSTEP_FONTS /usr/share/fonts CACHE PATH "Folder with the fonts Inter, STIX and DejaVu, as Debian arranges it or flat")
set(BACKSTEP_PYTHON python3 CACHE STRING "A Python that has fontTools")

set(BACKSTEP_FONT_DIR ${CMAKE_BINARY_DIR}/fonts)
set(BACKSTEP_FONT_FILES "")
set(font_sources "")
foreach(
  face
  sans=opentype/inter/Inter-Regular.otf
  sans_bold=opentype/inter/Inter-SemiBold.otf
  serif=opentype/stix/STIXGeneral-Regular.otf
  serif_italic=opentype/stix/STIXGeneral-Italic.otf
  mono=truetype/dejavu/DejaVuSansMono.ttf)
  string(REGEX MATCH "^([a-z_]+)=(.*/([^/]+)\\.(otf|ttf))$" matched ${face})
  set(target ${CMAKE_MATCH_1}.${CMAKE_MATCH_4})
  find_file(BACKSTEP_FONT_${CMAKE_MATCH_1} NAMES ${CMAKE_MATCH_2} ${CMAKE_MATCH_3}.${CMAKE_MATCH_4} PATHS ${BACKSTEP_FONTS}
            NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  list(APPEND font_sources ${BACKSTEP_FONT_${CMAKE_MATCH_1}})
  list(APPEND BACKSTEP_FONT_FILES ${BACKSTEP_FONT_DIR}/${target})
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
