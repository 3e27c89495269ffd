import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parseEventLog } from '../../src/core/run/eventLog';
import { foldRun } from '../../src/core/run/session';
import { decodeTrainerLine } from '../../src/protocol/codec';
import type { TrainerEvent } from '../../src/protocol/trainer';
import { buildCli, run, sampleFolder, start, trainersBelow } from './cli';

const RECIPE = 'yoda.tune.yaml';
/** Long enough to be stopped in the middle. */
const LONG = ['train', RECIPE, '--steps', '..train', '--set', 'logging_steps=1', '--set', 'max_steps=2000'];

let sample: ReturnType<typeof sampleFolder>;
beforeAll(async () => {
  await buildCli();
  sample = sampleFolder();
});
afterAll(() => {
  const left = trainersBelow(sample.folder);
  sample.remove();
  expect(left).toEqual([]);
});

const runs = (): string => path.join(sample.folder, '.tunebook', 'runs');
const newest = (): string => readdirSync(runs()).sort().at(-1)!;

function logOf(id: string): readonly TrainerEvent[] {
  return parseEventLog(readFileSync(path.join(runs(), id, 'events.jsonl'), 'utf8')).events;
}

function eventsOf(out: string): readonly TrainerEvent[] {
  const decoded = out.trimEnd().split('\n').map(decodeTrainerLine);
  return decoded.flatMap((line) => (line.kind === 'event' ? [line.event] : []));
}

test('a run goes on when its command line is killed; others show all of it, and one stops it with a checkpoint', async () => {
  const training = start(LONG, sample.folder);
  await training.seen('  2/');
  training.child.kill('SIGKILL');
  await training.ended;
  const id = newest();
  const forPeople = start(['attach'], sample.folder);
  const forPrograms = start(['attach', id, '--json'], sample.folder);
  await forPeople.seen('Attached.');
  await forPrograms.seen('"trainStep":10,');
  const listed = await run(['runs'], sample.folder);
  expect(listed.out).toMatch(new RegExp(`^${id} +yoda +running +\\d+/2000 `, 'm'));
  expect(listed.out).toContain(`tunebook attach ${id}`);

  const stopped = await run(['stop', id], sample.folder);
  expect(stopped.code, stopped.err).toBe(0);
  const checkpoint = /To go on from (\S+):/.exec(stopped.out)?.[1];
  expect(existsSync(path.join(checkpoint!, 'adapter_model.safetensors'))).toBe(true);

  const [people, programs] = await Promise.all([forPeople.ended, forPrograms.ended]);
  expect([people.code, programs.code]).toEqual([130, 130]);
  expect(people.out).toMatch(/Model\n[\s\S]*Training\n[\s\S]*2,000 steps of /);
  expect(people.out).toContain(`To go on from ${checkpoint}:`);
  const told = eventsOf(programs.out);
  expect(told.map(({ seq }) => seq)).toEqual(told.map((_, index) => index));
  expect(told).toEqual(logOf(id).slice(0, told.length));
  expect(foldRun(told).steps.train).toMatchObject({ status: 'stopped' });
  expect(logOf(id).at(-1)).toMatchObject({ type: 'bye', reason: 'shutdown' });

  const after = await run(['attach', id], sample.folder);
  expect(after.code).toBe(130);
  expect(after.out).toContain('This run has ended.');
});

test('a closed terminal, or a watcher that lets go, leaves the run at work; stop --now ends it at once', async () => {
  const training = start(LONG, sample.folder);
  await training.seen('  1/');
  training.child.kill('SIGHUP');
  const left = await training.ended;
  expect({ code: left.code, told: left.err.includes('the run goes on') }).toEqual({ code: 129, told: true });
  const watcher = start(['attach'], sample.folder);
  await watcher.seen('Attached.');
  watcher.child.kill('SIGINT');
  const { code, out } = await watcher.ended;
  expect(code).toBe(130);
  expect(out).toContain(`tunebook stop ${newest()}`);
  expect(trainersBelow(sample.folder)).toHaveLength(1);
  const ended = await run(['stop', '--now', '--json'], sample.folder);
  expect(JSON.parse(ended.out)).toEqual({ directory: path.join(runs(), newest()), checkpoint: null });
  await vi.waitFor(() => expect(trainersBelow(sample.folder)).toEqual([]), 5000);
  expect(logOf(newest()).at(-1)).toMatchObject({ type: 'stepFailed', failure: { kind: 'interrupted' } });
});

test('--detach comes back at once; the run is watched to its end by its name', async () => {
  const short = ['--steps', '..train', '--set', 'max_steps=4', '--detach', '--json'];
  const detached = await run(['train', RECIPE, ...short], sample.folder);
  expect(detached.code, detached.err).toBe(0);
  expect(JSON.parse(detached.out)).toMatchObject({ id: newest(), directory: path.join(runs(), newest()) });
  expect(detached.err).toContain(`tunebook attach ${newest()}`);
  const watched = await run(['attach', newest()], sample.folder);
  expect(watched.code, watched.err).toBe(0);
  expect(watched.out).toContain('4 steps, mean loss');
  // nobody is there any more: the trainer would wait for a window that is reloaded
  const ended = await run(['stop'], sample.folder);
  expect(ended.out).toContain('it has ended');
  const nothing = await run(['attach'], sample.folder);
  expect({ code: nothing.code, err: nothing.err }).toMatchObject({
    code: 1,
    err: expect.stringContaining('No run is at work'),
  });
  const wrong = await run(['stop', 'nothing'], sample.folder);
  expect({ code: wrong.code, err: wrong.err }).toMatchObject({
    code: 2,
    err: expect.stringContaining('There is no run'),
  });
});
