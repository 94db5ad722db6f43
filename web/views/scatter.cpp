#include "web/views/scatter.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/explain.h"
#include "engine/format.h"
#include "web/views/highlight.h"
#include "web/views/stage_view.h"
#include "web/views/taps.h"

namespace backstep::views {
namespace {

std::int64_t source_of(const Tap& tap, Slot slot) {
  return tap.a.slot == slot ? tap.a.index : tap.b.slot == slot ? tap.b.index : -1;
}

class Spreader {
 public:
  Spreader(const StageView& view, const Trace& trace) : view_(view), trace_(trace), output_(view.plan.panels.back()) {
    out_.slot = scattered_slot(view.plan.slot);
    first_ = output_.planes.at(view.e.index).plane * output_.planes.cells();
    source_ = view.plan.find(out_.slot);
  }

  Scatter run() {
    if (!source_) return out_;
    set_limit();
    const auto n = static_cast<std::size_t>(output_.planes.cells());
    out_.sums.assign(n, 0.0F);
    out_.reached.assign(n, Scatter::Reached::nothing);
    out_.finished = true;
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(n); ++i) add_up(i);
    count();
    return std::move(out_);
  }

 private:
  std::int64_t last_source(std::int64_t result) const {
    const bool pair = view_.pair < view_.pairs.size();
    const std::int64_t plane =
        pair ? source_plane(view_.e.terms[static_cast<std::size_t>(view_.pairs[view_.pair].first)].tap) : -1;
    std::int64_t last = -1;
    visit_taps(trace_.net().layer(view_.plan.layer), view_.plan.slot, result, [&](const Tap& tap) {
      const std::int64_t source = source_of(tap, out_.slot);
      if (source >= 0 && (!pair || source_->planes.at(source).plane == plane)) last = std::max(last, source);
    });
    return last;
  }
  std::int64_t source_plane(const Tap& tap) const {
    return source_->planes.at(std::max<std::int64_t>(0, source_of(tap, out_.slot))).plane;
  }

  // The present cell is complete when the last number that feeds it is spread; while its terms are added one by one,
  // the others stand as they were before it. The gradient of a weight is fed by all: there the terms are the spreading.
  void set_limit() {
    const std::int64_t own = view_.e.index;
    if (touches_source()) {
      limit_ = out_.source = view_.focus->index;
      return;
    }
    own_partial_ = view_.partial;
    if (view_.partial && view_.term > 0) {
      out_.source = source_of(view_.e.terms[static_cast<std::size_t>(view_.term - 1)].tap, out_.slot);
    }
    if (view_.partial && view_.plan.slot == Slot::dw) {
      limit_ = out_.source;
      return;
    }
    for (std::int64_t i = first_; i <= own - (view_.partial ? 1 : 0); ++i) limit_ = std::max(limit_, last_source(i));
    if (!view_.partial) out_.source = limit_;
  }

  bool touches_source() const {
    if (!view_.focus) return false;
    const Slot slot = slot_here(view_, trace_, *view_.focus);
    if (slot != out_.slot) return false;
    const auto i = static_cast<std::size_t>(source_ - view_.plan.panels.data());
    return source_->planes.at(view_.focus->index).plane == view_.panels[i].plane;
  }

  void add_up(std::int64_t i) {
    const Explanation e = explain(trace_, view_.block_first + first_ + i);
    std::vector<std::size_t> order;
    for (std::size_t k = 0; k < e.terms.size(); ++k) {
      if (source_of(e.terms[k].tap, out_.slot) >= 0) order.push_back(k);
    }
    const auto before = [&](std::size_t a, std::size_t b) {
      return source_of(e.terms[a].tap, out_.slot) < source_of(e.terms[b].tap, out_.slot);
    };
    // Where the kernel's own order is the scatter's, its subtotals hold as well; else all is one sum.
    const bool kernel_order = std::is_sorted(order.begin(), order.end(), before);
    std::stable_sort(order.begin(), order.end(), before);
    float total = 0.0F, subtotal = 0.0F;
    std::int64_t group = -1, added = 0;
    for (const std::size_t k : order) {
      const ExplainedTerm& term = e.terms[k];
      const std::int64_t source = source_of(term.tap, out_.slot);
      if (source == out_.source) out_.stamps.push_back({first_ + i, term});
      if (source > limit_) continue;
      ++added;
      if (kernel_order && term.tap.group != group) {
        total += subtotal;
        subtotal = 0.0F;
        group = term.tap.group;
      }
      if (term.taken) subtotal += static_cast<float>(term.value);
    }
    total += subtotal;
    const bool whole = added == static_cast<std::int64_t>(order.size());
    if (whole) {
      for (const ExplainedTerm& term : e.terms) {
        if (term.tap.a.slot == Slot::b) total += static_cast<float>(term.value);
      }
    }
    const auto at = static_cast<std::size_t>(i);
    out_.sums[at] = total;
    out_.reached[at] = whole ? Scatter::Reached::all : added > 0 ? Scatter::Reached::some : Scatter::Reached::nothing;
    if (own_partial_ && first_ + i == view_.e.index) {
      out_.sums[at] = static_cast<float>(view_.e.after(view_.term));
      out_.reached[at] = Scatter::Reached::some;
    } else if (whole) {
      compare(total, e.value);
    }
    out_.finished = out_.finished && out_.reached[at] == Scatter::Reached::all;
  }

  void compare(float scattered, float gathered) {
    if (scattered == gathered || (scattered != scattered && gathered != gathered)) return;
    out_.same_bits = false;
    out_.difference =
        std::max(out_.difference, std::fabs(static_cast<double>(scattered) - static_cast<double>(gathered)));
  }

  // Of the plane in sight.
  void count() {
    const std::int64_t cells = source_->planes.cells();
    out_.sources = cells;
    out_.spread = limit_ < 0 ? 0 : limit_ % cells + 1;
  }

  const StageView& view_;
  const Trace& trace_;
  const Panel& output_;
  const Panel* source_ = nullptr;
  Scatter out_;
  std::int64_t first_ = 0;   // of the shown plane's results
  std::int64_t limit_ = -1;  // the last number that is spread
  bool own_partial_ = false;
};

}  // namespace

Slot scattered_slot(Slot result) { return result == Slot::y ? Slot::x : Slot::dy; }

Scatter scatter(const StageView& view, const Trace& trace) { return Spreader(view, trace).run(); }

std::string scatter_text(const Scatter& s) {
  if (!s.finished) return std::to_string(s.spread) + " of " + std::to_string(s.sources) + " spread";
  if (s.same_bits) return "all spread: the same bits as gathered";
  return "all spread: as gathered but for rounding, " + format_number(s.difference) +
         ", as the order of adding differs";
}

}  // namespace backstep::views
