#include "listing.h"

#include "listing_text.h"

namespace backstep {
namespace {

using listings::Row;

std::span<const Row> rows_of(const Conv2d&) { return listings::kConv; }
std::span<const Row> rows_of(const ConvTranspose2d&) { return listings::kConvTranspose; }
std::span<const Row> rows_of(const Dense&) { return listings::kDense; }
std::span<const Row> rows_of(const MaxPool2d&) { return listings::kMaxPool; }
std::span<const Row> rows_of(const AvgPool2d&) { return listings::kAvgPool; }
std::span<const Row> rows_of(const GlobalAvgPool2d&) { return listings::kGlobalAvgPool; }
std::span<const Row> rows_of(const Relu&) { return listings::kRelu; }
std::span<const Row> rows_of(const LeakyRelu&) { return listings::kLeakyRelu; }
std::span<const Row> rows_of(const Sigmoid&) { return listings::kSigmoid; }
std::span<const Row> rows_of(const Tanh&) { return listings::kTanh; }
std::span<const Row> rows_of(const Dropout&) { return listings::kDropout; }
std::span<const Row> rows_of(const BatchNorm&) { return listings::kBatchNorm; }
std::span<const Row> rows_of(const Flatten&) { return {}; }
std::span<const Row> rows_of(const SoftmaxCrossEntropy&) { return listings::kSoftmax; }
std::span<const Row> rows_of(const Mse&) { return listings::kMse; }

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) {
    text.replace(at, what.size(), by);
  }
}

bool is_update(const Block& block) { return block.phase == Phase::update; }

Listing update_listing(const Network& net, const Block& block) {
  const Sgd* sgd = std::get_if<Sgd>(&net.optimizer());
  const std::string_view text = !sgd ? listings::kAdam : sgd->momentum != 0.0 ? listings::kMomentum : listings::kSgd;
  Listing out{std::string(text), "k", "", ""};
  if (block.slot == Slot::b_next) {
    replace_all(out.text, "w.shape", "b.shape");
    replace_all(out.text, "(w[k]", "(b[k]");  // and not the end of new[k]
    replace_all(out.text, "dw[k]", "db[k]");
  }
  return out;
}

bool has_bias(const NetworkLayer& layer) { return !layer.shapes.b.is_none(); }

bool is_flipped(const NetworkLayer& layer) {
  const Conv2d* conv = std::get_if<Conv2d>(&layer.op);
  return conv && conv->flip;
}

class Numbers {
 public:
  void add(std::string_view name, std::int64_t value) { out_.emplace_back(name, static_cast<double>(value)); }
  void add(std::string_view name, double value) { out_.emplace_back(name, value); }
  void image(const Shape& x, const Shape& y) {
    add("N", x[0]), add("C", x[1]);
    if (x.rank() < 4) return;
    add("H", x[2]), add("W", x[3]);
    if (y.rank() == 4 && y.count() > 0) add("OC", y[1]), add("OH", y[2]), add("OW", y[3]);
  }
  void window(const Window& win) {
    add("KH", win.kernel.h), add("KW", win.kernel.w);
    add("SH", win.stride.h), add("SW", win.stride.w);
    add("PH", win.padding.top), add("PW", win.padding.left);
  }
  void groups(const Pair& dilation, std::int64_t groups, std::int64_t C, std::int64_t OC) {
    add("DH", dilation.h), add("DW", dilation.w);
    add("CG", C / groups), add("OG", OC / groups);
  }

  // A layer whose loops need no more than shapes.
  void of(const auto&, const LayerShapes&) {}
  void of(const Conv2d& op, const LayerShapes& s) {
    window(op.window(s.x));
    groups(op.dilation, op.groups, s.x[1], s.y[1]);
  }
  void of(const ConvTranspose2d& op, const LayerShapes& s) {
    window({op.kernel, op.stride, op.dilation, op.padding});
    groups(op.dilation, op.groups, s.x[1], s.y[1]);
  }
  void of(const Dense&, const LayerShapes& s) { add("OC", s.y[1]); }
  void of(const MaxPool2d& op, const LayerShapes&) { window(op.window()); }
  void of(const AvgPool2d& op, const LayerShapes&) {
    window(op.window());
    add("INCLUDE_PAD", std::int64_t{op.count_include_pad});
  }
  void of(const LeakyRelu& op, const LayerShapes&) { add("SLOPE", op.negative_slope); }
  void of(const BatchNorm& op, const LayerShapes& s) {
    add("M", s.x.count() / s.x[1]);
    add("TRAINING", std::int64_t{op.training});
  }

  void of(const Sgd& o) {
    add("LR", o.lr), add("WD", o.weight_decay);
    if (o.momentum == 0.0) return;
    add("MOMENTUM", o.momentum), add("NESTEROV", std::int64_t{o.nesterov});
  }
  void of(const Adam& o) {
    add("LR", o.lr), add("WD", o.weight_decay), add("BETA1", o.beta1), add("BETA2", o.beta2), add("EPS", o.eps);
  }

