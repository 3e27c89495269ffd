import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatMessage } from '../../../../src/common/message';
import { parseModelConfig } from '../../../../src/core/model/config';
import { buildStructure } from '../../../../src/core/model/structure';
import type { ModelTrouble } from '../../../../src/protocol/model';
import { structureOf } from './structureReference';

/** What is wrong with a config.json: from parsing it, or from building with it; null where it serves. */
function troubleOf(text: string): ModelTrouble | null {
  const parsed = parseModelConfig(text, 'base/config.json');
  if (!parsed.ok) return parsed.error;
  const built = buildStructure(parsed.value, null);
  return built.ok ? null : built.error;
}

function words(text: string): string | null {
  const trouble = troubleOf(text);
  if (trouble === null) return null;
  expect(trouble).toMatchObject({ kind: 'badConfig', severity: 'error', file: 'base/config.json' });
  expect(trouble.remedy.text).not.toBe('');
  return formatMessage(trouble.message);
}

describe('a config.json that is none is told with its file and line:', () => {
  it.each([
    ['nothing', '', 'base/config.json ends in the middle of its JSON, in line 1.'],
    [
      'cut off',
      '{"model_type": "llama",\n"hidden_size": ',
      'base/config.json ends in the middle of its JSON, in line 2.',
    ],
    ['a page', '<!DOCTYPE html>\n<html>', 'base/config.json, line 1: not JSON at <!DOCTYPE'],
    ['a list', '[1, 2]', 'base/config.json holds no JSON object.'],
    ['a word', '"llama"', 'base/config.json holds no JSON object.'],
    ['a comment', '{\n// ours\n"model_type": "llama"}', 'base/config.json, line 2: not JSON at // ours'],
    ['a comma too many', '{"model_type": "llama",\n}', 'base/config.json, line 2: not JSON at }'],
    ['two values', '{"model_type": "llama"}\n{}', 'base/config.json, line 2: not JSON at {'],
    ['a leading zero', '{"model_type": "llama", "hidden_size": 01}', 'base/config.json, line 1: not JSON at 1'],
    ['single quotes', "{'model_type': 'llama'}", "base/config.json, line 1: not JSON at 'model_type'"],
    [
      'a doubled key',
      '{"model_type": "llama",\n"hidden_size": 64,\n"hidden_size": 128}',
      'base/config.json, line 3: "hidden_size" stands there twice.',
    ],
    [
      'a doubled key within',
      '{"model_type": "llama",\n"rope_scaling": {"type": "linear",\n"type": "yarn"}}',
      'base/config.json, line 3: "type" stands there twice.',
    ],
    ['no model_type', '{"hidden_size": 64}', /has no model_type/],
    ['an empty model_type', '{"model_type": ""}', /has no model_type/],
    ['a number for it', '{"model_type": 7}', /has no model_type/],
    ['brackets without end', '['.repeat(2_000_000), /nested too deep/],
    ['objects without end', '{"a":'.repeat(1_000_000), /nested too deep/],
    ['far too long', `{"model_type": "llama", "x": "${'x'.repeat(8_000_000)}"}`, /is longer than 8000000 characters/],
  ])('%s', (_, text, expected) => {
    if (typeof expected === 'string') expect(words(text)).toBe(expected);
    else expect(words(text)).toMatch(expected);
  });
});

function line(values: string): string {
  return `{\n"model_type": "llama",\n${values}\n}`;
}

describe('sizes that no model has are told with file, line and value:', () => {
  it.each([
    ['"hidden_size": 0', '"hidden_size" is 0, not a whole number from 1 to 2147483647.'],
    ['"hidden_size": -64', '"hidden_size" is -64, not a whole number from 1 to 2147483647.'],
    ['"hidden_size": 64.5', '"hidden_size" is 64.5, not a whole number from 1 to 2147483647.'],
    ['"hidden_size": "64"', '"hidden_size" is "64", not a whole number from 1 to 2147483647.'],
    ['"hidden_size": null', '"hidden_size" is null, not a whole number from 1 to 2147483647.'],
    ['"hidden_size": [64]', '"hidden_size" is [64], not a whole number from 1 to 2147483647.'],
    ['"hidden_size": NaN', '"hidden_size" is NaN, not a whole number from 1 to 2147483647.'],
    ['"hidden_size": 1e400', '"hidden_size" is Infinity, not a whole number from 1 to 2147483647.'],
    ['"vocab_size": 9007199254740993', '"vocab_size" is 9007199254740992, not a whole number from 1 to 2147483647.'],
    ['"num_hidden_layers": 1000000000', '"num_hidden_layers" is 1000000000, not a whole number from 1 to 4096.'],
    ['"num_attention_heads": 7', '"num_attention_heads" is 7, which doesn’t divide hidden_size (4096).'],
    ['"num_attention_heads": 5000', '"num_attention_heads" is 5000, more than hidden_size (4096).'],
    ['"hidden_act": "sluggish"', '"hidden_act" is "sluggish", which is no activation that transformers has.'],
    ['"hidden_act": "constructor"', '"hidden_act" is "constructor", which is no activation that transformers has.'],
    ['"attention_bias": "yes"', '"attention_bias" is "yes", not true or false.'],
    [
      '"rope_scaling": {"type": "spiral"}',
      '"rope_scaling" is {"type":"spiral"}, with a rope_type that transformers doesn’t have.',
    ],
  ])('%s', (values, expected) => {
    expect(words(line(values))).toBe(`base/config.json, line 3: ${expected}`);
  });

  it('under the name that the file has for it', () => {
    expect(words('{"model_type": "gpt2",\n"n_layer": 1000000000}')).toBe(
      'base/config.json, line 2: "n_layer" is 1000000000, not a whole number from 1 to 4096.',
    );
  });

  it('a product that overflows', () => {
    const values = '"hidden_size": 2147483647, "intermediate_size": 2147483647, "num_attention_heads": 1';
    expect(words(line(values))).toBe(
      'base/config.json describes a model that no machine could hold: its sizes can’t be right.',
    );
  });

  it('more modules than any model has', () => {
    const values = '"num_hidden_layers": 4096, "qk_layernorm": true, "num_attention_heads": 2560';
    expect(words(line(values).replace('llama', 'stablelm'))).toMatch(/no machine could hold/);
  });

  it('layer_types for another number of layers', () => {
    const text = '{"model_type": "gemma3_text",\n"num_hidden_layers": 3,\n"layer_types": ["full_attention"]}';
    expect(words(text)).toBe('base/config.json, line 3: "layer_types" has 1 entries for 3 layers.');
  });
});

