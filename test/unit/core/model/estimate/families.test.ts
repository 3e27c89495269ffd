import { describe, expect, it } from 'vitest';
import { blockShapes } from '../../../../../src/core/model/estimate/blockShape';
import { estimateMemory } from '../../../../../src/core/model/estimate/estimate';
import { recipeSchema } from '../../../../../src/core/recipe/schema/recipe';
import type { EstimateMachine } from '../../../../../src/protocol/model';
import { readStructureReferences } from '../structureReference';
import { structureOf } from './measured';

const GPU: EstimateMachine = { device: 'cuda', bf16: true, gpu: null };

function recipeOf(quantized: boolean, changes: object = {}) {
  return recipeSchema.parse({
    model: { model_name_or_path: 'm', quantization_config: quantized ? { load_in_4bit: true } : null },
    lora: { target_modules: 'all-linear' },
    data: { path: 'rows.jsonl' },
    train: { memory: { per_device_train_batch_size: 2, ...changes } },
  });
}

describe.each(['dense.json.gz', 'experts.json.gz'])('%s', (file) => {
  const references = Object.entries(readStructureReferences(file));

  it('has the roles of every block of every family', () => {
    for (const [name, { config }] of references) {
      const structure = structureOf(config);
      const shapes = blockShapes(structure, 2);
      expect(shapes, name).toHaveLength(structure.sizes.layers);
      for (const { attention, mlp } of shapes) expect([attention, mlp], name).not.toContain(null);
    }
  });

  it('tells the footprint of every family, and a peak above it', () => {
    for (const [name, { config, footprint }] of references) {
      const structure = { ...structureOf(config), dtype: 'bfloat16' as const };
      for (const quantized of [true, false]) {
        const estimate = estimateMemory({ structure, recipe: recipeOf(quantized), machine: GPU, lengths: [512] });
        // The reference was built, not loaded: from_pretrained keeps some of DeepSeek's parameters in float32.
        if (!quantized && structure.keepInFp32Strict.length === 0)
          expect(estimate.loadedBytes, name).toBe(footprint.bfloat16);
        expect(estimate.preparedBytes, name).toBeGreaterThanOrEqual(estimate.loadedBytes);
        expect(estimate.peakBytes, name).toBeGreaterThan(estimate.preparedBytes);
        expect(Number.isSafeInteger(estimate.deviceBytes), name).toBe(true);
      }
    }
  });
});

it('takes more without checkpointing, and for longer rows and larger batches', () => {
  const { config } = readStructureReferences('dense.json.gz')['Llama-3.2-1B'] ?? { config: {} };
  const structure = structureOf(config);
  const peak = (changes: object, length: number): number =>
    estimateMemory({ structure, recipe: recipeOf(true, changes), machine: GPU, lengths: [length] }).peakBytes;
  const base = peak({}, 512);
  expect(peak({ gradient_checkpointing: false }, 512)).toBeGreaterThan(base);
  expect(peak({}, 1024)).toBeGreaterThan(base);
  expect(peak({ per_device_train_batch_size: 8 }, 512)).toBeGreaterThan(base);
  expect(peak({ gradient_accumulation_steps: 4 }, 512)).toBeGreaterThan(base);
});
