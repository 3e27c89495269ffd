import { describe, expect, it } from 'vitest';
import { optimizerMemory } from '../../../../../src/core/model/estimate/optimizer';

const LARGE = [1024, 1024];
const SMALL = [8, 100];

describe('states of a parameter on the device', () => {
  it.each([
    ['adamw_torch', 8],
    ['paged_adamw_32bit', 0],
    ['adamw_8bit', 2],
    ['lion_32bit', 4],
    ['lion_8bit', 1],
    ['sgd', 0],
    ['rmsprop', 4],
    ['ademamix', 12],
  ] as const)('%s keeps %d bytes a weight', (name, bytes) => {
    const { states } = optimizerMemory(name, [LARGE], true);
    const absmax = name.endsWith('8bit') ? 1 + 1 / 64 : 1;
    expect(states).toBe(bytes * 1024 * 1024 * absmax);
  });

  it('pages what has 100,000 weights, and keeps what has fewer', () => {
    const { states, paged } = optimizerMemory('paged_adamw_8bit', [LARGE, SMALL], true);
    expect(paged).toBe(2 * (1024 * 1024 + 4 * 4096));
    // Less than 4,096 weights: float32, in blocks of 512 bytes.
    expect(states).toBe(2 * 3584);
  });

  it('is AdamW of PyTorch for a paged one where there is no CUDA', () => {
    expect(optimizerMemory('paged_adamw_8bit', [LARGE], false)).toEqual(optimizerMemory('adamw_torch', [LARGE], false));
  });

  it('keeps a row and a column with Adafactor', () => {
    expect(optimizerMemory('adafactor', [[1024, 2048]], true).states).toBe(4 * 1024 + 4 * 2048);
  });
});
