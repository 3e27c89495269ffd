import { CountedBlob } from './countedBlob';
import { HubError } from './hubError';
import { refusal } from './refusal';
import { noAnswer } from './troubles';

export interface PushConnection {
  readonly endpoint: string;
  readonly host: string;
  /** Sent to the endpoint's own origin alone, and never written anywhere. */
  readonly token: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  pause(ms: number, signal: AbortSignal): Promise<void>;
  onWait(seconds: number): void;
  onSent(path: string, bytes: number): void;
}

const MOST_REPEATS = 3;
const MOST_REDIRECTS = 5;
/** Longer than this nobody waits in front of a bar; the answer says when to try again. */
const LONGEST_WAIT_SECONDS = 90;

/**
 * fetch for the functions of @huggingface/hub, which know neither pauses that the Hub asks for nor limits of time nor words, and
 * in Node tell nothing of how far a file is (they count on XMLHttpRequest). What may be asked twice is asked again where the
 * Hub fails; a commit is not, since nobody knows whether it arrived.
 */
export function pushFetch(connection: PushConnection): typeof fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    for (let repeat = 0; ; repeat++) {
      try {
        return await once(connection, url, init ?? {});
      } catch (error) {
        const seconds = error instanceof HubError ? secondsBefore(error, repeat, url) : null;
        if (seconds === null || repeat >= MOST_REPEATS) throw error;
        connection.onWait(seconds);
        await connection.pause(seconds * 1000, connection.signal);
      }
    }
  };
}

/** How long to wait before the same is asked again; null: it isn't. */
function secondsBefore(error: HubError, repeat: number, url: URL): number | null {
  if (error.kind === 'tooMany') {
    const told = error.cause;
    const seconds = typeof told === 'number' ? told : 2 ** (repeat + 1);
    return seconds <= LONGEST_WAIT_SECONDS ? seconds : null;
  }
  const passes = error.kind === 'noAnswer' || error.kind === 'hubFails';
  return passes && !changesRepo(url) ? 2 ** repeat : null;
}

function changesRepo(url: URL): boolean {
  return isCommit(url) || url.pathname.endsWith('/api/repos/create');
}

function isCommit({ pathname }: URL): boolean {
  return /^\/api\/.*\/commit\/[^/]+$/.test(pathname);
}

async function once(connection: PushConnection, url: URL, init: RequestInit): Promise<Response> {
  const { host, endpoint, token, signal, timeoutMs, onSent } = connection;
  const limit = new AbortController();
  let timer = setTimeout(() => limit.abort(), timeoutMs);
  const goesOn = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => limit.abort(), timeoutMs);
  };
  const own = new URL(endpoint).origin;
  const file = fileOf(init);
  let sent = 0;
  let isOver = false;
  const body =
    init.body instanceof Blob && file !== null
      ? new CountedBlob(init.body, (bytes) => {
          // fetch reads on a little after a connection has failed
          if (isOver) return;
          goesOn();
          sent += bytes;
          onSent(file, bytes);
        })
      : init.body;
  try {
    let place = url;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const headers = new Headers(init.headers);
      headers.set('User-Agent', 'tunebook');
      if (place.origin === own) headers.set('Authorization', `Bearer ${token}`);
      else headers.delete('Authorization');
      // a commit that is on its way is awaited: nobody would know whether it arrived
      const signals = [limit.signal, ...(isCommit(url) ? [] : [signal]), ...(init.signal ? [init.signal] : [])];
      const response = await fetch(place, {
        ...init,
        ...(body === undefined ? {} : { body }),
        headers,
        redirect: 'manual',
        signal: AbortSignal.any(signals),
      });
      const location = followed(response, place, own);
      if (location === null) {
        if (response.ok) return await whole(response);
        throw await refusal(response, place, connection);
      }
      await response.body?.cancel();
      place = location;
    }
    throw noAnswer(host, new Error('too many redirects'), null);
  } catch (error) {
    isOver = true;
    if (file !== null && sent > 0) onSent(file, -sent);
    if (!isCommit(url)) signal.throwIfAborted();
    // one of several uploads failed: @huggingface/hub ends the others
    init.signal?.throwIfAborted();
    if (error instanceof HubError) throw error;
    throw noAnswer(url.host, error, limit.signal.aborted ? timeoutMs : null);
  } finally {
    clearTimeout(timer);
  }
}

/** Within the limit of time; all answers are short. */
async function whole(response: Response): Promise<Response> {
  const bytes = await response.arrayBuffer();
  const hasNone = response.status === 204 || response.status === 205;
  return new Response(hasNone ? null : bytes, { status: response.status, headers: response.headers });
}

/** A renamed repository leads to its new name (307). Elsewhere nothing is sent but to the addresses that the Hub gave. */
function followed(response: Response, from: URL, own: string): URL | null {
  const location = response.headers.get('Location');
  if (location === null || (response.status !== 307 && response.status !== 308)) return null;
  const to = URL.canParse(location, from) ? new URL(location, from) : null;
  return to !== null && to.origin === own && from.origin === own ? to : null;
}

/** Which file this request sends: @huggingface/hub says so for its XMLHttpRequest. */
function fileOf(init: RequestInit): string | null {
  const hint: unknown = 'progressHint' in init ? init.progressHint : null;
  const isHint = typeof hint === 'object' && hint !== null && 'path' in hint;
  return isHint && typeof hint.path === 'string' ? hint.path : null;
}
