import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { parseEventLog } from '../../../src/core/run/eventLog';
import { EngineError } from '../../../src/engine/engineError';
import type { TrainerSession } from '../../../src/engine/engine';
import { liveRuns } from '../../../src/engine/liveRuns';
import { attachTrainer } from '../../../src/engine/python/attach';
import type { TrainerEvent } from '../../../src/protocol/trainer';
import { isThere, recipeThat, start, type Started } from './fake';

beforeEach(() => {
  vi.stubEnv('FAKE_TRAINER', 'attachable');
  return () => vi.unstubAllEnvs();
});

interface Attached {
  readonly session: TrainerSession;
  readonly events: TrainerEvent[];
  readonly log: string[];
}

async function attach(runDirectory: string): Promise<Attached> {
  const session = await attachTrainer(runDirectory);
  onTestFinished(() => session.dispose());
  const events: TrainerEvent[] = [];
  const log: string[] = [];
  session.onEvent((event) => events.push(event));
  session.onLog((line) => log.push(line));
  return { session, events, log };
}

const logOf = ({ session }: Started): readonly TrainerEvent[] =>
  parseEventLog(readFileSync(path.join(session.runDirectory, 'events.jsonl'), 'utf8')).events;

const seen = (events: readonly TrainerEvent[], type: TrainerEvent['type']) =>
  vi.waitFor(() => expect(events.map((event) => event.type)).toContain(type), { timeout: 20_000, interval: 10 });

describe('a host that comes later', () => {
  test('has what was told before and hears what follows, once and in order', async () => {
    const first = await start('stops');
    const ran = first.run(['model', 'lora']);
    await seen(first.events, 'stepStarted');
    const { session, events } = await attach(first.session.runDirectory);
    expect(session).toMatchObject({ pid: first.session.pid, runId: first.session.runId });
    expect(session.history.map(({ type }) => type)).toEqual(['hello', 'runStarted', 'stepStarted']);
    await session.stop();
    expect(await session.following).toEqual({ kind: 'stopped' });
    expect(await ran).toEqual({ kind: 'stopped' });
    const all = [...session.history, ...events];
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index));
    expect(all).toEqual(logOf(first));
  });

  test('may run steps; both hosts know whose run ends', async () => {
    const first = await start('good');
    await first.run(['model']);
    const { session, events } = await attach(first.session.runDirectory);
    expect(session.following).toBeNull();
    const other = recipeThat('fail', path.dirname(first.recipe.recipeFile));
    const [own, others] = await Promise.all([
      first.run(['model', 'lora', 'data']),
      session.run(['model'], { recipe: other, recipeText: 'of the second \ud800' }),
    ]);
    expect(own).toEqual({ kind: 'done' });
    expect(others).toMatchObject({ kind: 'failed', step: 'model', failure: { kind: 'diskFull' } });
    await session.shutdown();
    expect(events.at(-1)).toMatchObject({ type: 'bye', reason: 'shutdown' });
    expect(await first.session.exited).toEqual({ code: 0, signal: null });
    expect(await session.run(['model'], { recipe: other, recipeText: '' })).toMatchObject({
      kind: 'failed',
      step: null,
    });
  });

  test('keeps an idle trainer that its first host lets go; without any it ends', async () => {
    const first = await start('good');
    await first.run(['model']);
    const { session } = await attach(first.session.runDirectory);
    const hosts = path.join(session.runDirectory, 'hosts');
    await vi.waitFor(() => expect(readdirSync(hosts)).toHaveLength(1));
    first.session.dispose();
    expect(await session.run(['lora'], { recipe: first.recipe, recipeText: '' })).toEqual({ kind: 'done' });
    session.dispose();
    expect(readdirSync(hosts)).toEqual([]);
    expect(await first.session.exited).toEqual({ code: 0, signal: null });
  });

  test('finds the run among the live ones, and nothing to attach to once it has ended', async () => {
    const first = await start('good');
    await first.run(['model']);
    const runs = path.dirname(first.session.runDirectory);
    mkdirSync(path.join(runs, 'something else'));
    const [live, ...others] = await liveRuns(runs);
    expect(others).toEqual([]);
    const { runId: id, pid, runDirectory: directory } = first.session;
    expect(live).toMatchObject({ id, pid, directory, recipeFile: first.recipe.recipeFile, config: first.recipe });
    expect(live?.state.steps.model?.status).toBe('done');
    await first.session.shutdown();
    expect(await liveRuns(runs)).toEqual([]);
    await expect(attachTrainer(directory)).rejects.toThrow(EngineError);
    await expect(attachTrainer(path.join(runs, 'nothing'))).rejects.toThrow('No trainer works at');
  });
});

