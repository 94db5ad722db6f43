# What the site is made of besides its programs and the lesson, which tools/lessons adds. References between the files
# are relative.
backstep_site_files(. ${CMAKE_SOURCE_DIR}/index.html shell/embed.html)
install(
  DIRECTORY shell/
  DESTINATION shell
  COMPONENT site
  PATTERN embed.html EXCLUDE)
