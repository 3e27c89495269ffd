import { assert, boolean, constantFrom, integer, pre, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loraGroups, usualNames } from '../../../../../src/core/model/lora/groups';
import { judgeLora } from '../../../../../src/core/model/lora/plan';
import { tickables } from '../../../../../src/core/model/lora/reach';
import { ticksOf, tickStateOf, valuesFor, withTicks, withValues } from '../../../../../src/core/model/lora/ticks';
import { recipeSchema } from '../../../../../src/core/recipe/schema/recipe';
import type { LoraSection } from '../../../../../src/core/model/lora/loraConfig';
import { loraReference, structureOf } from './reference';

const models = new Map(loraReference.models.map((reference) => [reference.name, structureOf(reference)]));

function model(name: string) {
  const structure = models.get(name);
  if (structure === undefined) throw new Error(name);
  return structure;
}

function section(values: Partial<LoraSection>): LoraSection {
  return { ...recipeSchema.shape.lora.parse({}), ...values };
}

function members(name: string, group: string, lora = section({})): readonly string[] {
  return loraGroups(model(name), lora).find(({ id }) => id === group)?.members ?? [];
}

const LLAMA = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'];
const ATTENTION = LLAMA.slice(0, 4);

function tick(name: string, lora: LoraSection, names: readonly string[], ticked = true) {
  return withTicks(model(name), lora, { names, ticked });
}

describe('groups', () => {
  test.each([
    ['llama', ATTENTION, LLAMA.slice(4)],
    ['phi3-mini', ['o_proj', 'qkv_proj'], ['gate_up_proj', 'down_proj']],
    ['gpt2', ['c_attn', 'c_proj'], ['c_fc', 'c_proj']],
    ['opt', ['k_proj', 'v_proj', 'q_proj', 'out_proj'], ['fc1', 'fc2']],
    ['gemma3', ['q_proj', 'k_proj', 'v_proj', 'o_proj'], LLAMA.slice(4)],
  ])('attention and MLP of %s', (name, attention, mlp) => {
    const leaves = (id: string) => [...new Set(members(name, id).map((layer) => layer.split('.').at(-1)))].sort();
    expect(leaves('attention')).toEqual(attention.toSorted());
    expect(leaves('mlp')).toEqual(mlp.toSorted());
    expect(members(name, 'attention').join()).not.toContain('vision');
  });

  test('experts are a group of parameters, routers are in none', () => {
    expect(members('gpt_oss', 'experts')[0]).toBe('model.layers.0.mlp.experts.gate_up_proj');
    expect(members('gpt_oss', 'mlp')).toEqual([]);
    expect(members('qwen2_moe', 'mlp').join()).not.toContain('gate,');
    expect(usualNames(model('qwen2_moe'), section({}))).toEqual(LLAMA);
  });

  test('a vision tower is a group of its own, and no part of all-linear', () => {
    expect(members('qwen2_vl', 'vision').every((name) => name.startsWith('model.visual.'))).toBe(true);
    expect(members('qwen2_vl', 'allLinear').join()).not.toContain('visual');
  });
});

