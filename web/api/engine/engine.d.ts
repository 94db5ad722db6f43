// Types of engine.mjs; docs/engine-module.md shows how the calls go together.

/** What the engine refuses. `code` is stable: "scene.range", "tensor.count", "cell.name", "engine.disposed" … */
export class EngineError extends Error {
  readonly code: string;
  /** Place in the document, name of the tensor or of the argument; empty where there is none. */
  readonly where: string;
}

export interface LoadOptions {
  /** Where engine.wasm is, or what is in it; by default the file beside this module. */
  wasm?: string | URL | BufferSource | WebAssembly.Module;
}

/** Starts an engine with a memory of its own; several may run side by side. */
export function loadEngine(options?: LoadOptions): Promise<Engine>;

export type Numbers = ArrayLike<number>;

export interface Preset {
  name: string;
  title: string;
  /** The scene document, docs/scene.md. */
  document: string;
}

export interface NetworkOptions {
  /** Cells changed at the start, as in the page's address: "input[0,0,1]=5;target=1". */
  edit?: string;
  /** So many samples, the scene's own in turn. */
  batch?: number;
}

export interface DatasetOptions {
  channels?: number;
  /** At least 8. */
  height: number;
  width: number;
  /** 2 to 4: circle, square, triangle, cross. */
  classes?: number;
  count: number;
  seed?: number;
}

export interface Dataset {
  /** [count, channels, height, width] in a row. */
  images: Float32Array;
  labels: Int32Array;
  shape: [number, number, number, number];
}

export interface Engine {
  /** The engine's whole memory; it grows, and never shrinks. */
  readonly memoryBytes: number;
  presets(): Preset[];
  /** A network from the name of a preset (default "pocket"), or a scene document as text or object. */
  network(scene?: string | object, options?: NetworkOptions): Network;
  /** A single convolution in the kernels' own layout. */
  conv2d(layer: ConvolutionOptions): Convolution;
  /** Pictures drawn by code: the same seed gives the same pictures everywhere. */
  drawDataset(options: DatasetOptions): Dataset;
}

/** A number that a term reads: the name of its cell, and its value. */
export interface NamedValue {
  cell: string;
  value: number;
}

export interface Term {
  a: NamedValue;
  /** The second factor, where there is one. */
  b: NamedValue | null;
  /** The term itself: a times b for a product. */
  value: number;
  /** Of its group after this term (each output row of a weight's gradient is a group). */
  subtotal: number;
  /** Of the cell after this term. */
  total: number;
  /** False where a mask or a switch closed the term. */
  taken: boolean;
}

export interface Explanation {
  cell: string;
  /** The cell: `folded` after the finishing operation. */
  value: number;
  folded: number;
  /** Name of the finishing operation; empty where there is none. */
  finish: string;
  fold: 'sum' | 'maximum';
  terms: Term[];
  /** What all terms or the finishing operation read besides: a mean, a row's maximum … */
  shared: NamedValue[];
}

export interface Step {
  step: number;
  /** "conv1.dw[0,0,1,2]" */
  cell: string;
  /** "conv1.dw" */
  tensor: string;
  /** All indices, the batch index included. */
  index: number[];
  phase: 'forward' | 'loss' | 'backward' | 'update';
  layer: string;
  /** How many terms the cell has. */
  terms: number;
}

export interface Cost {
  parameters: number;
  dense_parameters: number;
  multiply_adds: number;
  outputs: number;
}

export interface LayerInfo extends Cost {
  name: string;
  op: string;
  output: number[];
  weight: number[];
  bias: number[];
  /** Rows and columns, in pixels of the input. */
  receptive_field: [number, number];
  jump: [number, number];
  start: [number, number];
  /** Every output sees the whole input. */
  whole: boolean;
}

export interface NetworkInfo {
  name: string;
  title: string;
  shapes_only: boolean;
  input: number[];
  layers: LayerInfo[];
  total: Cost;
  steps: number;
  loss?: string;
  optimizer?: string;
}

/** A step by its number, or by the name of the cell that it computes. */
export type StepName = number | string;

/** What is read is computed first if anything changed since: no call must come before another. */
export interface Network {
  forward(): void;
  backward(): void;
  /** Forward, backward and update on the present input and target, `steps` times; gives the last loss. */
  train(steps?: number): number;

  tensorNames(): string[];
  /**
   * The numbers in the engine's memory: valid until the next call of this engine, to be read only. `slice()` keeps them.
   */
  tensor(name: string): Float32Array;
  shape(name: string): number[];
  /** New numbers for "input", "target", "dy", or a layer's ".weight" or ".bias". */
  set(name: string, values: Numbers): void;
  /** Single cells: "input[0,0,1]=5;conv1.w[0,0,1,1]=-2". */
  edit(edits: string): void;

  /** How many there are. */
  readonly steps: number;
  stepOf(cell: string): number;
  step(step: StepName): Step;
  /** Any cell, given or computed: "input[0,0,1]", "conv1.w[0,0,1,1]", "conv1.y[0,3,5]", "loss.value". */
  value(cell: string): number;
  /** A cell's terms in the order in which they are added, ending at the stored bits. */
  explain(step: StepName): Explanation;
  /** The step's sentence, with all its terms or the first `terms` of them added. */
  narrate(step: StepName, terms?: number): string;

  /** Of the whole pass, 16 hex digits: equal on every machine. */
  hash(): string;
  parametersHash(): string;
  /** Shapes, parameters, multiply-adds and receptive fields; for scenes with shapes only, too. */
  info(): NetworkInfo;
  /** The scene as it is now. */
  document(): string;
  /** The parameters as a safetensors file, and back. */
  weights(): Uint8Array;
  setWeights(file: Uint8Array): void;

  dispose(): void;
}

export type Pair = number | [number, number];

export interface ConvolutionOptions {
  /** [N, C, H, W] */
  input: [number, number, number, number];
  /** Output channels. */
  out: number;
  kernel: Pair;
  stride?: Pair;
  padding?: Pair | [number, number, number, number] | 'valid' | 'same' | 'full';
  dilation?: Pair;
  groups?: number;
  bias?: boolean;
  /** True convolution: the kernel is turned by 180 degrees first. */
  flip?: boolean;
}

export type ConvolutionTensor = 'x' | 'w' | 'b' | 'y' | 'dx' | 'dw' | 'db' | 'dy';

/** Its tensors start as zeros and lie in blocks of channels; set() and get() move them from and to NCHW and OIHW. */
export interface Convolution {
  readonly shapes: Record<ConvolutionTensor, number[]>;
  set(name: 'x' | 'w' | 'b' | 'dy', values: Numbers): void;
  /** Valid until the next call of this engine. */
  get(name: 'y' | 'dx' | 'dw' | 'db'): Float32Array;
  forward(options?: { relu?: boolean }): void;
  backwardInput(): void;
  backwardWeights(): void;
  dispose(): void;
}
