import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGpus } from '../../../../src/engine/model/nvidiaSmi';
import type { GpuMemory } from '../../../../src/protocol/model';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tunebook-smi-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;

interface Machine {
  readonly visible?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Asks with an nvidia-smi that is this shell script. */
function withSmi(script: string, { visible, timeoutMs, signal }: Machine = {}): Promise<readonly GpuMemory[]> {
  const own = mkdtempSync(path.join(folder, `${count++}-`));
  const file = path.join(own, 'nvidia-smi');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return readGpus({
    signal: signal ?? new AbortController().signal,
    env: { PATH: `${own}:/usr/bin:/bin`, ...(visible === undefined ? {} : { CUDA_VISIBLE_DEVICES: visible }) },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

const says = (...lines: readonly string[]): string => `cat <<'END'\n${lines.join('\n')}\nEND`;
const CARDS = says(
  '0, GPU-aaaa1111, NVIDIA H100 80GB HBM3, Disabled, 81559, 81004, 9.0',
  '1, GPU-aabb2222, NVIDIA GeForce RTX 4090, [N/A], 24564, 20000, 8.9',
  '2, GPU-cccc3333, Tesla T4, [N/A], 15360, 100, 7.5',
);
const indices = (gpus: readonly GpuMemory[]): readonly number[] => gpus.map(({ index }) => index);

describe('nvidia-smi', () => {
  test('tells each card, in bytes', async () => {
    const [first, second, third, ...more] = await withSmi(CARDS);
    expect(first).toEqual({
      index: 0,
      name: 'NVIDIA H100 80GB HBM3',
      totalBytes: 81559 * 1024 ** 2,
      freeBytes: 81004 * 1024 ** 2,
      capability: '9.0',
    });
    expect([second?.name, third?.capability, more]).toEqual(['NVIDIA GeForce RTX 4090', '7.5', []]);
  });

  test('is asked for numbers without units', async () => {
    const told = path.join(folder, 'told');
    await withSmi(`echo "$@" > ${told}`);
    expect(readFileSync(told, 'utf8').trim()).toBe(
      '--query-gpu=index,uuid,name,mig.mode.current,memory.total,memory.free,compute_cap --format=csv,noheader,nounits',
    );
  });

  test('of an old driver is asked once more, without the capability', async () => {
    const gpus = await withSmi(
      `case "$1" in *compute_cap*) echo 'Field "compute_cap" is not a valid field to query.'; exit 2;; esac\n${says('0, GPU-a, Tesla K80, [N/A], 11441, 11000')}`,
    );
    expect(gpus).toMatchObject([{ name: 'Tesla K80', capability: null }]);
  });

  test('may write odd lines', async () => {
    const gpus = await withSmi(
      says(
        '',
        'Warning: infoROM is corrupted at gpu 0000:00:1E.0',
        '0, GPU-a, A card, with a comma, [N/A], 100, 50, 8.0',
        '1, GPU-b, No memory told, [N/A], [N/A], [N/A], 8.0',
        '2, GPU-c, Hidden, [N/A], [Insufficient Permissions], 5, 8.0',
        '3, GPU-d, In pieces, Enabled, 81559, 81004, 8.0',
        '4, GPU-e, No capability, Disabled, 100, 50, [N/A]',
        'x, GPU-f, Odd, [N/A], 1, 1, 1.0',
        '5, GPU-g',
      ),
    );
    expect(gpus.map(({ index, name, capability }) => [index, name, capability])).toEqual([
      [0, 'A card, with a comma', '8.0'],
      [4, 'No capability', null],
    ]);
  });

  test.each([
    ['fails', 'echo "NVIDIA-SMI has failed because it could not communicate with the driver"; exit 9'],
    ['finds none', 'echo "No devices were found"; exit 6'],
    ['says nothing', 'true'],
    ['writes without an end', 'yes "0, GPU-a, x, [N/A], 1, 1, 1.0"'],
  ])('that %s: no card', async (_, script) => {
    expect(await withSmi(script)).toEqual([]);
  });

  test('that hangs is ended, even if it doesn’t want to', async () => {
    const hanging = `trap '' TERM\necho $$ > ${folder}/pid\nwhile :; do sleep 0.1; done`;
    expect(await withSmi(hanging, { timeoutMs: 500 })).toEqual([]);
    const pid = Number(readFileSync(path.join(folder, 'pid'), 'utf8'));
    await expect
      .poll(() => {
        try {
          process.kill(pid, 0);
          return true;
        } catch {
          return false;
        }
      })
      .toBe(false);
  });

  test('that isn’t installed: no card', async () => {
    const env = { PATH: path.join(folder, 'nothing-here') };
    expect(await readGpus({ signal: new AbortController().signal, env })).toEqual([]);
  });

  test('is left when nobody wants it any more', async () => {
    const asked = new AbortController();
    const reading = withSmi('while :; do sleep 0.1; done', { signal: asked.signal });
    asked.abort(new Error('not wanted'));
    await expect(reading).rejects.toThrow('not wanted');
  });
});

describe('CUDA_VISIBLE_DEVICES', () => {
  test.each([
    ['0', [0]],
    ['2,0', [2, 0]],
    [' 1 , 2 ', [1, 2]],
    ['GPU-cccc3333', [2]],
    ['GPU-cc,GPU-aab', [2, 1]],
    ['1,GPU-aaaa', [1]],
    ['GPU-cccc,1', [2]],
    ['1x', [1]],
    // what follows the first that doesn't exist isn't seen
    ['0,7,1', [0]],
    ['-1', []],
    ['', []],
    ['0,-1,1', [0]],
    ['NoDevFiles', []],
    ['MIG-1234', []],
    // the start of two
    ['GPU-aa', []],
    ['GPU-cccc,GPU-aa', [2]],
    ['GPU-ffff', []],
    ['0,0', []],
  ])('%j leaves %j', async (visible, seen) => {
    expect(indices(await withSmi(CARDS, { visible }))).toEqual(seen);
  });
});
