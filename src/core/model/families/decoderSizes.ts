import { message } from '../../../common/message';
import type { ModelSizes } from '../../../protocol/model';
import type { ConfigReader } from '../configReader';

/** Defaults of a config class; null: what the class makes of the others (`int | None = None`). */
export interface SizeDefaults {
  readonly vocabSize: number;
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  /** null: as many as heads. */
  readonly keyValueHeads: number | null;
  /** null: hidden_size // num_attention_heads */
  readonly headDim: number | null;
  readonly maxLength: number;
  readonly activation: string;
  /** hidden_act, if the class has no other name for it. */
  readonly activationKey?: string;
}

/** The sizes of a decoder under the names that most config classes have. */
export function decoderSizes(config: ConfigReader, defaults: SizeDefaults): ModelSizes {
  const hiddenSize = config.size('hidden_size', defaults.hiddenSize);
  const heads = config.size('num_attention_heads', defaults.heads);
  const keyValueHeads =
    config.sizeOrNull('num_key_value_heads') ??
    (config.has('num_key_value_heads') ? heads : (defaults.keyValueHeads ?? heads));
  const headDim =
    config.sizeOrNull('head_dim') ??
    (config.has('head_dim') || defaults.headDim === null ? wholeHeads(config, hiddenSize, heads) : defaults.headDim);
  return {
    hiddenSize,
    intermediateSize: config.size('intermediate_size', defaults.intermediateSize),
    layers: config.count('num_hidden_layers', defaults.layers),
    heads,
    keyValueHeads,
    headDim,
    vocabSize: config.size('vocab_size', defaults.vocabSize),
    maxLength: config.size('max_position_embeddings', defaults.maxLength),
    experts: null,
    expertsPerToken: null,
    activation: config.text(defaults.activationKey ?? 'hidden_act', defaults.activation),
  };
}

/** hidden_size // num_attention_heads */
export function wholeHeads(config: ConfigReader, hiddenSize: number, heads: number): number {
  const headDim = Math.floor(hiddenSize / heads);
  if (headDim > 0) return headDim;
  config.wrong('num_attention_heads', (...at) =>
    message('{0}, line {1}: "{2}" is {3}, more than hidden_size ({4}).', ...at, hiddenSize),
  );
  return 1;
}

/** Outputs of q_proj, and of k_proj and v_proj. */
export function attentionSizes({ heads, keyValueHeads, headDim }: ModelSizes): { queries: number; keys: number } {
  return { queries: heads * headDim, keys: keyValueHeads * headDim };
}
