import { pathsInfo } from '@huggingface/hub';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { PushedFile } from './adapterFiles';
import { asked, type HubClient } from './client';

/** Paths that are asked for at once, as huggingface_hub does (_commit_api.py, FETCH_LFS_BATCH_SIZE). */
const BATCH = 500;

/** Paths of those files that the repository has already, byte for byte, at this commit. */
export async function sameFiles(
  client: HubClient,
  { name, head }: { readonly name: string; readonly head: string },
  files: readonly PushedFile[],
): Promise<ReadonlySet<string>> {
  const same = new Set<string>();
  for (let at = 0; at < files.length; at += BATCH) {
    const batch = files.slice(at, at + BATCH);
    const paths = batch.map((file) => file.path);
    const there = await asked(client, () =>
      pathsInfo({ repo: name, paths, revision: head, hubUrl: client.endpoint, fetch: client.fetch }),
    );
    for (const { path, oid, size, lfs } of there) {
      const file = batch.find((one) => one.path === path);
      if (file === undefined || (lfs?.size ?? size) !== file.bytes) continue;
      const hash =
        lfs === undefined
          ? await hashOf(file, 'sha1', `blob ${file.bytes}\0`, client.signal)
          : await hashOf(file, 'sha256', '', client.signal);
      if (hash === (lfs?.oid ?? oid)) same.add(path);
    }
  }
  return same;
}

/** Git hashes a blob with a word before it; LFS the bytes alone. */
async function hashOf(
  { file }: PushedFile,
  algorithm: 'sha1' | 'sha256',
  before: string,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash(algorithm).update(before);
  await pipeline(createReadStream(file), hash, { signal });
  return hash.digest('hex');
}
