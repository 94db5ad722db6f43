// exp, log, tanh and sigmoid in double by our own code, so that every machine and browser gives the same bits: a
// platform's libm does not. Callers round the result to float once. Worst error at most 2 ulp of double.
// Of <cmath> only sqrt, floor and abs are used in the engine: IEEE 754 defines them exactly.
#pragma once

namespace backstep::math {

double exp(double x);      // 0 below -745.2, infinity above 709.8
double log(double x);      // -infinity at 0, NaN below
double tanh(double x);     // odd series near 0, so small arguments keep their relative accuracy
double sigmoid(double x);  // by exp(-|x|), so both tails keep their relative accuracy

}  // namespace backstep::math
