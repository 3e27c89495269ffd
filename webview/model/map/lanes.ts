import type { Part } from './part';
import { isAttention, type Role } from './roles';

/** A way through a block that reads from the residual stream and adds what it has made to it. */
export interface Lane {
  readonly kind: 'attention' | 'mlp';
  /** From left to right; what stands in one step works side by side. */
  readonly steps: readonly (readonly Part[])[];
  readonly parameters: number;
  readonly isMixture: boolean;
}

/** Steps of a lane from left to right, each with the roles that stand side by side in it. */
const ATTENTION_STEPS: readonly (readonly Role[])[] = [
  ['queryKeyValue', 'query', 'key', 'value', 'linear', 'other'],
  ['queryKeyNorm'],
  ['rotary'],
  ['attentionOutput'],
];
const MLP_STEPS: readonly (readonly Role[])[] = [
  ['router'],
  ['expertsIn', 'gateUp', 'gate', 'up', 'linear', 'other'],
  ['activation'],
  ['expertsOut', 'down'],
];

/** The lanes of one block. `rotary`: what all blocks share. */
export function lanesOf(parts: readonly Part[], rotary: readonly Part[]): readonly Lane[] {
  const norms = parts.filter(({ role }) => role === 'norm');
  const inner = parts.filter(({ role }) => role !== 'norm');
  const attention = inner.filter(({ path }) => isAttention(path));
  const mlp = inner.filter(({ path }) => !isAttention(path));
  const ownRotary = attention.some(({ role }) => role === 'rotary');
  return [
    lane('attention', norms, ownRotary ? attention : [...attention, ...rotary.slice(0, 1)], ATTENTION_STEPS),
    lane('mlp', norms, mlp, MLP_STEPS),
  ].filter(({ steps }) => steps.length > 0);
}

function lane(
  kind: Lane['kind'],
  norms: readonly Part[],
  inner: readonly Part[],
  order: readonly (readonly Role[])[],
): Lane {
  if (!inner.some(({ role }) => role !== 'rotary')) return { kind, steps: [], parameters: 0, isMixture: false };
  const own = norms.filter((norm) => placeOf(norm, norms).lane === kind);
  const before = own.filter((norm) => placeOf(norm, norms).before);
  const after = own.filter((norm) => !placeOf(norm, norms).before);
  const middle = order.map((roles) =>
    inner.filter(({ role }) => roles.includes(role)).toSorted((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role)),
  );
  const steps = [before, ...middle, after].filter((step) => step.length > 0);
  return {
    kind,
    steps,
    parameters: steps.flat().reduce((sum, { parameters }) => sum + parameters, 0),
    isMixture: inner.some(({ role }) => role === 'expertsIn' || role === 'expertsOut' || role === 'router'),
  };
}

/** Where a norm of a block stands, by the names that families give them. */
function placeOf({ label }: Part, all: readonly Part[]): { readonly lane: Lane['kind']; readonly before: boolean } {
  // Gemma 2 and 3 and OLMo 2 have norms after each lane; elsewhere post_attention_layernorm is the one before the MLP.
  const sandwich = all.some((norm) => /(pre|post)_(feedforward|mlp)/.test(norm.label));
  if (/post_(feedforward|mlp|ffn)/.test(label)) return { lane: 'mlp', before: false };
  if (/pre_(feedforward|mlp)/.test(label)) return { lane: 'mlp', before: true };
  if (/post_(self_)?attention|post_attn/.test(label))
    return sandwich ? { lane: 'attention', before: false } : { lane: 'mlp', before: true };
  if (/2$|^ffn_norm|^ln_mlp|^final/.test(label)) return { lane: 'mlp', before: true };
  return { lane: 'attention', before: true };
}
