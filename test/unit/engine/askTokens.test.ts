import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Result } from '../../../src/common/result';
import { EngineError } from '../../../src/engine/engineError';
import { askTokens } from '../../../src/engine/python/askTokens';
import { findInterpreters } from '../../../src/engine/python/interpreters';
import type { TokenView } from '../../../src/protocol/tokenView';
import type { Failure } from '../../../src/protocol/trainer';
import { assistantOnly, truncatedFinding, unsupportedFinding } from '../../webview/fixtures/tokenViews';
import { FAKE_TRAINER, isThere, recipeThat, temporaryFolder } from './fake';

let python = '';
beforeAll(async () => {
  const [interpreter] = await findInterpreters(null);
  if (interpreter === undefined) throw new Error('These tests need Python 3.10 or newer on the PATH.');
  python = interpreter.path;
});

const never = new AbortController().signal;

function ask(
  way: string,
  folder: string,
  options: { readonly signal?: AbortSignal; readonly python?: string } = {},
): Promise<Result<TokenView, Failure>> {
  const recipe = recipeThat(way, folder);
  const sections = { ...recipe.sections, data: { path: path.join(folder, 'data') } };
  return askTokens({
    python: options.python ?? python,
    trainerSource: FAKE_TRAINER,
    recipe: { ...recipe, sections },
    batches: 2,
    rows: 42,
    signal: options.signal ?? never,
  });
}

async function reasonOf(answer: Promise<unknown>): Promise<EngineError> {
  const error = await answer.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof EngineError)) throw new Error(`no EngineError: ${String(error)}`);
  return error;
}

test('the view comes as it was made, with findings and what they set', async () => {
  const folder = temporaryFolder();
  const view: TokenView = {
    ...assistantOnly,
    source: 'trainer',
    fallback: unsupportedFinding.message,
    findings: [truncatedFinding, unsupportedFinding],
  };
  writeFileSync(path.join(folder, 'data'), JSON.stringify(view));
  const answer = await ask('view', folder);
  expect(answer).toEqual({ ok: true, value: { ...view, counts: { ...view.counts, rows: 42 } } });
});

test('what the trainer says of the recipe is an answer', async () => {
  const answer = await ask('failure', temporaryFolder());
  expect(answer).toMatchObject({ ok: false, error: { kind: 'missingFile', recipePath: ['data', 'path'] } });
});

test.each([
  ['garbage', /can’t be read/],
  ['halfView', /view\.recipeFile: expected a string/],
])('an answer that is none is told: %s', async (way, words) => {
  const error = await reasonOf(ask(way, temporaryFolder()));
  expect(error.kind).toBe('tokens');
  expect(error.message).toMatch(words);
});

test('a trainer that dies is told with its last lines', async () => {
  const error = await reasonOf(ask('crash', temporaryFolder()));
  expect(error.message).toContain('11');
  expect(error.message).toContain('Segmentation fault');
});

test('an interpreter that can’t be started is told', async () => {
  const nowhere = path.join(temporaryFolder(), 'python');
  const error = await reasonOf(ask('view', temporaryFolder(), { python: nowhere }));
  expect(error.kind).toBe('spawn');
  expect(error.message).toContain(nowhere);
});

test('aborting ends the trainer and what it has started', async () => {
  const folder = temporaryFolder();
  const abort = new AbortController();
  const answer = ask('hang', folder, { signal: abort.signal });
  const file = path.join(folder, 'data');
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8').includes(' '), { timeout: 30_000 }).toBe(true);
  const pids = readFileSync(file, 'utf8').split(' ').map(Number);
  expect(pids.map(isThere)).toEqual([true, true]);
  const reason = new Error('not wanted any more');
  abort.abort(reason);
  await expect(answer).rejects.toBe(reason);
  await expect.poll(() => pids.map(isThere), { timeout: 10_000 }).toEqual([false, false]);
});

test('what was not wanted from the start starts nothing', async () => {
  await expect(ask('hang', temporaryFolder(), { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow(
    'gone',
  );
});
