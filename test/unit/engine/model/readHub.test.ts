import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { readModel } from '../../../../src/engine/model/readModel';
import type { ModelRead, ModelStructure, ModelTrouble } from '../../../../src/protocol/model';
import { COMMIT, HubServer } from './hubServer';
import { type Files, Folders, llama, LLAMA_TENSORS, recipeFor, shardedLlama, weightsFile } from './models';

const folders = new Folders();
const TOKEN = 'hf_secretOfThisTest';
let hub: HubServer;
beforeAll(async () => {
  hub = await HubServer.start();
});
afterEach(() => hub.forget());
afterAll(async () => {
  await hub.stop();
  folders.remove();
});

interface Asking {
  readonly env?: NodeJS.ProcessEnv;
  readonly revision?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

function read(name: string, { env, revision, signal, timeoutMs }: Asking = {}): Promise<ModelRead> {
  return readModel(
    { recipe: recipeFor(folders.root, name, revision ?? null), online: true },
    {
      signal: signal ?? new AbortController().signal,
      env: { HF_HOME: path.join(folders.root, 'home'), HF_ENDPOINT: hub.endpoint, ...env },
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    },
  );
}

let count = 0;
/** A name that no other test has read: what the Hub told of a commit is kept. */
function put(files: Files): string {
  const name = `owner/model-${count++}`;
  hub.put(name, files);
  return name;
}

async function structureOf(name: string, asking?: Asking): Promise<ModelStructure> {
  const answer = await read(name, asking);
  if (answer.kind === 'trouble') throw new Error(formatMessage(answer.trouble.message));
  return answer.structure;
}

async function troubleOf(name: string, asking?: Asking): Promise<ModelTrouble & { words: string; advice: string }> {
  const answer = await read(name, asking);
  if (answer.kind === 'structure') throw new Error('was read');
  const { trouble } = answer;
  return { ...trouble, words: formatMessage(trouble.message), advice: formatMessage(trouble.remedy) };
}

/** A model whose weights would take long to fetch. */
function large(): Files {
  return { ...llama(), 'model.safetensors': weightsFile({ ...LLAMA_TENSORS, more: [8 * 1024, 1024] }) };
}

describe('a model on the Hub', () => {
  test('is read by its headers alone, with few requests', async () => {
    const name = put(large());
    const answer = await read(name);
    expect(answer.kind === 'structure' && answer.source).toMatchObject({ kind: 'hub', place: name });
    expect(hub.seen.map(({ method, path: at }) => `${method} ${at.replace(/\?.*/, '')}`)).toEqual([
      `GET /api/models/${name}/revision/main`,
      `POST /api/models/${name}/paths-info/${COMMIT}`,
      `GET /${name}/resolve/${COMMIT}/config.json`,
      `GET /${name}/resolve/${COMMIT}/model.safetensors`,
    ]);
    expect(hub.storageSeen.map(({ range }) => range)).toEqual(['bytes=0-65543']);
    expect(hub.sent).toBeLessThan(80_000);
  });

  test('in many files: one request each, of little more than its header', async () => {
    const name = put(shardedLlama(7));
    const local = path.basename(folders.write('local', llama()));
    const { modules, notes, checkpoint } = await structureOf(name);
    expect(modules).toEqual((await structureOf(`./${local}`)).modules);
    expect(notes).toEqual([]);
    expect(checkpoint?.files.length).toBe(7);
    expect(hub.storageSeen.length).toBe(7);
  });

  test('is read once for each commit', async () => {
    const name = put(llama());
    const first = await structureOf(name);
    hub.forget();
    expect(await structureOf(name)).toBe(first);
    expect(hub.seen.map(({ path: at }) => at.replace(/\?.*/, ''))).toEqual([`/api/models/${name}/revision/main`]);
  });

  test('with a header longer than was guessed: a second request for the rest', async () => {
    const more = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`more.${at}.${'x'.repeat(30)}`, [1]]));
    const name = put({ ...llama(), 'model.safetensors': weightsFile({ ...LLAMA_TENSORS, ...more }) });
    expect((await structureOf(name)).checkpoint?.tensors).toBe(2021);
    expect(hub.storageSeen.length).toBe(2);
    expect(hub.storageSeen[1]?.range).toMatch(/^bytes=65544-/);
  });

  test('of a name without an owner, and of a revision with a slash', async () => {
    hub.put('gpt', llama());
    await structureOf('gpt', { revision: 'refs/pr/1' });
    expect(hub.seen[0]?.path).toContain('/api/models/gpt/revision/refs%2Fpr%2F1?');
  });

  test('whose files have names that mean something in an address', async () => {
    const files = shardedLlama(1);
    const text = JSON.stringify(files).replaceAll('model-00001-of-00001.safetensors', 'a b?c#d%20.safetensors');
    const index = JSON.parse(text) as Record<string, string>;
    const name = put({
      'config.json': String(files['config.json']),
      'model.safetensors.index.json': String(index['model.safetensors.index.json']),
      'a b?c#d%20.safetensors': files['model-00001-of-00001.safetensors'] ?? '',
    });
    expect((await structureOf(name)).checkpoint?.tensors).toBe(21);
  });
});

