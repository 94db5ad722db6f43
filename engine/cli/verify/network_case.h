// Runs a case of op `cnn`: a whole network forward and backward on one batch, then trained by SGD and by Adam.
#pragma once

#include "../../trace.h"
#include "vector_case.h"

namespace backstep::verify {

// The network of the case with its parameters, input and target. Layers by the names of the case where they have one.
struct NetworkCase {
  Problem problem;
  std::vector<std::string> names;  // of the layers; empty for a layer without parameters
};
Result<NetworkCase> network_of(const VectorCase& c);

// Errors: as run_operation() has, where = "layer.2" and the like.
Result<Computed> run_network(const VectorCase& c, Isa isa);

}  // namespace backstep::verify
