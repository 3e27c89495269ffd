import type { ModelModule } from '../../../protocol/model';

/** What PEFT can wrap (peft 0.21.0, tuners/lora/layer.py dispatch_default). */
export type LayerKind = 'linear' | 'conv1D' | 'embedding' | 'conv' | 'multihead';

// Subclasses of nn.Linear in transformers 5.18.0 whose names don't end with Linear
const LINEAR: ReadonlySet<string> = new Set(['Linear4bit', 'Linear8bitLt', 'Llama4Router', 'PhimoeTopKRouter']);
const CONV: ReadonlySet<string> = new Set(['Conv1d', 'Conv2d', 'Conv3d']);

/** Null for what PEFT refuses: norms, activations, containers. */
export function layerKind({ type, parameters }: ModelModule): LayerKind | null {
  // a wrapper such as Gemma4ClippableLinear has no weight of its own
  if (LINEAR.has(type) || (type.endsWith('Linear') && parameters.some(({ name }) => name === 'weight')))
    return 'linear';
  if (type === 'Conv1D') return 'conv1D';
  // transformers names its subclasses so: Gemma3TextScaledWordEmbedding, OPTLearnedPositionalEmbedding
  if (/^(Embedding|\w+(ScaledWord|Positional|Normed)Embedding)$/.test(type)) return 'embedding';
  if (CONV.has(type)) return 'conv';
  return type === 'MultiheadAttention' ? 'multihead' : null;
}

/**
 * Routers made of nn.Linear give more than its product: LoRA's forward can't do that, though PEFT wraps them and all-linear
 * takes them. The trainer refuses (steps/lora.py).
 */
export function isRouter({ type }: ModelModule): boolean {
  return type === 'Llama4Router' || type === 'PhimoeTopKRouter';
}

/** What `all-linear` takes (peft 0.21.0, tuners_utils.py _maybe_include_all_linear_layers), the head aside. */
export function isLinear(module: ModelModule): boolean {
  const kind = layerKind(module);
  return kind === 'linear' || kind === 'conv1D';
}

/** Weight of a layer with its in and out features; null without a weight, which only headers can bring about. */
export function featuresOf(module: ModelModule): { readonly inFeatures: number; readonly outFeatures: number } | null {
  const shape = module.parameters.find(({ name }) => name === 'weight')?.shape;
  const [first, second] = shape ?? [];
  if (first === undefined || second === undefined) return null;
  const swapped = ['conv1D', 'embedding'].includes(layerKind(module) ?? '');
  return swapped ? { inFeatures: first, outFeatures: second } : { inFeatures: second, outFeatures: first };
}
