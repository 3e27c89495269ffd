import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exists, freeTarget, proposedTarget, targetPath, typedTarget } from '../../src/features/data/formatTarget';
import { RequestError } from '../../src/protocol/channel';

describe('where the result goes', () => {
  test.each([
    ['/data/rows.jsonl', 'rows.chat.jsonl'],
    ['/data/rows.csv.gz', 'rows.chat.jsonl'],
    ['/data/My Rows.v2.PARQUET', 'My Rows.v2.chat.jsonl'],
    ['/data/数据.tsv', '数据.chat.jsonl'],
  ])('beside %s', (source, target) => {
    expect(proposedTarget(source)).toBe(target);
  });

  test('a name is beside the source, a path is what it says', () => {
    expect(targetPath('/data/rows.csv', ' out.jsonl ')).toBe('/data/out.jsonl');
    expect(targetPath('/data/rows.csv', 'sub/out.jsonl')).toBe('/data/sub/out.jsonl');
    expect(targetPath('/data/rows.csv', '/other/out.jsonl')).toBe('/other/out.jsonl');
  });

  test('never the source itself, and always JSON Lines', () => {
    expect(() => targetPath('/data/rows.jsonl', '../data/rows.jsonl')).toThrow(RequestError);
    expect(() => targetPath('/data/rows.jsonl', 'rows.json')).toThrow('.jsonl');
  });

  test('is shown as short as it can be typed', () => {
    expect(typedTarget('/data/rows.csv', '/data/out.jsonl')).toBe('out.jsonl');
    expect(typedTarget('/data/rows.csv', '/data/sub/out.jsonl')).toBe('sub/out.jsonl');
    expect(typedTarget('/data/rows.csv', '/other/out.jsonl')).toBe('/other/out.jsonl');
  });

  test('a free name is the first that is not there', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'format-'));
    const target = path.join(folder, 'rows.chat.jsonl');
    for (const name of ['rows.chat.jsonl', 'rows-2.chat.jsonl']) writeFileSync(path.join(folder, name), '');
    expect(exists(target)).toBe(true);
    expect(freeTarget(target)).toBe(path.join(folder, 'rows-3.chat.jsonl'));
    expect(freeTarget(path.join(folder, 'out.jsonl'))).toBe(path.join(folder, 'out-2.jsonl'));
  });
});
