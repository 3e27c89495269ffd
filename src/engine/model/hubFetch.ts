import { message } from '../../common/message';
import { firstBytes } from './firstBytes';
import { refusal } from './hubRefusal';
import { noAnswer, strangeAnswer } from './hubTroubles';
import { ModelTroubleError } from './modelTroubleError';

/** What every request to the Hub needs. */
export interface HubConnection {
  readonly endpoint: string;
  /** Sent to the endpoint's own host alone, and never written anywhere. */
  readonly token: string | null;
  readonly name: string;
  readonly revision: string;
  readonly signal: AbortSignal;
  /** For an answer to begin and, at a slow line's speed, to end. */
  readonly timeoutMs: number;
}

const MOST_REDIRECTS = 5;
/** Of a line that is just good enough. */
const BYTES_PER_MS = 50;
/** The list of a repository with tens of thousands of files takes a few megabytes. */
const MOST_ANSWER_BYTES = 32 * 1024 * 1024;

/**
 * fetch for the functions of @huggingface/hub. They trust the answers: they read on where a server ignores the range, follow
 * redirects as fetch does, and know neither a limit of time nor words. `fileBytes`: of the file that is asked for, as the Hub
 * told before; null for other questions.
 */
export function hubFetch(connection: HubConnection, fileBytes: number | null): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    const range = rangeOf(headers.get('Range'));
    const take = range === null ? (fileBytes ?? MOST_ANSWER_BYTES) : range.end - range.start;
    // what the Hub says of a model is short; it alone has no length before it comes
    const expected = range === null && fileBytes === null ? 0 : take;
    const response = await followed(connection, new URL(String(input)), { ...init, headers }, expected);
    if (!response.ok) throw new ModelTroubleError(await refusal(response, connection));
    const skip = range === null ? 0 : skipped(response, range.start, fileBytes, connection);
    const body = response.body === null ? null : firstBytes(response.body, skip, take, range === null);
    return new Response(body, { status: response.status, headers: response.headers });
  };
}

async function followed(connection: HubConnection, url: URL, init: RequestInit, expected: number): Promise<Response> {
  const { endpoint, token, signal, timeoutMs } = connection;
  const limit = AbortSignal.timeout(timeoutMs + Math.ceil(expected / BYTES_PER_MS));
  const headers = new Headers(init.headers);
  // what is compressed has no range and another length
  headers.set('Accept-Encoding', 'identity');
  headers.set('User-Agent', 'tunebook');
  let place = url;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    if (token !== null && place.origin === new URL(endpoint).origin) headers.set('Authorization', `Bearer ${token}`);
    else headers.delete('Authorization');
    const response = await fetch(place, {
      ...init,
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, limit]),
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new ModelTroubleError(noAnswer(place.host, error, limit.aborted ? timeoutMs : null), { cause: error });
    });
    const location = response.status >= 300 && response.status < 400 ? response.headers.get('Location') : null;
    if (location === null) return response;
    await response.body?.cancel();
    place = next(location, place, connection);
  }
  throw new ModelTroubleError(
    strangeAnswer(message('The Hub’s answer about {0} leads from page to page without an end.', connection.name)),
  );
}

function next(location: string, from: URL, { name }: HubConnection): URL {
  const to = URL.canParse(location, from) ? new URL(location, from) : null;
  const safe = to?.protocol === 'https:' || (to?.protocol === 'http:' && from.protocol === 'http:');
  if (to !== null && safe) return to;
  throw new ModelTroubleError(
    strangeAnswer(
      message('The Hub’s answer about {0} leads to {1}, which is not followed.', name, location.slice(0, 100)),
    ),
  );
}

interface ByteRange {
  readonly start: number;
  readonly end: number; // behind the last byte
}

function rangeOf(header: string | null): ByteRange | null {
  const found = /^bytes=(\d+)-(\d+)$/.exec(header ?? '');
  return found === null ? null : { start: Number(found[1]), end: Number(found[2]) + 1 };
}

/** How many bytes come before those asked for: a server that ignores the range begins at the file's start. */
function skipped(response: Response, start: number, fileBytes: number | null, { name }: HubConnection): number {
  if (response.status !== 206) return start;
  const told = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('Content-Range') ?? '');
  if (told === null || Number(told[1]) !== start)
    throw new ModelTroubleError(
      strangeAnswer(message('The Hub’s answer about {0} holds other bytes than those asked for.', name)),
    );
  if (fileBytes !== null && told[2] !== '*' && Number(told[2]) !== fileBytes)
    throw new ModelTroubleError(
      strangeAnswer(
        message(
          'The Hub lists a file of {0} with {1} bytes, but sends one with {2}.',
          name,
          fileBytes,
          Number(told[2]),
        ),
      ),
    );
  return 0;
}
