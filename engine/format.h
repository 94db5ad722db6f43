// Numbers as people read them.
#pragma once

#include <string>

namespace backstep {

// `digits` significant digits, 4 as a rule, a true minus sign (U+2212), no trailing zeros: "0.6931", "−2", "1.250e−7",
// "NaN", "−∞". Exponents are used below 0.0001 and from 1e6 on.
std::string format_number(double value, int digits = 4);

// The shortest decimal that reads back as the same float, plain ASCII ("0.1", "-1e-07"); "NaN", "Infinity".
std::string format_exact(float value);

// 1234567 as "1,234,567".
std::string format_count(long long value);

// The float's bits as "0x3f317218".
std::string format_hex(float value);

}  // namespace backstep
