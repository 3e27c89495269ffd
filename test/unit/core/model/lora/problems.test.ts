import { describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../../src/common/message';
import type { ModelStructure } from '../../../../../src/protocol/model';
import { checkRecipe } from '../../../../../src/core/recipe/check';
import { applyEdits, setRecipeValue } from '../../../../../src/core/recipe/edit';
import { parseRecipe } from '../../../../../src/core/recipe/parse';
import type { RecipeProblem } from '../../../../../src/core/recipe/problem';
import { loraReference, structureOf } from './reference';

const models = new Map(loraReference.models.map((reference) => [reference.name, structureOf(reference)]));
const BASE =
  'model:\n  model_name_or_path: owner/name\nlora:\n  r: 8\ndata:\n  path: d.jsonl\ngenerate:\n  prompts: [Hello]\n';
const NF4 = { quantization_config: { load_in_4bit: true } };

type Values = Readonly<Record<string, unknown>>;

function text(lora: Values, model: Values = {}): string {
  const entries = [
    ...Object.entries(lora).map(([key, value]) => [['lora', key], value] as const),
    ...Object.entries(model).map(([key, value]) => [['model', key], value] as const),
  ];
  return entries.reduce((written, [path, value]) => applyEdits(written, [setRecipeValue(written, path, value)!]), BASE);
}

function problems(written: string, structure: ModelStructure): readonly RecipeProblem[] {
  const parsed = parseRecipe(written, { file: 'test.tune.yaml' });
  if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => formatMessage(message)).join('\n'));
  return checkRecipe(parsed.value, { structure });
}

interface Case {
  readonly what: string;
  readonly on: string;
  readonly lora: Values;
  readonly model?: Values;
  readonly at: string;
  readonly severity: RecipeProblem['severity'];
  readonly says: RegExp;
  /** lora section's line after the first fix; null where there is none. */
  readonly fixed: RegExp | null;
}

