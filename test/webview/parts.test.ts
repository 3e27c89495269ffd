import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import chinese from '../../l10n/bundle.l10n.zh-cn.json' with { type: 'json' };
import { bins } from '../../webview/renderer/parts/bins';
import { stretches } from '../../webview/renderer/parts/heatRow';
import { formatCurve } from '../../webview/shared/curveValue';
import { visibleLine, visibleText } from '../../webview/shared/visibleText';
import { reuse } from '../../webview/shared/reuse';
import { wordsFor } from '../../webview/shared/words';
import * as fixtures from './fixtures/outputs';
import { tokenized } from './fixtures/tokens';

describe('reuse', () => {
  test('gives back the earlier object where nothing changed', () => {
    const copy = structuredClone(fixtures.train);
    expect(reuse(fixtures.train, copy)).toBe(fixtures.train);
  });

  test('keeps equal parts and takes changed ones', () => {
    const next = { ...structuredClone(fixtures.train), points: fixtures.curve(3, 30) };
    const merged = reuse(fixtures.train, next);
    expect(merged).not.toBe(fixtures.train);
    expect(merged).toEqual(next);
    expect(merged.batches).toBe(fixtures.train.batches);
    expect(merged.points).not.toBe(fixtures.train.points);
  });

  test('sees a key that went, came or became null', () => {
    expect(reuse({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
    expect(reuse({ a: 1 }, { a: 1, b: undefined })).toEqual({ a: 1, b: undefined });
    expect(reuse({ a: { b: 1 } }, { a: null })).toEqual({ a: null });
    expect(reuse([1, 2], [1])).toEqual([1]);
  });
});

describe('bins', () => {
  test('hold every row once, in equal steps', () => {
    const lengths = [0, 1, 5, 63, 64, 64, 200];
    const all = bins(lengths, 64);
    expect(all.map(({ count }) => count).reduce((a, b) => a + b)).toBe(lengths.length);
    expect(new Set(all.map(({ from, to }) => to - from)).size).toBe(1);
    expect(all.length).toBeLessThanOrEqual(30);
    for (const { from, to, count } of all)
      expect(count).toBe(lengths.filter((length) => from <= length && length < to).length);
  });

  test('reach to max_length where that is near, not where it is far', () => {
    expect(bins([40], 64).at(-1)!.to).toBeGreaterThan(64);
    expect(bins([40], 4096).at(-1)!.to).toBeLessThan(64);
    expect(bins([], null)).toHaveLength(2);
  });
});

test('white space can be seen and copied', () => {
  expect(visibleText(' a\n')).toEqual([
    { text: ' ', mark: '·' },
    { text: 'a', mark: null },
    { text: '\n', mark: '↵' },
  ]);
  const text = '\t "x"\r\n';
  expect(
    visibleText(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
  expect(visibleLine(text)).toBe('→·"x"\\r↵');
});

test('neighbours of one kind are one stretch', () => {
  const tokens = [
    ...tokenized('<|user|>', 'masked'),
    ...tokenized('one two', 'masked'),
    ...tokenized('three', 'trained'),
    ...tokenized('<|end|>', 'trained'),
    ...tokenized('<unk>', 'padding'),
    ...tokenized('<unk>', 'padding'),
  ];
  expect(stretches(tokens)).toEqual([
    { kind: 'masked special', from: 0, length: 1 },
    { kind: 'masked', from: 1, length: 2 },
    { kind: 'trained', from: 3, length: 1 },
    { kind: 'trained special', from: 4, length: 1 },
    { kind: 'padding', from: 5, length: 2 },
  ]);
});

describe('words', () => {
  const { t, duration, percent, decimal, fileSize, megabytes } = wordsFor('en');

  test('numbers as people write them', () => {
    expect([350, 4200, 83_000, 7_512_000].map(duration)).toEqual(['350 ms', '4.2 s', '1 min 23 s', '2 h 5 min']);
    expect([12_582_912 / 3_833_662_464, 1e-6, 0].map(percent)).toEqual(['0.33%', '< 0.01%', '0.00%']);
    expect(decimal(0.25, 4)).toBe('0.2500');
    expect(decimal(0.00002, 4)).toBe('2.00e-5');
    expect([812, 5122, 50_365_768, 7_640_000_000].map(fileSize)).toEqual(['812 B', '5.1 kB', '50.4 MB', '7.64 GB']);
    expect(megabytes(2_206_341_312)).toBe('2,206.34 MB');
    expect(t('{0} of {1}', '1', '2')).toBe('1 of 2');
  });

  test('ticks of a learning rate are short, and differ where it hardly changes', () => {
    const words = wordsFor('en');
    const ticks = [0, 0.002, 0.00175, 0.0019987, 0.002 / 3].map((value) => formatCurve('learningRate', value, words));
    expect(ticks).toEqual(['0', '2e-3', '1.75e-3', '1.999e-3', '6.667e-4']);
    const close = [0.002, 0.0019998, 0.0019996].map((value) => formatCurve('learningRate', value, words, 2e-7));
    expect(close).toEqual(['2e-3', '1.9998e-3', '1.9996e-3']);
  });

  test('a language that nobody knows is English', () => {
    expect(wordsFor('not a language').t('Loss')).toBe('Loss');
    expect(wordsFor('not a language').integer(1000)).toBe('1,000');
    expect(wordsFor('zh-cn').duration(83_000)).toBe('1 分 23 秒');
  });

  test('of the webviews are all in Chinese', () => {
    const folder = path.resolve(import.meta.dirname, '../../webview');
    const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8'))
      .flatMap((source) => Array.from(source.matchAll(/\bt\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")/g)))
      .map(([, single, double]) => single ?? double ?? '');
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter((text) => !Object.hasOwn(chinese, text))).toEqual([]);
  });
});
