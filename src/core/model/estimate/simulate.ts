import type { LoraPlan, ModelModule, ModelStructure } from '../../../protocol/model';
import { Arena } from './arena';
import { block } from './block';
import { blockShapes } from './blockShape';
import { elementSize } from './bytes';
import { elementsOf } from '../elements';
import { dtypeOf } from './footprint';
import type { Effective } from './effective';
import { loss } from './head';
import { dropped } from './mlp';
import { normalize } from './norms';
import { plain } from './ops';
import { type Step, type StepSettings, tokensOf } from './step';
import { Saved } from './saved';
import { Tape, type Value } from './tape';
import { endOfAutocast, savedParameter } from './trained';

export interface Simulation {
  readonly structure: ModelStructure;
  readonly effective: Effective;
  readonly plan: LoraPlan;
  readonly rows: number;
  readonly length: number;
  readonly settings: StepSettings;
  /** Takes what lies there before the first batch. */
  readonly takeResident: (arena: Arena) => void;
  /** Bytes that one step of the optimizer needs beside gradients and states. */
  readonly optimizerMoment: number;
}

/** One training step, operation by operation: forward pass, backward pass, optimizer. The arena knows the peak. */
export function simulate(simulation: Simulation): Arena {
  const arena = new Arena();
  simulation.takeResident(arena);
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
  const mask = arena.take(settings.masked ? step.rows * step.length ** 2 : 0, 'activations');
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
  arena.drop(mask);
  arena.drop(rotation);
  arena.drop(batch);
}

/** Without a trained embedding nothing flows into it; checkpointing makes it differentiable (enable_input_require_grads). */
function embed(step: Step, width: number): Value {
  const { structure, effective, settings, tape, plan } = step;
  const module = structure.modules.find(({ name }) => name === structure.inputEmbeddings);
  const weight = module?.parameters.find(({ name }) => name === 'weight');
  const size =
    module === undefined || weight === undefined
      ? elementSize(effective.dtype)
      : elementSize(dtypeOf(structure, module, weight, effective, true));
  const isTrained = module !== undefined && plan.saved.some((name) => name === module.name);
  const output = tape.make(tokensOf(step) * width, isTrained ? 4 : size, settings.checkpointing || isTrained);
  // The gradient of an embedding is as large as the embedding.
  if (isTrained)
    tape.record({ output, flows: [{ to: savedParameter(step, module), kind: 'made' }], saved: new Saved() });
  return settings.hiddenDropout === 0 ? output : dropped(step, output);
}

/** The norm after the last block. */
function finalNorm({ modules }: ModelStructure): ModelModule | null {
  const norms = modules.filter(
    ({ part, block: number, type }) => part === 'text' && number === null && type.endsWith('Norm'),
  );
  return norms.find(({ parameters }) => parameters.some(({ shape }) => elementsOf(shape) > 0)) ?? norms[0] ?? null;
}
