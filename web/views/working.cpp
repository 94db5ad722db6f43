#include "web/views/working.h"

#include <algorithm>
#include <cmath>

#include "engine/format.h"
#include "web/views/stage_view.h"

namespace backstep::views {
namespace {

constexpr std::int64_t kMostSingle = 40;  // terms; more of them are gathered by row

std::string number(double value) { return format_number(value); }

std::string position(const StageView& view, const Operand& operand) {
  const Panel* panel = view.plan.find(operand.slot);
  if (!panel) return "";
  const PlaneCell at = panel->planes.at(operand.index);
  return panel->planes.rows == 1 || panel->planes.cols == 1
             ? "[" + std::to_string(panel->planes.rows == 1 ? at.col : at.row) + "]"
             : "[" + std::to_string(at.row) + "," + std::to_string(at.col) + "]";
}

bool is_product(const ExplainedTerm& term) { return term.tap.b.slot == Slot::w || term.tap.b.slot == Slot::dy; }

ui::Token token_of(const StageView& view, const ExplainedTerm& term) {
  ui::Token token;
  if (is_product(term)) {
    token.a = number(term.a);
    token.b = number(term.b);
  } else {
    token.a = term.tap.a.slot == Slot::b ? "b" : position(view, term.tap.a);
  }
  // What a mask closed or a maximum passed over is shown as it was.
  const double value = term.taken ? term.value : term.a;
  token.result = number(value);
  token.value = static_cast<float>(value);
  token.taken = term.taken;
  return token;
}

// A sum of several terms as one chip.
ui::Token gathered(std::string name, double sum) {
  return {.a = std::move(name), .b = {}, .result = number(sum), .value = static_cast<float>(sum), .taken = true};
}

class Builder {
 public:
  Builder(const StageView& view, Working& out) : view_(view), terms_(view.e.terms), out_(out) {}

  void build() {
    const auto K = static_cast<std::int64_t>(terms_.size());
    if (view_.pairs.size() > 1) {
      const TermPair& pair = view_.pairs[view_.pair];
      if (pair.first > 0) carry("so far", pair.first);
      add_terms(pair.first, pair.first + pair.count);
      const bool last = view_.pair + 1 == view_.pairs.size();
      end_ = last ? K : pair.first + pair.count;
      if (last) add_terms(pair.first + pair.count, K);
    } else {
      end_ = K;
      add_terms(0, K);
    }
    finish();
  }

 private:
  // Where the bias is not shown yet it is not spoken of, unless the sum needs it.
  bool left_out(const ExplainedTerm& term) const {
    return !view_.bias && term.tap.a.slot == Slot::b && term.value == 0;
  }

  void push(ui::Token token, std::int64_t last_term) {
    out_.tokens.push_back(std::move(token));
    out_.terms.push_back(last_term);
    if (last_term < view_.term) out_.added = static_cast<std::int64_t>(out_.tokens.size());
  }

  // The sum of everything before `term`, as one chip.
  void carry(const char* name, std::int64_t term) {
    const double total = terms_[static_cast<std::size_t>(term - 1)].total;
    push(gathered(name, total), term - 1);
  }

  void add_terms(std::int64_t from, std::int64_t to) {
    const bool gather = to - from > kMostSingle && terms_[static_cast<std::size_t>(from)].tap.group !=
                                                       terms_[static_cast<std::size_t>(to - 1)].tap.group;
    for (std::int64_t t = from; t < to;) {
      std::int64_t end = t + 1;
      while (gather && end < to && group(end) == group(t)) ++end;
      // The row that is being added stands open.
      const bool open = view_.partial && view_.term > t && view_.term <= end;
      if (end - t > 1 && !open) {
        const double subtotal = terms_[static_cast<std::size_t>(end - 1)].subtotal;
        push(gathered("row " + std::to_string(group(t) - group(from)), subtotal), end - 1);
      } else {
        for (std::int64_t k = t; k < end; ++k) {
          const ExplainedTerm& term = terms_[static_cast<std::size_t>(k)];
          if (!left_out(term)) push(token_of(view_, term), k);
        }
      }
      t = end;
    }
  }

