import type { ModelCalls, ModelRead } from '../../protocol/model';
import { kindOf, localPlace } from '../tokens/recipePlaces';
import { noFolder, notDownloaded } from './modelTroubles';
import type { ReadModelOptions } from './readModel';

/** See readModel. */
export async function openModel(
  { recipe }: ModelCalls['readModel']['params'],
  { signal }: ReadModelOptions,
): Promise<ModelRead> {
  const name = String(recipe.sections.model['model_name_or_path']);
  const place = await localPlace(recipe, name);
  signal.throwIfAborted();
  if (place !== null && (await kindOf(place)) === null) return { kind: 'trouble', trouble: noFolder(place) };
  return { kind: 'trouble', trouble: notDownloaded(name) };
}