describe('the token', () => {
  const files = llama();

  test('goes to the endpoint and to nobody else', async () => {
    await structureOf(put(files), { env: { HF_TOKEN: TOKEN } });
    expect(new Set(hub.seen.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${TOKEN}`]));
    expect(hub.storageSeen.map(({ authorization }) => authorization)).toEqual([null]);
  });

  test('is that of the file that signing in writes', async () => {
    const file = path.join(folders.root, 'my-token');
    writeFileSync(file, `${TOKEN}\n`);
    await structureOf(put(files), { env: { HF_TOKEN_PATH: file } });
    expect(hub.seen[0]?.authorization).toBe(`Bearer ${TOKEN}`);
    hub.forget();
    const home = folders.write('signed-in', { token: `${TOKEN}2` });
    await structureOf(put(files), { env: { HF_HOME: home } });
    expect(hub.seen[0]?.authorization).toBe(`Bearer ${TOKEN}2`);
    hub.forget();
    await structureOf(put(files), { env: { HF_HOME: home, HF_HUB_DISABLE_IMPLICIT_TOKEN: '1' } });
    expect(hub.seen[0]?.authorization).toBeNull();
  });

  test('is in no word of any trouble', async () => {
    const name = put(files);
    for (const status of [401, 403, 404, 429, 500]) {
      hub.fault = () => ({ status, body: `Bearer ${TOKEN}` });
      expect(JSON.stringify(await read(name, { env: { HF_TOKEN: TOKEN } }))).not.toContain(TOKEN);
    }
  });
});

describe('a refusal is told in words', () => {
  test.each([
    ['no such model', 401, { 'X-Error-Code': 'RepoNotFound' }, 'notFound', 'The Hub knows no model'],
    ['hidden', 401, {}, 'notFound', 'or it is private'],
    ['an old server', 404, {}, 'notFound', 'The Hub knows no model'],
    ['no such revision', 404, { 'X-Error-Code': 'RevisionNotFound' }, 'notFound', 'has no revision main on the Hub'],
    ['gated', 401, { 'X-Error-Code': 'GatedRepo' }, 'gated', 'is gated'],
    ['gated, and signed in', 403, { 'X-Error-Code': 'GatedRepo' }, 'gated', 'is gated'],
    [
      'a token that is over',
      401,
      { 'X-Error-Message': 'Invalid credentials in Authorization header' },
      'gated',
      'refuses your token',
    ],
    ['too many requests', 429, { 'Retry-After': '17' }, 'offline', 'wants a pause'],
    ['a fault', 503, {}, 'offline', '(HTTP 503)'],
    ['a teapot', 418, {}, 'unknown', 'is HTTP 418'],
  ] as const)('%s', async (_, status, headers, kind, words) => {
    hub.fault = () => ({ status, headers });
    const trouble = await troubleOf(put(llama()), { env: { HF_TOKEN: TOKEN } });
    expect(trouble.kind).toBe(kind);
    expect(trouble.words).toContain(words);
    expect(trouble.advice).not.toBe('');
  });

  test('gated: where to accept, and how to sign in', async () => {
    const name = put(llama());
    hub.fault = ({ path: at }) =>
      at.includes('/resolve/') ? { status: 401, headers: { 'X-Error-Code': 'GatedRepo' } } : null;
    expect((await troubleOf(name)).advice).toBe(`Accept it on ${hub.endpoint}/${name} and sign in with: hf auth login`);
    expect((await troubleOf(name, { env: { HF_TOKEN: TOKEN } })).advice).toBe(
      `Accept it on ${hub.endpoint}/${name} with the account of your token.`,
    );
  });

  test('too many requests: when to try again', async () => {
    hub.fault = () => ({ status: 429, headers: { RateLimit: '"api";r=0;t=55' } });
    expect((await troubleOf(put(llama()))).advice).toBe('Try again in 55 s.');
  });
});

describe('an answer that lies or breaks off', () => {
  test('a storage that ignores the range is not read to its end', async () => {
    const name = put(llama());
    let written = 0;
    hub.storageFault = (_, response) => {
      const whole = weightsFile(LLAMA_TENSORS);
      response.writeHead(200, { 'Content-Length': String(whole.length) });
      response.write(whole);
      const chunk = Buffer.alloc(64 * 1024);
      const more = (): void => {
        if (response.destroyed) return;
        written += chunk.length;
        if (response.write(chunk)) setImmediate(more);
        else response.once('drain', more);
      };
      void more;
      response.end();
      return 'handled';
    };
    expect((await structureOf(name)).checkpoint?.tensors).toBe(21);
    expect(written).toBe(0);
  });

  test('a storage that ignores the range of gigabytes is left after the header', async () => {
    const name = put(large());
    const whole = Buffer.from(large()['model.safetensors'] ?? '');
    const gone = new Promise<number>((resolve) => {
      hub.storageFault = (_, response) => {
        response.writeHead(200);
        let written = 0;
        const send = (): void => {
          const chunk = whole.subarray(written, written + 64 * 1024);
          written += chunk.length;
          // and on and on
          const more = response.write(chunk.length === 0 ? Buffer.alloc(64 * 1024) : chunk);
          if (more) setImmediate(send);
          else response.once('drain', send);
        };
        response.on('close', () => resolve(written));
        send();
        return 'handled';
      };
    });
    expect((await structureOf(name)).checkpoint?.tensors).toBe(22);
    // what lies in the buffers of the network
    expect(await gone).toBeLessThan(8e6);
  });

  test('a second read from a storage that ignores ranges skips what it has', async () => {
    const more = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`more.${at}.${'x'.repeat(30)}`, [1]]));
    const weights = weightsFile({ ...LLAMA_TENSORS, ...more });
    const name = put({ ...llama(), 'model.safetensors': weights });
    hub.storageFault = () => ({ status: 200, body: weights });
    expect((await structureOf(name)).checkpoint?.tensors).toBe(2021);
  });

  test.each([
    ['other bytes', { 'Content-Range': 'bytes 5-20/1000' }, 'holds other bytes than those asked for'],
    ['no range', {}, 'holds other bytes than those asked for'],
    ['another length', { 'Content-Range': 'bytes 0-20/21' }, 'but sends one with 21'],
  ])('206 with %s', async (_, headers, words) => {
    hub.storageFault = () => ({ status: 206, headers, body: 'x'.repeat(21) });
    const trouble = await troubleOf(put(large()));
    expect(trouble).toMatchObject({ kind: 'unknown' });
    expect(trouble.words).toContain(words);
  });

  test('a body that is shorter than it says', async () => {
    hub.storageFault = (seen, response) => {
      response.writeHead(206, { 'Content-Range': `bytes 0-65543/${large()['model.safetensors']?.length}` });
      response.end(`${seen.range}`);
      return 'handled';
    };
    const trouble = await troubleOf(put(large()));
    expect(trouble.kind).toBe('offline');
    expect(trouble.words).toMatch(/broke off: 13 of 65544 bytes came/);
  });

  test('a connection that ends within the body', async () => {
    hub.storageFault = (_, response) => {
      response.writeHead(206, {
        'Content-Range': `bytes 0-9/${weightsFile(LLAMA_TENSORS).length}`,
        'Content-Length': '1000',
      });
      response.write('x');
      setTimeout(() => response.destroy(), 10);
      return 'handled';
    };
    const trouble = await troubleOf(put(llama()));
    expect(trouble.kind).toBe('offline');
    expect(trouble.words).toMatch(/can’t be reached: \w+/);
  });

  test.each([
    ['redirects in a circle', () => ({ status: 302, headers: { Location: '/blob/again' } }), 'without an end'],
    [
      'a redirect to a file',
      () => ({ status: 302, headers: { Location: 'file:///etc/passwd' } }),
      'leads to file:///etc/passwd',
    ],
    ['a redirect to nothing', () => ({ status: 302, headers: { Location: 'http://' } }), 'leads to http://'],
  ])('%s', async (_, fault, words) => {
    hub.storageFault = fault;
    expect((await troubleOf(put(llama()))).words).toContain(words);
  });

  test.each([
    ['no JSON', '<html>'],
    ['files without names', JSON.stringify({ id: 'x', sha: COMMIT, siblings: [{}] })],
    ['siblings that are no list', JSON.stringify({ id: 'x', sha: COMMIT, siblings: 7 })],
    ['megabytes', ' '.repeat(40 * 1024 * 1024)],
  ])('a list of files that is %s', async (_, body) => {
    hub.fault = ({ path: at }) => (at.includes('/revision/') ? { status: 200, body } : null);
    expect((await troubleOf(put(llama()))).kind).toBe('unknown');
  });

  test.each([{ size: -1 }, { size: 1.5 }, { size: '7' }, { type: 'directory' }])(
    'a file with %j is none',
    async (odd) => {
      hub.fault = ({ path: at }) =>
        at.includes('/paths-info/')
          ? { status: 200, body: JSON.stringify([{ path: 'config.json', type: 'file', size: 10, ...odd }]) }
          : null;
      expect((await troubleOf(put(llama()))).kind).toBe('noConfig');
    },
  );

  test('a hostile header is refused as it is on a disk', async () => {
    const weights = Buffer.from(weightsFile(LLAMA_TENSORS));
    weights.writeBigUInt64LE(10_000_000_000n);
    expect((await troubleOf(put({ ...llama(), 'model.safetensors': weights }))).kind).toBe('badHeader');
    expect(hub.storageSeen.length).toBe(1);
  });

  test('shards that the Hub lacks', async () => {
    const { 'model-00002-of-00003.safetensors': _, ...rest } = shardedLlama(3);
    const trouble = await troubleOf(put(rest));
    expect(trouble.kind).toBe('shardsMissing');
    expect(trouble.words).toContain('1 of the 3 files');
    expect(hub.storageSeen).toEqual([]);
  });
});

describe('no answer', () => {
  test('in time', async () => {
    hub.fault = () => 'hang';
    const trouble = await troubleOf(put(llama()), { timeoutMs: 300 });
    expect(trouble).toMatchObject({ kind: 'offline', severity: 'warning' });
    expect(trouble.words).toContain('did not answer within');
  });

  test('to its end, in time', async () => {
    hub.fault = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.write('{"id":');
      return 'hang';
    };
    const trouble = await troubleOf(put(llama()), { timeoutMs: 300 });
    expect(trouble.words).toContain('did not answer within');
  });

  test('since nobody listens', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = closed.address();
    await new Promise((resolve) => closed.close(resolve));
    const port = typeof address === 'object' ? address?.port : 0;
    const trouble = await troubleOf(put(llama()), { env: { HF_ENDPOINT: `http://127.0.0.1:${port}` } });
    expect(trouble.kind).toBe('offline');
    expect(trouble.words).toBe(`127.0.0.1:${port} can’t be reached: ECONNREFUSED`);
  });

  test('since it isn’t wanted any more', async () => {
    hub.fault = () => 'hang';
    const asked = new AbortController();
    const reading = read(put(llama()), { signal: asked.signal });
    await expect.poll(() => hub.seen.length).toBe(1);
    asked.abort(new Error('not wanted'));
    await expect(reading).rejects.toThrow('not wanted');
  });

  test.each(['ftp://example.com', 'nonsense', 'https://'])('from %s, which is no address', async (endpoint) => {
    const trouble = await troubleOf(put(llama()), { env: { HF_ENDPOINT: endpoint } });
    expect(trouble.words).toContain('HF_ENDPOINT is ');
  });

  test.each(['HF_HUB_OFFLINE', 'TRANSFORMERS_OFFLINE'])('is asked for with %s', async (key) => {
    const trouble = await troubleOf(put(llama()), { env: { [key]: '1' } });
    expect(trouble.kind).toBe('offline');
    expect(hub.seen).toEqual([]);
  });

  test.each(['bad name', 'a/b?c', 'a--b', 'x/y..z', '-a/b', 'a/b.git', 'http:x'])(
    'is asked for about %s',
    async (name) => {
      const trouble = await troubleOf(name);
      expect(trouble).toMatchObject({ kind: 'notFound', severity: 'error' });
      expect(hub.seen).toEqual([]);
    },
  );
});
