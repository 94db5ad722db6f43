import assert from 'node:assert/strict';
import test from 'node:test';
import { checkSource } from '../../tools/checks/includes.mjs';

const breaches = (path, line) => checkSource(path, line).length;

test('parts include what stands to their right only', () => {
  assert.equal(breaches('web/views/stage.cpp', '#include "web/widgets/painter.h"'), 0);
  assert.equal(breaches('web/app/update.cpp', '#include "engine/trace.h"'), 0);
  assert.equal(breaches('web/app/update.cpp', '#include "web/views/stage.h"'), 1);
  assert.equal(breaches('web/app/update.cpp', '#include "../widgets/painter.h"'), 1);
  assert.equal(breaches('engine/layers/conv2d.cpp', '#include "../../web/app/state.h"'), 1);
  assert.equal(breaches('engine/trace.cpp', '#include "engine/cli/program.h"'), 1);
  // Of the program's commands one draws.
  assert.equal(breaches('engine/cli/svg_command.cpp', '#include "web/views/svg_stage.h"'), 0);
  assert.equal(breaches('engine/cli/run_command.cpp', '#include "web/views/svg_stage.h"'), 1);
});

test('libraries stay in their parts', () => {
  assert.equal(breaches('engine/scene/parse.cpp', '#include <nlohmann/json.hpp>'), 0);
  assert.equal(breaches('engine/network.cpp', '#include <nlohmann/json.hpp>'), 1);
  assert.equal(breaches('web/widgets/painter.h', '#include <imgui.h>'), 1);
  assert.equal(breaches('web/gpu/renderer.cpp', '#include <imgui.h>'), 0);
  assert.equal(breaches('web/views/stage.cpp', '#include <emscripten/html5.h>'), 1);
  assert.equal(breaches('engine/rng.cpp', '#include <chrono>'), 1);
  assert.equal(breaches('web/views/stage.cpp', '#include <sstream>'), 1);
});

test('of <cmath> the engine calls sqrt, floor and abs', () => {
  assert.equal(breaches('engine/loss.cpp', 'y = std::sqrt(std::abs(x)) + math::exp(x);'), 0);
  assert.equal(breaches('engine/loss.cpp', 'y = std::exp(x);'), 1);
  assert.equal(breaches('engine/loss.cpp', 'y = expf(x);'), 1);
  assert.equal(breaches('engine/loss.cpp', 'y = ::pow(x, 2);'), 1);
  assert.equal(breaches('engine/math.cpp', 'double exp(double x) {'), 0);
  assert.equal(breaches('engine/math.cpp', 'return std::tanh(x);'), 1);
  assert.equal(breaches('engine/loss.cpp', '// std::exp(x) would differ'), 0);
  assert.equal(breaches('engine/narration.cpp', 'text += "exp(";'), 0);
});
