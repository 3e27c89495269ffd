import type { Family } from './family';
import { llama } from './llama';

/** model_type of config.json → how transformers builds it. One line a kind of model, in alphabetical order. */
const FAMILIES: Readonly<Record<string, Family>> = {
  llama,
};

/** null for a model_type that isn't known. */
export function familyOf(modelType: string): Family | null {
  return Object.hasOwn(FAMILIES, modelType) ? (FAMILIES[modelType] ?? null) : null;
}
