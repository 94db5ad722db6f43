// How the preset tiny-cnn is made: a small classifier of drawn shapes, trained by the engine from a seed, and a sample
// that it finds hard. A trained net on an easy sample has p - y near 0 and hence a blank backward pass.
#pragma once

#include "scene.h"
#include "trainer.h"

namespace backstep {

// 1x14x14 -> conv 3x3 (4) -> ReLU -> pool -> conv 3x3 (6) -> ReLU -> pool -> flatten -> dense -> softmax: every window
// fits (14, 12, 6, 4, 2).
Network tiny_cnn_network();

// Of the test samples with a loss from 0.5 to 1, between which the net is torn, the boldest one (the largest sum of
// values), so that there is much to see; -1 where there is none.
std::int64_t ambiguous_sample(const Dataset& data, const Evaluation& evaluation);

// Trains it and makes the scene; written by write_scene with lines, this is engine/presets/tiny-cnn.json.
Result<Scene> make_tiny_cnn(const TrainingPlan& plan = {});

}  // namespace backstep