const CASES: readonly Case[] = [
  {
    what: 'nothing named',
    on: 'phi3-mini',
    lora: {},
    at: 'lora.target_modules',
    severity: 'error',
    says: /missing/,
    fixed: /target_modules: \[o_proj, qkv_proj, gate_up_proj, down_proj\]/,
  },
  {
    what: 'empty target_parameters',
    on: 'llama',
    lora: { target_parameters: [] },
    at: 'lora.target_modules',
    severity: 'error',
    says: /missing/,
    fixed: /target_modules: \[q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj\]/,
  },
  {
    what: 'no module matched',
    on: 'phi3-mini',
    lora: { target_modules: ['xyzzy'] },
    at: 'lora.target_modules.0',
    severity: 'error',
    says: /no layer named xyzzy/,
    fixed: /target_modules: \[o_proj, qkv_proj/,
  },
  {
    what: 'misspelt, others match',
    on: 'llama',
    lora: { target_modules: ['q_proj', 'v-proj'] },
    at: 'lora.target_modules.1',
    severity: 'warning',
    says: /v-proj/,
    fixed: /\[q_proj, v_proj\]/,
  },
  {
    what: 'a long name misspelt',
    on: 'llama',
    lora: { target_modules: ['q_proj', 'layers.1.mlp.up_porj'] },
    at: 'lora.target_modules.1',
    severity: 'warning',
    says: /up_porj/,
    fixed: /\[q_proj, layers\.1\.mlp\.up_proj\]/,
  },
  {
    what: 'a name of other models',
    on: 'phi3-mini',
    lora: { target_modules: ['qkv_proj', 'c_attn'] },
    at: 'lora.target_modules.1',
    severity: 'warning',
    says: /c_attn/,
    fixed: /\[qkv_proj\]/,
  },
  {
    what: 'a name as a text',
    on: 'llama',
    lora: { target_modules: 'q_proj' },
    at: 'lora.target_modules',
    severity: 'error',
    says: /pattern over whole names/,
    fixed: /target_modules: \[q_proj\]/,
  },
  {
    what: 'a pattern that is none',
    on: 'llama',
    lora: { target_modules: '(q_proj' },
    at: 'lora.target_modules',
    severity: 'error',
    says: /regular expression/,
    fixed: null,
  },
  {
    what: 'a pattern that takes for ever',
    on: 'llama',
    lora: { target_modules: '(.*)*(.*)*x' },
    at: 'lora.target_modules',
    severity: 'warning',
    says: /too long/,
    fixed: null,
  },
  {
    what: 'lm_head',
    on: 'llama',
    lora: { target_modules: ['q_proj', 'lm_head'] },
    at: 'lora.target_modules',
    severity: 'warning',
    says: /seldom/,
    fixed: /\[q_proj\]/,
  },
  {
    what: 'tied embeddings',
    on: 'gemma2',
    lora: { target_modules: ['q_proj', 'embed_tokens'] },
    at: 'lora.target_modules',
    severity: 'warning',
    says: /one matrix/,
    fixed: /\[q_proj\]/,
  },
  {
    what: 'routers',
    on: 'llama4_text',
    lora: { target_modules: 'all-linear' },
    at: 'lora.target_modules',
    severity: 'error',
    says: /Llama4Router/,
    fixed: /exclude_modules: \[router\]/,
  },
  {
    what: 'vision tower',
    on: 'gemma3',
    lora: { target_modules: 'all-linear' },
    at: 'lora.target_modules',
    severity: 'warning',
    says: /outside of the text model/,
    fixed: /exclude_modules: model\\\.vision_tower/,
  },
  {
    what: 'fused experts',
    on: 'gpt_oss',
    lora: { target_modules: ['q_proj', 'gate_proj', 'up_proj', 'down_proj'] },
    at: 'lora.target_modules.1',
    severity: 'warning',
    says: /fused/,
    fixed:
      /target_parameters: \[experts\.gate_up_proj, experts\.down_proj\]|target_parameters: \[experts\.gate_up_proj/,
  },
  {
    what: 'former experts with dropout',
    on: 'qwen3_moe',
    lora: { target_modules: 'all-linear' },
    at: 'lora.lora_dropout',
    severity: 'error',
    says: /experts/,
    fixed: /lora_dropout: 0/,
  },
  {
    what: 'half of what is fused',
    on: 'mixtral',
    lora: { target_modules: ['q_proj', 'w1'], lora_dropout: 0 },
    at: 'lora.target_modules',
    severity: 'error',
    says: /fused with w3/,
    fixed: /\[q_proj, w1, w3\]/,
  },
  {
    what: 'a container',
    on: 'llama',
    lora: { target_modules: ['self_attn'] },
    at: 'lora.target_modules.0',
    severity: 'error',
    says: /LlamaAttention/,
    fixed: /\[q_proj, k_proj, v_proj, o_proj\]/,
  },
  {
    what: 'a norm',
    on: 'llama',
    lora: { target_modules: ['q_proj', 'norm'] },
    at: 'lora.target_modules.1',
    severity: 'error',
    says: /LlamaRMSNorm/,
    fixed: /\[q_proj\]/,
  },
  {
    what: 'a quantised layer trained whole',
    on: 'llama',
    model: NF4,
    lora: { target_modules: ['q_proj'], modules_to_save: ['down_proj', 'lm_head'] },
    at: 'lora.modules_to_save',
    severity: 'error',
    says: /Linear4bit/,
    fixed: /modules_to_save: \[lm_head\]/,
  },
  {
    what: 'r larger than the layer',
    on: 'llama',
    lora: { target_modules: ['q_proj'], r: 64, lora_alpha: 64 },
    at: 'lora.r',
    severity: 'warning',
    says: /32 × 32/,
    fixed: /r: 32/,
  },
  {
    what: 'a block that is not there',
    on: 'llama',
    lora: { target_modules: ['q_proj'], layers_to_transform: [1, 5] },
    at: 'lora.layers_to_transform',
    severity: 'warning',
    says: /no block 5/,
    fixed: /layers_to_transform: \[1\]/,
  },
  {
    what: 'blocks by a name that is not there',
    on: 'llama',
    lora: { target_modules: ['q_proj'], layers_to_transform: [1], layers_pattern: 'h' },
    at: 'lora.layers_to_transform',
    severity: 'error',
    says: /layers_pattern/,
    fixed: /layers_to_transform: \[1\]\n/,
  },
  {
    what: 'rank_pattern',
    on: 'llama',
    lora: { target_modules: ['q_proj'], rank_pattern: { q_porj: 4 } },
    at: 'lora.rank_pattern.q_porj',
    severity: 'warning',
    says: /q_porj/,
    fixed: /rank_pattern: \{q_proj: 4\}/,
  },
  {
    what: 'alpha_pattern',
    on: 'llama',
    lora: { target_modules: ['q_proj'], alpha_pattern: { nowhere: 4 } },
    at: 'lora.alpha_pattern.nowhere',
    severity: 'warning',
    says: /nowhere/,
    fixed: /\[q_proj\]\ndata/,
  },
  {
    what: 'exclude_modules',
    on: 'llama',
    lora: { target_modules: ['q_proj'], exclude_modules: ['lm-head'] },
    at: 'lora.exclude_modules.0',
    severity: 'warning',
    says: /lm-head/,
    fixed: /exclude_modules: \[lm_head\]/,
  },
  {
    what: 'exclude_modules as a text',
    on: 'llama',
    lora: { target_modules: 'all-linear', exclude_modules: 'q_proj' },
    at: 'lora.exclude_modules',
    severity: 'warning',
    says: /matches nothing/,
    fixed: /exclude_modules: \[q_proj\]/,
  },
  {
    what: 'all excluded',
    on: 'llama',
    lora: { target_modules: ['q_proj'], exclude_modules: ['self_attn.q_proj'] },
    at: 'lora.exclude_modules',
    severity: 'error',
    says: /no layer is left/,
    fixed: /\[q_proj\]\ndata/,
  },
  {
    what: 'modules_to_save',
    on: 'llama',
    lora: { target_modules: ['q_proj'], modules_to_save: ['embed_token'] },
    at: 'lora.modules_to_save.0',
    severity: 'warning',
    says: /embed_token/,
    fixed: /modules_to_save: \[embed_tokens\]/,
  },
  {
    what: 'a parameter that is not there',
    on: 'gpt_oss',
    lora: { target_modules: ['q_proj'], target_parameters: ['experts.gate_up_proj.weight'], lora_dropout: 0 },
    at: 'lora.target_parameters.0',
    severity: 'warning',
    says: /no parameter/,
    fixed: /target_parameters: \[experts\.gate_up_proj\]/,
  },
  {
    what: 'no parameter at all',
    on: 'qwen3_moe',
    lora: { target_parameters: ['nothing'], lora_dropout: 0 },
    at: 'lora.target_parameters',
    severity: 'error',
    says: /No parameter/,
    fixed: /target_modules: \[q_proj/,
  },
  {
    what: 'dropout with parameters',
    on: 'gpt_oss',
    lora: { target_parameters: ['experts.down_proj'] },
    at: 'lora.lora_dropout',
    severity: 'error',
    says: /target_parameters/,
    fixed: /lora_dropout: 0/,
  },
  {
    what: 'DoRA with parameters',
    on: 'gpt_oss',
    lora: { target_parameters: ['experts.down_proj'], lora_dropout: 0, use_dora: true },
    at: 'lora.use_dora',
    severity: 'error',
    says: /target_parameters/,
    fixed: /use_dora: false/,
  },
  {
    what: 'a bias as parameter',
    on: 'llama',
    lora: { target_modules: ['q_proj'], target_parameters: ['norm.weight'], lora_dropout: 0 },
    at: 'lora.target_parameters',
    severity: 'error',
    says: /1 dimension/,
    fixed: /\[q_proj\]/,
  },
  {
    what: 'a parameter of a target',
    on: 'llama',
    lora: { target_modules: ['q_proj'], target_parameters: ['q_proj.weight'], lora_dropout: 0 },
    at: 'lora.target_parameters',
    severity: 'error',
    says: /matches too/,
    fixed: /\[q_proj\]/,
  },
  {
    what: 'attention pooling of the vision tower',
    on: 'gemma3',
    lora: { target_modules: ['head.attention'] },
    at: 'lora.target_modules',
    severity: 'information',
    says: /can’t be judged/,
    fixed: null,
  },
  {
    what: 'a copy in a copy',
    on: 'llama',
    lora: { target_modules: ['q_proj'], modules_to_save: ['mlp', 'up_proj'] },
    at: 'lora.modules_to_save',
    severity: 'warning',
    says: /trained whole/,
    fixed: null,
  },
];

describe.each(CASES.map((one) => [one.what, one] as const))(
  '%s',
  (_, { on, lora, model, at, severity, says, fixed }) => {
    const structure = models.get(on)!;
    const written = text(lora, model);
    const found = problems(written, structure).find(
      (problem) => problem.recipePath.join('.') === at && says.test(formatMessage(problem.message)),
    );

    test('is told where it stands', () => {
      expect(
        problems(written, structure).map((problem) => [problem.recipePath.join('.'), formatMessage(problem.message)]),
      ).not.toEqual([]);
      expect(found?.severity).toBe(severity);
      expect(formatMessage(found!.remedy)).not.toMatch(/\{\d\}|undefined/);
    });

    test('its fixes mend it', () => {
      if (fixed === null) {
        expect(found?.fixes).toEqual([]);
        return;
      }
      for (const [index, fix] of found!.fixes.entries()) {
        const after = applyEdits(written, fix.edits);
        if (index === 0) expect(after).toMatch(fixed);
        const left = problems(after, structure);
        expect(left.filter((problem) => formatMessage(problem.message) === formatMessage(found!.message))).toEqual([]);
        const before = new Set(problems(written, structure).map((problem) => formatMessage(problem.message)));
        expect(
          left.filter((problem) => problem.severity === 'error' && !before.has(formatMessage(problem.message))),
        ).toEqual([]);
      }
      expect(found!.fixes.length).toBeGreaterThan(0);
    });
  },
);

test.each([
  ['phi3-mini', { target_modules: ['o_proj', 'qkv_proj', 'gate_up_proj', 'down_proj'] }],
  ['gpt2', { target_modules: ['c_attn', 'c_proj'], layers_to_transform: [0, 2] }],
  [
    'llama',
    { target_modules: 'all-linear', exclude_modules: ['layers.1.self_attn.q_proj'], modules_to_save: ['lm_head'] },
  ],
  ['gpt_oss', { target_modules: 'all-linear', target_parameters: ['experts.down_proj'], lora_dropout: 0 }],
  ['qwen3_moe', { target_modules: ['q_proj', 'gate_proj', 'up_proj'], lora_dropout: 0 }],
  ['gemma3', { target_modules: 'all-linear', exclude_modules: String.raw`model\.vision_tower\..*` }],
])('a sound section of %s has no problem', (name, lora) => {
  expect(problems(text(lora, { quantization_config: { load_in_4bit: true } }), models.get(name)!)).toEqual([]);
});
