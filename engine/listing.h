// The loops of every operation as a few lines of NumPy, in the engine's order of summation: what the page shows beside
// a step, and what a test runs against the engine, bit for bit.
//
// Names are the code's: x w b y and dx dw db dy, extents N C H W OC OH OW KH KW, stride SH SW, padding PH PW (top,
// left), dilation DH DW, G groups of CG and OG channels. A line's first character is a mark and not shown: '0' begins
// the cell, '+' adds a term, '=' stores the result.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "explanation.h"
#include "trace.h"

namespace backstep {

struct Listing {
  std::string text;       // lines with their marks
  std::string_view cell;  // a letter for each index of the result; '-' has none
  std::string_view a, b;  // and of the operands of a term
};

// Empty where a block has no steps of its own.
Listing listing(const Network& net, const Block& block);

using ListingNumbers = std::vector<std::pair<std::string_view, double>>;
using ListingIndices = std::vector<std::pair<char, std::string>>;
// Extents and attributes that the lines name, in the order in which they are best read.
ListingNumbers listing_constants(const Network& net, const Block& block);
// The loop variables when `term` terms of the cell are added: those of the last one, and before the first the cell's.
ListingIndices listing_indices(const Trace& trace, const Explanation& e, std::int64_t term);
// The mark of the line that is carried out then.
char listing_mark(const Explanation& e, std::int64_t term);

}  // namespace backstep
