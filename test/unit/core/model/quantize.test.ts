import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { linearFates } from '../../../../src/core/model/quantize';
import type { FullRecipe } from '../../../../src/core/recipe/schema/recipe';
import type { LinearFate, ModelStructure } from '../../../../src/protocol/model';
import { structureOf } from './structureReference';

const NF4: FullRecipe['model']['quantization_config'] = {
  load_in_4bit: true,
  load_in_8bit: false,
  bnb_4bit_quant_type: 'nf4',
  bnb_4bit_use_double_quant: true,
  bnb_4bit_compute_dtype: 'auto',
};
const SMALL = { hidden_size: 64, num_attention_heads: 4, num_hidden_layers: 1, intermediate_size: 96 };

interface Reference {
  readonly config: Record<string, unknown>;
  readonly fates: readonly [name: string, fate: string][];
}

const file = fileURLToPath(new URL('../../../fixtures/structure/skips.json.gz', import.meta.url));
// SAFETY: tools/parity/structure_skips_reference.py writes this shape.
const references = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Record<string, Reference>;

function kinds(structure: ModelStructure, quantization: typeof NF4): [string, string][] {
  return Array.from(linearFates(structure, quantization), ([name, { kind }]) => [name, kind]);
}

function fate(structure: ModelStructure, name: string): LinearFate | undefined {
  return linearFates(structure, NF4).get(name);
}

describe('a checkpoint that is quantised keeps to its own quantization_config, whatever the recipe says:', () => {
  it.each(Object.entries(references))('%s', (_, { config, fates }) => {
    const structure = structureOf(config);
    expect(structure.quantMethod).toBe('bitsandbytes');
    expect(kinds(structure, null)).toEqual(fates);
    expect(kinds(structure, NF4)).toEqual(fates);
  });
});

describe('what stays as it is says why:', () => {
  it('the output embeddings', () => {
    expect(fate(structureOf({ model_type: 'llama', ...SMALL }), 'lm_head')).toEqual({
      kind: 'kept',
      why: 'outputEmbeddings',
    });
  });

  it('weights that are one with others', () => {
    const tied = {
      ...structureOf({ model_type: 'llama', ...SMALL, tie_word_embeddings: true }),
      outputEmbeddings: null,
    };
    expect(fate(tied, 'lm_head')).toEqual({ kind: 'kept', why: 'tied' });
  });

  it('what is kept in float32', () => {
    const structure = { ...structureOf({ model_type: 'llama', ...SMALL }), keepInFp32: ['down_proj'] };
    expect(fate(structure, 'model.layers.0.mlp.down_proj')).toEqual({ kind: 'kept', why: 'keepInFp32' });
    expect(fate(structure, 'model.layers.0.mlp.up_proj')).toEqual({ kind: 'Linear4bit' });
  });

  it('what the checkpoint skips', () => {
    const quantization_config = { load_in_8bit: true, llm_int8_skip_modules: ['mlp'] };
    const structure = structureOf({ model_type: 'llama', ...SMALL, quantization_config });
    // No name starts or ends with it.
    expect(fate(structure, 'model.layers.0.mlp.up_proj')).toEqual({ kind: 'Linear8bitLt' });
    const whole = structureOf({
      model_type: 'llama',
      ...SMALL,
      quantization_config: { ...quantization_config, llm_int8_skip_modules: ['model.layers.0.mlp'] },
    });
    expect(fate(whole, 'model.layers.0.mlp.up_proj')).toEqual({ kind: 'kept', why: 'skipped' });
  });

  it('classes made of nn.Linear', () => {
    const structure = structureOf({
      model_type: 'falcon',
      hidden_size: 64,
      num_attention_heads: 4,
      num_hidden_layers: 1,
    });
    expect(fate(structure, 'transformer.h.0.mlp.dense_h_to_4h')).toEqual({ kind: 'kept', why: 'notLinear' });
  });

  it.each([
    ['no quantization_config', null],
    ['one that quantises nothing', { ...NF4, load_in_4bit: false }],
  ])('%s', (_, quantization) => {
    const fates = [...linearFates(structureOf({ model_type: 'gpt2', n_layer: 1 }), quantization).values()];
    expect(fates).toHaveLength(5);
    expect(new Set(fates.map((one) => (one.kind === 'kept' ? one.why : one.kind)))).toEqual(new Set(['notQuantized']));
  });

  it('weights that another method has quantised', () => {
    const quantization_config = { quant_method: 'gptq', bits: 4 };
    const structure = structureOf({ model_type: 'llama', ...SMALL, quantization_config });
    expect(structure).toMatchObject({ quantMethod: 'gptq', prequantized: null });
    expect(fate(structure, 'model.layers.0.mlp.up_proj')).toEqual({ kind: 'kept', why: 'notQuantized' });
  });
});

describe('a hostile llm_int8_skip_modules', () => {
  it.each(['(x+x+)+y', '('.repeat(5000), '*', '**', '[', '.*.*.*.*.*.*.*.*.*.*.*.*=', 'model.layers.**'])(
    '%s',
    (pattern) => {
      const quantization_config = { load_in_4bit: true, llm_int8_skip_modules: [pattern, 7, null] };
      const structure = structureOf({ model_type: 'llama', ...SMALL, num_hidden_layers: 200, quantization_config });
      const fates = [...linearFates(structure, null).values()];
      expect(fates).toHaveLength(200 * 7 + 1);
      expect(fates.every(({ kind }) => kind === 'Linear4bit')).toBe(true);
    },
  );
});

describe("the chapter's model", () => {
  it('has 128 layers in 4 bits and a head that stays', () => {
    const structure = structureOf({ model_type: 'phi3' });
    const fates = [...linearFates(structure, NF4)];
    expect(fates.filter(([, { kind }]) => kind === 'Linear4bit')).toHaveLength(128);
    expect(fates.filter(([, { kind }]) => kind === 'kept')).toEqual([
      ['lm_head', { kind: 'kept', why: 'outputEmbeddings' }],
    ]);
  });
});
