// The rows of the tree "Layers", of the sample's real model and recipe.
import { describe, expect, test } from 'vitest';
import { formatMessage } from '../../src/common/message';
import { amountsIn } from '../../src/core/model/amounts';
import { differenceGroups, differenceWords } from '../../src/features/model/differences';
import { factsOf } from '../../src/features/model/layerFacts';
import { layerTree, type LayerNode, type LayersView } from '../../src/features/model/layerTree';
import { fateWords, labelOf, shapeText } from '../../src/features/model/layerWords';
import { lookAt, type ModelLook } from '../../src/features/model/look';
import { sampleRecipe, sampleStructure } from './loadedSample';

const structure = await sampleStructure();
const NF4 = { quantization_config: { load_in_4bit: true } };

function look(parts: Parameters<typeof sampleRecipe>[0]): ModelLook {
  const source = { kind: 'folder', place: '/base', durationMs: 1 } as const;
  const machine = { device: 'cpu', bf16: false, gpu: null } as const;
  return lookAt({ structure, source, recipe: sampleRecipe(parts), machine, run: null });
}

/** "label ticked/tickable", indented; rows of single blocks are left out. */
function outline(nodes: readonly LayerNode[], indent = ''): readonly string[] {
  return nodes.flatMap((node) => {
    const { ticked, tickable } = factsOf(node.modules);
    const ticks = tickable === 0 ? '' : ` ${ticked}/${tickable}`;
    const below = node.kind === 'alike' ? [] : outline(node.children, `${indent}  `);
    return [`${indent}${formatMessage(labelOf(node))}${ticks}`, ...below];
  });
}

const tree = (parts: Parameters<typeof sampleRecipe>[0], view: LayersView): readonly LayerNode[] =>
  layerTree(look(parts).layers, view);

const layer = (model: object, name: string) => {
  const found = look({ model, lora: { target_modules: ['o_proj'], modules_to_save: ['lm_head'] } }).layers.find(
    (module) => module.name === name,
  );
  if (found === undefined) throw new Error(name);
  return found;
};

describe('by kind', () => {
  test('layers stand together by what they are for and by their names', () => {
    expect(outline(tree({ model: NF4, lora: { target_modules: ['o_proj', 'qkv_proj'] } }, 'byKind'))).toEqual([
      'All linear layers 12/24',
      '  Attention 12/12',
      '    o_proj 6/6',
      '    qkv_proj 6/6',
      '  MLP 0/12',
      '    gate_up_proj 0/6',
      '    down_proj 0/6',
      'Embeddings',
      'Norms',
      '  input_layernorm',
      '  post_attention_layernorm',
      '  norm',
      'Output head 0/1',
    ]);
  });

  test('layers of single blocks are ticked by themselves', () => {
    const lora = { target_modules: ['qkv_proj'], layers_to_transform: [0, 5] };
    const [all] = tree({ lora }, 'byKind');
    const qkv = all?.children[0]?.children.find((node) => formatMessage(labelOf(node)) === 'qkv_proj');
    expect(outline(qkv?.children ?? [])).toEqual([
      'Block 0 1/1',
      'Block 1 0/1',
      'Block 2 0/1',
      'Block 3 0/1',
      'Block 4 0/1',
      'Block 5 1/1',
    ]);
  });

  test('all parameters of the model are counted once', () => {
    const counts = tree({}, 'byKind').map(({ modules }) => factsOf(modules).parameters);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5_844_224);
  });
});

describe('by block', () => {
  test('blocks stand between the embeddings and the head, with attention and MLP in each', () => {
    const rows = outline(tree({ lora: { target_modules: 'all-linear' } }, 'byBlock'));
    expect(rows.slice(0, 10)).toEqual([
      'embed_tokens',
      'Block 0 4/4',
      '  Attention 2/2',
      '    self_attn.o_proj 1/1',
      '    self_attn.qkv_proj 1/1',
      '  MLP 2/2',
      '    mlp.gate_up_proj 1/1',
      '    mlp.down_proj 1/1',
      '  input_layernorm',
      '  post_attention_layernorm',
    ]);
    expect(rows.slice(-2)).toEqual(['norm', 'lm_head 0/1']);
  });

  test('ids are the same for every recipe, and no two are', () => {
    const ids = (nodes: readonly LayerNode[]): string[] => nodes.flatMap((node) => [node.id, ...ids(node.children)]);
    for (const view of ['byKind', 'byBlock'] as const) {
      const before = ids(tree({ lora: { target_modules: ['o_proj'] } }, view));
      expect(new Set(before).size).toBe(before.length);
      expect(ids(tree({ lora: { target_modules: 'all-linear', layers_to_transform: null } }, view))).toEqual(before);
    }
  });
});

describe('a layer', () => {
  const DOWN = 'model.layers.0.mlp.down_proj';

  test('tells in → out, what becomes of it and why', () => {
    const down = layer(NF4, DOWN);
    expect(shapeText(down)).toBe('704→256');
    expect(down).toMatchObject({ type: 'Linear4bit', dtype: 'uint8', parameters: 180_224, role: 'frozen' });
    expect(fateWords(down.fate, down.dtype)?.text).toMatch(/4 bits/);
    const plain = layer({}, DOWN);
    expect(plain).toMatchObject({ type: 'Linear', dtype: 'float32' });
    expect(fateWords(plain.fate, plain.dtype)?.text).toMatch(/quantises nothing/);
    const head = layer(NF4, 'lm_head');
    expect(head).toMatchObject({ type: 'Linear', role: 'saved', group: 'head' });
    expect(fateWords(head.fate, head.dtype)?.text).toMatch(/output layer/);
  });

  test('tells its adapter', () => {
    const { adapter, role } = layer(NF4, 'model.layers.0.self_attn.o_proj');
    expect(role).toBe('lora');
    expect(adapter).toMatchObject({ r: 8, inFeatures: 256, outFeatures: 256, parameters: 4096 });
  });
});

test('the same difference in every block is told once', () => {
  const differences = [0, 1, 2].map((block) => {
    const name = `model.layers.${block}.mlp.down_proj`;
    return { kind: 'class', name, expected: 'Linear4bit', loaded: 'Linear' } as const;
  });
  const groups = differenceGroups([
    ...differences,
    { kind: 'missing', name: 'lm_head', expected: 'Linear', loaded: null },
  ]);
  expect(groups.map((group) => formatMessage(differenceWords(group)))).toEqual([
    'model.layers.*.mlp.down_proj (3): loaded as Linear, foreseen as Linear4bit',
    'lm_head: foreseen as Linear, but not loaded',
  ]);
});

test('numbers are told in the language of the editor', () => {
  const english = amountsIn('en');
  expect([12, 1500, 50_365_768, 2_206_341_312, 22_100_000_000].map((bytes) => english.bytes(bytes))).toEqual([
    '12 B',
    '1.5 kB',
    '50.4 MB',
    '2.21 GB',
    '22.1 GB',
  ]);
  expect(english.count(12_582_912)).toBe('12,582,912');
  expect(english.compact(3_821_079_552)).toBe('3.82B');
  expect(amountsIn('zh-cn').compact(3_821_079_552)).toBe('38.2亿');
  expect([0.0032822, 0, 1e-7].map((share) => english.percent(share))).toEqual(['0.33%', '0%', '< 0.01%']);
});
