import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parameters } from '../../src/core/recipe/parameters';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const json = (file: string): Record<string, string> => JSON.parse(read(file)) as Record<string, string>;

/** `message('…', …)`, `l10n.t('…', …)` and the renderer's `t('…', …)` with their first argument as written. */
const CALL = /(?:\bt|\bmessage|\bonProgress)\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)(\s*[+,)])/g;

function unquote(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\n/g, '\n')
    .replace(/\\(.)/g, '$1');
}

function literals(): {
  readonly file: string;
  readonly text: string;
  readonly literal: string;
  readonly end: string;
}[] {
  return ['src', 'webview'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file}`)
      .flatMap((file) =>
        [...read(file).matchAll(CALL)].map(([, literal = '', end = '']) => ({
          file,
          literal,
          end: end.trim(),
          text: unquote(literal),
        })),
      ),
  );
}

/** `context.progress("Reading rows", index, len(rows), "rows")`: the first and, where there is one, the last text. */
const PROGRESS = /\.progress\(\s*"([^"]+)"(?:[^()"]|\([^()]*\))*(?:"([^"]+)")?/g;

/** What the Python side calls its stages, the units it counts in, and its warnings. */
function trainerWords(): string[] {
  const folder = 'trainer/src/tunebook_trainer';
  const stages = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.py'))
    .flatMap((file) => Array.from(read(`${folder}/${file}`).matchAll(PROGRESS)))
    .flatMap(([, what, unit]) => [what, unit].filter((text) => text !== undefined));
  const warnings = [...read(`${folder}/notices.py`).matchAll(/^ {4}"\w+": "(.+)",$/gm)].map(([, text = '']) => text);
  return [...new Set([...stages, ...warnings])];
}

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();

describe('words for people', () => {
  const bundle = json('l10n/bundle.l10n.zh-cn.json');
  const found = literals();

  test('are whole literals, since the English text is the key', () => {
    expect(found.length).toBeGreaterThan(50);
    expect(
      found.filter(({ literal, end }) => end === '+' || (literal.startsWith('`') && literal.includes('${'))),
    ).toEqual([]);
  });

  test('are all in Chinese too', () => {
    const missing = found
      .filter(({ text }) => !Object.hasOwn(bundle, text))
      .map(({ file, text }) => `${file}: ${text}`);
    expect(missing).toEqual([]);
  });

  test('of every parameter of the recipe are in Chinese too', () => {
    const missing = parameters().filter(({ description }) => description === '' || !Object.hasOwn(bundle, description));
    expect(missing.map(({ path: key, description }) => `${key.join('.')}: ${description}`)).toEqual([]);
  });

  test('of the trainer are in Chinese too', () => {
    const said = trainerWords();
    expect(said.length).toBeGreaterThan(20);
    expect(said.filter((text) => !Object.hasOwn(bundle, text))).toEqual([]);
  });

  test('keep their placeholders', () => {
    const differing = Object.entries(bundle).filter(
      ([english, chinese]) => placeholders(english).join() !== placeholders(chinese).join(),
    );
    expect(differing).toEqual([]);
  });

  test('are sorted, so that two people rarely edit the same line', () => {
    const keys = Object.keys(bundle);
    expect(keys).toEqual(keys.toSorted());
  });
});

describe('the manifest', () => {
  const english = json('package.nls.json');
  const chinese = json('package.nls.zh-cn.json');

  test('has the same keys in both languages', () => {
    expect(Object.keys(chinese)).toEqual(Object.keys(english));
  });

  test('names every key it uses and uses every key it names', () => {
    const used = new Set([...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));
    expect([...used].sort()).toEqual(Object.keys(english).sort());
  });
});
