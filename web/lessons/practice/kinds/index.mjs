// What there is to practise, in the order of the lesson.
import { convolve } from './convolve.mjs';
import { inputGradient } from './input_gradient.mjs';
import { kernelGradient } from './kernel_gradient.mjs';
import { outputSize } from './output_size.mjs';
import { parameterCount } from './parameters.mjs';
import { pool } from './pool.mjs';
import { receptiveField } from './receptive_field.mjs';

export const kinds = [convolve, outputSize, parameterCount, receptiveField, pool, kernelGradient, inputGradient];
