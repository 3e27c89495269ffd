// What the editor foresees of a model against what a real trainer has loaded: test/fixtures/parity/loaded.json.gz.
import { describe, expect, test } from 'vitest';
import { compareStructure } from '../../../../src/core/model/compareStructure';
import { type ExpectedModule, expectedModules, weightDtype } from '../../../../src/core/model/expectedModules';
import { planLora } from '../../../../src/core/model/lora/plan';
import { linearFates } from '../../../../src/core/model/quantize';
import type { EventOf } from '../../../../src/protocol/trainer';
import { type LoadedCase, loadedCases, sampleStructure } from '../../loadedSample';

const structure = await sampleStructure();
const cases = loadedCases();

function told({ events }: LoadedCase): readonly EventOf<'structure'>[] {
  return events.filter((event) => event.type === 'structure');
}

function expected({ recipe }: LoadedCase, step: EventOf<'structure'>['step']): readonly ExpectedModule[] {
  const fates = linearFates(structure, recipe.model.quantization_config);
  const facts = { structure, recipe, device: 'cpu' } as const;
  const plan = planLora(structure, recipe.lora, { fates, dtype: weightDtype(facts) });
  return expectedModules({ ...facts, fates, plan, step });
}

describe('the sample’s model', () => {
  test.each(cases.flatMap((one) => told(one).map((event) => [one.name, event.step, one, event] as const)))(
    '%s, %s: exactly as the trainer loads it',
    (_name, step, one, event) => {
      expect(event.modules.length).toBeGreaterThan(70);
      expect(compareStructure(expected(one, step), event.modules)).toEqual([]);
    },
  );
});

describe('a difference is found', () => {
  const [one] = cases;
  if (one === undefined) throw new Error('no cases');
  const event = told(one).find(({ step }) => step === 'lora');
  if (event === undefined) throw new Error('no structure after the lora step');
  const NAME = 'model.layers.3.self_attn.qkv_proj';
  const loaded = (change: Partial<(typeof event.modules)[number]>): typeof event.modules =>
    event.modules.map((module) => (module.name === NAME ? { ...module, ...change } : module));

  test.each([
    ['class', { type: 'Linear' }, 'Linear4bit', 'Linear'],
    ['shape', { shape: [768, 128] }, '768×256', '768×128'],
    ['dtype', { dtype: 'float16' }, 'uint8', 'float16'],
    ['parameters', { parameters: 1 }, '196608', '1'],
    ['target', { target: false }, 'LoRA', 'no LoRA'],
  ] as const)('%s', (kind, change, then, now) => {
    expect(
      compareStructure(
        expected(one, 'lora'),
        loaded({ ...change, shape: 'shape' in change ? [...change.shape] : [768, 256] }),
      ),
    ).toEqual([{ kind, name: NAME, expected: then, loaded: now }]);
  });

  test('missing and extra', () => {
    expect(compareStructure(expected(one, 'lora'), loaded({ name: 'model.other' }))).toEqual([
      { kind: 'missing', name: NAME, expected: 'Linear4bit', loaded: null },
      { kind: 'extra', name: 'model.other', expected: null, loaded: 'Linear4bit' },
    ]);
  });

  test('order', () => {
    const [first, second, ...rest] = event.modules;
    if (first === undefined || second === undefined) throw new Error('no modules');
    expect(compareStructure(expected(one, 'lora'), [second, first, ...rest])).toEqual([
      { kind: 'order', name: first.name, expected: first.name, loaded: second.name },
    ]);
  });
});
