#include "steps.h"

#include <algorithm>
#include <charconv>

namespace backstep {
namespace {

bool has_batch(Slot slot) { return slot == Slot::y || slot == Slot::dx || slot == Slot::p; }

Slot slot_of_name(std::string_view name) {
  for (const Slot slot : {Slot::y, Slot::p, Slot::value, Slot::dx, Slot::dw, Slot::db, Slot::w_next, Slot::b_next}) {
    if (name == slot_name(slot)) return slot;
  }
  return Slot::none;
}

Error bad_name(std::string_view name, std::string expected) {
  return {"cell.name", std::string(name), "expected " + std::move(expected)};
}

}  // namespace

const char* phase_name(Phase phase) {
  switch (phase) {
    case Phase::forward: return "forward";
    case Phase::loss: return "loss";
    case Phase::backward: return "backward";
    case Phase::update: return "update";
  }
  return "";
}

const char* grain_name(Grain grain) { return kGrainNames[static_cast<std::size_t>(grain)].data(); }

StepIndex::StepIndex(const Network& net) {
  const auto add = [this](Phase phase, int layer, Slot slot, const Shape& shape) {
    if (shape.is_none()) return;
    blocks_.push_back({phase, layer, slot, shape, size(), shape.count()});
  };
  const int n = net.layer_count();
  for (int i = 0; i < n; ++i) names_.push_back(net.layer(i).name);
  names_.emplace_back("loss");
  const auto steps_of = [&net](int i) { return !std::holds_alternative<Flatten>(net.layer(i).op); };
  for (int i = 0; i < n; ++i) {
    if (steps_of(i)) add(Phase::forward, i, Slot::y, net.layer(i).shapes.y);
  }
  if (net.loss()) {
    if (std::holds_alternative<SoftmaxCrossEntropy>(*net.loss())) add(Phase::loss, n, Slot::p, net.output());
    add(Phase::loss, n, Slot::value, Shape{1});
    add(Phase::backward, n, Slot::dx, net.output());
  }
  for (int i = n - 1; i >= 0; --i) {
    const LayerShapes& s = net.layer(i).shapes;
    if (!steps_of(i)) continue;
    add(Phase::backward, i, Slot::dw, s.w);
    add(Phase::backward, i, Slot::db, s.b);
    add(Phase::backward, i, Slot::dx, s.x);
  }
  if (!net.loss()) return;
  for (int i = 0; i < n; ++i) {
    add(Phase::update, i, Slot::w_next, net.layer(i).shapes.w);
    add(Phase::update, i, Slot::b_next, net.layer(i).shapes.b);
  }
}

const Block& StepIndex::block_of(std::int64_t step) const {
  const auto after = std::upper_bound(blocks_.begin(), blocks_.end(), step,
                                      [](std::int64_t s, const Block& block) { return s < block.first; });
  return *(after - 1);
}

CellRef StepIndex::cell(std::int64_t step) const {
  const Block& block = block_of(step);
  return {block.layer, block.slot, step - block.first};
}

const Block* StepIndex::block(int layer, Slot slot) const {
  for (const Block& block : blocks_) {
    if (block.layer == layer && block.slot == slot) return &block;
  }
  return nullptr;
}

const Block* StepIndex::producer(int layer, Slot slot) const {
  const int n = static_cast<int>(names_.size()) - 1;
  if (const Block* own = block(layer, slot)) return own;
  if (slot == Slot::y || slot == Slot::x) {
    for (int l = layer - 1; l >= 0; --l) {
      if (const Block* before = block(l, Slot::y)) return before;
    }
  }
  if (slot == Slot::dy || slot == Slot::dx) {
    for (int l = layer + 1; l <= n; ++l) {
      if (const Block* after = block(l, Slot::dx)) return after;
    }
  }
  return nullptr;
}

std::int64_t StepIndex::find(const CellRef& cell) const {
  const Block* found = block(cell.layer, cell.slot);
  return found && cell.index >= 0 && cell.index < found->count ? found->first + cell.index : -1;
}

bool StepIndex::hides_batch(const Block& block) const { return has_batch(block.slot) && block.shape[0] == 1; }

StepIndex::Range StepIndex::group(std::int64_t step, Grain grain) const {
  const Block& block = block_of(step);
  if (grain == Grain::product || grain == Grain::cell) return {step, step};
  if (grain == Grain::channel) {
    const int axis = hides_batch(block) ? 1 : 0;
    std::int64_t inner = 1;
    for (int a = axis + 1; a < block.shape.rank(); ++a) inner *= block.shape[a];
    const std::int64_t first = block.first + (step - block.first) / inner * inner;
    return {first, first + inner - 1};
  }
  Range range{block.first, block.first + block.count - 1};
  for (const Block& other : blocks_) {
    if (other.layer != block.layer || other.phase != block.phase) continue;
    range.first = std::min(range.first, other.first);
    range.last = std::max(range.last, other.first + other.count - 1);
  }
  return range;
}

std::string StepIndex::tensor_name(const Block& block) const {
  return names_[static_cast<std::size_t>(block.layer)] + "." + slot_name(block.slot);
}

std::string StepIndex::name(std::int64_t step) const { return name(cell(step)); }

std::string StepIndex::name(const CellRef& cell) const {
  const Block* found = block(cell.layer, cell.slot);
  if (!found) return {};
  std::string out = tensor_name(*found);
  if (found->slot == Slot::value) return out;
  const auto index = found->shape.unravel(cell.index);
  out += '[';
  for (int axis = hides_batch(*found) ? 1 : 0; axis < found->shape.rank(); ++axis) {
    if (out.back() != '[') out += ',';
    out += std::to_string(index[static_cast<std::size_t>(axis)]);
  }
  return out + ']';
}

Result<std::int64_t> StepIndex::parse(std::string_view name) const {
  const std::size_t dot = name.find('.');
  const std::size_t open = std::min(name.find('['), name.size());
  if (dot == std::string_view::npos || dot > open) return bad_name(name, "a cell such as conv1.y[0,3,5]");
  const auto layer = std::find(names_.begin(), names_.end(), name.substr(0, dot));
  if (layer == names_.end()) return bad_name(name, "one of the network's layers before the dot");
  const Slot slot = slot_of_name(name.substr(dot + 1, open - dot - 1));
  const Block* found = block(static_cast<int>(layer - names_.begin()), slot);
  if (!found) return bad_name(name, "a tensor that " + *layer + " computes, such as y, dx, dw, db, w or b");
  std::string_view rest = name.substr(open);
  if (slot == Slot::value && (rest.empty() || rest == "[0]")) return found->first;
  const int rank = found->shape.rank();
  std::array<std::int64_t, kMaxRank> index{};
  const int first = hides_batch(*found) ? 1 : 0;
  for (int axis = first; axis < rank; ++axis) {
    const std::string wanted = std::to_string(rank - first) + " indices in brackets below " + found->shape.times_text();
    if (rest.empty() || rest.front() != (axis == first ? '[' : ',')) return bad_name(name, wanted);
    rest.remove_prefix(1);
    std::int64_t& value = index[static_cast<std::size_t>(axis)];
    const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (failure != std::errc{} || value < 0 || value >= found->shape[axis]) return bad_name(name, wanted);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  }
  if (rest != "]") return bad_name(name, "a closing bracket at the end");
  return found->first + found->shape.ravel(index);
}

}  // namespace backstep
