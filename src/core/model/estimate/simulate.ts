import type { LoraPlan, ModelModule, ModelStructure } from '../../../protocol/model';
import { Arena } from './arena';
import { block } from './block';
import { blockShapes } from './blockShape';
import { elementSize, elementsOf } from './bytes';
import { dtypeOf } from './footprint';
import type { Effective } from './effective';
import { loss } from './head';
import { normalize } from './norms';
import { plain } from './ops';
import { type Step, type StepSettings, tokensOf } from './step';
import { Tape, type Value } from './tape';
import { endOfAutocast } from './trained';

export interface Simulation {
  readonly structure: ModelStructure;
  readonly effective: Effective;
  readonly plan: LoraPlan;
  readonly rows: number;
  readonly length: number;
  readonly settings: StepSettings;
  /** Fills the arena with what lies there before the first batch. */
  readonly fill: (arena: Arena) => void;
  /** Bytes that one step of the optimizer needs beside gradients and states. */
  readonly optimizerMoment: number;
}

/** One training step, operation by operation: forward pass, backward pass, optimizer. The arena knows the peak. */
export function simulate(simulation: Simulation): Arena {
  const arena = new Arena();
  simulation.fill(arena);
  const { effective, plan, settings } = simulation;
  const step: Step = {
    ...simulation,
    tape: new Tape(arena),
    arena,
    targets: new Map(plan.targets.map((target) => [target.name, target])),
    autocast: effective.autocast === null ? null : 2,
    trained: new Map(),
    casts: [],
  };
  // A second micro-batch finds the gradients of the first; more find the same.
  for (let batch = 0; batch < Math.min(settings.accumulation, 2); batch++) microBatch(step);
  arena.moment(simulation.optimizerMoment, 'optimizer');
  return arena;
}

function microBatch(step: Step): void {
  const { tape, arena, structure, settings } = step;
  const batch = arena.take(tokensOf(step) * 3 * 8, 'activations');
  const hiddenWidth = structure.sizes.hiddenSize;
  let x = embed(step, hiddenWidth);
  const shapes = blockShapes(structure, x.size);
  const rotation = arena.take(2 * step.length * structure.sizes.headDim * x.size, 'activations');
  for (const shape of shapes) {
    const run = (input: Value): Value => block(step, shape, input);
    const next = settings.checkpointing ? tape.checkpoint(x, run, () => endOfAutocast(step)) : run(x);
    tape.free(x);
    x = next;
  }
  const norm = finalNorm(structure);
  if (norm !== null) {
    const normed = normalize(step, norm, x);
    tape.free(x);
    x = normed;
  }
  const head = structure.modules.find(({ name }) => name === structure.outputEmbeddings);
  const result = head === undefined ? plain(tape, [x], 1, 4) : loss(step, head, x);
  tape.free(x);
  endOfAutocast(step);
  tape.backward(result, arena.take(4, 'activations'));
  tape.free(result);
  arena.drop(rotation);
  arena.drop(batch);
}

/** Without a trained embedding nothing flows into it; checkpointing makes it differentiable (enable_input_require_grads). */
function embed(step: Step, width: number): Value {
  const { structure, effective, settings, tape } = step;
  const module = structure.modules.find(({ name }) => name === structure.inputEmbeddings);
  const weight = module?.parameters.find(({ name }) => name === 'weight');
  const size =
    module === undefined || weight === undefined
      ? elementSize(effective.dtype)
      : elementSize(dtypeOf(structure, module, weight, effective, true));
  return tape.make(tokensOf(step) * width, size, settings.checkpointing);
}

/** The norm after the last block. */
function finalNorm({ modules }: ModelStructure): ModelModule | null {
  const norms = modules.filter(
    ({ part, block: number, type }) => part === 'text' && number === null && /Norm$/.test(type),
  );
  return norms.find(({ parameters }) => parameters.some(({ shape }) => elementsOf(shape) > 0)) ?? norms[0] ?? null;
}
