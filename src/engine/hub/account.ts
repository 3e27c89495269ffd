import { whoAmI } from '@huggingface/hub';
import { message } from '../../common/message';
import { isPlainObject } from '../../protocol/shape';
import { asked, type HubClient } from './client';
import { HubError } from './hubError';

/** Whose token it is, and what it may do. */
export interface Account {
  readonly name: string;
  /** Organisations that it belongs to. */
  readonly organisations: readonly string[];
  /** What the person called the token on the Hub; null where the Hub doesn't tell. */
  readonly tokenName: string | null;
  readonly mayWrite: boolean;
}

/** Asks the Hub whose token this is. Throws HubError where it isn't valid. */
export async function accountOf(client: HubClient): Promise<Account> {
  const answer: unknown = await asked(client, () =>
    // its own check would refuse the tokens of mirrors, which begin with something else than hf_: the client's fetch sends ours
    whoAmI({ accessToken: '', hubUrl: client.endpoint, fetch: client.fetch }),
  );
  if (!isPlainObject(answer) || typeof answer['name'] !== 'string')
    throw new HubError(
      'strange',
      message('{0} doesn’t say whose token this is.', client.host),
      message('Look whether HF_ENDPOINT names a Hub.'),
    );
  const organisations = Array.isArray(answer['orgs']) ? answer['orgs'] : [];
  const token = isPlainObject(answer['auth']) ? answer['auth']['accessToken'] : null;
  return {
    name: answer['name'],
    organisations: organisations.flatMap((one: unknown) =>
      isPlainObject(one) && typeof one['name'] === 'string' ? [one['name']] : [],
    ),
    tokenName: isPlainObject(token) && typeof token['displayName'] === 'string' ? token['displayName'] : null,
    mayWrite: !isPlainObject(token) || mayWrite(token),
  };
}

/** What can't be told here the Hub decides: it refuses with 403. */
function mayWrite({ role, fineGrained }: Readonly<Record<string, unknown>>): boolean {
  if (role === 'read') return false;
  if (role !== 'fineGrained' || !isPlainObject(fineGrained)) return true;
  // {"global": […], "scoped": [{"entity": {"type": "user", "name": …}, "permissions": ["repo.write", …]}]}
  const { scoped } = fineGrained;
  return !Array.isArray(scoped) || scoped.some((scope) => JSON.stringify(scope).includes('"repo.write"'));
}

export function ensureMayWrite({ name, tokenName, mayWrite: may }: Account, tokensPage: string): void {
  if (may) return;
  throw new HubError(
    'forbidden',
    tokenName === null
      ? message('The token of {0} may read, but not write.', name)
      : message('The token “{1}” of {0} may read, but not write.', name, tokenName),
    message('Make one that may write on {0} and sign in with it.', tokensPage),
  );
}
