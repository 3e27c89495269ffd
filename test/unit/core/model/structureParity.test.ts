import { describe, expect, it } from 'vitest';

import { linearFates } from '../../../../src/core/model/quantize';
import type { FullRecipe } from '../../../../src/core/recipe/schema/recipe';
import {
  expectedModules,
  footprintOf,
  modulesOf,
  readStructureReferences,
  structureOf,
  tiesOf,
} from './structureReference';

const NF4: FullRecipe['model']['quantization_config'] = {
  load_in_4bit: true,
  load_in_8bit: false,
  bnb_4bit_quant_type: 'nf4',
  bnb_4bit_use_double_quant: true,
  bnb_4bit_compute_dtype: 'auto',
};

describe.each(['dense.json.gz', 'experts.json.gz', 'vision.json.gz'])(
  'the structures of %s are those that transformers builds:',
  (name) => {
    it.each(Object.entries(readStructureReferences(name)))('%s', (_, reference) => {
      const structure = structureOf(reference.config);
      expect(structure.architecture).toBe(reference.architecture);
      expect(modulesOf(structure)).toEqual(expectedModules(reference));
      expect(tiesOf(structure)).toEqual(reference.ties);
      expect(structure.tied).toBe(Object.keys(reference.ties).length > 0);
      expect(structure.inputEmbeddings).toBe(reference.inputEmbeddings);
      expect(structure.outputEmbeddings).toBe(reference.outputEmbeddings);
      expect([...structure.keepInFp32].sort()).toEqual(reference.keepInFp32);
      expect([...structure.keepInFp32Strict].sort()).toEqual(reference.keepInFp32Strict);
      expect(footprintOf(structure, 'bfloat16')).toBe(reference.footprint.bfloat16);
      expect(footprintOf(structure, 'float32')).toBe(reference.footprint.float32);

      const fates = [...linearFates(structure, NF4)];
      expect(fates.filter(([, { kind }]) => kind === 'kept').map(([module]) => module)).toEqual(reference.kept);
      const eight = [...linearFates(structure, { ...NF4, load_in_4bit: false, load_in_8bit: true })];
      expect(eight.map(([module, { kind }]) => [module, kind])).toEqual(
        fates.map(([module, { kind }]) => [module, kind === 'kept' ? 'kept' : 'Linear8bitLt']),
      );
    });
  },
);
