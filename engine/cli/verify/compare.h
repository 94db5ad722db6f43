// Whether a computed tensor is the expected one: |got - want| <= rtol |want| + atol in double, or exactly.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "vector_case.h"

namespace backstep::verify {

struct Tolerance {
  double rtol = 0.0;
  double atol = 0.0;
};

// `rtol.<output>`, else `rtol`, else 1e-5; `atol.<output>`, else 0. Errors: "verify.attribute".
Result<Tolerance> tolerance_of(const VectorCase& c, const std::string& output);

// One output that is not what it should be. `message` stands for it when there is no worst element (wrong shape …).
struct Mismatch {
  std::string output;
  std::string message;
  std::string index;  // of the worst element: "[0,1,2]"
  double got = 0.0, want = 0.0, tolerance = 0.0;
  std::int64_t wrong = 0, of = 0;  // elements

  std::string text() const;
};

// Nothing where they agree. `zero`, where given, marks elements that must be exactly 0 as well.
std::optional<Mismatch> compare(const std::string& output, const AnyTensor& got, const AnyTensor& want,
                                const Tolerance& tolerance, const std::vector<bool>* zero = nullptr);

// Nothing where the bits are equal (every NaN one and the same).
std::optional<Mismatch> compare_bits(const std::string& output, const AnyTensor& got, const AnyTensor& want,
                                     const std::string& got_name, const std::string& want_name);

}  // namespace backstep::verify