describe('a config.json as Python writes it', () => {
  it('may hold NaN, Infinity and a byte order mark', () => {
    const text = '\u{feff}{"model_type": "llama", "a": NaN, "b": -Infinity, "c": [Infinity, 1.5e-3]}';
    const parsed = parseModelConfig(text, 'config.json');
    expect(parsed.ok && parsed.value.values).toEqual({
      model_type: 'llama',
      a: NaN,
      b: -Infinity,
      c: [Infinity, 0.0015],
    });
  });

  it('may hold keys that JavaScript has for itself', () => {
    const parsed = parseModelConfig('{"model_type": "llama", "__proto__": {"hidden_size": 8}}', 'config.json');
    expect(parsed.ok && Object.getPrototypeOf(parsed.value.values)).toBe(Object.prototype);
    expect(parsed.ok && Object.keys(parsed.value.values)).toEqual(['model_type', '__proto__']);
  });

  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), fc.nat(4), (values, indent) => {
        const text = JSON.stringify({ ...values, model_type: 'llama' }, null, indent);
        const parsed = parseModelConfig(text, 'config.json');
        expect(parsed.ok && parsed.value.values).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('dtype "auto" gives', () => {
  it.each([
    ['dtype', { dtype: 'float16', torch_dtype: 'bfloat16' }, 'float16'],
    ['torch_dtype of older files', { torch_dtype: 'bfloat16' }, 'bfloat16'],
    ['float32 where nothing says', {}, 'float32'],
  ])('%s', (_, values, expected) => {
    expect(structureOf({ model_type: 'llama', ...values }).dtype).toBe(expected);
  });
});

describe('whatever a config.json holds,', () => {
  const TYPES =
    'cohere cohere2 deepseek_v2 deepseek_v3 ernie4_5 falcon gemma gemma2 gemma3 gemma3_text glm glm4 gpt2 gpt_bigcode gpt_neox gpt_oss granite granitemoe hunyuan_v1_dense idefics3 llama llama4 llama4_text llava ministral ministral3 mistral mistral3 mixtral olmo olmo2 olmo3 olmoe opt phi phi3 phimoe qwen2 qwen2_5_vl qwen2_moe qwen2_vl qwen3 qwen3_moe qwen3_vl seed_oss smollm3 smolvlm stablelm starcoder2'.split(
      ' ',
    );
  const KEYS =
    'hidden_size intermediate_size num_hidden_layers num_attention_heads num_key_value_heads head_dim vocab_size max_position_embeddings n_embd n_layer n_head n_inner n_positions ffn_dim word_embed_proj_dim hidden_act activation_function attention_bias mlp_bias tie_word_embeddings rope_scaling rope_parameters partial_rotary_factor rotary_pct layer_types sliding_window_pattern qk_layernorm use_qk_norm new_decoder_architecture multi_query num_kv_heads quantization_config num_experts num_local_experts n_routed_experts n_shared_experts first_k_dense_replace moe_intermediate_size mlp_only_layers decoder_sparse_step moe_layers q_lora_rank kv_lora_rank qk_rope_head_dim text_config vision_config depth image_size patch_size spatial_merge_size temporal_patch_size deepstack_visual_indexes'.split(
      ' ',
    );
  const size = fc.oneof(fc.integer(), fc.constantFrom(0, 1, 2, 64, 4096, 2 ** 31 - 1, 2 ** 53, 1e300), fc.double());
  const value = fc.oneof(
    { weight: 4, arbitrary: size },
    fc.boolean(),
    fc.constant(null),
    fc.string(),
    fc.array(fc.nat(5)),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const values = fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 8 });
  const config = fc
    .record({
      model_type: fc.constantFrom(...TYPES),
      more: values,
      text_config: fc.option(values),
      vision_config: fc.option(values),
    })
    .map(({ model_type, more, text_config, vision_config }) =>
      JSON.stringify({
        model_type,
        ...more,
        ...(text_config === null ? {} : { text_config }),
        ...(vision_config === null ? {} : { vision_config }),
      }),
    );

  it('nothing throws, and what is built is bounded and could be counted', () => {
    fc.assert(
      fc.property(config, (text) => {
        const parsed = parseModelConfig(text, 'config.json');
        const built = parsed.ok ? buildStructure(parsed.value, null) : parsed;
        if (!built.ok) {
          expect(built.error.kind).toBe('badConfig');
          expect(formatMessage(built.error.message)).toContain('config.json');
          return;
        }
        expect(built.value.modules.length).toBeLessThanOrEqual(200_000);
        for (const { parameters, buffers } of built.value.modules) {
          for (const { shape } of [...parameters, ...buffers]) {
            expect(Number.isSafeInteger(shape.reduce((product, dimension) => product * dimension, 1))).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('any text is read or refused in words', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '1', 'a', '\n') })),
        (text) => {
          const parsed = parseModelConfig(text, 'config.json');
          expect(parsed.ok).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
});
