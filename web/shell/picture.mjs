// A picture file as plain RGBA bytes, exactly those in the file.
//
// The browser decodes it; colour conversion and premultiplication are switched off because they differ from browser to
// browser. A 2D canvas premultiplies all the same, so the pixels are read back through WebGL, which does not.

/** Pixels of the largest picture that is taken. */
export const MOST_PIXELS = 64e6;

// Pictures may be larger than a texture can be; tiles of this size fit everywhere.
const TILE = 2048;

/** @param {WebGL2RenderingContext} gl */
function bindReadableTexture(gl) {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
}

/**
 * @param {ImageBitmap} bitmap
 * @returns {Promise<Uint8Array>} RGBA, rows from the top
 */
async function readPixels(bitmap) {
  const { width, height } = bitmap;
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) throw new Error('no WebGL 2 left');
  try {
    bindReadableTexture(gl);
    const rgba = new Uint8Array(width * height * 4);
    gl.pixelStorei(gl.PACK_ROW_LENGTH, width);
    for (let y = 0; y < height; y += TILE) {
      for (let x = 0; x < width; x += TILE) {
        const columns = Math.min(TILE, width - x);
        const rows = Math.min(TILE, height - y);
        const tile = await createImageBitmap(bitmap, x, y, columns, rows, DECODE_OPTIONS);
        gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, tile);
        tile.close();
        gl.readPixels(0, 0, columns, rows, gl.RGBA, gl.UNSIGNED_BYTE, rgba, (y * width + x) * 4);
      }
    }
    return rgba;
  } finally {
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

/** @type {ImageBitmapOptions} */
const DECODE_OPTIONS = { colorSpaceConversion: 'none', premultiplyAlpha: 'none' };

/**
 * @param {File} file
 * @returns {Promise<{rgba: Uint8Array, width: number, height: number, name: string}>}
 * @throws {Error} whose message is a sentence for the reader
 */
export async function decodePicture(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, DECODE_OPTIONS);
  } catch {
    throw new Error(`“${file.name}” is not a picture that this browser can read. The input stays as it was.`);
  }
  const { width, height } = bitmap;
  try {
    if (width * height > MOST_PIXELS) {
      const megapixels = Math.round((width * height) / 1e6);
      throw new Error(
        `“${file.name}” has ${megapixels} megapixels; at most ${MOST_PIXELS / 1e6} are taken. The input stays as it was.`,
      );
    }
    return { rgba: await readPixels(bitmap), width, height, name: file.name };
  } finally {
    bitmap.close();
  }
}
