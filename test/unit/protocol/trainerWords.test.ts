import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const trainer = path.join(root, 'trainer/src/tunebook_trainer');
const chinese = JSON.parse(readFileSync(path.join(root, 'l10n/bundle.l10n.zh-cn.json'), 'utf8')) as Record<
  string,
  string
>;

/** The trainer speaks English; stepOutput translates its warnings and its progress by the same bundle as everything else. */
test('what the trainer says to people is in Chinese too', () => {
  const files = readdirSync(trainer, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.py'));
  const source = (name: string) => readFileSync(path.join(trainer, name), 'utf8');
  const notices = [...source('notices.py').matchAll(/^ {4}"\w+": "(.+)",$/gm)].map(([, text = '']) => text);
  const progress = files.flatMap((name) =>
    [...source(name).matchAll(/\.progress\(\s*"([^"]+)"/g)].map(([, text = '']) => text),
  );
  expect(notices.length).toBeGreaterThan(5);
  expect(progress.length).toBeGreaterThan(5);
  expect([...notices, ...progress].filter((text) => !Object.hasOwn(chinese, text))).toEqual([]);
});
