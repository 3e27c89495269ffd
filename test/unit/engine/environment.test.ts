import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../src/engine/engineError';
import { environmentDirectory } from '../../../src/engine/python/cacheDirectory';
import { baseInterpreter, createEnvironment, existingEnvironment } from '../../../src/engine/python/createEnvironment';
import { findInterpreters, isSupported, probeInterpreter } from '../../../src/engine/python/interpreters';
import { lockedVersions, mismatches } from '../../../src/engine/python/lock';
import { temporaryFolder } from './fake';

/** An interpreter that answers the probe like one of this version. */
function fakePython(file: string, version: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho '${JSON.stringify({ path: file, version, packages: {} })}'\n`);
  chmodSync(file, 0o755);
  return file;
}

describe.runIf(process.platform !== 'win32')('interpreters', () => {
  test('are found in the folder, on the PATH, in pyenv and conda, best first, old ones left out', async () => {
    const home = temporaryFolder();
    const bin = path.join(home, 'bin');
    const inFolder = fakePython(path.join(home, 'project', '.venv', 'bin', 'python'), '3.12.1');
    const onPath = fakePython(path.join(bin, 'python3'), '3.11.7');
    fakePython(path.join(bin, 'python'), '2.7.18');
    const inPyenv = fakePython(path.join(home, '.pyenv', 'versions', '3.13.0', 'bin', 'python'), '3.13.0');
    const inConda = fakePython(path.join(home, 'miniconda3', 'envs', 'ml', 'bin', 'python'), '3.10.2');
    fakePython(path.join(home, '.pyenv', 'versions', '3.9.1', 'bin', 'python'), '3.9.1');
    const found = await findInterpreters(path.join(home, 'project'), [], { HOME: home, PATH: bin });
    expect(found.map((interpreter) => interpreter.path)).toEqual([inFolder, onPath, inPyenv, inConda]);
  });

  test('that fail or answer nonsense are none', async () => {
    const folder = temporaryFolder();
    const broken = path.join(folder, 'python');
    writeFileSync(broken, '#!/bin/sh\necho hello\n');
    chmodSync(broken, 0o755);
    expect(await probeInterpreter(broken)).toBeNull();
    expect(await probeInterpreter(path.join(folder, 'nothing'))).toBeNull();
    await expect(baseInterpreter(broken)).rejects.toThrow(EngineError);
  });

  test('real ones tell their packages', async () => {
    const [real] = await findInterpreters(null, ['pip', 'no-such-package']);
    expect(real).toBeDefined();
    expect(isSupported(real!)).toBe(true);
    expect(real!.packages['no-such-package']).toBeNull();
  });
});

test('versions count as numbers', () => {
  expect(['3.9.18', '3.10.0', '3.14.1', '4.0.0', '2.7.18'].map((version) => isSupported({ version }))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
});

test('the lock says what an interpreter lacks', () => {
  const lock = readFileSync(path.resolve(import.meta.dirname, '../../../trainer/requirements.lock'), 'utf8');
  const pins = lockedVersions(lock);
  const all = Object.fromEntries(pins);
  expect(mismatches(lock, { ...all, torch: `${pins.get('torch')}+cpu` })).toEqual([]);
  expect(mismatches(lock, { ...all, trl: '0.9.0', peft: null })).toEqual([
    { package: 'trl', wanted: pins.get('trl'), found: '0.9.0' },
    { package: 'peft', wanted: pins.get('peft'), found: null },
  ]);
});

describe('an environment', () => {
  // without pins pip has nothing to download: what is tested is the making, with a real venv and a real pip
  const LOCK = '# nothing\n';

  async function make(cache: string, signal = new AbortController().signal) {
    const before = process.env['TUNEBOOK_CACHE'];
    process.env['TUNEBOOK_CACHE'] = cache;
    try {
      const seen: string[] = [];
      const onProgress = (what: string): number => seen.push(what);
      return {
        ...(await createEnvironment({ lock: LOCK, basePython: null, torchIndexUrl: null, signal, onProgress })),
        seen,
      };
    } finally {
      if (before === undefined) delete process.env['TUNEBOOK_CACHE'];
      else process.env['TUNEBOOK_CACHE'] = before;
    }
  }

  test('is made once, by one of two who ask at the same time', async () => {
    const cache = temporaryFolder();
    const [first, second] = await Promise.all([make(cache), make(cache)]);
    expect([first.created, second.created].sort()).toEqual([false, true]);
    expect(first.python).toBe(second.python);
    expect(await probeInterpreter(first.python)).not.toBeNull();
    const again = await make(cache);
    expect(again).toMatchObject({ created: false, seen: [] });
  });

  test('that was left half made, by a maker who died or was cancelled, is made anew', async () => {
    const cache = temporaryFolder();
    const base = await baseInterpreter(null);
    const directory = environmentDirectory(LOCK, base.version, { TUNEBOOK_CACHE: cache });
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, 'half'), '');
    writeFileSync(`${directory}.lock`, `999999999 ${hostname()}`);
    const abort = new AbortController();
    abort.abort();
    await expect(make(cache, abort.signal)).rejects.toMatchObject({ kind: 'cancelled' });
    const made = await make(cache);
    expect(made.created).toBe(true);
    expect(existsSync(path.join(directory, 'half'))).toBe(false);
    expect(existsSync(`${directory}.lock`)).toBe(false);
  });

  test('has another place for another lock or Python, below the cache folder', () => {
    const env = { TUNEBOOK_CACHE: '/cache' };
    const places = [
      environmentDirectory('a==1', '3.11.7', env),
      environmentDirectory('a==2', '3.11.7', env),
      environmentDirectory('a==1', '3.12.0', env),
    ];
    expect(new Set(places).size).toBe(3);
    expect(places.every((place) => /^\/cache\/env-[0-9a-f]{12}$/.test(place))).toBe(true);
    expect(environmentDirectory('a', '3', { XDG_CACHE_HOME: '/x' })).toMatch(/^\/x\/tunebook\//);
    expect(environmentDirectory('a', '3', { HOME: '/h' })).toMatch(/^\/h\/\.cache\/tunebook\//);
  });

  test('is none until it is whole', async () => {
    expect(await existingEnvironment('never made==1\n', await baseInterpreter(null))).toBeNull();
  });
});
