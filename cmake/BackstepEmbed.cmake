# backstep_embed(<header> <namespace> <file>...): writes <build>/generated/<header>, which holds the text of each file
# (of JSON without line breaks).
#
#   namespace <namespace> {
#   struct Text { std::string_view name, text; };   name: the file's name without folders; without .json
#   inline constexpr Text texts[] = {...};          in the order given
#   }
#
# Runs at configure time; changing a file configures again.
function(backstep_embed header namespace)
  set(entries "")
  foreach(file IN LISTS ARGN)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    get_filename_component(name ${file} NAME)
    if(name MATCHES "\\.json$")
      # Line breaks and the indents after them stand between tokens only: a JSON text has none inside.
      string(REGEX REPLACE "\n *" "" text "${text}")
    endif()
    string(REGEX REPLACE "\\.json$" "" name ${name})
    string(APPEND entries "    {\"${name}\", R\"backstep(${text})backstep\"},\n")
  endforeach()
  set(content
      "// Generated at configure time; change the files that it quotes.\n#pragma once\n\n#include <string_view>\n
namespace ${namespace} {

struct Text {
  std::string_view name, text;
};

inline constexpr Text texts[] = {
${entries}};

}  // namespace ${namespace}
")
  set(output ${CMAKE_BINARY_DIR}/generated/${header})
  set(before "")
  if(EXISTS ${output})
    file(READ ${output} before)
  endif()
  if(NOT before STREQUAL content)
    file(WRITE ${output} "${content}")
  endif()
endfunction()
