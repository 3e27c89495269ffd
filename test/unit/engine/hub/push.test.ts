import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { planPush } from '../../../../src/engine/hub/adapterFiles';
import { HubError } from '../../../../src/engine/hub/hubError';
import type { PushProgress } from '../../../../src/engine/hub/progress';
import { pushAdapter, type PushRequest, type PushResult } from '../../../../src/engine/hub/push';
import { commit, filesAt, headOf } from '../../../hub/repositories';
import { HubServer } from '../../../hub/hubServer';
import { TOKENS } from '../../../hub/tokens';
import { AdapterFolders } from '../../../hub/adapterFolders';

const folders = new AdapterFolders();
let hub: HubServer;
beforeAll(async () => {
  hub = await HubServer.start();
});
afterEach(() => {
  hub.forget();
  hub.api.partBytes = 1e9;
});
afterAll(async () => {
  await hub.stop();
  folders.remove();
});

interface Pushing extends Partial<Omit<PushRequest, 'plan'>> {
  readonly folder: string;
  readonly token?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly onProgress?: (progress: PushProgress) => void;
  readonly waits?: number[];
}

let count = 0;
/** A name that no other test has pushed to. */
function fresh(): string {
  return `ada/yoda-${count++}`;
}

async function push({ folder, token = TOKENS.write, env, signal, timeoutMs, ...given }: Pushing): Promise<PushResult> {
  const { onProgress = () => {}, waits = [], ...request } = given;
  return pushAdapter(
    { plan: await planPush(folder), repo: fresh(), isPrivate: true, existOk: false, message: 'Yoda', ...request },
    {
      env: { HF_ENDPOINT: hub.endpoint, ...env },
      token,
      signal: signal ?? new AbortController().signal,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      pause: async (ms) => void waits.push(ms / 1000),
      onProgress,
    },
  );
}

async function refusalOf(pushing: Pushing): Promise<{ kind: string; words: string; remedy: string }> {
  const error: unknown = await push(pushing).catch((raised: unknown) => raised);
  if (!(error instanceof HubError)) throw new Error(`not refused: ${String(error)}`);
  const words = formatMessage(error.words);
  const remedy = formatMessage(error.remedy);
  const { cause } = error;
  expect(`${words} ${remedy} ${error.stack} ${String(cause)}`).not.toContain(pushing.token ?? TOKENS.write);
  return { kind: error.kind, words, remedy };
}

function stored(name: string): ReadonlyMap<string, Buffer> {
  const repository = hub.api.repositories.get(name);
  const files = repository === undefined ? null : filesAt(repository, 'main');
  return new Map([...(files ?? [])].map(([file, { content }]) => [file, content]));
}

