#include "web/app/see.h"

#include <algorithm>

namespace backstep::app {

std::vector<See> sees_of(const Trace& trace, const Block& block) {
  if (block.layer == trace.net().layer_count() || block.phase == Phase::update || block.slot == Slot::db) {
    return {See::gather};
  }
  const Layer& op = trace.net().layer(block.layer).op;
  if (std::holds_alternative<Conv2d>(op) || std::holds_alternative<ConvTranspose2d>(op)) {
    return {See::gather, See::scatter, See::unrolled, See::matrix};
  }
  if (std::holds_alternative<Dense>(op)) return {See::gather, See::scatter};
  const bool pool = std::holds_alternative<MaxPool2d>(op) || std::holds_alternative<AvgPool2d>(op);
  if (pool && block.slot == Slot::dx) return {See::gather, See::scatter};
  return {See::gather};
}

See shown_see(const Model& model) {
  const std::vector<See> all = sees_of(*model.trace, model.trace->steps().block_of(model.step()));
  const See wished = model.state.scene.view.see;
  return std::find(all.begin(), all.end(), wished) == all.end() ? See::gather : wished;
}

See next_see(const Model& model) {
  const std::vector<See> all = sees_of(*model.trace, model.trace->steps().block_of(model.step()));
  const auto at = std::find(all.begin(), all.end(), shown_see(model));
  return at + 1 == all.end() ? all.front() : *(at + 1);
}

}  // namespace backstep::app
