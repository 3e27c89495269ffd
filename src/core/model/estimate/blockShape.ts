import type { ModelModule, ModelStructure } from '../../../protocol/model';
import { isLinear } from '../quantize';
import { outFeatures } from './linear';

export interface AttentionShape {
  /** Queries, keys and values, or one projection for all. */
  readonly inputs: readonly ModelModule[];
  readonly output: ModelModule;
  readonly queryNorm: ModelModule | null;
  readonly keyNorm: ModelModule | null;
  readonly heads: number;
  readonly keyHeads: number;
  readonly headDim: number;
  readonly rotates: boolean;
  /** Width of cosines and sines: that of the hidden states. */
  readonly rotationSize: number;
  readonly softCap: boolean;
}

export interface NamedParameter {
  readonly name: string;
  readonly shape: readonly number[];
}

export type MlpShape =
  | {
      readonly kind: 'gated';
      readonly gate: ModelModule;
      readonly up: ModelModule;
      readonly output: ModelModule;
      readonly activation: string;
    }
  | {
      readonly kind: 'fusedGate';
      readonly first: ModelModule;
      readonly output: ModelModule;
      readonly activation: string;
    }
  | { readonly kind: 'plain'; readonly first: ModelModule; readonly output: ModelModule; readonly activation: string }
  | {
      readonly kind: 'experts';
      readonly count: number;
      readonly perToken: number;
      readonly hidden: number;
      readonly inner: number;
      /** Fused parameters: gate and up, down. */
      readonly parameters: readonly NamedParameter[];
      readonly shared: MlpShape | null;
    };

/** What stands in one block, in the roles that memory depends on. */
export interface BlockShape {
  readonly attention: AttentionShape | null;
  readonly mlp: MlpShape | null;
  readonly before: { readonly attention: ModelModule | null; readonly mlp: ModelModule | null };
  /** Norms of what a half gives, before it is added (Gemma 2, OLMo 2). */
  readonly after: { readonly attention: ModelModule | null; readonly mlp: ModelModule | null };
}

const OUTPUT = /(?:o_proj|out_proj|dense|c_proj|wo|proj_out)$/;
const DOWN = /(?:down_proj|c_proj|fc2|fc_out|w2|dense_4h_to_h|output_linear|output_layer)$/;
const NORM = /Norm$/;

/** The blocks of the text model, in their order. `hiddenWidth`: bytes of a number of the hidden states. */
export function blockShapes(structure: ModelStructure, hiddenWidth: number): readonly BlockShape[] {
  const blocks = new Map<number, ModelModule[]>();
  for (const module of structure.modules) {
    if (module.part !== 'text' || module.block === null) continue;
    const block = blocks.get(module.block);
    if (block === undefined) blocks.set(module.block, [module]);
    else block.push(module);
  }
  return [...blocks.entries()].sort(([a], [b]) => a - b).map(([, modules]) => shapeOf(structure, modules, hiddenWidth));
}

function shapeOf(structure: ModelStructure, modules: readonly ModelModule[], width: number): BlockShape {
  const attentionLinears = modules.filter((module) => isAttention(module) && isLinear(module));
  const others = modules.filter((module) => !isAttention(module) && isLinear(module));
  const norms = modules.filter((module) => NORM.test(module.type) && !isAttention(module));
  const named = (pattern: RegExp): ModelModule | null => norms.find(({ name }) => pattern.test(last(name))) ?? null;
  const sandwiched = norms.length >= 4;
  const first = named(/^(?:input_layernorm|ln_1|attention_norm|norm1|self_attn_layer_norm)$/) ?? norms[0] ?? null;
  const postAttention = named(/^post_attention_layernorm$/);
  const beforeMlp = sandwiched
    ? named(/^pre_feedforward_layernorm$/)
    : (postAttention ?? named(/^(?:ln_2|ffn_norm|norm2|final_layer_norm)$/) ?? norms[1] ?? null);
  return {
    attention: attentionOf(structure, attentionLinears, modules.filter(isAttention), width),
    mlp: mlpOf(structure, others, modules),
    before: { attention: first, mlp: beforeMlp },
    after: sandwiched
      ? { attention: postAttention, mlp: named(/^post_feedforward_layernorm$/) }
      : { attention: null, mlp: null },
  };
}

function attentionOf(
  { sizes, modelType, modules }: ModelStructure,
  linears: readonly ModelModule[],
  within: readonly ModelModule[],
  width: number,
): AttentionShape | null {
  const output = linears.find(({ name }) => OUTPUT.test(last(name)));
  const inputs = linears.filter((module) => module !== output);
  if (output === undefined || inputs.length === 0) return null;
  const norms = within.filter(({ type }) => NORM.test(type));
  return {
    inputs,
    output,
    queryNorm: norms.find(({ name }) => /q_norm|q_layernorm|query_norm/.test(last(name))) ?? null,
    keyNorm: norms.find(({ name }) => /k_norm|k_layernorm|key_norm/.test(last(name))) ?? null,
    heads: sizes.heads,
    keyHeads: sizes.keyValueHeads,
    headDim: sizes.headDim,
    rotates: modules.some(({ type }) => type.includes('Rotary')),
    rotationSize: width,
    softCap: modelType === 'gemma2',
  };
}

function mlpOf(
  structure: ModelStructure,
  linears: readonly ModelModule[],
  modules: readonly ModelModule[],
): MlpShape | null {
  const { sizes } = structure;
  const fused = modules.find(({ parameters }) => parameters.some(({ shape }) => shape.length === 3));
  if (fused !== undefined || (sizes.experts !== null && modules.some(({ name }) => /experts/.test(name)))) {
    const shared = linears.filter(isShared);
    const parameters = (fused?.parameters ?? [])
      .filter(({ shape }) => shape.length === 3)
      .map(({ name, shape }) => ({ name: `${fused?.name ?? ''}.${name}`, shape }));
    const [, one = 0, two = 0] = parameters[0]?.shape ?? [];
    const inner = one === sizes.hiddenSize ? two / 2 : one / 2;
    return {
      kind: 'experts',
      count: sizes.experts ?? 1,
      perToken: sizes.expertsPerToken ?? 1,
      hidden: sizes.hiddenSize,
      inner: inner || sizes.intermediateSize,
      parameters,
      shared: shared.length === 0 ? null : denseMlp(sizes.activation, shared),
    };
  }
  return denseMlp(sizes.activation, linears);
}

function denseMlp(activation: string, linears: readonly ModelModule[]): MlpShape | null {
  const output = linears.find(({ name }) => DOWN.test(last(name)));
  const [first, second] = linears.filter((module) => module !== output && !last(module.name).endsWith('gate'));
  if (output === undefined || first === undefined) return null;
  if (second !== undefined) return { kind: 'gated', gate: first, up: second, output, activation };
  const inner =
    output.type === 'Conv1D' ? (output.parameters[0]?.shape[0] ?? 0) : (output.parameters[0]?.shape[1] ?? 0);
  const kind = outFeatures(first) === 2 * inner ? 'fusedGate' : 'plain';
  return { kind, first, output, activation };
}

function isAttention({ name }: ModelModule): boolean {
  return /attn|attention/.test(belowBlock(name)) && !/layernorm|layer_norm/.test(last(name));
}

function isShared({ name }: ModelModule): boolean {
  return name.includes('shared_expert');
}

function last(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** What comes after the block's number. */
function belowBlock(name: string): string {
  return name.replace(/^.*?\.\d+\./, '');
}