describe('a push', () => {
  test('makes a private repository and commits every file at once, byte for byte', async () => {
    const folder = folders.make();
    const seen: PushProgress[] = [];
    const repo = fresh();
    const result = await push({ folder, repo, onProgress: (progress) => seen.push(progress) });
    expect(result).toMatchObject({ repo, created: true, isPrivate: true, url: `${hub.endpoint}/${repo}`, same: [] });
    expect(result.sent).toEqual(['README.md', 'adapter_config.json', 'adapter_model.safetensors']);
    for (const file of result.sent) expect(stored(repo).get(file)).toEqual(readFileSync(path.join(folder, file)));
    expect(hub.api.repositories.get(repo)?.commits.map(({ title }) => title)).toEqual(['initial commit', 'Yoda']);
    expect(result.commit).toBe(hub.api.repositories.get(repo)?.commits.at(-1)?.id);
    const sent = seen.filter((progress) => progress.kind === 'sent');
    const bytes = result.sent.reduce((sum, file) => sum + readFileSync(path.join(folder, file)).length, 0);
    expect(sent.at(-1)).toMatchObject({ total: bytes, totalOf: bytes });
    expect(seen.filter((progress) => progress.kind === 'phase').map(({ phase }) => phase)).toEqual([
      'account',
      'repository',
      'comparing',
      'comparing',
      'uploading',
      'committing',
    ]);
    // the storage is somebody else's
    expect(hub.storageSeen.map(({ authorization }) => authorization)).toEqual([null]);
  });

  test('goes to the account of the token where no user is named, in parts where the Hub wants parts', async () => {
    hub.api.partBytes = 100_000;
    const folder = folders.make({ tensors: { weight: [300, 300] } });
    const repo = fresh();
    const totals: number[] = [];
    const result = await push({
      folder,
      repo: repo.replace('ada/', ''),
      onProgress: (progress) => progress.kind === 'sent' && totals.push(progress.total),
    });
    expect(result.repo).toBe(repo);
    expect(stored(repo).get('adapter_model.safetensors')).toEqual(
      readFileSync(path.join(folder, 'adapter_model.safetensors')),
    );
    expect(hub.storageSeen.map(({ method, path: at }) => `${method} ${at.split('/')[1]}`).sort()).toEqual([
      'POST complete',
      'PUT part',
      'PUT part',
      'PUT part',
      'PUT part',
    ]);
    expect(totals).toEqual(totals.toSorted((a, b) => a - b));
  });

  test('again sends nothing; of a changed adapter only what changed', async () => {
    const folder = folders.make();
    const repo = fresh();
    const first = await push({ folder, repo });
    hub.forget();
    const again = await push({ folder, repo, existOk: true });
    expect(again).toMatchObject({ created: false, commit: null, sent: [], same: first.sent });
    expect(hub.storageSeen).toEqual([]);
    expect(hub.calls.filter((call) => call.includes('/commit/'))).toEqual([]);
    writeFileSync(path.join(folder, 'README.md'), '# Yoda, better\n');
    const changed = await push({ folder, repo, existOk: true });
    expect(changed.sent).toEqual(['README.md']);
    expect(stored(repo).get('README.md')?.toString()).toBe('# Yoda, better\n');
    expect(hub.storageSeen).toEqual([]);
  });

  test('goes on after an upload that was cut: what had arrived is not sent twice', async () => {
    const folder = folders.make({ more: { 'second.safetensors': { weight: [50, 50] } } });
    const repo = fresh();
    const second = readFileSync(path.join(folder, 'second.safetensors')).length;
    hub.storageFault = () => (hub.large.kept.size > before ? 'cut' : null);
    const before = hub.large.kept.size;
    const waits: number[] = [];
    const refused = await refusalOf({ folder, repo, waits });
    expect(refused).toMatchObject({ kind: 'noAnswer', remedy: expect.stringContaining('isn’t sent twice') });
    expect(waits).toEqual([1, 2, 4]);
    expect([...stored(repo).keys()]).toEqual(['.gitattributes']);
    const arrived = hub.storageSeen.filter(({ bytes }) => bytes > 0);
    expect(arrived).toHaveLength(1);
    hub.forget();
    const result = await push({ folder, repo });
    expect(result.sent).toContain('second.safetensors');
    expect(stored(repo).get('second.safetensors')).toHaveLength(second);
    expect(hub.storageSeen).toHaveLength(1);
  });

  test('repeats by itself an upload that is cut once, and counts its bytes once', async () => {
    const folder = folders.make({ tensors: { weight: [500, 500] } });
    let cuts = 0;
    hub.storageFault = () => (cuts++ === 0 ? 'cut' : null);
    const sent: number[] = [];
    const result = await push({
      folder,
      onProgress: (progress) => progress.kind === 'sent' && sent.push(progress.total - progress.totalOf),
    });
    expect(result.commit).not.toBeNull();
    expect(Math.max(...sent)).toBe(0);
    expect(sent.at(-1)).toBe(0);
  });

  test('that is cancelled in the middle of an upload leaves nothing that anybody sees', async () => {
    const folder = folders.make({ tensors: { weight: [500, 500] } });
    const repo = fresh();
    const cancel = new AbortController();
    hub.storageFault = () => {
      cancel.abort();
      return 'hang';
    };
    await expect(push({ folder, repo, signal: cancel.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect([...stored(repo).keys()]).toEqual(['.gitattributes']);
  });

  test('awaits a commit that is on its way, and finds out about one whose answer got lost', async () => {
    const cancel = new AbortController();
    hub.fault = (_, at) => {
      if (at.includes('/commit/')) cancel.abort();
      return null;
    };
    expect((await push({ folder: folders.make(), signal: cancel.signal })).commit).not.toBeNull();
    const repo = fresh();
    const folder = folders.make();
    hub.fault = (method, at) => {
      if (!at.includes('/commit/') || hub.api.repositories.get(repo) === undefined) return null;
      const files = [...stored(repo)].map(([file, content]) => [file, { content, isLfs: false }] as const);
      const ours = ['README.md', 'adapter_config.json', 'adapter_model.safetensors'].map(
        (file) => [file, { content: readFileSync(path.join(folder, file)), isLfs: file.endsWith('s') }] as const,
      );
      commit(hub.api.repositories.get(repo)!, 'Yoda', [...files, ...ours]);
      return { status: 502, body: method };
    };
    const result = await push({ folder, repo });
    expect(result.commit).toBe(headOf(hub.api.repositories.get(repo)!));
    expect(hub.calls.filter((call) => call.includes('/commit/'))).toHaveLength(2);
  });

  test('waits as long as the Hub asks, three times, and not for an hour', async () => {
    let asked = 0;
    hub.fault = (_, at) =>
      at.includes('/preupload') && asked++ < 2 ? { status: 429, headers: { 'Retry-After': '7' } } : null;
    const waits: number[] = [];
    expect((await push({ folder: folders.make(), waits })).commit).not.toBeNull();
    expect(waits).toEqual([7, 7]);
    hub.fault = () => ({ status: 429, headers: { RateLimit: '"api";r=0;t=12' } });
    const often: number[] = [];
    expect(await refusalOf({ folder: folders.make(), waits: often })).toMatchObject({
      kind: 'tooMany',
      remedy: 'Push again in 12 s.',
    });
    expect(often).toEqual([12, 12, 12]);
    hub.fault = () => ({ status: 429, headers: { 'Retry-After': '3600' } });
    const never: number[] = [];
    expect((await refusalOf({ folder: folders.make(), waits: never })).remedy).toBe('Push again in 3600 s.');
    expect(never).toEqual([]);
  });
});

describe('a push is refused in words', () => {
  test('where somebody else has committed meanwhile', async () => {
    const folder = folders.make();
    const repo = fresh();
    hub.fault = (_, at) => {
      const repository = hub.api.repositories.get(repo);
      if (at.includes('/preupload') && repository !== undefined)
        commit(repository, 'Theirs', [['README.md', { content: Buffer.from('theirs'), isLfs: false }]]);
      return null;
    };
    expect(await refusalOf({ folder, repo })).toMatchObject({
      kind: 'conflict',
      words: expect.stringContaining('A commit has happened since'),
      remedy: 'Look at what changed there, then push again on top of it.',
    });
    expect(stored(repo).get('README.md')?.toString()).toBe('theirs');
  });

  test('where the repository is there, or public where private was meant', async () => {
    const folder = folders.make();
    const repo = fresh();
    await push({ folder, repo, isPrivate: false });
    expect(await refusalOf({ folder, repo })).toMatchObject({
      kind: 'exists',
      remedy: expect.stringContaining('--exist-ok'),
    });
    const open = await refusalOf({ folder, repo, existOk: true });
    expect(open).toMatchObject({ kind: 'public', words: expect.stringContaining('is public already') });
  });

  test.each([
    ['a token that nobody knows', { token: 'hf_nobodyKnowsThisOne' }, 'token', /expired or was revoked/],
    ['a token that may only read', { token: TOKENS.read }, 'forbidden', /“reader” of ada may read, but not write/],
    ['a fine-grained token without writing', { token: TOKENS.narrow }, 'forbidden', /“narrow” of ada/],
    ['another’s name', { repo: 'turing/yoda' }, 'forbidden', /rights to create a model under the namespace/],
    ['a name that the Hub refuses', { repo: 'ada/yo--da' }, 'name', /neither -- nor \.\./],
    ['HF_HUB_OFFLINE', { env: { HF_HUB_OFFLINE: '1' } }, 'offline', /HF_HUB_OFFLINE is set/],
    ['an endpoint that is none', { env: { HF_ENDPOINT: 'hub' } }, 'strange', /HF_ENDPOINT is no address: hub/],
    [
      'nobody at the endpoint',
      { env: { HF_ENDPOINT: 'http://127.0.0.1:9' } },
      'noAnswer',
      /127\.0\.0\.1:9 failed: (?:ECONNREFUSED|bad port)/,
    ],
  ])('for %s', async (_, given, kind, words) => {
    expect(await refusalOf({ folder: folders.make(), ...given })).toMatchObject({
      kind,
      words: expect.stringMatching(words),
    });
    if (kind !== 'forbidden' && kind !== 'token') expect(hub.seen).toEqual([]);
  });

  test.each([
    ['/preupload', { status: 401 }, 'token'],
    ['/preupload', { status: 403, body: '{"error":"no write here"}' }, 'forbidden'],
    ['/info/lfs', { status: 404 }, 'missing'],
    ['/preupload', { status: 503 }, 'hubFails'],
    ['/commit/', { status: 409 }, 'conflict'],
    ['/commit/', { status: 500 }, 'hubFails'],
    ['/commit/', { status: 413 }, 'refused'],
    ['/info/lfs', { status: 200, body: '<html>' }, 'strange'],
    ['/whoami-v2', { status: 200, body: '[]' }, 'strange'],
  ] as const)('where %s answers %o', async (at, answer, kind) => {
    hub.fault = (_, called) => (called.includes(at) ? answer : null);
    const repo = fresh();
    const refused = await refusalOf({ folder: folders.make(), repo });
    expect(refused.kind).toBe(kind);
    expect(refused.remedy).not.toBe('');
    expect([...stored(repo).keys()].filter((file) => file !== '.gitattributes')).toEqual([]);
  });

  test('where an answer never comes, a hash is wrong, or a server repeats the token', async () => {
    hub.fault = (_, at) => (at.includes('/preupload') ? 'hang' : null);
    expect((await refusalOf({ folder: folders.make(), timeoutMs: 50 })).words).toMatch(/took and said nothing for 0 s/);
    hub.forget();
    hub.storageFault = () => ({ status: 400, body: '<Error><Message>The SHA256 did not match.</Message></Error>' });
    expect(await refusalOf({ folder: folders.make() })).toMatchObject({
      kind: 'refused',
      words: expect.stringContaining('SHA256'),
    });
    hub.forget();
    hub.fault = (_, at) =>
      at.includes('/preupload') ? { status: 403, body: `{"error":"${TOKENS.write} may not"}` } : null;
    expect((await refusalOf({ folder: folders.make() })).words).toContain('hf_… may not');
  });

  test('where a file is written to meanwhile: nothing is committed', async () => {
    const folder = folders.make();
    const repo = fresh();
    hub.fault = (_, at) => {
      if (at.includes('/preupload')) writeFileSync(path.join(folder, 'README.md'), 'saved anew');
      return null;
    };
    expect((await refusalOf({ folder, repo })).kind).toBe('changed');
    expect(hub.calls.filter((call) => call.includes('/commit/'))).toEqual([]);
  });

  test('where the model card names a base model by a path: before anything is made', async () => {
    const folder = folders.make({ files: { 'README.md': '---\nbase_model: /home/ada/base\n---\n# Yoda\n' } });
    const repo = fresh();
    const refused = await refusalOf({ folder, repo });
    expect(refused).toMatchObject({
      kind: 'refused',
      words: expect.stringContaining('"base_model" with value "/home/ada/base"'),
    });
    expect(hub.api.repositories.has(repo)).toBe(false);
  });
});
