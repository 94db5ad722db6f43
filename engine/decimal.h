// Decimal digits of a double, rounded from its exact value. The standard library's way to them brings tables of 100 KB
// into the page; this one multiplies and divides a large whole number instead.
#pragma once

#include <string>

namespace backstep {

// d0.d1d2… x 10^exponent
struct Decimal {
  std::string digits;
  int exponent = 0;
};

// `count` digits of a finite number above 0; halves go to the even digit, as printf's %e has it.
Decimal rounded_decimal(double value, int count);

// The shortest decimal that reads back as the same finite number: "0.1", "-1e-07", "1e+22"; plain or with an exponent,
// whichever is shorter.
std::string shortest_decimal(double value);

}  // namespace backstep
