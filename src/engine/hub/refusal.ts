import { message } from '../../common/message';
import { isPlainObject } from '../../protocol/shape';
import { secondsToWait } from '../model/hubRefusal';
import { HubError } from './hubError';
import type { PushConnection } from './pushFetch';
import { badToken, conflict, hubFails, tooMany } from './troubles';

const MOST_TOLD = 300;

/** What the Hub, or the storage that it leads to, means by a status: huggingface_hub/utils/_http.py, hf_raise_for_status. */
export async function refusal(response: Response, url: URL, connection: PushConnection): Promise<HubError> {
  const { status, headers } = response;
  const { host } = url;
  const told = await toldBy(response, connection.token);
  const code = headers.get('X-Error-Code');
  if (status === 429) return tooMany(host, secondsToWait(headers));
  if (status >= 500) return hubFails(host, status);
  if (url.origin !== new URL(connection.endpoint).origin) return storageRefuses(host, status, told);
  if (code === 'RepoNotFound' || status === 404) return missing(told, host, status);
  if (status === 401) return badToken(host);
  if (status === 403) return forbidden(told);
  if (status === 409 && url.pathname.endsWith('/repos/create')) return exists();
  if (status === 409 || status === 412) return conflict(told);
  return new HubError(
    'refused',
    told === null
      ? message('{0} refuses what was pushed (HTTP {1}).', host, status)
      : message('{0} refuses what was pushed (HTTP {1}): {2}', host, status, told),
    status === 413
      ? message('Push fewer or smaller files.')
      : message('Change what it names and push again; nothing was committed.'),
    { cause: told },
  );
}

function missing(told: string | null, host: string, status: number): HubError {
  return new HubError(
    'missing',
    told === null
      ? message('{0} has no such repository, or your token may not see it (HTTP {1}).', host, status)
      : message('{0} has no such repository, or your token may not see it (HTTP {1}): {2}', host, status, told),
    message('Check the name, whether the repository was deleted or renamed, and whether HF_ENDPOINT names a Hub.'),
  );
}

function forbidden(told: string | null): HubError {
  return new HubError(
    'forbidden',
    told === null
      ? message('Your token may not write to this repository.')
      : message('Your token may not write to this repository: {0}', told),
    message('Push to a name of your own, or sign in with a token that may write there.'),
  );
}

export function exists(): HubError {
  return new HubError(
    'exists',
    message('This repository is there already.'),
    message('Push to it all the same with --exist-ok, or choose another name.'),
  );
}

function storageRefuses(host: string, status: number, told: string | null): HubError {
  return new HubError(
    'refused',
    told === null
      ? message('The storage {0} refuses a file (HTTP {1}); nothing was committed.', host, status)
      : message('The storage {0} refuses a file (HTTP {1}): {2}; nothing was committed.', host, status, told),
    message('Push again: the addresses of the storage are valid for a while only.'),
  );
}

/** The Hub's own sentence, in a header or as {"error": …}. A server that repeats the token doesn't get it shown. */
async function toldBy(response: Response, token: string): Promise<string | null> {
  const body = await response.text().catch(() => '');
  const told = response.headers.get('X-Error-Message') ?? errorIn(body);
  const line = told?.replaceAll(token, 'hf_…').replace(/\s+/g, ' ').trim().slice(0, MOST_TOLD);
  return line === undefined || line === '' ? null : line;
}

function errorIn(body: string): string | null {
  try {
    const parsed: unknown = JSON.parse(body);
    if (!isPlainObject(parsed)) return null;
    const { error, message: sentence, errors } = parsed;
    // of a model card: {"errors": [{"message": …}]}
    if (Array.isArray(errors) && errors.length > 0)
      return errors.map((one: unknown) => (isPlainObject(one) ? String(one['message']) : '')).join(' ');
    return typeof error === 'string' ? error : typeof sentence === 'string' ? sentence : null;
  } catch {
    // pages of proxies, XML of S3
    return /<Message>([^<]*)<\/Message>/.exec(body)?.[1] ?? null;
  }
}
