import type { Lane } from './lanes';
import type { BlockKind, ModelMap, Stack } from './modelMap';
import type { Part } from './part';

/** Lanes of one block, from those of the first block of its kind. */
export function lanesInBlock({ blocks, lanes }: BlockKind, block: number): readonly Lane[] {
  const [first = block] = blocks;
  if (first === block) return lanes;
  const move = (name: string): string => name.replace(`.${first}.`, `.${block}.`);
  const moved = (part: Part): Part =>
    part.block === null ? part : { ...part, block, name: move(part.name), module: move(part.module) };
  return lanes.map((lane) => ({ ...lane, steps: lane.steps.map((step) => step.map(moved)) }));
}

export function kindOf({ kinds }: Stack, block: number): BlockKind | null {
  return kinds.find(({ blocks }) => blocks.includes(block)) ?? kinds[0] ?? null;
}

/** Everything that stands in the picture, in its order. */
export function partsDrawn({ towers }: ModelMap, blockOf: (stack: Stack) => number): readonly Part[] {
  return towers
    .flatMap(({ stages }) => stages)
    .flatMap((stage) => {
      if (stage.kind === 'parts') return stage.parts;
      const block = blockOf(stage.stack);
      const kind = kindOf(stage.stack, block);
      return kind === null ? [] : lanesInBlock(kind, block).flatMap(({ steps }) => steps.flat());
    });
}
