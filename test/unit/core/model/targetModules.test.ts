import { describe, expect, it } from 'vitest';

import { isLinear } from '../../../../src/core/model/quantize';
import { targetModulesOf } from '../../../../src/core/model/targetModules';
import { readStructureReferences, structureOf } from './structureReference';

const types = [
  ...new Set(Object.values(readStructureReferences('dense.json.gz')).map(({ config }) => String(config['model_type']))),
].sort();

describe('the layers to write in target_modules are all linear layers of a block:', () => {
  it.each(types)('%s', (type) => {
    const linear = structureOf({ model_type: type })
      .modules.filter((module) => module.block !== null && isLinear(module))
      .map(({ name }) => name.slice(name.lastIndexOf('.') + 1));
    expect(new Set(targetModulesOf(type))).toEqual(new Set(linear));
  });
});
