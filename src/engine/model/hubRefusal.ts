import { message } from '../../common/message';
import type { ModelTrouble } from '../../protocol/model';
import type { HubConnection } from './hubFetch';
import { badToken, gatedModel, hubFails, strangeAnswer, tooMany, unknownModel, unknownRevision } from './hubTroubles';

/**
 * What the Hub means by a status: huggingface_hub/utils/_http.py, hf_raise_for_status. 401 is what it says of models that
 * don't exist too, so as not to tell which are private.
 */
export async function refusal(response: Response, connection: HubConnection): Promise<ModelTrouble> {
  await response.body?.cancel();
  const { name, revision, token, endpoint } = connection;
  const { status, headers } = response;
  const signedIn = token !== null;
  const code = headers.get('X-Error-Code');
  const page = `${endpoint}/${name}`;
  if (code === 'GatedRepo') return gatedModel(name, page, signedIn);
  if (code === 'RevisionNotFound') return unknownRevision(name, revision);
  if (status === 429) return tooMany(secondsToWait(headers));
  if (status >= 500) return hubFails(new URL(endpoint).host, status);
  if (status === 401 && headers.get('X-Error-Message') === 'Invalid credentials in Authorization header')
    return badToken(name);
  if (code === 'RepoNotFound' || status === 401 || (status === 404 && code === null))
    return unknownModel(name, signedIn);
  if (status === 403) return signedIn ? badToken(name) : gatedModel(name, page, signedIn);
  return strangeAnswer(message('The Hub’s answer about {0} is HTTP {1}.', name, status));
}

/** Retry-After, or RateLimit: "api";r=0;t=55 */
export function secondsToWait(headers: Headers): number | null {
  const told =
    /^\d+$/.exec(headers.get('Retry-After') ?? '')?.[0] ?? /\bt=(\d+)/.exec(headers.get('RateLimit') ?? '')?.[1];
  return told === undefined ? null : Number(told);
}
