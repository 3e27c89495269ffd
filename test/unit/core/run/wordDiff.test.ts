import { expect, test } from 'vitest';
import { wordDiff } from '../../../../src/core/run/compare/wordDiff';

/** [-removed-]{+added+} */
const told = (before: string, after: string, language = 'en'): string | null =>
  wordDiff(before, after, language)
    ?.map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`))
    .join('') ?? null;

const long = (word: string): string => Array.from({ length: 4000 }, (_, index) => `${word}${index}`).join(' ');

test('words, not letters, are marked; a stretch of changed words is one mark', () => {
  expect(told('In this sandwich, bacon there is.', 'In this sandwich, bacon there is.')).toBe(
    'In this sandwich, bacon there is.',
  );
  expect(told('In this sandwich, bacon there is.', 'In this sandwich, ham there is. Hmm.')).toBe(
    'In this sandwich, [-bacon-]{+ham+} there is{+. Hmm+}.',
  );
  expect(told('The old grey cat sleeps well today', 'The new black cat sleeps well today')).toBe(
    'The [-old grey-]{+new black+} cat sleeps well today',
  );
  expect(told('one two three', 'one three')).toBe('one [-two -]three');
});

test('Chinese has words without spaces', () => {
  expect(told('我喜欢吃苹果。', '我喜欢吃香蕉。', 'zh-cn')).toBe('我喜欢吃[-苹果-]{+香蕉+}。');
});

test('texts with hardly anything in common have no marks', () => {
  expect(told('Bacon there is.', 'The ship flies to the moon tonight.')).toBeNull();
});

test('both texts can be read off the marks, whatever they are', () => {
  const words = ['a', 'b', 'c', ' ', '\n', '. ', '猫'];
  let seed = 7;
  const random = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
  const text = (): string => Array.from({ length: random(30) }, () => words[random(words.length)]).join('');
  for (let round = 0; round < 500; round++) {
    const [before, after] = [text(), text()];
    const pieces = wordDiff(before, after, 'en') ?? [];
    if (pieces.length === 0) continue;
    const read = (left: string): string => pieces.map(({ kind, text: part }) => (kind === left ? '' : part)).join('');
    expect([read('added'), read('removed')]).toEqual([before, after]);
  }
});

test('of very long texts the middle is one change', () => {
  const same = 'x'.repeat(40_000);
  expect(wordDiff(`${same} ${long('a')}`, `${same} ${long('b')}`, 'en')?.map(({ kind }) => kind)).toEqual([
    'same',
    'removed',
    'added',
  ]);
});
