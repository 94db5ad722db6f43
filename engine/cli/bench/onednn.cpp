// oneDNN as a peer, in the layouts that it chooses itself; only where the build found it (libdnnl-dev).
#include "work.h"

#ifdef BACKSTEP_ONEDNN
#include <omp.h>

#include <dnnl.hpp>
#include <unordered_map>
#endif

namespace backstep::cli {

#ifdef BACKSTEP_ONEDNN
namespace {

using dnnl::memory;

// A primitive with its arguments, kept alive by the contender.
struct Bound {
  dnnl::stream stream;
  dnnl::primitive primitive;
  std::unordered_map<int, memory> arguments;
};

class Maker {
 public:
  Maker(const BenchShape& s, const LayerShapes& shapes)
      : x_(dims(shapes.x)), y_(dims(shapes.y)), stride_{s.stride, s.stride}, pad_{s.pad, s.pad} {
    const std::int64_t g = s.groups;
    w_ = g > 1 ? memory::dims{g, s.oc / g, s.c / g, s.kh, s.kw} : memory::dims{s.oc, s.c, s.kh, s.kw};
    plain_w_ = g > 1 ? memory::format_tag::goihw : memory::format_tag::oihw;
  }

  Contender make(BenchPass pass, const std::vector<float>& x, const std::vector<float>& w,
                 const std::vector<float>& dy) {
    using namespace dnnl;
    const memory::desc bias({y_[1]}, memory::data_type::f32, memory::format_tag::x);
    const convolution_forward::primitive_desc forward({prop_kind::forward_training, algorithm::convolution_direct,
                                                       any(x_), any(w_), bias, any(y_), stride_, pad_, pad_},
                                                      engine_);
    const auto plain = memory::format_tag::nchw;
    auto bound = std::make_shared<Bound>(Bound{stream(engine_), {}, {}});
    if (pass == BenchPass::forward) {
      bound->primitive = convolution_forward(forward);
      bound->arguments = {{DNNL_ARG_SRC, moved(x, x_, plain, forward.src_desc())},
                          {DNNL_ARG_WEIGHTS, moved(w, w_, plain_w_, forward.weights_desc())},
                          {DNNL_ARG_BIAS, zeros(bias)},
                          {DNNL_ARG_DST, zeros(forward.dst_desc())}};
    } else if (pass == BenchPass::backward_input) {
      const convolution_backward_data::primitive_desc backward(
          {algorithm::convolution_direct, any(x_), any(w_), any(y_), stride_, pad_, pad_}, engine_, forward);
      bound->primitive = convolution_backward_data(backward);
      bound->arguments = {{DNNL_ARG_DIFF_DST, moved(dy, y_, plain, backward.diff_dst_desc())},
                          {DNNL_ARG_WEIGHTS, moved(w, w_, plain_w_, backward.weights_desc())},
                          {DNNL_ARG_DIFF_SRC, zeros(backward.diff_src_desc())}};
    } else {
      const convolution_backward_weights::primitive_desc backward(
          {algorithm::convolution_direct, any(x_), any(w_), bias, any(y_), stride_, pad_, pad_}, engine_, forward);
      bound->primitive = convolution_backward_weights(backward);
      bound->arguments = {{DNNL_ARG_SRC, moved(x, x_, plain, backward.src_desc())},
                          {DNNL_ARG_DIFF_DST, moved(dy, y_, plain, backward.diff_dst_desc())},
                          {DNNL_ARG_DIFF_WEIGHTS, zeros(backward.diff_weights_desc())},
                          {DNNL_ARG_DIFF_BIAS, zeros(bias)}};
    }
    const auto run = [bound] {
      bound->primitive.execute(bound->stream, bound->arguments);
      bound->stream.wait();
    };
    return {"oneDNN", run, true};
  }

 private:
  static memory::dims dims(const Shape& shape) { return {shape.extents().begin(), shape.extents().end()}; }
  static memory::desc any(const memory::dims& d) { return {d, memory::data_type::f32, memory::format_tag::any}; }
  memory zeros(const memory::desc& desc) {
    memory out(desc, engine_);
    std::fill_n(static_cast<unsigned char*>(out.get_data_handle()), desc.get_size(), std::uint8_t{0});
    return out;
  }
  memory moved(const std::vector<float>& values, const memory::dims& d, memory::format_tag tag,
               const memory::desc& to) {
    const memory from({d, memory::data_type::f32, tag}, engine_, const_cast<float*>(values.data()));
    memory out = zeros(to);
    dnnl::stream stream(engine_);
    dnnl::reorder(from, out).execute(stream, const_cast<memory&>(from), out);
    stream.wait();
    return out;
  }

  dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
  memory::dims x_, y_, w_, stride_, pad_;
  memory::format_tag plain_w_{};
};

}  // namespace

std::vector<Contender> onednn_contenders(const BenchShape& shape, const std::vector<float>& x,
                                         const std::vector<float>& w, const std::vector<float>& dy) {
  omp_set_num_threads(1);
  try {
    return {Maker(shape, *shape.layer().shapes(shape.input())).make(shape.pass, x, w, dy)};
  } catch (const dnnl::error&) {
    return {};  // it has no such primitive
  }
}
#else
std::vector<Contender> onednn_contenders(const BenchShape&, const std::vector<float>&, const std::vector<float>&,
                                         const std::vector<float>&) {
  return {};
}
#endif

}  // namespace backstep::cli
