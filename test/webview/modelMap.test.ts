import { describe, expect, test } from 'vitest';
import type { ModelStructure } from '../../src/protocol/model';
import { lanesInBlock, partsDrawn } from '../../webview/model/map/drawn';
import { mapOf, type Stack, type Tower } from '../../webview/model/map/modelMap';
import { extentOf, Scale, scaleFor } from '../../webview/model/scale';
import * as models from './fixtures/models';

function stackOf({ stages }: Tower): Stack {
  for (const stage of stages) if (stage.kind === 'stack') return stage.stack;
  throw new Error('no stack');
}

function textTower(structure: ModelStructure): Tower {
  return mapOf(structure).towers.find(({ part }) => part === 'text')!;
}

/** Labels of each step of each lane of the first block. */
function lanes(structure: ModelStructure): string[][][] {
  const [kind] = stackOf(textTower(structure)).kinds;
  return kind!.lanes.map(({ steps }) => steps.map((step) => step.map(({ label }) => label)));
}

/** Parameters of a structure, counted without the map: shared ones once. */
function parametersOf({ modules }: ModelStructure): number {
  return modules
    .flatMap(({ parameters }) => parameters)
    .filter(({ tiedTo }) => tiedTo === null)
    .reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1), 0);
}

describe('the map of a model', () => {
  test('a block has what comes first at the left, whatever the order of its modules', () => {
    expect(lanes(models.phi3Mini)).toEqual([
      [['input_layernorm'], ['qkv_proj'], ['rotary_emb'], ['o_proj']],
      [['post_attention_layernorm'], ['gate_up_proj'], ['activation_fn'], ['down_proj']],
    ]);
  });

  test('norms after a lane stand after it, where a family has them', () => {
    expect(lanes(models.vision)).toEqual([
      [
        ['input_layernorm'],
        ['q_proj', 'k_proj', 'v_proj'],
        ['q_norm', 'k_norm'],
        ['rotary_emb'],
        ['o_proj'],
        ['post_attention_layernorm'],
      ],
      [
        ['pre_feedforward_layernorm'],
        ['gate_proj', 'up_proj'],
        ['act_fn'],
        ['down_proj'],
        ['post_feedforward_layernorm'],
      ],
    ]);
  });

  test('OLMo 2 has norms after its lanes only', () => {
    const renamed = models.vision.modules
      .filter(({ name }) => !/(input|pre_feedforward)_layernorm$/.test(name))
      .map((module) => module);
    expect(lanes({ ...models.vision, modules: renamed }).map((lane) => lane.at(-1))).toEqual([
      ['post_attention_layernorm'],
      ['post_feedforward_layernorm'],
    ]);
  });

  test.each([
    ['phi3', models.phi3Mini],
    ['tiny', models.tiny],
    ['moe', models.moe],
    ['vision', models.vision],
  ] as const)('nothing is lost and nothing counted twice: %s', (_, structure) => {
    const counted = mapOf(structure).towers.reduce((sum, { parameters }) => sum + parameters, 0);
    expect(counted).toBe(parametersOf(structure));
  });

  test('blocks that differ are told apart', () => {
    const stack = stackOf(textTower(models.moe));
    expect(stack.kinds.map(({ blocks }) => blocks)).toEqual([
      [0, 1],
      [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    ]);
    const [dense, mixture] = stack.kinds.map(({ lanes: own }) => own.find(({ kind }) => kind === 'mlp')!);
    expect(dense!.isMixture).toBe(false);
    expect(mixture!.isMixture).toBe(true);
  });

  test('fused experts are matrices from and to the model’s width, as many as there are experts', () => {
    const [, mixture] = stackOf(textTower(models.moe)).kinds;
    const parts = mixture!.lanes.flatMap(({ steps }) => steps.flat());
    const sides = Object.fromEntries(parts.map(({ label, sides: own }) => [label, own]));
    expect(sides['gate_up_proj']).toEqual({ inFeatures: 2048, outFeatures: 1536, copies: 128 });
    expect(sides['down_proj']).toEqual({ inFeatures: 768, outFeatures: 2048, copies: 128 });
    // torch keeps out × in
    expect(sides['q_proj']).toEqual({ inFeatures: 2048, outFeatures: 4096, copies: 1 });
    expect(sides['gate']).toEqual({ inFeatures: 2048, outFeatures: 128, copies: 1 });
  });

  test('experts that are kept in × out are read the same way', () => {
    const modules = models.moe.modules.map((module) => ({
      ...module,
      parameters: module.parameters.map((parameter) =>
        parameter.name === 'gate_up_proj' ? { ...parameter, shape: [128, 2048, 1536] } : parameter,
      ),
    }));
    const [, mixture] = stackOf(textTower({ ...models.moe, modules })).kinds;
    const experts = mixture!.lanes.flatMap(({ steps }) => steps.flat()).find(({ label }) => label === 'gate_up_proj');
    expect(experts!.sides).toEqual({ inFeatures: 2048, outFeatures: 1536, copies: 128 });
  });

  test('what sees stands before what reads, with the projector between them', () => {
    const { towers } = mapOf(models.vision);
    expect(towers.map(({ part }) => part)).toEqual(['vision', 'projector', 'text']);
    expect(stackOf(towers[0]!).blocks).toHaveLength(8);
    const tied = partsDrawn({ towers }, () => 0).find(({ role }) => role === 'head');
    expect(tied).toMatchObject({ parameters: 0, tiedTo: 'model.language_model.embed_tokens.weight' });
  });

  test('another block has the names of that block', () => {
    const [kind] = stackOf(textTower(models.phi3Mini)).kinds;
    const names = lanesInBlock(kind!, 17).flatMap(({ steps }) => steps.flat().map(({ name }) => name));
    expect(names).toEqual([
      'model.layers.17.input_layernorm',
      'model.layers.17.self_attn.qkv_proj',
      'model.rotary_emb',
      'model.layers.17.self_attn.o_proj',
      'model.layers.17.post_attention_layernorm',
      'model.layers.17.mlp.gate_up_proj',
      'model.layers.17.mlp.activation_fn',
      'model.layers.17.mlp.down_proj',
    ]);
  });
});

describe('the scale', () => {
  test('sides keep their proportions, and what is cut is said to be cut', () => {
    const scale = new Scale(16_384, 256);
    expect(scale.width(16_384)).toEqual({ px: 256, broken: false });
    expect(scale.height(3072)).toEqual({ px: 48, broken: false });
    expect(scale.width(9216).px / scale.width(3072).px).toBe(3);
    expect(scale.width(32_064).broken).toBe(true);
    expect(scale.width(32_064).px).toBeLessThan(256);
  });

  test('LoRA’s strips are true to r where they can be seen', () => {
    const tiny = new Scale(1024, 256);
    expect(tiny.rank(64)).toBe(16);
    expect(tiny.rank(32)).toBe(8);
    expect(tiny.isThickened(8)).toBe(false);
    const large = new Scale(16_384, 256);
    expect(large.rank(8)).toBe(2);
    expect(large.isThickened(8)).toBe(true);
    expect(large.rank(256)).toBe(4);
  });

  test('a narrow panel makes it smaller, down to what can be seen', () => {
    const extent = extentOf(mapOf(models.phi3Mini));
    expect(extent).toEqual({ longest: 16_384, widestStep: 16_384 });
    const px = [300, 700, 900, 2000].map((width) => scaleFor(extent, width).width(16_384).px);
    expect(px).toEqual(px.toSorted((a, b) => a - b));
    expect(px[0]).toBeLessThanOrEqual(150);
    expect(px[3]).toBe(340);
  });

  test('the yardstick is a round number of features, as long as it says', () => {
    for (const longest of [512, 8192, 28_672]) {
      const scale = new Scale(longest, 300);
      const { features, px } = scale.yardstick;
      expect(Math.log2(features) % 1).toBe(0);
      expect(px).toBe(Math.round((features / longest) * 300));
    }
  });
});
