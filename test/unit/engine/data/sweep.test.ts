import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepDataset } from '../../../../src/engine/data/sweepDataset';
import { examineLines } from '../../../../src/engine/data/sweepExamineLines';
import { sweepLines } from '../../../../src/engine/data/sweepLines';
import type { DatasetProblem } from '../../../../src/protocol/sweep';
import { formatMessage } from '../../../../src/common/message';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tb-sweep-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const target = path.join(folder, name);
  await writeFile(target, content);
  return target;
}

const row = (words: string | number): string =>
  `{"messages": [{"role": "user", "content": "${words}"}, {"role": "assistant", "content": "ok"}]}`;

async function sweep(target: string, more: { readonly limit?: number; readonly asked?: boolean } = {}) {
  const problems: DatasetProblem[] = [];
  const { limit = 1000, asked = false } = more;
  const result = await sweepDataset(
    { path: target, recipe: null, limit, asked },
    { signal: new AbortController().signal, progress: (told) => problems.push(...told.problems) },
  );
  return { ...result, found: problems, at: problems.map(({ kind, line, column }) => [kind, line, column]) };
}

/** A file of many rows, two of them wrong. */
async function bigFile(name: string, rows: number, wrong: ReadonlySet<number>): Promise<string> {
  const target = path.join(folder, name);
  const stream = createWriteStream(target);
  for (let index = 0; index < rows; index++) {
    const text = wrong.has(index) ? row(index).replace('"user"', '"usr"') : row(`number ${index}`);
    if (!stream.write(`${text}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'close');
  return target;
}

describe('a sweep over a file', () => {
  test('finds problems with their places, whatever the line ends', async () => {
    const lines = [row('a'), '', row('b').slice(0, -2), row('a'), `${row('é😀')},`, '  '];
    for (const end of ['\n', '\r\n'])
      expect(await sweep(await file('places.jsonl', lines.join(end)))).toMatchObject({
        rows: 4,
        problems: 3,
        complete: true,
        judged: true,
        at: [
          ['badJson', 2, row('b').indexOf('[')],
          ['duplicateRow', 3, 0],
          ['badJson', 4, row('é😀').length],
        ],
      });
  });

  test('a byte order mark is no part of the first line', async () => {
    expect((await sweep(await file('bom.jsonl', `\ufeff${row('a').slice(0, -1)}\n${row('b')}`))).at).toEqual([
      ['badJson', 0, 0],
    ]);
  });

  test('says nothing about what is no dataset, not even of its bad lines', async () => {
    const log = await file('log.jsonl', '{"level": "info"}\nnot json\n{"level": "info",}\n');
    expect(await sweep(log)).toMatchObject({ rows: 0, problems: 0, complete: true, judged: false });
    expect((await sweep(log, { asked: true })).at).toEqual([
      ['badJson', 1, 0],
      ['badJson', 2, 16],
    ]);
    expect(await sweep(await file('empty.jsonl', ''))).toMatchObject({ rows: 0, problems: 0, judged: false });
  });

  test('bytes that are no UTF-8 are told with line and column', async () => {
    const bad = Buffer.concat([Buffer.from(`${row('a')}\n{"é": "`), Buffer.from([0xff, 0x41]), Buffer.from('"}\n')]);
    expect((await sweep(await file('latin.jsonl', bad))).at).toEqual([['encoding', 1, 7]]);
  });

  test('UTF-16 is told as such', async () => {
    const { found } = await sweep(await file('wide.jsonl', Buffer.from(`\ufeff${row('a')}`, 'utf16le')), {
      asked: true,
    });
    expect(found.map(({ kind, line }) => [kind, line])).toEqual([['encoding', 0]]);
    expect(formatMessage(found[0]?.message ?? { text: '', args: [] })).toContain('UTF-16');
  });

  test('NUL bytes are told where they stand', async () => {
    expect((await sweep(await file('nul.jsonl', `${row('a')}\n${row('x\0y')}\n`))).at).toEqual([
      ['badJson', 1, row('x').indexOf('x') + 1],
    ]);
  });

  test('passes over very many blank lines', async () => {
    const target = await file('blank.jsonl', `${row('a')}\n${'\n'.repeat(1_500_000)}${row('a')}\n`);
    expect((await sweep(target)).at).toEqual([['duplicateRow', 1_500_001, 0]]);
  });

  test('ends at its limit', async () => {
    const target = await file('limit.jsonl', Array.from({ length: 50 }, () => row('same')).join('\n'));
    expect(await sweep(target, { limit: 10 })).toMatchObject({ problems: 10, complete: false });
    expect((await sweep(target, { limit: 10 })).found).toHaveLength(10);
  });

  test('other formats are judged by row', async () => {
    const table = await file('table.csv', 'prompt,completion\na,b\n"c\nd",\ne,f\na,b\n');
    expect((await sweep(table, { asked: true })).at).toEqual([
      ['emptyContent', 2, 0],
      ['duplicateRow', 5, 0],
    ]);
    const packed = await file('packed.jsonl.gz', gzipSync(`${row('a')}\n${row('a')}\n`));
    expect((await sweep(packed)).at).toEqual([['duplicateRow', 1, 0]]);
    const list = await file('list.json', `[\n${row('a')},\n${row('b').replace('user', 'usr')}\n]`);
    expect((await sweep(list, { asked: true })).at).toEqual([['unknownRole', 2, 0]]);
  });

  test('a file that is not there is said in words', async () => {
    await expect(sweep(path.join(folder, 'none.jsonl'))).rejects.toThrow('There is no file');
  });
});

