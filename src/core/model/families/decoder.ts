import { message } from '../../../common/message';
import type { ModelSizes } from '../../../protocol/model';
import type { ConfigReader } from '../configReader';
import { activation } from './activations';
import { attentionSizes } from './decoderSizes';
import { plainTensors, type FamilyModel } from './family';
import { blocks, container, embedding, linear, norm, type ModuleNode } from './module';

type Children = Readonly<Record<string, ModuleNode | null>>;

/** q_proj, k_proj, v_proj, o_proj, and what comes after them. */
export function attention(
  type: string,
  sizes: ModelSizes,
  bias: { readonly qkv: boolean; readonly out: boolean },
  more: Children = {},
): ModuleNode {
  const { queries, keys } = attentionSizes(sizes);
  return container(type, {
    q_proj: linear(sizes.hiddenSize, queries, bias.qkv),
    k_proj: linear(sizes.hiddenSize, keys, bias.qkv),
    v_proj: linear(sizes.hiddenSize, keys, bias.qkv),
    o_proj: linear(queries, sizes.hiddenSize, bias.out),
    ...more,
  });
}

/** gate_proj, up_proj, down_proj, act_fn. */
export function gatedMlp(
  type: string,
  hiddenSize: number,
  intermediateSize: number,
  act: ModuleNode,
  bias = false,
): ModuleNode {
  return container(type, {
    gate_proj: linear(hiddenSize, intermediateSize, bias),
    up_proj: linear(hiddenSize, intermediateSize, bias),
    down_proj: linear(intermediateSize, hiddenSize, bias),
    act_fn: act,
  });
}

/** gate_up_proj, down_proj, activation_fn, of Phi-3 and GLM. */
export function fusedMlp(type: string, { hiddenSize, intermediateSize }: ModelSizes, act: ModuleNode): ModuleNode {
  return container(type, {
    gate_up_proj: linear(hiddenSize, 2 * intermediateSize, false),
    down_proj: linear(intermediateSize, hiddenSize, false),
    activation_fn: act,
  });
}

export interface DecoderParts {
  /** Of every layer, by its number. */
  readonly layer: (index: number) => ModuleNode;
  /** model.norm */
  readonly norm: ModuleNode;
  readonly rotary: ModuleNode;
  /** model.embed_tokens, where it isn't nn.Embedding. */
  readonly embedding?: ModuleNode;
  /** tie_word_embeddings of the config class. */
  readonly tied: boolean;
  /** The class of `model`, where it isn't <prefix>Model. */
  readonly model?: string;
  readonly layerTypes?: readonly string[];
}

/** <prefix>ForCausalLM with model.embed_tokens, model.layers, model.norm, model.rotary_emb and lm_head. */
export function causalLM(prefix: string, config: ConfigReader, sizes: ModelSizes, parts: DecoderParts): FamilyModel {
  const { hiddenSize, vocabSize } = sizes;
  return {
    root: container(`${prefix}ForCausalLM`, {
      model: container(parts.model ?? `${prefix}Model`, {
        embed_tokens: parts.embedding ?? embedding(vocabSize, hiddenSize),
        layers: blocks(sizes.layers, parts.layer),
        norm: parts.norm,
        rotary_emb: parts.rotary,
      }),
      lm_head: linear(hiddenSize, vocabSize, false),
    }),
    sizes,
    inputEmbeddings: 'model.embed_tokens',
    outputEmbeddings: 'lm_head',
    ties: tiedHead(config, parts.tied, 'model.embed_tokens.weight'),
    keepInFp32: [],
    keepInFp32Strict: [],
    ...(parts.layerTypes === undefined ? {} : { layerTypes: parts.layerTypes }),
    tensors: plainTensors('model'),
  };
}

/** lm_head.weight tied to the input embeddings, if tie_word_embeddings says so. */
export function tiedHead(
  config: ConfigReader,
  fallback: boolean,
  embeddings: string,
): Readonly<Record<string, string>> {
  return config.flag('tie_word_embeddings', fallback) ? { 'lm_head.weight': embeddings } : {};
}

/** The four parts of a layer as Llama has them. */
export function llamaLayer(prefix: string, hiddenSize: number, selfAttention: ModuleNode, mlp: ModuleNode): ModuleNode {
  return container(`${prefix}DecoderLayer`, {
    self_attn: selfAttention,
    mlp,
    input_layernorm: norm(`${prefix}RMSNorm`, hiddenSize),
    post_attention_layernorm: norm(`${prefix}RMSNorm`, hiddenSize),
  });
}

/** ACT2FN[config.hidden_act], with the class' default. */
export function hiddenAct(config: ConfigReader, sizes: ModelSizes): ModuleNode {
  return activation(config, 'hidden_act', sizes.activation);
}

/** Config classes whose validate_architecture (or whose attention) refuses hidden_size % num_attention_heads != 0. */
export function mustDivide(config: ConfigReader, { hiddenSize, heads }: ModelSizes, key = 'num_attention_heads'): void {
  if (hiddenSize % heads === 0) return;
  config.wrong(key, (...at) =>
    message('{0}, line {1}: "{2}" is {3}, which doesn’t divide hidden_size ({4}).', ...at, hiddenSize),
  );
}
