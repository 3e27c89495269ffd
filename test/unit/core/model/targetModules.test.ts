import { describe, expect, it } from 'vitest';

import { isLinear } from '../../../../src/core/model/quantize';
import { targetModulesOf } from '../../../../src/core/model/targetModules';
import { readStructureReferences, structureOf } from './structureReference';

const configs = ['dense.json.gz', 'experts.json.gz', 'vision.json.gz'].flatMap((file) =>
  Object.entries(readStructureReferences(file)).map(([name, { config }]) => [name, config] as const),
);
// LLaVA may stand around any text model: the names are those of nearly all.
const known = configs.filter(
  ([name, { model_type: type }]) => targetModulesOf(String(type)) !== null && name !== 'llava of GPT-NeoX',
);

describe('the names to begin with are those of linear layers in the blocks of the text model:', () => {
  it.each(known)('%s', (_, config) => {
    const { modules, modelType } = structureOf(config);
    const layers = modules.filter((module) => isLinear(module) && module.part === 'text' && module.block !== null);
    const there = new Set(layers.map(({ name }) => name.slice(name.lastIndexOf('.') + 1)));
    expect(targetModulesOf(modelType)?.filter((name) => !there.has(name))).toEqual([]);
  });
});
