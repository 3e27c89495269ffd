import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { readModel } from '../../../../src/engine/model/readModel';
import type { ModelRead } from '../../../../src/protocol/model';
import { COMMIT, HubServer } from './hubServer';
import { type Files, Folders, llama, recipeFor, shardedLlama } from './models';

const folders = new Folders();
let hub: HubServer;
beforeAll(async () => {
  hub = await HubServer.start();
});
afterEach(() => hub.forget());
afterAll(async () => {
  await hub.stop();
  folders.remove();
});

let count = 0;

/** A cache as huggingface_hub leaves it: files by their hash, a snapshot of links, a branch. */
function cached(files: Files): { readonly name: string; readonly env: NodeJS.ProcessEnv } {
  const home = `home-${count++}`;
  const name = `owner/cached-${count}`;
  const model = path.join(folders.root, home, 'hub', `models--owner--cached-${count}`);
  const snapshot = path.join(model, 'snapshots', COMMIT);
  for (const folder of ['blobs', 'refs', path.join('snapshots', COMMIT)])
    mkdirSync(path.join(model, folder), { recursive: true });
  writeFileSync(path.join(model, 'refs', 'main'), COMMIT);
  for (const [index, [file, content]] of Object.entries(files).entries()) {
    writeFileSync(path.join(model, 'blobs', `hash${index}`), content);
    symlinkSync(path.join('..', '..', 'blobs', `hash${index}`), path.join(snapshot, file));
  }
  return { name, env: { HF_HOME: path.join(folders.root, home), HF_ENDPOINT: hub.endpoint } };
}

function read(
  name: string,
  env: NodeJS.ProcessEnv,
  online: boolean,
  revision: string | null = null,
): Promise<ModelRead> {
  return readModel(
    { recipe: recipeFor(folders.root, name, revision), online },
    { signal: new AbortController().signal, env },
  );
}

const words = (answer: ModelRead): string => (answer.kind === 'trouble' ? formatMessage(answer.trouble.message) : '');

describe('the Hub’s cache', () => {
  test.each(['main', COMMIT, null])('is read, and the Hub not asked: revision %s', async (revision) => {
    const { name, env } = cached(shardedLlama(3));
    const answer = await read(name, env, true, revision);
    expect(answer.kind === 'structure' && answer.source).toMatchObject({ kind: 'cache' });
    expect(answer.kind === 'structure' && answer.structure.checkpoint?.tensors).toBe(21);
    expect(hub.seen).toEqual([]);
  });

  test('without this revision asks the Hub, if it may', async () => {
    const { name, env } = cached(llama());
    hub.put(name, llama());
    expect(words(await read(name, env, false, 'v2'))).toContain('has not been downloaded to this machine yet');
    expect(hub.seen).toEqual([]);
    const answer = await read(name, env, true, 'v2');
    expect(answer.kind === 'structure' && answer.source.kind).toBe('hub');
  });

  test.each([
    ['a shard is missing', () => dropped(shardedLlama(4), 'model-00002-of-00004.safetensors')],
    ['the tokenizer alone is there', (): Files => ({ 'tokenizer.json': '{}' })],
    ['config.json alone is there', () => dropped(llama(), 'model.safetensors')],
  ])('where %s: the Hub has the rest', async (_, files) => {
    const { name, env } = cached(files());
    hub.put(name, shardedLlama(4));
    const alone = await read(name, env, false);
    expect(alone.kind === 'trouble' && alone.trouble).toMatchObject({ kind: 'offline', severity: 'information' });
    expect(words(alone)).toContain('is on this machine in part alone');
    expect(words(await read(name, { ...env, HF_HUB_OFFLINE: 'yes' }, true))).toContain('HF_HUB_OFFLINE forbids');
    expect(hub.seen).toEqual([]);
    const answer = await read(name, env, true);
    expect(answer.kind === 'structure' && answer.source.kind).toBe('hub');
  });

  test('with a damaged file tells so, and doesn’t hide it behind the Hub', async () => {
    const { name, env } = cached({ ...llama(), 'model.safetensors': '{"a page": "of errors"}' });
    hub.put(name, llama());
    const answer = await read(name, env, true);
    expect(answer.kind === 'trouble' && answer.trouble.kind).toBe('badHeader');
  });

  test('with pickles alone is no unfinished download', async () => {
    const { name, env } = cached({ 'config.json': llama()['config.json'] ?? '', 'pytorch_model.bin': 'x' });
    const answer = await read(name, env, false);
    expect(answer.kind === 'trouble' && answer.trouble.kind).toBe('noWeights');
  });
});

function dropped(files: Files, name: string): Files {
  return Object.fromEntries(Object.entries(files).filter(([file]) => file !== name));
}
