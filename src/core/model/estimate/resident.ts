import type { LoraPlan, ModelStructure } from '../../../protocol/model';
import type { FullRecipe } from '../../recipe/schema/recipe';
import type { Arena } from './arena';
import { elementSize, sum } from './bytes';
import { elementsOf } from '../elements';
import type { Effective } from './effective';
import { baseFootprint, copiedBytes } from './footprint';
import { optimizerMemory, type OptimizerMemory } from './optimizer';
import { constantsOf4bit, constantsOf8bit } from './quantState';

/** Shapes of all trained parameters. */
export function trainedShapes(
  structure: ModelStructure,
  plan: LoraPlan,
  dora: boolean,
): readonly (readonly number[])[] {
  const adapters = plan.targets.flatMap(({ r, matrices, inFeatures, outFeatures }) => [
    [r * matrices, inFeatures],
    [outFeatures, r * matrices],
    ...(dora ? [[outFeatures]] : []),
  ]);
  const copied = structure.modules
    .filter(({ name }) => plan.saved.some((saved) => `${name}.`.startsWith(`${saved}.`)))
    .flatMap(({ parameters }) => parameters.map(({ shape }) => shape));
  return [...adapters, ...copied];
}

/** Fills the arena with what lies on the device from the first batch to the last, LoRA's own matrices aside. */
export function takeResident(
  arena: Arena,
  structure: ModelStructure,
  effective: Effective,
  plan: LoraPlan,
  optimizer: OptimizerMemory,
  workspace: number,
): void {
  const { quantized, others } = baseFootprint(structure, effective, true);
  arena.take(quantized, 'quantizedWeights');
  arena.take(others, 'weights');
  arena.take(untiedBytes(structure, plan), 'weights');
  arena.take(quantConstants(structure, effective), 'quantConstants');
  // The trainer brings every trained parameter to float32 (recast.py).
  arena.take(copiedBytes(structure, effective, plan, elementSize('float32')), 'adapter');
  arena.take(optimizer.states, 'optimizer');
  arena.take(workspace, 'workspace');
}

/**
 * PeftModel.unload() leaves the copy of a module in its place (trainer: steps/lora.py): one that shared its weight with
 * another has a weight of its own from then on.
 */
function untiedBytes({ modules }: ModelStructure, { saved }: LoraPlan): number {
  return sum(
    modules
      .filter(({ name }) => saved.some((each) => `${name}.`.startsWith(`${each}.`)))
      .flatMap(({ parameters }) => parameters.filter(({ tiedTo }) => tiedTo !== null))
      .map(({ shape }) => elementsOf(shape) * elementSize('float32')),
  );
}

function quantConstants({ modules }: ModelStructure, { fates, doubleQuant }: Effective): number {
  let bytes = 0;
  for (const { name, parameters } of modules) {
    const fate = fates.get(name)?.kind;
    const shape = parameters.find((parameter) => parameter.name === 'weight')?.shape ?? [];
    if (fate === 'Linear4bit') bytes += constantsOf4bit(elementsOf(shape), doubleQuant);
    else if (fate === 'Linear8bitLt') bytes += constantsOf8bit(shape[0] ?? 0);
  }
  return bytes;
}

export function optimizerOf(
  recipe: FullRecipe,
  structure: ModelStructure,
  plan: LoraPlan,
  isCuda: boolean,
): OptimizerMemory {
  return optimizerMemory(recipe.train.memory.optim, trainedShapes(structure, plan, recipe.lora.use_dora), isCuda);
}
