import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { statusOf } from '../../../src/core/run/summary';
import { EngineError } from '../../../src/engine/engineError';
import { createRunDirectory, runName } from '../../../src/engine/runDirectory';
import { readRun, runIds } from '../../../src/engine/runHistory';
import { recipeThat, start, temporaryFolder } from './fake';

async function statusIn(directory: string) {
  const { state, alive } = (await readRun(directory))!;
  return statusOf(state, alive);
}

const when = new Date(2026, 10, 24, 9, 30, 12);

test('names sort by time and hold no character that a file system refuses', () => {
  expect(runName('yoda', when)).toBe('20261124-093012-yoda');
  expect(runName('my: recipe/../x', when)).toBe('20261124-093012-my-recipe-..-x');
  expect(runName('微调 一', when)).toBe('20261124-093012-微调-一');
  expect(runName('', when)).toBe('20261124-093012-run');
});

test('two runs in one second get folders of their own', async () => {
  const folder = temporaryFolder();
  const make = () => createRunDirectory(path.join(folder, 'runs'), recipeThat('good', folder), '', when);
  const made = await Promise.all([make(), make(), make()]);
  expect(new Set(made.map(({ id }) => id)).size).toBe(3);
  expect(await runIds(path.join(folder, 'runs'))).toEqual(made.map(({ id }) => id).sort());
});

test('a folder that can’t be made is told in words', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'file'), '');
  const made = createRunDirectory(path.join(folder, 'file', 'runs'), recipeThat('good', folder), '');
  await expect(made).rejects.toThrow(EngineError);
});

test('no runs where nothing ran, and no run in a folder of something else', async () => {
  const folder = temporaryFolder();
  expect(await runIds(path.join(folder, 'nothing'))).toEqual([]);
  mkdirSync(path.join(folder, 'photos'));
  expect(await readRun(path.join(folder, 'photos'))).toBeNull();
});

const line = (event: object, seq: number): string => `${JSON.stringify({ t: 1000 + seq, seq, ...event })}\n`;

test('a run is read from its log: done, failed, lost, cut in the middle of a line', async () => {
  const folder = temporaryFolder();
  const { directory } = await createRunDirectory(folder, recipeThat('good', folder), '', when);
  const write = (...events: object[]): void =>
    writeFileSync(path.join(directory, 'events.jsonl'), events.map(line).join(''));
  const hello = { type: 'hello', protocol: 1, trainer: 'x', pid: 999_999_999, python: '3', versions: {} };
  const started = { type: 'stepStarted', step: 'model' };
  const failure = { kind: 'diskFull', message: 'full', recipePath: [], facts: {}, traceback: null };
  const status = async () => statusIn(directory);

  write(hello, started, { type: 'stepFinished', step: 'model', durationMs: 5 }, { type: 'bye', reason: 'shutdown' });
  expect(await status()).toBe('done');
  const run = await readRun(directory);
  expect(run).toMatchObject({ alive: false, startedAt: 1000, lastEventAt: 1003 });
  expect(run?.recipeFile).toBe(path.join(folder, 'fake recipe.tune.yaml'));

  write(hello, started, { type: 'stepFailed', step: 'model', failure });
  expect(await status()).toBe('failed');
  write(hello, started, { type: 'stepFailed', step: 'model', failure: { ...failure, kind: 'interrupted' } });
  expect(await status()).toBe('stopped');
  write(hello, started);
  expect(await status()).toBe('lost');
  writeFileSync(path.join(directory, 'events.jsonl'), line(hello, 0) + line(started, 1).slice(0, 20));
  expect(await status()).toBe('lost');
});

test('another process with the same id is not the trainer', async () => {
  const { session, run } = await start('good');
  await run();
  const hello = { type: 'hello', protocol: 1, trainer: 'x', pid: session.pid, python: '3', versions: {} };
  writeFileSync(path.join(session.runDirectory, 'events.jsonl'), line(hello, 0));
  expect((await readRun(session.runDirectory))?.alive).toBe(true);
  writeFileSync(path.join(session.runDirectory, 'events.jsonl'), line({ ...hello, pid: process.pid }, 0));
  expect((await readRun(session.runDirectory))?.alive).toBe(process.platform !== 'linux');
  await session.shutdown();
});
