import { message } from '../../common/message';
import { accountOf, ensureMayWrite } from './account';
import type { PushPlan } from './adapterFiles';
import { checkCard } from './card';
import { type ClientOptions, hubClient, tokensPage } from './client';
import { commitFiles } from './commitFiles';
import { HubError } from './hubError';
import type { PushProgress } from './progress';
import { repoNameProblem } from './repoName';
import { openRepository } from './repository';
import { sameFiles } from './sameFiles';
import { SentBytes } from './progress';

export const COMMIT_TITLE = 'Add the adapter';

export interface PushRequest {
  readonly plan: PushPlan;
  /** user/name; a name alone is the token's account's. */
  readonly repo: string;
  readonly isPrivate: boolean;
  readonly existOk: boolean;
  /** Of the commit. */
  readonly message: string;
}

export interface PushResult {
  readonly repo: string;
  readonly url: string;
  readonly isPrivate: boolean;
  readonly created: boolean;
  /** Null where the repository had all files already. */
  readonly commit: string | null;
  readonly sent: readonly string[];
  readonly same: readonly string[];
}

export interface PushOptions extends Omit<ClientOptions, 'onWait' | 'onSent'> {
  readonly onProgress: (progress: PushProgress) => void;
}

/**
 * Pushes an adapter as one commit: whoever looks sees all of it or nothing. Throws HubError, and the signal's reason where it was
 * cancelled before the commit.
 */
export async function pushAdapter(request: PushRequest, options: PushOptions): Promise<PushResult> {
  const { plan } = request;
  const { onProgress, ...rest } = options;
  let sent: SentBytes | null = null;
  const client = hubClient({
    ...rest,
    onWait: (seconds) => onProgress({ kind: 'waiting', seconds }),
    onSent: (path, bytes) => sent?.add(path, bytes),
  });
  const problem = repoNameProblem(request.repo);
  if (problem !== null) throw new HubError('name', problem, message('Name it with --repo user/name.'));

  onProgress({ kind: 'phase', phase: 'account' });
  const account = await accountOf(client);
  ensureMayWrite(account, tokensPage(options.env));
  const name = request.repo.includes('/') ? request.repo : `${account.name}/${request.repo}`;

  onProgress({ kind: 'phase', phase: 'repository' });
  await checkCard(client, plan.files);
  const repository = await openRepository(client, { ...request, name });

  onProgress({ kind: 'phase', phase: 'comparing' });
  const same = repository.isEmpty ? new Set<string>() : await sameFiles(client, repository, plan.files);
  const files = plan.files.filter(({ path }) => !same.has(path));
  const { url, isPrivate, created } = repository;
  const result = { repo: repository.name, url, isPrivate, created, same: [...same] };
  if (files.length === 0) return { ...result, commit: null, sent: [] };
  sent = new SentBytes(files, onProgress);
  const commit = await commitFiles(client, { repository, files, message: request.message, sent, onProgress });
  return { ...result, commit, sent: files.map(({ path }) => path) };
}
