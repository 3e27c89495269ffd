import type { ModelCalls, ModelRead } from '../../protocol/model';

export interface ReadModelOptions {
  readonly signal: AbortSignal;
  readonly env: NodeJS.ProcessEnv;
  /** For an answer of the Hub to begin; 20 s by default. */
  readonly timeoutMs?: number;
}

/**
 * The structure of the recipe's model, by its config.json and the headers of its weights: of a folder, of the Hub's cache on this
 * machine, or of the Hub. What can't be read is told in words. Rejects with the signal's reason alone.
 */
export async function readModel(
  params: ModelCalls['readModel']['params'],
  options: ReadModelOptions,
): Promise<ModelRead> {
  options.signal.throwIfAborted();
  const { openModel } = await import('./openModel');
  return openModel(params, options);
}
