#include "web/views/captions.h"

#include "engine/notation.h"
#include "web/views/stage_plan.h"

namespace backstep::views {
namespace {

struct Names {
  std::string x, w, b, y, dx, dw, db, dy;
};

Names names_of(const Network& net, int layer) {
  const auto name = [&](Slot slot) { return symbol(net, layer, slot); };
  return {name(Slot::x),  name(Slot::w),  name(Slot::b),  name(Slot::y),
          name(Slot::dx), name(Slot::dw), name(Slot::db), name(Slot::dy)};
}

// A layer type without words of its own is told by its name and symbol.
template <class Op>
std::string heading(const Op&, Slot slot, const Names& n) {
  switch (slot) {
    case Slot::dx: return n.dx + " from " + n.dy;
    case Slot::dw: return n.dw + " from " + n.x + " and " + n.dy;
    case Slot::db: return n.db + " from " + n.dy;
    default: return n.y + " from " + n.x;
  }
}

std::string heading(const Conv2d& op, Slot slot, const Names& n) {
  switch (slot) {
    case Slot::y:
      return op.flip ? "Convolution: the kernel, turned by 180°, slides over " + n.x
                     : "Cross-correlation: the kernel slides over " + n.x;
    case Slot::dx: return n.dx + " is the full correlation of " + n.dy + " with the flipped kernel";
    case Slot::dw: return n.dw + " is the correlation of " + n.x + " with " + n.dy;
    default: return n.db + " is the sum of " + n.dy;
  }
}

std::string heading(const ConvTranspose2d&, Slot slot, const Names& n) {
  switch (slot) {
    case Slot::y: return "Transposed convolution: the full correlation of " + n.x + " with the flipped kernel";
    case Slot::dx: return n.dx + " is the correlation of " + n.dy + " with the kernel";
    case Slot::dw: return n.dw + " is the correlation of " + n.dy + " with " + n.x;
    default: return n.db + " is the sum of " + n.dy;
  }
}

std::string heading(const Dense&, Slot slot, const Names& n) {
  switch (slot) {
    case Slot::y: return "Each output is a row of " + n.w + " times " + n.x + ", plus its bias";
    case Slot::dx: return n.dx + " is each column of " + n.w + " times " + n.dy;
    case Slot::dw: return n.dw + " is the outer product of " + n.dy + " and " + n.x;
    default: return n.db + " is " + n.dy + " itself";
  }
}

std::string heading(const Relu&, Slot slot, const Names& n) {
  return slot == Slot::y ? "A gate: what is above 0 passes, the rest becomes 0"
                         : "The gradient passes where " + n.x + " was above 0";
}

std::string heading(const MaxPool2d&, Slot slot, const Names& n) {
  return slot == Slot::y ? "The largest value of each window of " + n.x
                         : "The gradient follows the switches back to the winners";
}

std::string heading(const AvgPool2d&, Slot slot, const Names& n) {
  return slot == Slot::y ? "The mean of each window of " + n.x : "The gradient is spread evenly over each window";
}

std::string heading(const GlobalAvgPool2d&, Slot slot, const Names& n) {
  return slot == Slot::y ? "The mean of each channel of " + n.x : "The gradient is spread evenly over the channel";
}

std::string heading(const LeakyRelu&, Slot slot, const Names& n) {
  return slot == Slot::y ? "A leaky gate: what is below 0 is scaled down"
                         : "The gradient passes where " + n.x + " was above 0, and is scaled down elsewhere";
}

std::string heading(const Sigmoid&, Slot slot, const Names& n) {
  return slot == Slot::y ? "Each number through the sigmoid" : n.dy + " times the slope of the sigmoid";
}

std::string heading(const Tanh&, Slot slot, const Names& n) {
  return slot == Slot::y ? "Each number through tanh" : n.dy + " times the slope of tanh";
}

std::string heading(const Dropout&, Slot slot, const Names& n) {
  return slot == Slot::y ? "The mask drops some numbers of " + n.x + " and scales the others up"
                         : "The gradient passes where the mask let the number pass";
}

std::string heading(const BatchNorm&, Slot slot, const Names& n) {
  switch (slot) {
    case Slot::y: return "Each channel is brought to mean 0 and variance 1, then scaled by γ and shifted by β";
    case Slot::dx: return n.dx + " comes directly, and through the channel’s mean and variance";
    case Slot::dw: return n.dw + " is the sum of " + n.dy + " times the normalised " + n.x;
    default: return n.db + " is the sum of " + n.dy;
  }
}

std::string loss_heading(const Network& net, Slot slot) {
  const bool softmax = std::holds_alternative<SoftmaxCrossEntropy>(*net.loss());
  switch (slot) {
    case Slot::p: return "Softmax: each exponential's share of their sum";
    case Slot::value:
      return softmax ? "Cross-entropy: minus the logarithm of the target's share"
                     : "Mean squared error: the squared differences from the target";
    default: return softmax ? "The gradient of the loss: probability minus target" : "The gradient of the loss";
  }
}

std::string counted(std::int64_t n, const char* one, const char* many) {
  return n == 1 ? std::string("one ") + one : std::to_string(n) + " " + many;
}

}  // namespace

std::string block_heading(const Trace& trace, const Block& block) {
  const Network& net = trace.net();
  if (block.layer == net.layer_count()) return loss_heading(net, block.slot);
  if (block.phase == Phase::update) return "Every weight takes a small step against its gradient";
  return std::visit([&](const auto& op) { return heading(op, block.slot, names_of(net, block.layer)); },
                    net.layer(block.layer).op);
}

std::string see_heading(const Trace& trace, const Block& block, See see) {
  const Names n = names_of(trace.net(), block.layer);
  const std::string out = symbol(trace.net(), block.layer, block.slot);
  const bool routes = trace.net().layer(block.layer).shapes.w.is_none();
  switch (see) {
    case See::scatter:
      if (routes) return "Scatter: each number of " + n.dy + " goes back to its window";
      if (std::holds_alternative<Dense>(trace.net().layer(block.layer).op)) {
        if (block.slot == Slot::dw)
          return "Scatter: each number of " + n.dy + " fills its row with " + n.x + ", times itself";
        return "Scatter: each number of " + (block.slot == Slot::y ? n.x : n.dy) + " adds its " +
               (block.slot == Slot::y ? "column" : "row") + " of weights, times itself, to " + out;
      }
      if (block.slot == Slot::dw)
        return "Scatter: each number of " + n.dy + " adds its window of " + n.x + ", times itself";
      return "Scatter: each number of " + (block.slot == Slot::y ? n.x : n.dy) +
             " lays the kernel, times itself, over " + out;
    case See::unrolled:
      return block.slot == Slot::dw
                 ? "im2col: the unrolled " + n.x + ", transposed, times vec " + n.dy + " is vec " + n.dw
                 : "im2col: each window is a row, and the kernel is a vector";
    case See::matrix:
      if (block.slot == Slot::dw) return n.dw + " as a matrix of " + n.dy + " times vec " + n.x;
      return block.slot == Slot::y ? "Y = T X: each row of T holds the kernel where the window lies"
                                   : n.dx + " = T transposed times " + n.dy + ": that is why it is called transposed";
    default: return block_heading(trace, block);
  }
}

std::string relation_caption(const Trace& trace, int layer, Slot slot, std::int64_t index, std::int64_t related) {
  const std::string cell = cell_symbol(trace, layer, slot, index);
  if (layer == trace.net().layer_count()) return cell;
  const auto grad = [&](Slot of) { return cell_symbol(trace, layer, of, index); };
  const bool weighted = !trace.net().layer(layer).shapes.w.is_none();
  switch (slot) {
    case Slot::y:
    case Slot::dy:
      return cell + (slot == Slot::y ? " is made of " : " belongs to an output made of ") +
             counted(related, "input", "inputs") + (weighted ? " and their weights" : "");
    case Slot::x:
    case Slot::dx:
      if (related == 0) return cell + " is read by no window";
      return cell + " feeds " +
             (related == 1 ? "this output and no other"
                           : "these " + std::to_string(related) + " outputs and no others") +
             (!weighted ? ": the path of " : "; with their weights they are the path of ") + grad(Slot::dx);
    case Slot::w:
    case Slot::dw:
    case Slot::w_next:
      return cell + " joins " + counted(related, "pair", "pairs") + " of input and output: summed with " +
             symbol(trace.net(), layer, Slot::dy) + ", " + (related == 1 ? "it is " : "they are ") + grad(Slot::dw);
    case Slot::b:
    case Slot::db:
    case Slot::b_next:
      return cell + " is added to " + counted(related, "output", "outputs") + "; the sum of their gradients is " +
             grad(Slot::db);
    default: return cell;
  }
}

}  // namespace backstep::views
