// The conformance check behind `backstep verify`: runs a reference case on every instruction set of this machine, asks
// for the same bits from all of them, and compares the outputs that the case lists.
#pragma once

#include <string>
#include <vector>

#include "compare.h"

namespace backstep::verify {

struct CaseReport {
  std::string op;                  // empty where the file could not be read
  std::vector<Mismatch> failures;  // one for each failing output; output empty where the whole case failed
  bool passed() const { return failures.empty(); }
};

// `name` is the file's name: a case with "example" in it is compared exactly.
CaseReport verify_case(Bytes file, std::string_view name);

}  // namespace backstep::verify