describe('a trainer that ends without a word', () => {
  test('is told by one of those who watch, in one line of the log', async () => {
    const first = await start('deaf');
    const ran = first.run(['model']);
    await seen(first.events, 'stepStarted');
    const watchers = await Promise.all([attach(first.session.runDirectory), attach(first.session.runDirectory)]);
    appendFileSync(path.join(first.session.runDirectory, 'log.txt'), 'last words\n');
    process.kill(first.session.pid, 'SIGKILL');
    const told = { type: 'stepFailed', step: 'model' };
    for (const { session, events } of watchers) {
      expect(await session.exited).toEqual({ code: null, signal: null });
      expect(await session.following).toMatchObject({ kind: 'failed', step: 'model' });
      expect(events.filter(({ type }) => type === 'stepFailed')).toEqual([expect.objectContaining(told)]);
    }
    expect(await ran).toMatchObject({ kind: 'failed', step: 'model' });
    expect(logOf(first).filter(({ type }) => type === 'stepFailed')).toHaveLength(1);
    expect(existsSync(path.join(first.session.runDirectory, 'ended.lock'))).toBe(false);
  });

  test('has been killed where a host did it, whoever watches', async () => {
    const first = await start('stubborn');
    const ran = first.run(['model']);
    await seen(first.events, 'log');
    const { session, events } = await attach(first.session.runDirectory);
    const child = Number(events.concat(session.history).find((event) => event.type === 'log')?.text);
    await session.kill();
    expect(await session.following).toEqual({ kind: 'stopped' });
    expect(await ran).toEqual({ kind: 'stopped' });
    await vi.waitFor(() => expect(isThere(child)).toBe(false), 5000);
    expect(logOf(first).at(-1)).toMatchObject({ type: 'stepFailed', failure: { kind: 'interrupted' } });
    expect(logOf(first).filter(({ type }) => type === 'stepFailed')).toHaveLength(1);
  });
});

describe('a run directory', () => {
  test('that can’t be written: the trainer is stopped by a signal', async () => {
    const first = await start('deaf');
    const ran = first.run(['model']);
    await seen(first.events, 'stepStarted');
    const { session } = await attach(first.session.runDirectory);
    // a folder where commands go: even root can't append to it
    mkdirSync(path.join(session.runDirectory, 'commands.jsonl'));
    expect(await session.run(['lora'], { recipe: first.recipe, recipeText: '' })).toMatchObject({ kind: 'failed' });
    await session.stop(20_000);
    await session.exited;
    expect(isThere(session.pid)).toBe(false);
    expect(await ran).toMatchObject({ kind: 'failed' });
  });

  test('that is deleted or moved: what follows is still heard', async () => {
    const first = await start('stops');
    const ran = first.run(['model']);
    await seen(first.events, 'stepStarted');
    const { session, events } = await attach(first.session.runDirectory);
    renameSync(session.runDirectory, `${session.runDirectory}-moved`);
    rmSync(`${session.runDirectory}-moved`, { recursive: true });
    await first.session.stop();
    expect(await ran).toEqual({ kind: 'stopped' });
    expect(await session.following).toEqual({ kind: 'stopped' });
    expect(events.map(({ type }) => type)).toEqual(['stepFailed', 'runFinished']);
    await first.session.shutdown();
    await session.exited;
    expect(existsSync(session.runDirectory)).toBe(false);
  });
});

test('a trainer that has only just been started is waited for', async () => {
  const first = await start('good');
  const { session } = await attach(first.session.runDirectory);
  expect(session.history[0]?.type).toBe('hello');
  await session.shutdown();
});

test('what is told before anybody listens is kept for the first who does', async () => {
  const first = await start('stops');
  void first.run(['model']);
  await seen(first.events, 'stepStarted');
  const session = await attachTrainer(first.session.runDirectory);
  onTestFinished(() => session.dispose());
  await session.stop();
  const events: TrainerEvent[] = [];
  session.onEvent((event) => events.push(event));
  await seen(events, 'runFinished');
  expect([...session.history, ...events]).toEqual(logOf(first));
});
