import { describe, expect, test } from 'vitest';
import { judgeLora } from '../../../../../src/core/model/lora/plan';
import { loraReference, type ReferenceSection, structureOf } from './reference';

// What can't be judged may be anything; there must be little of it.
let [judged, unjudged] = [0, 0];

describe.each(loraReference.models.map((model) => [model.name, model] as const))('PEFT on %s', (_, model) => {
  const structure = structureOf(model);
  test.each(model.sections.map((section) => [JSON.stringify(written(section)), section] as const))(
    '%s',
    (_text, section) => {
      const outcome = judgeLora(structure, section.lora);
      if (outcome.kind === 'unjudged') {
        unjudged++;
        return;
      }
      judged++;
      if (outcome.kind === 'refused') {
        expect(outcome.refusal.kind).toBe(section.error);
        return;
      }
      const { plan } = outcome;
      expect(section.error).toBeUndefined();
      expect(plan.targets.map(({ name, r, alpha }) => [name, r, alpha]).sort(byName)).toEqual(section.targets);
      expect([plan.trainable, plan.total, plan.adapterBytes]).toEqual([
        section.trainable,
        section.total,
        section.bytes,
      ]);
    },
  );
});

test('nearly everything is judged', () => {
  expect(unjudged / judged).toBeLessThan(0.05);
});

function byName([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : 1;
}

function written({ lora }: ReferenceSection): object {
  const usual = { task_type: 'CAUSAL_LM', lora_alpha: 16, r: 8, bias: 'none', init_lora_weights: true };
  return Object.fromEntries(
    Object.entries(lora).filter(
      ([key, value]) =>
        value !== null &&
        value !== false &&
        JSON.stringify(value) !== '{}' &&
        Object.entries(usual).every(([k, v]) => k !== key || v !== value),
    ),
  );
}
