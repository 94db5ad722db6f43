// What the browser must have.

// A module of 30 bytes that uses one 128-bit SIMD instruction (i32x4.splat), which an engine without SIMD rejects.
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 17, 11,
]);

// Said when the context to draw with cannot be made (canvas.mjs): one made to try would cost as much.
export const NO_WEBGL =
  'This browser gives no WebGL 2, with which Backstep draws. It may be switched off in the settings, or blocked for this graphics card.';

/**
 * Says in a sentence what is missing before the program can be loaded, or nothing.
 * @returns {string}
 */
export function missingFeature() {
  if (typeof WebAssembly !== 'object' || typeof WebAssembly.instantiate !== 'function') {
    return 'This browser cannot run WebAssembly, or it is switched off here. Backstep computes with it.';
  }
  if (!WebAssembly.validate(SIMD_PROBE)) {
    return 'This browser’s WebAssembly has no SIMD instructions. Any browser of 2023 or later has them.';
  }
  return '';
}
