// What `backstep bench` times: convolutions of given shapes, and a few pieces of everyday work.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "../../conv_task.h"

namespace backstep::cli {

enum class BenchPass : std::uint8_t { forward, backward_input, backward_weights };
const char* bench_pass_name(BenchPass pass);

// An entry of a shapes file.
struct BenchShape {
  std::string name;
  std::int64_t n = 1, c = 1, h = 1, w = 1, oc = 1, kh = 1, kw = 1, stride = 1, pad = 0, groups = 1;
  BenchPass pass = BenchPass::forward;

  Conv2d layer() const;
  Shape input() const { return {n, c, h, w}; }
};

// The shapes A to H of docs/bench.md in all passes.
std::vector<BenchShape> standard_shapes();
// Throws CommandError: usage for a file that does not exist, failed for one that is no list of shapes.
std::vector<BenchShape> read_shapes(const std::string& path);

struct Contender {
  std::string name;
  std::function<void()> run;
  bool peer = false;  // not the engine
};

struct Work {
  std::string name, pass;
  double flops = 0.0;                 // of one run; 0 where nobody counts them
  std::vector<Contender> contenders;  // the engine's widest kernels first
};

// The engine's kernels for the widest and for 128-bit vectors and, where the program was built with it, oneDNN in its
// own layout. Each result is checked against double precision first; throws CommandError where one is wrong.
Work convolution_work(const BenchShape& shape);
// SGD steps of the tiny CNN of docs/bench.md, recording the pass of the preset tiny-cnn, explaining a cell.
std::vector<Work> everyday_work();

// onednn.cpp; nothing where the program was built without it.
std::vector<Contender> onednn_contenders(const BenchShape& shape, const std::vector<float>& x,
                                         const std::vector<float>& w, const std::vector<float>& dy);

}  // namespace backstep::cli
