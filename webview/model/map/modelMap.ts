import type { ModelModule, ModelPart, ModelStructure } from '../../../src/protocol/model';
import { type Lane, lanesOf } from './lanes';
import { type Part, partsOf, type StructureNames } from './part';

/** Blocks that are made alike. */
export interface BlockKind {
  readonly blocks: readonly number[];
  /** Of the first of them. */
  readonly lanes: readonly Lane[];
  /** Parameters of one. */
  readonly parameters: number;
}

export interface Stack {
  /** "model.layers" */
  readonly name: string;
  readonly part: ModelPart;
  readonly blocks: readonly number[];
  readonly kinds: readonly BlockKind[];
}

/** What data goes through one after the other. */
export type Stage =
  | { readonly kind: 'parts'; readonly parts: readonly Part[] }
  | { readonly kind: 'stack'; readonly stack: Stack };

/** A tower of its own: the language model, or what sees or hears. */
export interface Tower {
  readonly part: ModelPart;
  readonly stages: readonly Stage[];
  readonly parameters: number;
}

export interface ModelMap {
  readonly towers: readonly Tower[];
}

const ORDER: readonly ModelPart[] = ['vision', 'audio', 'projector', 'text'];

/** A structure as a picture: repeated blocks once for each kind, in the order in which data goes through. */
export function mapOf(structure: ModelStructure): ModelMap {
  const names = namesOf(structure);
  const towers = ORDER.map((part) =>
    towerOf(
      part,
      structure.modules.filter((module) => module.part === part),
      names,
    ),
  );
  return { towers: towers.filter(({ stages }) => stages.length > 0) };
}

function namesOf({ modules, inputEmbeddings, outputEmbeddings, sizes }: ModelStructure): StructureNames {
  const containers = new Set(modules.map(({ name }) => name.slice(0, Math.max(0, name.lastIndexOf('.')))));
  return { inputEmbeddings, outputEmbeddings, hiddenSize: sizes.hiddenSize, containers };
}

function towerOf(part: ModelPart, modules: readonly ModelModule[], names: StructureNames): Tower {
  const outside = modules.filter(({ block }) => block === null).flatMap((module) => partsOf(module, names));
  const stacks = stacksOf(
    part,
    modules.filter(({ block }) => block !== null),
    outside.filter(({ role }) => role === 'rotary'),
    names,
  );
  const before = outside.filter(({ role }) => role === 'embedding' || role === 'positions' || role === 'patches');
  const firstBlock = modules.findIndex(({ block }) => block !== null);
  const early = new Set(modules.slice(0, Math.max(0, firstBlock)).map(({ name }) => name));
  const others = outside.filter((each) => !before.includes(each) && each.role !== 'rotary');
  const stages: Stage[] = [
    { kind: 'parts', parts: [...before, ...others.filter(({ module }) => early.has(module))] },
    ...stacks.map((stack): Stage => ({ kind: 'stack', stack })),
    { kind: 'parts', parts: headLast(others.filter(({ module }) => !early.has(module))) },
  ];
  return {
    part,
    stages: stages.filter((stage) => stage.kind === 'stack' || stage.parts.length > 0),
    parameters:
      sum(outside) +
      stacks.reduce(
        (total, { kinds }) => total + kinds.reduce((all, kind) => all + kind.parameters * kind.blocks.length, 0),
        0,
      ),
  };
}

function headLast(parts: readonly Part[]): readonly Part[] {
  return parts.toSorted((a, b) => Number(a.role === 'head') - Number(b.role === 'head'));
}

function stacksOf(
  part: ModelPart,
  modules: readonly ModelModule[],
  rotary: readonly Part[],
  names: StructureNames,
): Stack[] {
  const stacks = new Map<string, Map<number, Part[]>>();
  for (const module of modules) {
    if (module.block === null) continue;
    const stack = module.name.slice(0, `${module.name}.`.indexOf(`.${module.block}.`));
    const blocks = stacks.get(stack) ?? new Map<number, Part[]>();
    stacks.set(stack, blocks);
    const parts = blocks.get(module.block) ?? [];
    blocks.set(module.block, parts);
    parts.push(...partsOf(module, names));
  }
  return [...stacks].map(([name, blocks]) => ({
    name,
    part,
    blocks: [...blocks.keys()],
    kinds: kindsOf(blocks, rotary),
  }));
}

function kindsOf(blocks: ReadonlyMap<number, readonly Part[]>, rotary: readonly Part[]): BlockKind[] {
  const kinds = new Map<string, { readonly parts: readonly Part[]; readonly blocks: number[] }>();
  for (const [block, parts] of blocks) {
    const signature = JSON.stringify(parts.map(({ path, type, sides, length }) => [path, type, sides, length]));
    const kind = kinds.get(signature) ?? { parts, blocks: [] };
    kinds.set(signature, kind);
    kind.blocks.push(block);
  }
  return [...kinds.values()].map((kind) => ({
    blocks: kind.blocks,
    lanes: lanesOf(kind.parts, rotary),
    parameters: sum(kind.parts),
  }));
}

function sum(parts: readonly Part[]): number {
  return parts.reduce((total, { parameters }) => total + parameters, 0);
}