describe('a person would write', () => {
  const all = section({ target_modules: 'all-linear' });
  const attention = section({ target_modules: ATTENTION });

  test('names for a group', () => {
    expect(tick('llama', section({}), members('llama', 'attention'))).toEqual({ target_modules: ATTENTION });
  });
  test('all-linear when the last is ticked, and the names again when it is unticked', () => {
    expect(tick('llama', attention, members('llama', 'mlp'))).toEqual({ target_modules: 'all-linear' });
    expect(tick('llama', all, members('llama', 'mlp'), false)).toEqual({ target_modules: ATTENTION });
  });
  test('all-linear without the vision tower', () => {
    expect(tick('gemma3', section({}), members('gemma3', 'allLinear'))).toEqual({
      target_modules: 'all-linear',
      exclude_modules: String.raw`model\.vision_tower\..*`,
    });
  });
  test('layers_to_transform when a block is left out, and nothing of it when the block is back', () => {
    const without = tick('llama', attention, ['model.layers.1'], false);
    expect(without).toEqual({ layers_to_transform: [0, 2] });
    expect(
      withTicks(model('llama'), withValues(attention, without), { names: ['model.layers.1.self_attn'], ticked: true }),
    ).toEqual({
      layers_to_transform: null,
    });
  });
  test('exclude_modules for a single layer', () => {
    expect(tick('llama', attention, ['model.layers.1.self_attn.q_proj'], false)).toEqual({
      exclude_modules: ['layers.1.self_attn.q_proj'],
    });
    expect(tick('llama', all, ['model.layers.1.self_attn.q_proj'], false)).toEqual({
      exclude_modules: ['layers.1.self_attn.q_proj'],
    });
  });
  test('a few single layers by name', () => {
    const one = section(
      withTicks(model('llama'), section({}), { names: ['model.layers.0.mlp.up_proj'], ticked: true }) as object,
    );
    expect(one.target_modules).toEqual(['up_proj']);
    expect(one.layers_to_transform).toEqual([0]);
    expect(tick('llama', one, ['model.layers.2.self_attn.q_proj'])).toEqual({
      target_modules: ['layers.0.mlp.up_proj', 'layers.2.self_attn.q_proj'],
      layers_to_transform: null,
    });
  });
  test('a pattern where nothing simpler says it', () => {
    const names = members('phi3-mini', 'name:o_proj')
      .slice(0, 13)
      .concat(members('phi3-mini', 'name:qkv_proj').slice(13, 32));
    expect(valuesFor(model('phi3-mini'), section({}), new Set(names))).toEqual({
      target_modules: String.raw`model\.layers\.(?:[0-9]|1[0-2])\.self_attn\.o_proj|model\.layers\.(?:1[3-9]|2[0-9]|3[0-1])\.self_attn\.qkv_proj`,
    });
  });
  test('target_parameters for fused experts, which dropout does not go with', () => {
    expect(tick('gpt_oss', attention, members('gpt_oss', 'experts'))).toEqual({
      target_parameters: ['experts.gate_up_proj', 'experts.down_proj'],
      lora_dropout: 0,
    });
  });
  test('nothing when nothing is ticked', () => {
    expect(tick('llama', section({ target_modules: ATTENTION, layers_to_transform: [1] }), ['model'], false)).toEqual({
      target_modules: null,
      layers_to_transform: null,
    });
  });
  test('names of former experts stay', () => {
    const lora = section({ target_modules: ['q_proj', 'gate_proj', 'up_proj', 'down_proj'], lora_dropout: 0 });
    expect(tick('qwen3_moe', lora, members('qwen3_moe', 'name:k_proj'))).toEqual({
      target_modules: ['q_proj', 'gate_proj', 'up_proj', 'down_proj', 'k_proj'],
    });
  });
});

test('the states of groups and containers follow the section', () => {
  const ticks = ticksOf(model('llama'), section({ target_modules: ['q_proj'], layers_to_transform: [1] }));
  expect(tickStateOf(ticks, 'model.layers.1')).toBe('some');
  expect(tickStateOf(ticks, 'model.layers.0')).toBe('none');
  expect(tickStateOf(ticks, 'model.layers.1.self_attn.q_proj')).toBe('all');
  expect(tickStateOf(ticks, 'model.norm')).toBeNull();
  expect(ticks.groups.find(({ group }) => group.id === 'name:q_proj')?.state).toBe('some');
});

describe.each([...models].filter(([name]) => name !== 'phi3-mini'))('chance on %s', (_, structure) => {
  const sections = loraReference.models.find(({ modelType }) => modelType === structure.modelType)?.sections ?? [];
  const lora = constantFrom(section({}), ...sections.map((reference) => reference.lora));

  test('each set of layers can be said, and says exactly them', () => {
    assert(
      property(lora, integer(), constantFrom(0.02, 0.3, 0.9), (written, seed, share) => {
        const random = mulberry(seed);
        const wanted = new Set(
          tickables(structure, written)
            .map(({ name }) => name)
            .filter(() => random() < share),
        );
        const values = valuesFor(structure, written, wanted);
        // a pattern of rank_pattern that is none, a copy in a copy: nothing that ticks could mend
        const after = { ...withValues(written, values), rank_pattern: {}, alpha_pattern: {}, modules_to_save: null };
        const outcome = judgeLora(structure, written.modules_to_save === null ? after : withValues(written, values));
        pre(outcome.kind === 'plan' || wanted.size === 0);
        const targets = outcome.kind === 'plan' ? outcome.plan.targets : [];
        // target_parameters may name the weight of a layer
        const names = targets.map(({ name }) => (wanted.has(name) ? name : name.replace(/\.weight$/, '')));
        expect(new Set(names)).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
  });

  test('a tick says what was there and what was ticked, twice the same; unticked again it is as before', () => {
    const groups = loraGroups(structure, section({}));
    const names = constantFrom(
      ...groups.map(({ members: layers }) => layers),
      ...structure.modules.map(({ name }) => [name]),
    );
    assert(
      property(lora, names, boolean(), (written, changed, ticked) => {
        const before = ticksOf(structure, written).ticked;
        const after = withValues(written, withTicks(structure, written, { names: changed, ticked }));
        const ticks = ticksOf(structure, after);
        const isChanged = (name: string) => changed.some((outer) => name === outer || name.startsWith(`${outer}.`));
        for (const name of ticks.tickable)
          expect([name, ticks.ticked.has(name)]).toEqual([name, isChanged(name) ? ticked : before.has(name)]);
        expect(withTicks(structure, after, { names: changed, ticked })).toEqual({});
      }),
      { numRuns: 60 },
    );
  });
});

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
