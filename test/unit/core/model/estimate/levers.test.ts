import { describe, expect, it } from 'vitest';
import { changed } from '../../../../../src/core/model/estimate/change';
import { estimateMemory, type EstimateFacts } from '../../../../../src/core/model/estimate/estimate';
import { fittingLevers } from '../../../../../src/core/model/estimate/fitting';
import { memoryLevers } from '../../../../../src/core/model/estimate/levers';
import { recipeSchema } from '../../../../../src/core/recipe/schema/recipe';
import type { MemoryLever } from '../../../../../src/protocol/model';
import { factsOf, fixture } from './measured';

/** A measured training with other values. */
function facts(name: string, changes: readonly { path: readonly string[]; value: unknown }[] = []): EstimateFacts {
  const measured = fixture.settings.find((each) => each.name === name);
  if (measured === undefined) throw new Error(`Nothing was measured as ${name}.`);
  const found = factsOf(measured);
  return { ...found, recipe: changed(found.recipe, changes) };
}

function leversOf(given: EstimateFacts): readonly MemoryLever[] {
  return memoryLevers(given, estimateMemory(given));
}

function pathsOf(levers: readonly MemoryLever[]): readonly string[] {
  return levers.flatMap(({ changes }) => changes.map(({ path }) => path.join('.')));
}

const WASTEFUL = 'llama full L512 b4 checkpointing=False dora=True';

describe('levers', () => {
  it('come with the best first, and each saves what it says', () => {
    const given = facts(WASTEFUL);
    const before = estimateMemory(given).deviceBytes;
    const levers = leversOf(given);
    expect(levers.length).toBeGreaterThan(5);
    const savings = levers.map(({ savesBytes }) => savesBytes);
    expect(savings).toEqual([...savings].sort((a, b) => b - a));
    for (const { changes, savesBytes } of levers) {
      const after = estimateMemory({ ...given, recipe: changed(given.recipe, changes) }).deviceBytes;
      expect(before - after).toBe(savesBytes);
      expect(savesBytes).toBeGreaterThan(0);
    }
  });

  it.each(fixture.settings.map(({ name }) => name))('set what the schema allows: %s', (name) => {
    const given = facts(name);
    for (const { changes } of leversOf(given))
      expect(recipeSchema.safeParse(changed(given.recipe, changes)).success, JSON.stringify(changes)).toBe(true);
  });

  it('are those of the recipe at hand', () => {
    expect(pathsOf(leversOf(facts(WASTEFUL)))).toEqual(
      expect.arrayContaining([
        'train.memory.gradient_checkpointing',
        'train.memory.per_device_train_batch_size',
        'train.memory.gradient_accumulation_steps',
        'train.data.max_length',
        'lora.use_dora',
      ]),
    );
    expect(pathsOf(leversOf(facts('phi3 full L512 b4')))[0]).toBe('model.quantization_config');
    // Of a small model with many tokens: 4 bits make norms, embeddings and activations float32, and save nothing.
    expect(pathsOf(leversOf(facts(WASTEFUL)))).not.toContain('model.quantization_config');
    const frugal = pathsOf(leversOf(facts('llama nf4 L512 b4')));
    expect(frugal).not.toContain('train.memory.gradient_checkpointing');
    expect(frugal).not.toContain('model.quantization_config');
    expect(pathsOf(leversOf(facts('llama nf4 L512 b4 loss_type=nll')))).toContain('train.training.loss_type');
    expect(pathsOf(leversOf(facts('llama nf4 L2048 b2 attention=eager')))).toContain('model.attn_implementation');
  });

  it('keep the rows of a step as many: half the batch, twice the accumulation', () => {
    const given = facts('llama nf4 L2048 b4');
    const halved = leversOf(given).find(({ changes }) => changes.length === 2);
    expect(halved?.changes.map(({ value }) => value)).toEqual([2, 2]);
  });

  it('say how many rows a shorter max_length cuts', () => {
    const given = { ...facts('llama nf4 L512 b4 packing=False'), lengths: [512, 400, 100] };
    const shorter = leversOf(given).find(({ changes }) => changes[0]?.path.at(-1) === 'max_length');
    expect(shorter?.changes[0]?.value).toBe(256);
    expect(shorter?.cost.args).toEqual([2, 3]);
  });
});

describe('the smallest set that fits', () => {
  const given = facts(WASTEFUL);
  const levers = leversOf(given);
  const { deviceBytes } = estimateMemory(given);

  it('is one change where one is enough', () => {
    const one = fittingLevers(given, levers, deviceBytes - (levers[0]?.savesBytes ?? 0));
    expect(one?.levers).toHaveLength(1);
    expect(one?.estimate.deviceBytes).toBeLessThanOrEqual(deviceBytes - (levers[0]?.savesBytes ?? 0));
  });

  it('is two where none is enough by itself', () => {
    const two = fittingLevers(given, levers, deviceBytes - (levers[0]?.savesBytes ?? 0) - 1);
    expect(two?.levers).toHaveLength(2);
  });

  it('is none where nothing helps', () => {
    expect(fittingLevers(given, levers, 1)).toBeNull();
  });
});
