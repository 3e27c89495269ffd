import type { ModelPart } from '../../../src/protocol/model';

/** What a module does, as far as its name and place tell: the same names mean the same in almost all families. */
export type Role =
  | 'embedding'
  | 'positions'
  | 'patches'
  | 'norm'
  | 'queryKeyNorm'
  | 'rotary'
  | 'queryKeyValue'
  | 'query'
  | 'key'
  | 'value'
  | 'attentionOutput'
  | 'gateUp'
  | 'gate'
  | 'up'
  | 'down'
  | 'activation'
  | 'router'
  | 'expertsIn'
  | 'expertsOut'
  | 'projector'
  | 'head'
  | 'linear'
  | 'other';

export interface Placed {
  /** Path inside of its block, or the whole name: "self_attn.q_proj". */
  readonly path: string;
  readonly type: string;
  readonly part: ModelPart;
  readonly isLinear: boolean;
  readonly isHead: boolean;
  readonly isEmbedding: boolean;
  /** Of a fused parameter. */
  readonly parameter: string | null;
}

const ATTENTION = /(^|[._])(attn|attention|self_attn|cross_attn|linear_attn|self_attention)([._]|$)/;

/** By the last part of the name. */
const BY_NAME: readonly (readonly [RegExp, Role])[] = [
  [/^(qkv_proj|qkv|c_attn|query_key_value|wqkv)$/i, 'queryKeyValue'],
  [/^(q_proj|q_a_proj|q_b_proj|query|wq)$/i, 'query'],
  [/^(k_proj|key|wk)$/i, 'key'],
  [/^(v_proj|value|wv)$/i, 'value'],
  [/^(o_proj|out_proj|wo)$/i, 'attentionOutput'],
  [/^gate_up_proj$/, 'gateUp'],
  [/^(gate_proj|w1)$/, 'gate'],
  [/^(up_proj|w3|fc1|c_fc|dense_h_to_4h|linear_fc1)$/, 'up'],
  [/^(down_proj|w2|fc2|dense_4h_to_h|linear_fc2)$/, 'down'],
  [/^(router|shared_expert_gate)$/, 'router'],
  [/^(wpe|position_embedding|position_embeddings|pos_embed|embed_positions)$/, 'positions'],
  [/^(patch_embedding|patch_embed|patch_conv)$/, 'patches'],
];

export function isAttention(path: string): boolean {
  return ATTENTION.test(path);
}

export function roleOf({ path, type, part, isLinear, isHead, isEmbedding, parameter }: Placed): Role {
  if (isHead) return 'head';
  if (isEmbedding) return 'embedding';
  const last = path.slice(path.lastIndexOf('.') + 1);
  if (parameter !== null) return /down|w2|output/.test(parameter) ? 'expertsOut' : 'expertsIn';
  if (/rotary/i.test(type) || last.startsWith('rotary_emb')) return 'rotary';
  if (/norm/i.test(type) || /^(ln_|norm)/.test(last)) return /^[qk]_(layer)?norm$/.test(last) ? 'queryKeyNorm' : 'norm';
  if (/^conv[23]d$/i.test(type) && /patch/.test(path)) return 'patches';
  const known = BY_NAME.find(([pattern]) => pattern.test(last))?.[1];
  if (known !== undefined) return known;
  if (part === 'projector' && isLinear) return 'projector';
  if (/router/i.test(type) || (last === 'gate' && !isAttention(path))) return 'router';
  if (/^(c_proj|dense|proj)$/.test(last) && isLinear) return isAttention(path) ? 'attentionOutput' : 'down';
  if (/^(act|act_fn|activation|activation_fn|gelu|silu)$/i.test(last) || /activation$/i.test(type)) return 'activation';
  return isLinear ? 'linear' : 'other';
}

/** Modules without weights that a picture would only be fuller with. */
export function isUnseen(type: string): boolean {
  return /^(dropout|identity|sequential|modulelist)/i.test(type);
}