describe('a sweep over 200,000 rows', () => {
  test('finds what is at the end, and can be cancelled on the way', async () => {
    const target = await bigFile('big.jsonl', 200_000, new Set([199_990]));
    const before = process.memoryUsage().rss;
    const swept = await sweep(target);
    expect(swept).toMatchObject({ rows: 200_000, complete: true });
    expect(swept.at.filter(([kind]) => kind !== 'duplicateRow')).toEqual([
      ['unknownRole', 199_990, row(0).indexOf('"user"')],
    ]);
    // the file has 18 MB; a sweep that kept its rows would need several times as much
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);

    const cancelling = new AbortController();
    let rows = 0;
    const cancelled = sweepDataset(
      { path: target, recipe: null, limit: 1000, asked: false },
      {
        signal: cancelling.signal,
        progress: (told) => {
          rows = told.rows;
          cancelling.abort(new Error('enough'));
        },
      },
    );
    await expect(cancelled).rejects.toThrow('enough');
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan(100_000);
  });
});

async function linesIn(pieces: readonly string[], max?: number) {
  async function* chunks() {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  const lines: (readonly [number, string | null])[] = [];
  for await (const batch of sweepLines(chunks(), max)) for (const { line, text } of batch) lines.push([line, text]);
  return lines;
}

describe('lines', () => {
  test('are the same however the bytes arrive', async () => {
    const text = 'ab\ncd\r\n\nefgh';
    for (let cut = 0; cut <= text.length; cut++)
      for (let second = cut; second <= text.length; second++)
        expect(await linesIn([text.slice(0, cut), text.slice(cut, second), text.slice(second)])).toEqual([
          [0, 'ab'],
          [1, 'cd'],
          [2, ''],
          [3, 'efgh'],
        ]);
  });

  test('that are too long are passed over, in one chunk or in many', async () => {
    for (const pieces of [['a\n12345\nb\n'], ['a\n12', '34', '5\nb\n'], ['a\n12345', '\nb', '\n']])
      expect(await linesIn(pieces, 4)).toEqual([
        [0, 'a'],
        [1, null],
        [2, 'b'],
      ]);
  });
});

describe('lines of an editor', () => {
  test('are judged by what the first lines of the file are', async () => {
    const lines = ['{"messages": 1,}', '', row('x').replace('user', 'usr')];
    const look = async (head: readonly string[]) => {
      const { signal } = new AbortController();
      const found = await examineLines({ head, lines, firstLine: 40, recipe: null }, signal);
      return found.map(({ kind, line }) => [kind, line]);
    };
    expect(await look([row('a')])).toEqual([
      ['badJson', 40],
      ['unknownRole', 42],
    ]);
    expect(await look(['{"level": "info"}'])).toEqual([]);
  });
});
