import { type Message, message } from '../../common/message';
import type { ModelTrouble } from '../../protocol/model';

function trouble(kind: ModelTrouble['kind'], words: Message, remedy: Message): ModelTrouble {
  return { kind, severity: kind === 'offline' ? 'warning' : 'error', message: words, remedy, file: null };
}

const TRY_AGAIN = message('Try again later.');

/** No answer came. timeoutMs: null where it wasn't the limit of time that ended it. */
export function noAnswer(host: string, error: unknown, timeoutMs: number | null): ModelTrouble {
  if (timeoutMs !== null)
    return trouble(
      'offline',
      message('{0} did not answer within {1} s.', host, Math.round(timeoutMs / 1000)),
      TRY_AGAIN,
    );
  return trouble(
    'offline',
    message('{0} can’t be reached: {1}', host, reasonOf(error)),
    message('Look to the network, or name a model that is on this machine.'),
  );
}

/** fetch says "fetch failed"; why is in its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}

/** An answer that can't be used. */
export function strangeAnswer(words: Message): ModelTrouble {
  return trouble('unknown', words, message('Try again; behind a proxy or a mirror (HF_ENDPOINT) try without it.'));
}

export function brokenOff(file: string, got: number, of: number): ModelTrouble {
  return trouble('offline', message('{0} broke off: {1} of {2} bytes came.', file, got, of), TRY_AGAIN);
}

export function unknownModel(name: string, signedIn: boolean): ModelTrouble {
  return trouble(
    'notFound',
    message('The Hub knows no model {0}, or it is private.', name),
    signedIn
      ? message('Check the spelling, and whether the account of your token may see it.')
      : message('Check the spelling. For a private model sign in with: hf auth login'),
  );
}

export function unknownRevision(name: string, revision: string): ModelTrouble {
  return trouble(
    'notFound',
    message('{0} has no revision {1} on the Hub.', name, revision),
    message('Write a branch, a tag or a commit of the model, or take revision out.'),
  );
}

export function gatedModel(name: string, page: string, signedIn: boolean): ModelTrouble {
  return trouble(
    'gated',
    message('{0} is gated: its author wants a licence accepted before it is read.', name),
    signedIn
      ? message('Accept it on {0} with the account of your token.', page)
      : message('Accept it on {0} and sign in with: hf auth login', page),
  );
}

export function badToken(name: string): ModelTrouble {
  return trouble(
    'gated',
    message('The Hub refuses your token for {0}.', name),
    message('Sign in again with: hf auth login; or set HF_TOKEN to a token that is valid and may read it.'),
  );
}

export function tooMany(seconds: number | null): ModelTrouble {
  return trouble(
    'offline',
    message('The Hub wants a pause: too many requests came from here.'),
    seconds === null ? TRY_AGAIN : message('Try again in {0} s.', seconds),
  );
}

export function hubFails(host: string, status: number): ModelTrouble {
  return trouble('offline', message('{0} has trouble of its own (HTTP {1}).', host, status), TRY_AGAIN);
}
