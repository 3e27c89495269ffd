import { describe, expect, test } from 'vitest';
import { linearFates } from '../../src/core/model/quantize';
import type { ModelStructure } from '../../src/protocol/model';
import { lanesInBlock, partsDrawn } from '../../webview/model/map/drawn';
import { mapOf } from '../../webview/model/map/modelMap';
import type { Part } from '../../webview/model/map/part';
import { readStructureReferences, structureOf } from '../unit/core/model/structureReference';

const references = Object.entries({
  ...readStructureReferences('dense.json.gz'),
  ...readStructureReferences('experts.json.gz'),
  ...readStructureReferences('vision.json.gz'),
});

function parametersOf({ modules }: ModelStructure): number {
  return modules
    .flatMap(({ parameters }) => parameters)
    .filter(({ tiedTo }) => tiedTo === null)
    .reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1), 0);
}

/** Every part of every block. */
function allParts(structure: ModelStructure): Part[] {
  return mapOf(structure)
    .towers.flatMap(({ stages }) => stages)
    .flatMap((stage) =>
      stage.kind === 'parts'
        ? stage.parts
        : stage.stack.kinds.flatMap((kind) =>
            kind.blocks.flatMap((block) => lanesInBlock(kind, block).flatMap(({ steps }) => steps.flat())),
          ),
    );
}

describe('every kind of model that is known', () => {
  test.each(references)('%s is drawn whole: no weight is lost, none twice', (_, { config }) => {
    const structure = structureOf(config);
    const counted = mapOf(structure).towers.reduce((sum, { parameters }) => sum + parameters, 0);
    expect(counted).toBe(parametersOf(structure));
    const drawn = allParts(structure);
    const names = drawn.filter(({ role }) => role !== 'rotary').map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(drawn.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(parametersOf(structure));
  });

  test.each(references)('%s: each linear layer is a rectangle with its own sides', (_, { config }) => {
    const structure = structureOf(config);
    const parts = new Map(allParts(structure).map((part) => [part.name, part]));
    const modules = new Map(structure.modules.map((module) => [module.name, module]));
    for (const name of linearFates(structure, null).keys()) {
      const { type, parameters } = modules.get(name)!;
      const [one, two] = parameters.find((parameter) => parameter.name === 'weight')!.shape;
      const [inFeatures, outFeatures] = type === 'Conv1D' ? [one, two] : [two, one];
      expect(parts.get(name)?.sides, name).toEqual({ inFeatures, outFeatures, copies: 1 });
    }
  });

  test.each(references)('%s: what stands first is the first thing that tokens meet', (_, { config }) => {
    const structure = structureOf(config);
    const text = mapOf(structure).towers.find(({ part }) => part === 'text')!;
    const [first, ...rest] = partsDrawn({ towers: [text] }, ({ blocks }) => blocks[0]!);
    expect(first!.role).toBe('embedding');
    const heads = rest.filter(({ role }) => role === 'head');
    expect(heads.map(({ name }) => name)).toEqual(
      structure.outputEmbeddings === null ? [] : [structure.outputEmbeddings],
    );
    if (heads.length > 0) expect(rest.at(-1)).toBe(heads[0]);
  });
});
