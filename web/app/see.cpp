#include "web/app/see.h"

#include <algorithm>

namespace backstep::app {

std::vector<See> sees_of(const Trace& trace, const Block& block) {
  std::vector<See> out{See::gather};
  if (block.layer == trace.net().layer_count() || block.phase == Phase::update || block.slot == Slot::db) return out;
  const Layer& op = trace.net().layer(block.layer).op;
  const bool weighted = std::holds_alternative<Conv2d>(op) || std::holds_alternative<ConvTranspose2d>(op);
  const bool pool = std::holds_alternative<MaxPool2d>(op) || std::holds_alternative<AvgPool2d>(op);
  if (weighted || (pool && block.slot == Slot::dx)) out.push_back(See::scatter);
  if (weighted) out.insert(out.end(), {See::unrolled, See::matrix});
  return out;
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
