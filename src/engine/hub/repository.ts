import { createRepo, modelInfo } from '@huggingface/hub';
import { message } from '../../common/message';
import { asked, type HubClient } from './client';
import { HubError } from './hubError';
import { exists } from './refusal';

export interface Repository {
  readonly name: string;
  readonly url: string;
  /** What is committed goes on top of it. */
  readonly head: string;
  readonly isPrivate: boolean;
  /** Nothing but what the Hub puts there itself. */
  readonly isEmpty: boolean;
  readonly created: boolean;
}

export interface WantedRepository {
  readonly name: string;
  readonly isPrivate: boolean;
  /** It may be there already, with files in it. */
  readonly existOk: boolean;
}

/** The repository, made where it isn't there. Throws HubError. */
export async function openRepository(client: HubClient, wanted: WantedRepository): Promise<Repository> {
  const found = await findRepository(client, wanted.name);
  if (found === null) return create(client, wanted);
  if (!found.isEmpty && !wanted.existOk) throw exists();
  if (!found.isPrivate && wanted.isPrivate)
    throw new HubError(
      'public',
      message('{0} is public already, but a private push was asked for; nothing was sent.', found.name),
      message('Push with --public, make the repository private on {0}/settings, or choose another name.', found.url),
    );
  return found;
}

/** Null where it isn't there, or may not be seen. */
export async function findRepository(client: HubClient, name: string): Promise<Repository | null> {
  const { endpoint } = client;
  const info = await asked(client, () =>
    modelInfo({
      name,
      revision: 'main',
      hubUrl: endpoint,
      fetch: client.fetch,
      additionalFields: ['sha', 'filePaths'],
    }),
  ).catch((error: unknown) => {
    if (error instanceof HubError && error.kind === 'missing') return null;
    throw error;
  });
  if (info === null) return null;
  const full = typeof info.name === 'string' && info.name !== '' ? info.name : name;
  return {
    name: full,
    url: `${endpoint}/${full}`,
    head: typeof info.sha === 'string' ? info.sha : '',
    isPrivate: info.private,
    isEmpty: (info.filePaths ?? []).every((file) => file === '.gitattributes'),
    created: false,
  };
}

async function create(client: HubClient, { name, isPrivate }: WantedRepository): Promise<Repository> {
  await asked(client, () =>
    createRepo({
      repo: name,
      visibility: isPrivate ? 'private' : 'public',
      // as in accountOf: the client's fetch sends the token
      accessToken: '',
      hubUrl: client.endpoint,
      fetch: client.fetch,
    }),
  );
  const made = await findRepository(client, name);
  if (made !== null) return { ...made, created: true };
  throw new HubError(
    'strange',
    message('{0} says that it made the repository {1}, but doesn’t show it.', client.host, name),
    message('Push again in a minute.'),
  );
}
