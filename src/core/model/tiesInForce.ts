import type { ModelConfig } from './config';
import type { FamilyModel } from './families/family';
import type { ModelWeights } from './structure';
import { loadedNames } from './tensorNames';

/**
 * Of what config.json ties, that which from_pretrained ties: where the weights hold both tensors with other values, it
 * doesn't (modeling_utils.tie_weights). Values aren't read here. A file that says itself that they are tied is believed, as
 * Qwen3-0.6B's, which stores both; where only the config class says so (Mistral-Small-3.1 of mistral3), both being there
 * tells that they differ: save_pretrained would have left out one.
 */
export function tiesInForce(
  { ties, tensors }: FamilyModel,
  { values }: ModelConfig,
  weights: ModelWeights | null,
): Readonly<Record<string, string>> {
  if (weights === null || values['tie_word_embeddings'] !== undefined) return ties;
  const names = new Set(Object.entries(ties).flat());
  const stored = new Set(
    weights.tensors.flatMap(({ name }) => loadedNames(name, tensors, (candidate) => names.has(candidate)).names),
  );
  return Object.fromEntries(Object.entries(ties).filter(([tied, to]) => !stored.has(tied) || !stored.has(to)));
}
