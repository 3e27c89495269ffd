import { message } from '../../common/message';
import { HubError } from './hubError';

const PUSH_AGAIN = message('Push again: what has arrived isn’t sent twice.');

/** No answer came. timeoutMs: null where it wasn't the limit of time that ended it. */
export function noAnswer(host: string, error: unknown, timeoutMs: number | null): HubError {
  if (timeoutMs !== null)
    return new HubError(
      'noAnswer',
      message('{0} took and said nothing for {1} s.', host, Math.round(timeoutMs / 1000)),
      PUSH_AGAIN,
    );
  return new HubError(
    'noAnswer',
    message('The connection to {0} failed: {1}', host, reasonOf(error)),
    message('Look to the network, then push again: what has arrived isn’t sent twice.'),
  );
}

/** fetch says "fetch failed"; why is in its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}

export function hubFails(host: string, status: number): HubError {
  return new HubError('hubFails', message('{0} has trouble of its own (HTTP {1}).', host, status), PUSH_AGAIN);
}

/** The seconds are the cause: whoever asks again waits as long. */
export function tooMany(host: string, seconds: number | null): HubError {
  return new HubError(
    'tooMany',
    message('{0} wants a pause: too many requests came from here.', host),
    seconds === null ? message('Push again in a few minutes.') : message('Push again in {0} s.', seconds),
    { cause: seconds },
  );
}

export function badToken(host: string): HubError {
  return new HubError(
    'token',
    message('{0} doesn’t know this token: it is mistyped, expired or was revoked.', host),
    message('Sign in again with a token that is valid.'),
  );
}

export function noToken(page: string): HubError {
  return new HubError(
    'token',
    message('There is no token to push with.'),
    message('Make one that may write on {0}, then set HF_TOKEN or sign in with: hf auth login', page),
  );
}

export function conflict(told: string | null): HubError {
  return new HubError(
    'conflict',
    told === null
      ? message('Somebody else has committed to this repository meanwhile; nothing of yours was committed.')
      : message(
          'Somebody else has committed to this repository meanwhile; nothing of yours was committed ({0}).',
          told,
        ),
    message('Look at what changed there, then push again on top of it.'),
  );
}

export function changedMeanwhile(file: string): HubError {
  return new HubError(
    'changed',
    message('{0} was written to while it was pushed; nothing was committed.', file),
    message('Wait until the run has saved, then push again.'),
  );
}
