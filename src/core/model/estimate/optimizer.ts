import type { FullRecipe } from '../../recipe/schema/recipe';
import { rounded, sum } from './bytes';
import { elementsOf } from '../elements';

type Optimizer = FullRecipe['train']['memory']['optim'];

/** bitsandbytes 0.50.2: smaller parameters keep float32 states (optim/optimizer.py, min_8bit_size). */
const MIN_8BIT = 4096;
/** States of parameters from this size on are paged: they live in host memory when the GPU's is short (get_state_buffer). */
const MIN_PAGED = 100_000;
const BLOCK = 256;
const FLOAT = 4;

interface Kind {
  /** Numbers that are kept for each weight. */
  readonly states: number;
  readonly bits: 8 | 32;
  readonly paged: boolean;
  readonly fromBitsandbytes: boolean;
}

/** Bytes on the device that the optimizer keeps, and what one step of it needs for a moment. */
export interface OptimizerMemory {
  readonly states: number;
  /** Paged: counted by no allocator; on the device while there is room. */
  readonly paged: number;
  readonly moment: number;
}

/** `parameters`: shape of each trained parameter. `isCuda`: elsewhere the trainer takes adamw_torch for what needs CUDA. */
export function optimizerMemory(
  name: Optimizer,
  parameters: readonly (readonly number[])[],
  isCuda: boolean,
): OptimizerMemory {
  if (name === 'adafactor')
    return { states: sum(parameters.map(factored)), paged: 0, moment: largest(parameters) * FLOAT * 2 };
  const kind = kindOf(name);
  const effective = isCuda || !kind.fromBitsandbytes ? kind : kindOf('adamw_torch');
  const each = parameters.map((shape) => statesOf(effective, shape));
  const elements = sum(parameters.map(elementsOf));
  return {
    states: sum(each.filter(({ paged }) => !paged).map(({ bytes }) => bytes)),
    paged: sum(each.filter(({ paged }) => paged).map(({ bytes }) => bytes)),
    // torch's foreach optimizers make lists of all parameters' size; bitsandbytes works in place.
    moment: effective.fromBitsandbytes || name === 'adamw_torch_fused' ? 0 : elements * FLOAT,
  };
}

function statesOf(
  { states, bits, paged }: Kind,
  shape: readonly number[],
): { readonly bytes: number; readonly paged: boolean } {
  const elements = elementsOf(shape);
  const isPaged = paged && elements >= MIN_PAGED;
  if (bits === 32 || elements < MIN_8BIT) return { bytes: states * rounded(elements * FLOAT), paged: isPaged };
  const absmax = rounded(Math.ceil(elements / BLOCK) * FLOAT);
  return { bytes: states * (rounded(elements) + absmax), paged: isPaged };
}

/** transformers' Adafactor without beta1: a row and a column for each matrix. */
function factored(shape: readonly number[]): number {
  const [rows, columns] = shape;
  if (rows === undefined || columns === undefined) return rounded(elementsOf(shape) * FLOAT);
  return rounded(rows * FLOAT) + rounded(columns * FLOAT);
}

function kindOf(name: Optimizer): Kind {
  const fromBitsandbytes = /paged|8bit|lion|ademamix|bnb/.test(name);
  return {
    states: statesPerWeight(name),
    bits: name.includes('8bit') || name === 'adamw_bnb_8bit' ? 8 : 32,
    paged: name.startsWith('paged'),
    fromBitsandbytes,
  };
}

function statesPerWeight(name: Optimizer): number {
  if (name === 'sgd') return 0;
  if (name.includes('ademamix')) return 3;
  return name.includes('lion') || name.startsWith('rmsprop') || name === 'adagrad' ? 1 : 2;
}

function largest(parameters: readonly (readonly number[])[]): number {
  return Math.max(0, ...parameters.map(elementsOf));
}
