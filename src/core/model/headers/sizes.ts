import type { ModelModule, ModelSizes } from '../../../protocol/model';
import { isPlainObject } from '../../../protocol/shape';

type Values = Readonly<Record<string, unknown>>;

/** Names that published config classes have for one size. */
const NAMES = {
  hidden: ['hidden_size', 'n_embd', 'd_model', 'dim', 'hidden_dim'],
  intermediate: ['intermediate_size', 'n_inner', 'ffn_dim', 'd_ff', 'ffn_hidden_size', 'moe_intermediate_size'],
  heads: ['num_attention_heads', 'n_head', 'n_heads', 'num_heads'],
  keyValueHeads: ['num_key_value_heads', 'num_kv_heads', 'n_kv_heads', 'n_head_kv'],
  headDim: ['head_dim', 'kv_channels'],
  vocab: ['vocab_size', 'padded_vocab_size'],
  maxLength: ['max_position_embeddings', 'n_positions', 'max_seq_len', 'seq_length', 'n_ctx'],
  experts: ['num_local_experts', 'num_experts', 'n_routed_experts', 'moe_num_experts'],
  expertsPerToken: ['num_experts_per_tok', 'num_experts_per_token', 'moe_top_k', 'top_k_experts'],
} as const;

/** vocab_size of config.json, or of its text_config; null where there is none. */
export function vocabSizeOf(values: Values): number | null {
  return readerOf(values)('vocab');
}

/** What config.json says under any usual name (`embedding`: shape of the tokens'); else what the shapes tell; else as small as it can be. */
export function sizesOf(values: Values, modules: readonly ModelModule[], embedding: readonly number[]): ModelSizes {
  const read = readerOf(values);
  const hiddenSize = read('hidden') ?? embedding[1] ?? 1;
  const heads = read('heads') ?? 1;
  const activation = ['hidden_act', 'hidden_activation', 'activation_function'].map((key) => values[key]);
  return {
    hiddenSize,
    intermediateSize: read('intermediate') ?? 4 * hiddenSize,
    layers: blocksOf(modules),
    heads,
    keyValueHeads: read('keyValueHeads') ?? heads,
    headDim: read('headDim') ?? Math.max(1, Math.floor(hiddenSize / heads)),
    vocabSize: read('vocab') ?? embedding[0] ?? 1,
    maxLength: read('maxLength'),
    experts: read('experts'),
    expertsPerToken: read('expertsPerToken'),
    activation: activation.find((value) => typeof value === 'string') ?? 'silu',
  };
}

function readerOf(values: Values): (size: keyof typeof NAMES) => number | null {
  const text = values['text_config'];
  const holders = isPlainObject(text) ? [text, values] : [values];
  return (size) => {
    for (const holder of holders) {
      for (const name of NAMES[size]) {
        const value = holder[name];
        if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < 2 ** 31) return value;
      }
    }
    return null;
  };
}

function blocksOf(modules: readonly ModelModule[]): number {
  return new Set(modules.flatMap(({ block, part }) => (block === null || part !== 'text' ? [] : [block]))).size;
}
