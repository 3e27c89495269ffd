import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { writeRunName } from '../../../src/engine/runName';
import { RunsWatch } from '../../../src/engine/runsWatch';
import { temporaryFolder } from './fake';

const whole = readFileSync(path.resolve(import.meta.dirname, '../../transcripts/loop.jsonl'), 'utf8');
const NOBODY = 999_999_999;

function watchOf(folder: string, everyMs = 20): RunsWatch {
  const watch = new RunsWatch(folder, everyMs);
  onTestFinished(() => watch.dispose());
  return watch;
}

function makeRun(folder: string, id: string, log: string | null, recipeFile = '/x/yoda.tune.yaml'): string {
  const directory = path.join(folder, id);
  mkdirSync(directory, { recursive: true });
  const config = path.join(directory, 'config.json');
  writeFileSync(config, JSON.stringify({ recipeFile }));
  // as of a day ago: it does not begin just now
  utimesSync(config, Date.now() / 1000 - 86_400, Date.now() / 1000 - 86_400);
  if (log !== null) writeFileSync(path.join(directory, 'events.jsonl'), log);
  return directory;
}

const logOf = (...events: readonly object[]): string =>
  events.map((event, index) => `${JSON.stringify({ ...event, t: 100 + index, seq: index })}\n`).join('');
const hello = (pid: number) => ({ type: 'hello', protocol: 1, trainer: 'x', pid, python: '3', versions: {} });
const started = { type: 'stepStarted', step: 'train' };
const point = (trainStep: number, loss: number) => ({
  type: 'metrics',
  step: 'train',
  trainStep,
  epoch: 1,
  loss,
  learningRate: 1,
  gradNorm: 1,
  evalLoss: null,
  tokensPerSecond: 1,
  memoryBytes: 1,
  etaSeconds: 60,
});

/** A process whose command line is a trainer's of this run. */
function trainerOf(directory: string): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', '--run-dir', directory]);
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid!;
}

test('tells each run of a folder, and passes over what is none', async () => {
  const folder = temporaryFolder();
  makeRun(folder, '1-done', whole);
  makeRun(folder, '2-lost', logOf(hello(NOBODY), started, point(3, 1.5)));
  makeRun(folder, '3-garbage', '\0\0\0{"type":"hello"\nnonsense\n');
  makeRun(folder, '4-never-began', null);
  mkdirSync(path.join(folder, '5-empty'));
  writeFileSync(path.join(folder, 'a file'), '');
  const watch = watchOf(folder);
  await watch.look();
  expect(watch.runs.map(({ id, summary }) => [id, summary.status])).toEqual([
    ['1-done', 'done'],
    ['2-lost', 'lost'],
    ['3-garbage', 'lost'],
    ['4-never-began', 'lost'],
  ]);
  expect(watch.runs[1]).toMatchObject({
    recipeFile: '/x/yoda.tune.yaml',
    alive: false,
    startedAt: 100,
    lastEventAt: 102,
  });
  expect(watch.runs[1]?.summary).toMatchObject({ trainStep: 3, loss: 1.5, etaSeconds: null });
});

test('a folder that is not there has no runs; one that is no folder says why', async () => {
  const folder = temporaryFolder();
  const watch = watchOf(path.join(folder, 'runs'));
  await watch.look();
  expect([watch.runs, watch.trouble]).toEqual([[], null]);
  writeFileSync(path.join(folder, 'runs'), '');
  await watch.look();
  expect(watch.trouble).toContain('ENOTDIR');
});

test('a run is told while it begins, grows and ends, and looks end with it', async () => {
  const folder = temporaryFolder();
  const directory = makeRun(folder, '1-live', null);
  utimesSync(path.join(directory, 'config.json'), Date.now() / 1000, Date.now() / 1000);
  const watch = watchOf(folder);
  await watch.look();
  expect(watch.runs[0]).toMatchObject({ alive: true, state: { hello: null } });
  const log = path.join(directory, 'events.jsonl');
  const pid = trainerOf(directory);
  const seen: (string | number | null | undefined)[] = [];
  watch.onDidChange(() => {
    const [run] = watch.runs;
    seen.push(run?.summary.loss ?? run?.summary.status);
  });
  appendFileSync(log, logOf(hello(pid), started));
  await vi.waitFor(() => expect(seen.at(-1)).toBe('running'));
  const line = logOf(point(1, 2.5));
  appendFileSync(log, line.slice(0, 40));
  appendFileSync(log, line.slice(40));
  await vi.waitFor(() => expect(seen.at(-1)).toBe(2.5));
  expect(watch.runs[0]?.summary.etaSeconds).toBe(60);
  const { state } = watch.runs[0]!;
  expect(state.steps.train?.metrics).toHaveLength(1);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(watch.runs[0]).toMatchObject({ alive: false, summary: { status: 'lost' } }));
  const told = seen.length;
  // nobody watches and nothing lives: what comes now is found at the next look
  appendFileSync(log, logOf(point(2, 2)));
  const timers = vi.spyOn(globalThis, 'setTimeout');
  await watch.look();
  expect(timers).not.toHaveBeenCalled();
  timers.mockRestore();
  expect(seen.slice(told)).toEqual([2]);
});

