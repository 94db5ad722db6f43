// Layers added, removed, moved and changed: what is possible, why something is not, and the scene that comes of it.
#pragma once

#include <string>
#include <vector>

#include "web/app/intent.h"

namespace backstep::app {

// One value of an attribute, or one thing to do with a layer.
struct Choice {
  std::string value;    // as EditLayer takes it
  std::string label;    // as people read it
  std::string problem;  // why it is not possible; empty: it is
};

struct AttributeChoices {
  std::string name;
  std::string value;            // what it is now
  std::vector<Choice> choices;  // empty: any number that the engine accepts
};

struct LayerChoices {
  std::string name;    // "conv1"
  std::string shapes;  // "1×6×6 → 1×4×4"
  std::vector<AttributeChoices> attributes;
  std::vector<Choice> acts;  // remove, up, down
  std::vector<Choice> adds;  // layer types to put after it
};

// The first entry stands for the input: layers can be put after it.
std::vector<LayerChoices> layer_choices(const Scene& scene);

// Weights of layers that still fit are kept, new ones drawn from the scene's seed; covers and locks that lost their
// cell are dropped. Errors: what the engine says of the shapes.
Result<Scene> edit_layer(const Scene& scene, const EditLayer& intent);

}  // namespace backstep::app
