#include <memory>

#include "commands.h"
#include "json_text.h"
#include "scene_source.h"

namespace backstep::cli {

void add_hash(CLI::App& app, Outcome&) {
  auto* command = app.add_subcommand("hash", "print the hash of a scene's recorded pass");
  const auto source = std::make_shared<SceneSource>();
  add_scene_options(*command, *source);
  command->footer(
      "64 bits over every input and every computed number, as 16 hex digits: equal in the page, in this program and\n"
      "under node, on every machine.\n\n"
      "Examples:\n"
      "  backstep hash pocket\n"
      "  backstep hash tiny-cnn --weights trained.safetensors\n"
      "  cat scene.json | backstep hash -");
  command->callback([source] {
    const auto trace = record_scene(load_scene(*source));
    const std::string hash = hash_text(trace->hash());
    print(source->json ? json_text({{"hash", hash}, {"steps", trace->size()}}) : hash + '\n');
  });
}

}  // namespace backstep::cli
