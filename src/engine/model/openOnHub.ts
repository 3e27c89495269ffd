import type { ModelStructure } from '../../protocol/model';
import { HubFiles, openCommit } from './hubFiles';
import { hubEndpoint, hubToken } from './hubSettings';
import { badEndpoint } from './modelTroubles';
import { ModelTroubleError } from './modelTroubleError';
import type { ReadModelOptions } from './readModel';
import { readStructure } from './readStructure';

const TIMEOUT_MS = 20_000;
const MOST_KEPT = 3;

/** By endpoint, name and commit: what a commit has never changes. */
const kept = new Map<string, ModelStructure>();

/** A model's structure by the first bytes of its files on the Hub. Throws ModelTroubleError, and the signal's reason. */
export async function openOnHub(
  { name, revision }: { readonly name: string; readonly revision: string },
  { signal, env, timeoutMs = TIMEOUT_MS }: ReadModelOptions,
): Promise<ModelStructure> {
  const endpoint = hubEndpoint(env);
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) throw new ModelTroubleError(badEndpoint(endpoint));
  const connection = { endpoint, token: await hubToken(env), name, revision, signal, timeoutMs };
  const { commit, names } = await openCommit(connection);
  const key = [endpoint, name, commit].join(' ');
  const structure = kept.get(key) ?? (await readStructure(new HubFiles(connection, commit, names), signal));
  kept.delete(key);
  kept.set(key, structure);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return structure;
}
