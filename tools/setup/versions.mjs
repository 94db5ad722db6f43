// What is used, in which version, and which Debian suite has it. cmake/BackstepDependencies.cmake names the same versions
// with the hashes of their upstream archives.
export const emscripten = { version: '3.1.69', suite: 'trixie' };
/** The clang that Emscripten 3.1.69 was made for. */
export const llvm = '19';

/** Library sources: CMake's name of the dependency, Debian's source package, version, suite. */
export const libraries = [
  { name: 'imgui', source: 'imgui', version: '1.90.1', suite: 'trixie' },
  { name: 'sdl2', source: 'libsdl2', version: '2.32.4', suite: 'trixie' },
  { name: 'doctest', source: 'doctest', version: '2.4.11', suite: 'trixie' },
  { name: 'nlohmann_json', source: 'nlohmann-json3', version: '3.11.2', suite: 'bookworm' },
  { name: 'cli11', source: 'cli11', version: '2.1.2', suite: 'bookworm' },
];

/** Packages of the fonts that the page's faces are cut from. The widths in web/widgets/font_tables.cpp are theirs. */
export const fonts = { packages: ['fonts-inter', 'fonts-stix', 'fonts-dejavu-core'], suite: 'bookworm' };