  std::int64_t group(std::int64_t t) const { return terms_[static_cast<std::size_t>(t)].tap.group; }

  void finish() {
    const bool maximum = view_.e.fold == Fold::maximum;
    out_.joiner = maximum ? "," : "+";
    out_.complete = !view_.partial;
    for (const ui::Token& token : out_.tokens) {
      if (std::isfinite(token.value)) out_.scale = std::max(out_.scale, std::fabs(token.value));
    }
    const auto K = static_cast<std::int64_t>(terms_.size());
    const bool whole = end_ == K;
    if (view_.partial && view_.term <= end_) {
      out_.tail = (maximum ? "largest so far " : "so far ") + number(view_.e.after(view_.term));
    } else if (!whole) {
      out_.tail = "= " + number(terms_[static_cast<std::size_t>(end_ - 1)].total) + " so far";
    } else if (view_.e.finish == "divide") {
      out_.tail = "= " + number(view_.e.folded) + ", the mean is " + number(static_cast<double>(view_.e.value));
    } else if (!maximum && number(view_.e.folded) != number(static_cast<double>(view_.e.value))) {
      // What is done with the sum, by its name.
      out_.tail =
          "= " + number(view_.e.folded) + "; " + view_.e.finish + ": " + number(static_cast<double>(view_.e.value));
    } else {
      out_.tail = (maximum ? "largest: " : "= ") + number(static_cast<double>(view_.e.value));
    }
    if (view_.covered) out_.tail = "= ?";
    if (out_.tokens.empty() && !view_.covered) out_.tail = "no terms: " + number(static_cast<double>(view_.e.value));
  }

  const StageView& view_;
  const std::vector<ExplainedTerm>& terms_;
  Working& out_;
  std::int64_t end_ = 0;
};

// What the spread number adds: no sum, but one product for each result.
void list_stamps(const StageView& view, Working& out) {
  for (const Stamp& stamp : view.scatter.stamps) {
    ui::Token token = token_of(view, stamp.term);
    if (token.b.empty()) token.a = position(view, {view.plan.slot, stamp.result});
    out.scale = std::max(out.scale, std::isfinite(token.value) ? std::fabs(token.value) : 0.0F);
    out.tokens.push_back(std::move(token));
  }
  out.joiner = ",";
  out.added = static_cast<std::int64_t>(out.tokens.size());
  out.tail = out.tokens.empty() ? "nothing is spread yet" : "added to " + view.plan.panels.back().title;
}

std::vector<ChannelChip> channels_of(const StageView& view) {
  std::vector<ChannelChip> out;
  if (view.pairs.size() < 2) return out;
  const bool samples = view.plan.slot == Slot::dw || view.plan.slot == Slot::db;
  for (std::size_t i = 0; i < view.pairs.size(); ++i) {
    const std::int64_t end = view.pairs[i].first + view.pairs[i].count;
    const bool reached = !view.partial || view.term >= end;
    out.push_back({(samples ? "sample " : "channel ") + std::to_string(i),
                   reached ? number(view.e.terms[static_cast<std::size_t>(end - 1)].total) : ""});
  }
  return out;
}

}  // namespace

Working work_out(const StageView& view, const Trace& trace) {
  Working out;
  out.equation = equation_of(view, trace);
  out.channels = channels_of(view);
  if (view.plan.see == See::scatter) {
    out.equation.reset();
    list_stamps(view, out);
  } else if (!out.equation) {
    Builder(view, out).build();
  }
  // A number that is to be predicted is told neither by its channels nor by an equation.
  if (view.covered) {
    if (out.equation) out.equation = ui::f::text("?");
    out.channels.clear();
  }
  return out;
}

}  // namespace backstep::views
