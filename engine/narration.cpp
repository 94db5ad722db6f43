#include "narration.h"

#include "explain.h"
#include "format.h"
#include "notation.h"
#include "trouble.h"

namespace backstep {
namespace {

std::string num(double value) { return format_number(value); }
std::string num(float value) { return format_number(static_cast<double>(value)); }

std::string counted(std::int64_t n, const char* one, const char* many) {
  return n == 1 ? std::string("one ") + one : std::to_string(n) + " " + many;
}

// A negative number as a factor: "(−2)".
std::string factor(double value) { return value < 0.0 ? "(" + num(value) + ")" : num(value); }

struct Step {
  const Trace& trace;
  CellRef cell;
  Explanation e;
  std::string here;  // "conv1, Y[0,1,1]: "

  std::string operand(const Operand& o) const { return cell_symbol(trace, cell.layer, o.slot, o.index); }
  std::string symbol_of(Slot slot) const { return symbol(trace.net(), cell.layer, slot); }
};

bool is_product(const ExplainedTerm& term) { return term.tap.b.slot == Slot::w || term.tap.b.slot == Slot::dy; }

std::string bias_clause(const Explanation& e) {
  const bool bias = !e.terms.empty() && e.terms.back().tap.a.slot == Slot::b;
  return bias ? " and the bias " + num(e.terms.back().a) : "";
}

// y of a layer that sums products of inputs and weights.
std::string weighted_sum(const Step& s, const char* of) {
  const auto products = static_cast<std::int64_t>(s.e.terms.size()) - (bias_clause(s.e).empty() ? 0 : 1);
  if (products == 0) return "the window lies in the padding" + bias_clause(s.e) + ": " + num(s.e.value) + ".";
  return counted(products, "product", "products") + " of " + of + bias_clause(s.e) + " add up to " + num(s.e.value) +
         ".";
}

std::string maximum(const Step& s) {
  const ExplainedTerm* winner = nullptr;
  for (const ExplainedTerm& term : s.e.terms) {
    if (term.taken) winner = &term;
  }
  const std::string ties = s.e.terms.size() == 1 ? "the only value of the window"
                                                 : "the largest of " + std::to_string(s.e.terms.size()) + " values";
  std::int64_t equal = 0;
  for (const ExplainedTerm& term : s.e.terms) equal += term.a == static_cast<double>(s.e.value) ? 1 : 0;
  const std::string first = equal > 1 ? ", the first of " + std::to_string(equal) + " equal ones" : "";
  return ties + " is " + num(s.e.value) + ", at " + (winner ? s.operand(winner->tap.a) : "") + first +
         ": that cell will receive the gradient.";
}

std::string input_gradient(const Step& s, const char* route) {
  const auto n = static_cast<std::int64_t>(s.e.terms.size());
  if (n == 0) return "no window reads this input, so its gradient is 0.";
  return "this input took part in " + counted(n, "output", "outputs") + "; what " + (n == 1 ? "it" : "they") +
         " did to the loss comes back through " + route + " and adds up to " + num(s.e.value) + ".";
}

std::string weight_gradient(const Step& s, const char* what) {
  const auto n = static_cast<std::int64_t>(s.e.terms.size());
  if (n == 0) return "this weight only ever met padding, so its gradient is 0.";
  return std::string("this weight multiplied ") + counted(n, what, (std::string(what) + "s").c_str()) +
         "; each times the gradient of its output, added up, is " + num(s.e.value) + ".";
}

std::string bias_gradient(const Step& s) {
  return "the bias was added to " + counted(static_cast<std::int64_t>(s.e.terms.size()), "output", "outputs") +
         "; their gradients add up to " + num(s.e.value) + ".";
}

std::string routed(const Step& s) {
  std::int64_t won = 0;
  for (const ExplainedTerm& term : s.e.terms) won += term.taken ? 1 : 0;
  if (s.e.terms.empty()) return "no window reads this input, so its gradient is 0.";
  if (won == 0) return "this input won no window, so no gradient follows a switch back to it: 0.";
  if (won == 1)
    return "this input won its window, so the gradient follows the switch back to it: " + num(s.e.value) + ".";
  return "this input won " + std::to_string(won) + " windows, and their gradients add up to " + num(s.e.value) + ".";
}

// Any layer without words of its own below: what the taps and the finishing operation say.
std::string generic(const Step& s) {
  const auto n = static_cast<std::int64_t>(s.e.terms.size());
  std::string out = counted(n, "term", "terms");
  if (n == 1) {
    const ExplainedTerm& term = s.e.terms.front();
    out = s.operand(term.tap.a) + " = " + num(term.a);
    if (!term.taken) return out + " is closed off here: " + num(s.e.value) + ".";
  } else {
    out += " add up to " + num(s.e.folded);
  }
  return out + (s.e.finish.empty() ? " gives " : "; " + s.e.finish + " gives ") + num(s.e.value) + ".";
}

template <class L>
std::string words(const L&, const Step& s) {
  return generic(s);
}

std::string words(const Conv2d&, const Step& s) {
  switch (s.cell.slot) {
    case Slot::y: return weighted_sum(s, "the window and the kernel");
    case Slot::dx: return input_gradient(s, "the same weights, in reverse order,");
    case Slot::dw: return weight_gradient(s, "input");
    default: return bias_gradient(s);
  }
}

std::string words(const Dense&, const Step& s) {
  switch (s.cell.slot) {
    case Slot::y: return weighted_sum(s, "the inputs and this row of weights");
    case Slot::dx: return input_gradient(s, "this column of weights");
    case Slot::dw: return weight_gradient(s, "input");
    default: return bias_gradient(s);
  }
}

std::string words(const Relu&, const Step& s) {
  const ExplainedTerm& term = s.e.terms.front();
  if (s.cell.slot == Slot::y) {
    return num(term.a) + (term.taken ? " is above 0, so it passes: " : " is not above 0, so the gate is closed: ") +
           num(s.e.value) + ".";
  }
  return term.taken ? "the gate was open on the way forward, so the gradient " + num(s.e.value) + " passes."
                    : "the gate was closed on the way forward, so the gradient " + num(term.a) + " stops here: 0.";
}

std::string words(const LeakyRelu& op, const Step& s) {
  const ExplainedTerm& term = s.e.terms.front();
  const bool forward = s.cell.slot == Slot::y;
  const double x = forward ? term.a : term.b;
  if (x > 0.0) {
    return forward ? num(term.a) + " is above 0, so it passes: " + num(s.e.value) + "."
                   : "the input was above 0, so the gradient " + num(s.e.value) + " passes.";
  }
  return (forward ? num(term.a) + " is not above 0, so it is scaled by "
                  : "the input was not above 0, so the gradient " + num(term.a) + " is scaled by ") +
         num(op.negative_slope) + ": " + num(s.e.value) + ".";
}

std::string squashed(const Step& s, const char* name) {
  const ExplainedTerm& term = s.e.terms.front();
  if (s.cell.slot == Slot::y) return std::string(name) + "(" + num(term.a) + ") = " + num(s.e.value) + ".";
  return "the gradient " + num(term.a) + " times the slope of " + name + " at " + num(term.b) + " is " +
         num(s.e.value) + ".";
}

std::string words(const Sigmoid&, const Step& s) { return squashed(s, "sigmoid"); }
std::string words(const Tanh&, const Step& s) { return squashed(s, "tanh"); }

std::string words(const Dropout& op, const Step& s) {
  const ExplainedTerm& term = s.e.terms.front();
  if (!op.training) return "dropout is off outside training, so " + num(s.e.value) + " passes.";
  if (!term.taken) return num(term.a) + " is dropped by the mask: 0.";
  return num(term.a) + " is kept and scaled by " + num(term.b) +
         ", so that the expected value stays: " + num(s.e.value) + ".";
}

std::string averaged(const Step& s) {
  const auto n = static_cast<std::int64_t>(s.e.terms.size());
  if (s.cell.slot == Slot::y) {
    return counted(n, "value", "values") + " add up to " + num(s.e.folded) + ", on average " + num(s.e.value) + ".";
  }
  if (n == 0) return "no window reads this input, so its gradient is 0.";
  return "this input was one of several in " + counted(n, "window", "windows") +
         "; its equal share of each one's gradient adds up to " + num(s.e.value) + ".";
}

std::string words(const AvgPool2d&, const Step& s) { return averaged(s); }
std::string words(const GlobalAvgPool2d&, const Step& s) { return averaged(s); }

std::string words(const ConvTranspose2d&, const Step& s) {
  switch (s.cell.slot) {
    case Slot::y:
      return s.e.terms.empty() ? "no input reaches this output: 0."
                               : weighted_sum(s, "the inputs that reach this output");
    case Slot::dx: return input_gradient(s, "the same weights, as a plain convolution,");
    case Slot::dw: return weight_gradient(s, "input");
    default: return bias_gradient(s);
  }
}

std::string words(const BatchNorm&, const Step& s) {
  switch (s.cell.slot) {
    case Slot::y:
      return num(s.e.terms.front().a) + " less the channel's mean is " + num(s.e.folded) +
             "; normalised, scaled and shifted it is " + num(s.e.value) + ".";
    case Slot::dx:
      return "the gradient " + num(s.e.terms.front().a) +
             (s.e.terms.size() > 1 ? ", less what reaches it through the channel's mean and variance, scaled, is "
                                   : ", scaled, is ") +
             num(s.e.value) + ".";
    case Slot::dw:
      return counted(static_cast<std::int64_t>(s.e.terms.size()), "gradient", "gradients") +
             " of the channel, each times its normalised input, add up to " + num(s.e.value) + ".";
    default: return bias_gradient(s);
  }
}

std::string words(const MaxPool2d&, const Step& s) { return s.cell.slot == Slot::y ? maximum(s) : routed(s); }

std::string loss_words(const Step& s) {
  const LossPass<float> pass = s.trace.loss_pass();
  const bool softmax = pass.classes && s.trace.loss().p.count() > 0;
  const ExplainedTerm& first = s.e.terms.front();
  if (s.cell.slot == Slot::p) {
    const std::int64_t C = pass.x->shape[1];
    const ExplainedTerm& own = s.e.terms[static_cast<std::size_t>(s.cell.index % C)];
    return "softmax: this class's share " + num(own.value) + " of the sum " + num(s.e.folded) + " is " +
           num(s.e.value) + ".";
  }
  if (s.cell.slot == Slot::dx && softmax) {
    const std::int64_t C = pass.x->shape[1];
    const bool hit = (*pass.classes)[s.cell.index / C] == s.cell.index % C;
    const std::string over = s.e.finish.find("over N") != std::string::npos
                                 ? ", over the batch of " + std::to_string(pass.x->shape[0]) + ","
                                 : "";
    return "probability minus target, " + num(first.a) + " − " + (hit ? "1" : "0") + over + " = " + num(s.e.value) +
           ".";
  }
  if (softmax && pass.x->shape[0] == 1) {
    const std::int64_t target = (*pass.classes)[0];
    return "minus the logarithm of p[" + std::to_string(target) + "] = " + num(s.trace.loss().p[target]) +
           ", the probability of the target: the loss is " + num(s.e.value) + ".";
  }
  if (softmax) {
    return "minus the logarithms of the targets' probabilities, over " + std::to_string(pass.x->shape[0]) +
           " samples: the loss is " + num(s.e.value) + ".";
  }
  if (s.cell.slot == Slot::value) {
    return "the squared differences of " + counted(pass.x->count(), "output", "outputs") +
           " from the target give the loss " + num(s.e.value) + ".";
  }
  return "twice the difference " + num(first.a) + " − " + factor(first.b) + ", scaled, is " + num(s.e.value) + ".";
}

std::string update_words(const Step& s) {
  const ExplainedTerm& term = s.e.terms.front();
  const Optimizer& optimizer = s.trace.net().optimizer();
  const Sgd* sgd = std::get_if<Sgd>(&optimizer);
  if (sgd && sgd->momentum == 0.0 && sgd->weight_decay == 0.0) {
    return num(term.b) + " − " + num(sgd->lr) + " · " + factor(term.a) + " = " + num(s.e.value) +
           ", a step against the gradient.";
  }
  return num(term.b) + " moves against its gradient " + num(term.a) + " by " + std::string(optimizer_op(optimizer)) +
         " to " + num(s.e.value) + ".";
}

Step make_step(const Trace& trace, std::int64_t step) {
  const CellRef cell = trace.steps().cell(step);
  const Slot shown = cell.slot == Slot::w_next ? Slot::w : cell.slot == Slot::b_next ? Slot::b : cell.slot;
  const std::string name(trace.net().name_of(cell.layer));
  return {trace, cell, explain(trace, step), name + ", " + cell_symbol(trace, cell.layer, shown, cell.index)};
}

std::string partial(const Step& s, std::int64_t term) {
  const std::string of = " of " + std::to_string(s.e.terms.size());
  if (term == 0)
    return s.here + ": the sum starts at 0; " + counted(static_cast<std::int64_t>(s.e.terms.size()), "term", "terms") +
           " to come.";
  const ExplainedTerm& t = s.e.terms[static_cast<std::size_t>(term - 1)];
  std::string out = s.here + ", term " + std::to_string(term) + of + ": " + s.operand(t.tap.a);
  if (is_product(t)) {
    out += " · " + s.operand(t.tap.b) + " = " + num(t.a) + " · " + factor(t.b) + " = " + num(t.value);
  } else {
    out += " = " + num(t.a);
  }
  if (s.e.fold == Fold::maximum) return out + "; the largest so far is " + num(t.total) + ".";
  if (!t.taken) return out + ", closed off; the sum so far is " + num(t.total) + ".";
  return out + "; the sum so far is " + num(t.total) + ".";
}

std::string all_words(const Step& s) {
  const Network& net = s.trace.net();
  if (s.cell.layer == net.layer_count()) return loss_words(s);
  if (s.cell.slot == Slot::w_next || s.cell.slot == Slot::b_next) return update_words(s);
  return std::visit([&](const auto& op) { return words(op, s); }, net.layer(s.cell.layer).op);
}

}  // namespace

std::string narrate(const Trace& trace, std::int64_t step) {
  const Step s = make_step(trace, step);
  const std::string why = trouble_words(trace, s.e);
  return s.here + ": " + all_words(s) + (why.empty() ? "" : " " + why);
}

std::string narrate(const Trace& trace, std::int64_t step, std::int64_t term) {
  const Step s = make_step(trace, step);
  if (term < 0 || term >= static_cast<std::int64_t>(s.e.terms.size())) return narrate(trace, step);
  return partial(s, term);
}

}  // namespace backstep
