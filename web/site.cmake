# What the site is made of besides its programs. References between the files are relative.
backstep_site_files(. ${CMAKE_SOURCE_DIR}/index.html shell/embed.html lessons/practice/practice.html
                    lessons/practice/worksheet.html)
install(
  DIRECTORY shell/
  DESTINATION shell
  COMPONENT site
  PATTERN embed.html EXCLUDE)
