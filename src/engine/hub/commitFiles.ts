import { commitIter, type CommitProgressEvent } from '@huggingface/hub';
import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { assertNever } from '../../common/assertNever';
import type { PushedFile } from './adapterFiles';
import { asked, type HubClient } from './client';
import { HubError } from './hubError';
import type { PushProgress, SentBytes } from './progress';
import { findRepository, type Repository } from './repository';
import { sameFiles } from './sameFiles';
import { changedMeanwhile } from './troubles';

interface FilesToCommit {
  readonly repository: Repository;
  readonly files: readonly PushedFile[];
  readonly message: string;
  readonly sent: SentBytes;
  readonly onProgress: (progress: PushProgress) => void;
}

/** Returns the commit's id. */
export async function commitFiles(client: HubClient, commit: FilesToCommit): Promise<string> {
  const { repository, files, onProgress, sent } = commit;
  // A commit that is on its way is awaited: cancelling it would leave nobody knowing whether it arrived.
  const uploads = new AbortController();
  const cancel = (): void => uploads.abort(client.signal.reason);
  client.signal.addEventListener('abort', cancel);
  try {
    return await asked({ ...client, signal: uploads.signal }, async () => {
      const steps = commitIter({
        repo: repository.name,
        title: commit.message,
        operations: files.map(({ path, file }) => ({ operation: 'addOrUpdate', path, content: pathToFileURL(file) })),
        parentCommit: repository.head,
        hubUrl: client.endpoint,
        fetch: client.fetch,
        abortSignal: uploads.signal,
        // Its chunks go to a server of their own by a protocol without specification; each repository takes LFS as well.
        useXet: false,
      });
      for (;;) {
        const step = await steps.next();
        if (step.done === true) {
          // small files travel in the commit itself
          for (const { path } of files) sent.whole(path);
          return step.value?.commit.oid ?? repository.head;
        }
        if (step.value.event === 'phase' && step.value.phase === 'committing') {
          await ensureUnchanged(files);
          client.signal.removeEventListener('abort', cancel);
        }
        tell(step.value, sent, onProgress);
      }
    });
  } catch (error) {
    const arrived = isUnknown(error) ? await arrivedCommit(client, commit) : null;
    if (arrived !== null) return arrived;
    throw error;
  } finally {
    client.signal.removeEventListener('abort', cancel);
  }
}

function tell(event: CommitProgressEvent, sent: SentBytes, onProgress: (progress: PushProgress) => void): void {
  switch (event.event) {
    case 'phase':
      return onProgress({ kind: 'phase', phase: PHASES[event.phase] });
    case 'fileProgress':
      if (event.state === 'uploading' && event.progress === 1) sent.whole(event.path);
      return;
    default:
      assertNever(event);
  }
}

const PHASES = { preuploading: 'comparing', uploadingLargeFiles: 'uploading', committing: 'committing' } as const;

async function ensureUnchanged(files: readonly PushedFile[]): Promise<void> {
  for (const { file, bytes, changedMs } of files) {
    const now = await stat(file).catch(() => null);
    if (now?.size !== bytes || now.mtimeMs !== changedMs) throw changedMeanwhile(file);
  }
}

function isUnknown(error: unknown): boolean {
  return error instanceof HubError && (error.kind === 'noAnswer' || error.kind === 'hubFails');
}

/** The answer to a commit got lost: whether the commit did the repository tells. Null where it did, or nobody tells. */
async function arrivedCommit(client: HubClient, { repository, files }: FilesToCommit): Promise<string | null> {
  try {
    const now = await findRepository(client, repository.name);
    if (now === null || now.head === repository.head) return null;
    const same = await sameFiles(client, now, files);
    return same.size === files.length ? now.head : null;
  } catch {
    client.signal.throwIfAborted();
    return null;
  }
}
