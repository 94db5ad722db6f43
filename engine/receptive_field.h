// Receptive fields: the region of the network's input that one output of a layer sees, as it is worked out on a board.
// From the input on, with kernel k, stride s, dilation d, padding P before the first row or column:
//
//   size  r = r + d (k - 1) j        r0 = 1
//   start   = start + (d (k - 1) / 2 - P) j,  start0 = 0.5
//   jump  j = j s                    j0 = 1   (after r and start, which take the old j)
//
// A transposed convolution spreads outputs between inputs: r = r + floor(d (k - 1) / s) j at most, j = j / s, and start
// is still the centre of what the first output reads.
//
// All three are in pixels of the input, for rows and columns apart. start is the centre of the first output's field,
// where pixel i reaches from i to i + 1. Fields reach into the padding and may be larger than the input. Every output
// of a dense layer sees the whole input. Source: lesson section 4, with dilation; Dumoulin and Visin 2016; Araujo,
// Norris and Sim 2019.
#pragma once

#include <vector>

#include "network.h"

namespace backstep {

struct FieldAxis {
  double size = 1.0;
  double jump = 1.0;  // distance between the fields of neighbouring outputs; 0 where every output sees everything
  double start = 0.5;
  bool operator==(const FieldAxis&) const = default;
};

struct ReceptiveField {
  FieldAxis h, w;
  bool whole = false;  // every output sees the whole input
};

// One for each layer, in order. Inputs that are no images count as one row of features.
std::vector<ReceptiveField> receptive_fields(const Network& net);

}  // namespace backstep