  ListingNumbers out() { return std::move(out_); }

 private:
  ListingNumbers out_;
};

// The letters that stand for the coordinates of a cell.
void name_indices(ListingIndices& out, std::string_view letters, const Shape& shape, std::int64_t index, bool turned) {
  auto at = shape.unravel(index);
  // Of a turned kernel the loops count from the other end.
  for (std::size_t axis = 2; axis < 4 && turned; ++axis) at[axis] = shape[static_cast<int>(axis)] - 1 - at[axis];
  if (letters == "k") {
    std::string all = shape.rank() == 1 ? "" : "(";
    for (int axis = 0; axis < shape.rank(); ++axis) {
      all += (axis > 0 ? "," : "") + std::to_string(at[static_cast<std::size_t>(axis)]);
    }
    out.emplace_back('k', shape.rank() == 1 ? all : all + ")");
    return;
  }
  for (std::size_t axis = 0; axis < letters.size() && static_cast<int>(axis) < shape.rank(); ++axis) {
    if (letters[axis] != '-') out.emplace_back(letters[axis], std::to_string(at[axis]));
  }
}

}  // namespace

Listing listing(const Network& net, const Block& block) {
  if (is_update(block)) return update_listing(net, block);
  const bool loss = block.layer == net.layer_count();
  const auto find = [&](const auto& op) { return rows_of(op); };
  const std::span<const Row> rows = loss ? std::visit(find, *net.loss()) : std::visit(find, net.layer(block.layer).op);
  for (const Row& row : rows) {
    if (row.slot != block.slot) continue;
    Listing out{std::string(row.text), row.cell, row.a, row.b};
    if (!loss && !has_bias(net.layer(block.layer))) replace_all(out.text, " + b[o]", "");
    // A turned kernel is read from its end.
    if (!loss && is_flipped(net.layer(block.layer))) {
      replace_all(out.text, "c,p,q]", "c,-1-p,-1-q]");
      replace_all(out.text, "%CG,p,q]", "%CG,-1-p,-1-q]");
    }
    return out;
  }
  return {};
}

ListingNumbers listing_constants(const Network& net, const Block& block) {
  Numbers out;
  if (is_update(block)) {
    std::visit([&](const auto& o) { out.of(o); }, net.optimizer());
  } else if (block.layer == net.layer_count()) {
    const Shape& x = net.output();
    const auto* softmax = std::get_if<SoftmaxCrossEntropy>(&*net.loss());
    const auto* mse = std::get_if<Mse>(&*net.loss());
    if (softmax) out.image(x, {});
    const bool mean = (softmax ? softmax->reduction : mse->reduction) == Reduction::mean;
    out.add("D", !mean ? 1 : softmax ? x[0] : x.count());
  } else {
    const NetworkLayer& layer = net.layer(block.layer);
    if (layer.shapes.x.rank() >= 2) out.image(layer.shapes.x, layer.shapes.y);
    std::visit([&](const auto& op) { out.of(op, layer.shapes); }, layer.op);
  }
  return out.out();
}

ListingIndices listing_indices(const Trace& trace, const Explanation& e, std::int64_t term) {
  const Network& net = trace.net();
  const Block& block = trace.steps().block_of(trace.steps().find({e.layer, e.slot, e.index}));
  const Listing code = listing(net, block);
  ListingIndices out;
  const bool turned = e.layer < net.layer_count() && is_flipped(net.layer(e.layer));
  name_indices(out, code.cell, block.shape, e.index, turned && e.slot == Slot::dw);
  const std::int64_t K = static_cast<std::int64_t>(e.terms.size());
  if (term <= 0 || term >= K) return out;
  const ExplainedTerm& t = e.terms[static_cast<std::size_t>(term - 1)];
  if (t.tap.a.slot == Slot::b) return out;
  ListingIndices found;
  const auto add = [&](std::string_view letters, const Operand& operand) {
    if (const Tensor* tensor = letters.empty() ? nullptr : trace.tensor(e.layer, operand.slot)) {
      name_indices(found, letters, tensor->shape, operand.index, turned && operand.slot == Slot::w);
    }
  };
  add(code.a, t.tap.a);
  add(code.b, t.tap.b);
  for (auto& [name, value] : found) {
    bool known = false;
    for (const auto& [other, ignored] : out) known = known || other == name;
    if (!known) out.emplace_back(name, value);
  }
  return out;
}

char listing_mark(const Explanation& e, std::int64_t term) {
  if (term < 0 || term >= static_cast<std::int64_t>(e.terms.size())) return '=';
  return term == 0 ? '0' : '+';
}

}  // namespace backstep