test('the same run is the same object until something changes', async () => {
  const folder = temporaryFolder();
  const directory = makeRun(folder, '1-done', whole);
  makeRun(folder, '2-done', whole);
  const watch = watchOf(folder);
  await watch.look();
  let changes = 0;
  watch.onDidChange(() => changes++);
  const before = watch.runs;
  await watch.look();
  expect(changes).toBe(0);
  await writeRunName(directory, '  better data ');
  await watch.look();
  expect(changes).toBe(1);
  expect(watch.runs.map(({ name }) => name)).toEqual(['better data', null]);
  expect(watch.runs[1]).toBe(before[1]);
  await writeRunName(directory, '');
  await watch.look();
  expect(watch.runs[0]?.name).toBeNull();
});

test('until somebody wants to see the list, it has what lives', async () => {
  const folder = temporaryFolder();
  makeRun(folder, '1-done', whole);
  const live = makeRun(folder, '2-live', null);
  const pid = trainerOf(live);
  writeFileSync(path.join(live, 'events.jsonl'), logOf(hello(pid), started));
  const watch = watchOf(folder);
  const ids = () => watch.runs.map(({ id }) => id);
  await watch.lookAgain();
  expect(ids()).toEqual(['2-live']);
  // what lived here stays in the list when it has ended
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(watch.runs[0]?.summary.status).toBe('lost'));
  await watch.look();
  expect(ids()).toEqual(['1-done', '2-live']);
  await watch.lookAgain();
  expect(ids()).toEqual(['1-done', '2-live']);
});

test('watched, it finds what comes and goes; a log that was replaced is read anew', async () => {
  const folder = temporaryFolder();
  makeRun(folder, '1-done', whole);
  const watch = watchOf(folder);
  watch.watched = true;
  const ids = () => watch.runs.map(({ id }) => id);
  await vi.waitFor(() => expect(ids()).toEqual(['1-done']));
  const second = makeRun(folder, '2-lost', logOf(hello(NOBODY), started));
  await vi.waitFor(() => expect(ids()).toEqual(['1-done', '2-lost']));
  renameSync(path.join(folder, '1-done'), path.join(folder, '3-moved'));
  await vi.waitFor(() => expect(ids()).toEqual(['2-lost', '3-moved']));
  writeFileSync(path.join(second, 'events.jsonl'), logOf(hello(NOBODY), { type: 'bye', reason: 'shutdown' }));
  await watch.look();
  expect(watch.runs[0]?.summary.status).toBe('done');
  rmSync(folder, { recursive: true });
  await vi.waitFor(() => expect(ids()).toEqual([]));
});

test.skipIf(process.getuid?.() === 0)('a log that may not be read is told with the reason', async () => {
  const folder = temporaryFolder();
  const directory = makeRun(folder, '1-done', whole);
  chmodSync(path.join(directory, 'events.jsonl'), 0);
  const watch = watchOf(folder);
  await watch.look();
  expect(watch.runs[0]?.trouble).toContain('EACCES');
  chmodSync(path.join(directory, 'events.jsonl'), 0o600);
  await watch.look();
  expect(watch.runs[0]).toMatchObject({ trouble: null, summary: { status: 'done' } });
});

test('a log that is a folder is told with the reason, until it is mended', async () => {
  const folder = temporaryFolder();
  const directory = makeRun(folder, '1-odd', null);
  const log = path.join(directory, 'events.jsonl');
  mkdirSync(log);
  const watch = watchOf(folder);
  await watch.look();
  expect(watch.runs[0]?.trouble).toContain('EISDIR');
  rmSync(log, { recursive: true });
  writeFileSync(log, whole);
  await watch.look();
  expect(watch.runs[0]).toMatchObject({ trouble: null, summary: { status: 'done' } });
});

test('three hundred runs are told in their order, and later looks read none of them again', async () => {
  const folder = temporaryFolder();
  for (let index = 0; index < 300; index++) makeRun(folder, `run-${String(index).padStart(3, '0')}`, whole);
  const watch = watchOf(folder);
  await watch.look();
  expect(watch.runs).toHaveLength(300);
  expect(watch.runs.every(({ summary }) => summary.status === 'done')).toBe(true);
  const before = watch.runs;
  await watch.look();
  expect(watch.runs.every((run, index) => run === before[index])).toBe(true);
});
