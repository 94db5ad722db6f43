// The least that a page which draws with WebGL 2 can do before its first frame: a context, a program, a triangle.
const gl = document.querySelector('canvas').getContext('webgl2', { alpha: false, depth: false, antialias: false });
const program = gl.createProgram();
const shader = (type, text) => {
  const made = gl.createShader(type);
  gl.shaderSource(made, `#version 300 es\nprecision mediump float;\n${text}`);
  gl.compileShader(made);
  gl.attachShader(program, made);
};
shader(gl.VERTEX_SHADER, 'void main() { gl_Position = vec4(gl_VertexID == 1, gl_VertexID == 2, 0, 1); }');
shader(gl.FRAGMENT_SHADER, 'out vec4 colour; void main() { colour = vec4(1); }');
gl.linkProgram(program);
gl.useProgram(program);
requestAnimationFrame(() => {
  gl.drawArrays(gl.TRIANGLES, 0, 3);
  globalThis.readyAfter = performance.now();
});
