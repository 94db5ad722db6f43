// Integer pseudo-random numbers: the same sequence on every machine. SplitMix64 (Steele, Lea, Flood 2014).
#pragma once

#include <cstdint>

namespace backstep {

class Rng {
 public:
  explicit Rng(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next();
  double uniform();  // in [0, 1), 53 bits
  float uniform(float low, float high);
  std::int64_t below(std::int64_t bound);  // in [0, bound), without modulo bias
  double normal();                         // mean 0, deviation 1, by Marsaglia's polar method

 private:
  std::uint64_t state_;
  double spare_ = 0.0;
  bool has_spare_ = false;
};

}  // namespace backstep
