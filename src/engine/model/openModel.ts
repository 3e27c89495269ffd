import type { ModelCalls, ModelRead, ModelSource, ModelStructure } from '../../protocol/model';
import { cachedModel } from '../tokens/hubCache';
import { kindOf, localPlace } from '../tokens/recipePlaces';
import { hubIsOff, isHubName } from './hubSettings';
import { LocalFiles } from './localFiles';
import { badName, noFolder, notDownloaded, notFinished, switchedOff } from './modelTroubles';
import { ModelTroubleError } from './modelTroubleError';
import { hasWeights } from './noWeights';
import { ReadCache } from './readCache';
import type { ReadModelOptions } from './readModel';
import { readStructure } from './readStructure';

/** The structure of a large model takes some tens of megabytes: few are kept. */
const structures = new ReadCache<ModelStructure>(3);

interface Opened {
  readonly kind: ModelSource['kind'];
  readonly place: string;
  readonly structure: ModelStructure;
}

/** See readModel. */
export async function openModel(
  { recipe, online }: ModelCalls['readModel']['params'],
  options: ReadModelOptions,
): Promise<ModelRead> {
  const started = performance.now();
  try {
    const { kind, place, structure } = await open(recipe, online, options);
    return { kind: 'structure', structure, source: { kind, place, durationMs: performance.now() - started } };
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof ModelTroubleError) return { kind: 'trouble', trouble: error.trouble };
    throw error;
  }
}

async function open(
  recipe: ModelCalls['readModel']['params']['recipe'],
  online: boolean,
  options: ReadModelOptions,
): Promise<Opened> {
  const { signal, env } = options;
  const { model_name_or_path: named, revision: wanted } = recipe.sections.model;
  const name = String(named);
  const folder = await localPlace(recipe, name);
  if (folder !== null) {
    if ((await kindOf(folder)) !== 'folder') throw new ModelTroubleError(noFolder(folder));
    return openFolder('folder', folder, signal);
  }
  if (!isHubName(name)) throw new ModelTroubleError(badName(name));
  const revision = typeof wanted === 'string' ? wanted : 'main';
  const snapshot = await cachedModel(name, revision, env);
  const incomplete = { files: false };
  if (snapshot !== null) {
    try {
      return await openFolder('cache', snapshot, signal);
    } catch (error) {
      if (!(await isUnfinished(error, snapshot))) throw error;
      incomplete.files = true;
    }
  }
  if (hubIsOff(env)) throw new ModelTroubleError(switchedOff(name));
  if (!online) throw new ModelTroubleError(incomplete.files ? notFinished(name) : notDownloaded(name));
  const { openOnHub } = await import('./openOnHub');
  return { kind: 'hub', place: name, structure: await openOnHub({ name, revision }, options) };
}

async function openFolder(kind: 'folder' | 'cache', folder: string, signal: AbortSignal): Promise<Opened> {
  const structure = await structures.get(`${kind} ${folder}`, (seen) =>
    readStructure(new LocalFiles(kind, folder, seen), signal),
  );
  return { kind, place: folder, structure };
}

/** The tokenizer alone was downloaded, or a download was broken off: the Hub has the rest. */
async function isUnfinished(error: unknown, snapshot: string): Promise<boolean> {
  if (!(error instanceof ModelTroubleError)) return false;
  const { kind } = error.trouble;
  if (kind === 'noConfig' || kind === 'shardsMissing') return true;
  return kind === 'noWeights' && !hasWeights(await new LocalFiles('cache', snapshot, () => {}).list());
}
