import { describe, expect, it } from 'vitest';
import { effectiveSettings } from '../../../../../src/core/model/estimate/effective';
import { estimateMemory } from '../../../../../src/core/model/estimate/estimate';
import { rowLength } from '../../../../../src/core/model/estimate/rowLength';
import { recipeSchema } from '../../../../../src/core/recipe/schema/recipe';
import type { EstimateMachine } from '../../../../../src/protocol/model';
import { fixture, structureOf } from './measured';

const structure = structureOf(fixture.configs['llama'] ?? {});
const CPU: EstimateMachine = { device: 'cpu', bf16: false, gpu: null };
const T4: EstimateMachine = { device: 'cuda', bf16: false, gpu: null };
const AMPERE: EstimateMachine = { device: 'cuda', bf16: true, gpu: null };

function recipe(model: object = {}, train: object = {}, r = 8) {
  return recipeSchema.parse({
    model: { model_name_or_path: 'm', ...model },
    lora: { target_modules: ['q_proj'], r },
    data: { path: 'rows.jsonl' },
    train,
  });
}

describe('what words of a recipe come to', () => {
  it.each([
    [CPU, 'float32', 'float32', null],
    [T4, 'bfloat16', 'float16', null],
    [AMPERE, 'bfloat16', 'bfloat16', 'bfloat16'],
  ] as const)('auto on %o', (machine, dtype, compute, autocast) => {
    const given = recipe({ quantization_config: { load_in_4bit: true } });
    expect(effectiveSettings(structure, given, machine)).toMatchObject({ dtype, compute, autocast, isQuantized: true });
  });

  it('keeps what is written', () => {
    const given = recipe({ dtype: 'float16' }, { memory: { fp16: true } });
    expect(effectiveSettings(structure, given, T4)).toMatchObject({
      dtype: 'float16',
      compute: null,
      autocast: 'float16',
    });
  });
});

describe('tokens of a row', () => {
  it.each([
    ['not looked at', { max_length: 512 }, null, 512, true],
    ['longer than the limit', { max_length: 512 }, [100, 900], 512, false],
    ['all shorter', { max_length: 512 }, [100, 300], 300, false],
    ['packed', { max_length: 512, packing: true }, [100, 300, 400], 512, false],
    ['packed, but few', { max_length: 512, packing: true }, [100, 300], 400, false],
    ['without a limit', { max_length: null }, [100, 90_000], 90_000, false],
    ['without rows', { max_length: 512 }, [], 512, true],
  ] as const)('%s', (_, data, lengths, length, isLimit) => {
    expect(rowLength(structure, recipe({}, { data }), lengths)).toEqual({ length, isLimit });
  });
});

function textsOn(machine: EstimateMachine, given = recipe()): readonly string[] {
  return estimateMemory({ structure, recipe: given, machine, lengths: null }).notes.map(({ text }) => text);
}

describe('what can’t be known', () => {
  it('is little on a GPU', () => {
    expect(textsOn(AMPERE)).toEqual([]);
  });

  it('is said of other devices', () => {
    expect(textsOn(CPU)).toHaveLength(1);
    expect(textsOn({ device: 'mps', bf16: false, gpu: null })).toHaveLength(1);
  });

  it('is said of 8 bits, and of paged optimizers', () => {
    const given = recipe(
      { quantization_config: { load_in_8bit: true } },
      { memory: { optim: 'paged_adamw_8bit' } },
      64,
    );
    expect(textsOn(AMPERE, given)).toEqual([expect.stringContaining('8 bits'), expect.stringContaining('{0} MB')]);
  });
});

it('has neither reserve nor context without a GPU', () => {
  const estimate = estimateMemory({ structure, recipe: recipe(), machine: CPU, lengths: null });
  expect(estimate.deviceBytes).toBe(estimate.peakBytes);
});
