import type { ModelModule } from '../../protocol/model';

/** What a module is for, as a person thinks of a model. */
export type LayerGroup = 'attention' | 'mlp' | 'experts' | 'linear' | 'embedding' | 'norm' | 'head' | 'other';

/** As the groups stand in the tree. */
export const LAYER_GROUPS: readonly LayerGroup[] = [
  'attention',
  'mlp',
  'experts',
  'linear',
  'embedding',
  'norm',
  'head',
  'other',
];

/** Those of which all-linear takes the linear layers. */
export const LINEAR_GROUPS: readonly LayerGroup[] = ['attention', 'mlp', 'experts', 'linear'];

interface GroupFacts {
  readonly isLinear: boolean;
  readonly isHead: boolean;
  /** Types of the modules that it stands in, the nearest first. */
  readonly around: readonly string[];
}

/**
 * transformers names its classes so throughout: Phi3Attention, GPT2Attention, MixtralSparseMoeBlock, Qwen3MoeExperts, LlamaMLP,
 * GptNeoXMLP. Where a block holds its linear layers itself (OPT's fc1), they are an MLP by their names.
 */
export function layerGroup(module: ModelModule, { isLinear, isHead, around }: GroupFacts): LayerGroup {
  if (isHead) return 'head';
  if (/Norm/.test(module.type)) return 'norm';
  const own = [module.type, ...around].find((type) => OWNERS.some(([pattern]) => pattern.test(type)));
  const group = OWNERS.find(([pattern]) => own !== undefined && pattern.test(own))?.[1];
  if (group === 'experts') return group;
  if (isLinear) return group ?? (/(^|\.)fc_?\d?$|dense/.test(module.name) ? 'mlp' : 'linear');
  if (/Embedding/.test(module.type)) return 'embedding';
  return 'other';
}

const OWNERS: readonly (readonly [RegExp, LayerGroup])[] = [
  [/Expert|Moe(?!.*(Attention|MLP|Model|DecoderLayer|ForCausalLM))|Router/i, 'experts'],
  [/Attention|Attn/, 'attention'],
  [/MLP|Mlp|FeedForward|FFN/, 'mlp'],
];
