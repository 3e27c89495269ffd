import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isThere, start } from './fake';

afterEach(() => vi.unstubAllEnvs());

describe('a run', () => {
  test('is done when its last step is, and leaves a run directory', async () => {
    const { session, events, recipe, run } = await start('good');
    expect(await run(['model', 'lora', 'data'])).toEqual({ kind: 'done' });
    expect(events.map((event) => ('step' in event ? `${event.type} ${event.step}` : event.type))).toEqual([
      'hello',
      ...['model', 'lora', 'data'].flatMap((step) => [`stepStarted ${step}`, `stepFinished ${step}`]),
    ]);
    const read = (name: string): string => readFileSync(path.join(session.runDirectory, name), 'utf8');
    expect(read('recipe.tune.yaml')).toBe('# as written\n');
    expect(JSON.parse(read('config.json'))).toEqual(recipe);
    expect(path.basename(session.runDirectory)).toMatch(/^\d{8}-\d{6}-fake-recipe$/);
    await session.shutdown();
    expect(await session.exited).toEqual({ code: 0, signal: null });
  });

  test('starts the trainer in the recipe’s folder with what the libraries read', async () => {
    const { session, recipe, run } = await start('good');
    await run();
    const seen = JSON.parse(readFileSync(path.join(session.runDirectory, 'seen.json'), 'utf8'));
    expect(seen.cwd).toBe(recipe.baseDirectory);
    expect(seen.env).toMatchObject({ HF_HUB_DISABLE_TELEMETRY: '1', PYTHONUNBUFFERED: '1' });
    if (process.platform === 'linux') expect(seen.env.GOMP_SPINCOUNT).toBe('1000');
    await session.shutdown();
  });

  test('can follow another, one at a time', async () => {
    const { session, run } = await start('good');
    const first = run(['model']);
    expect(() => run(['lora'])).toThrow('One run at a time');
    expect(await first).toEqual({ kind: 'done' });
    expect(await run(['lora'])).toEqual({ kind: 'done' });
    expect(await session.run([], { recipe: (await start('good')).recipe, recipeText: '' })).toEqual({ kind: 'done' });
  });

  test('tells the failure of its step', async () => {
    const { run } = await start('fail');
    expect(await run(['model', 'lora'])).toMatchObject({
      kind: 'failed',
      step: 'model',
      failure: { kind: 'diskFull' },
    });
  });
});

describe('what is no event', () => {
  test('goes to the log: broken JSON, broken UTF-8, unknown types, libraries’ words', async () => {
    const { session, events, log, run } = await start('garbage');
    expect(await run()).toEqual({ kind: 'done' });
    await session.shutdown();
    expect(log).toContain('{"type": "met');
    expect(log).toContain('[1, 2]');
    expect(log).toContain('a warning of a library');
    expect(log.some((line) => line.includes('future'))).toBe(true);
    expect(events.map(({ type }) => type)).toEqual(['hello', 'stepStarted', 'stepFinished', 'bye']);
    expect(readFileSync(path.join(session.runDirectory, 'log.txt'), 'utf8')).toContain('a warning of a library');
  });

  test('may come in floods', async () => {
    const { session, log, run } = await start('flood');
    expect(await run()).toEqual({ kind: 'done' });
    await session.shutdown();
    expect(log).toHaveLength(100_000);
    expect(log.at(-1)).toBe('line 99999');
  });
});

describe('an end without a word', () => {
  test('is a failure with the exit code and the last lines', async () => {
    const { session, run } = await start('exit');
    const outcome = await run(['model']);
    expect(outcome).toMatchObject({
      kind: 'failed',
      step: 'model',
      failure: { kind: 'trainerCrashed', facts: { exitCode: 3, killed: false, lastLines: ['last words'] } },
    });
    expect(await run(['lora'])).toMatchObject({ kind: 'failed', step: null });
    await session.shutdown();
    await session.stop();
  });

  test('by SIGKILL is most likely lack of memory', async () => {
    const { run } = await start('killed');
    expect(await run()).toMatchObject({
      failure: { kind: 'killedBySystem', facts: { killed: true, signal: 'SIGKILL' } },
    });
  });

  test('is seen although a worker process still holds the pipes', async () => {
    const { session, run } = await start('orphan');
    expect(await run()).toMatchObject({ failure: { kind: 'trainerCrashed', facts: { exitCode: 4 } } });
    expect(await session.exited).toEqual({ code: 4, signal: null });
  });

  test('at the start names the package that is missing', async () => {
    vi.stubEnv('FAKE_TRAINER', 'noModule');
    const { run } = await start('good');
    expect(await run()).toMatchObject({
      kind: 'failed',
      failure: { kind: 'missingPackage', facts: { package: 'trl' } },
    });
  });
});

test('a trainer of another protocol is refused and ended', async () => {
  vi.stubEnv('FAKE_TRAINER', 'newer');
  const { session, events, run } = await start('deaf');
  const outcome = await run();
  expect(outcome).toMatchObject({ kind: 'failed', failure: { facts: { spoken: 99, expected: 1 } } });
  await session.exited;
  expect(isThere(session.pid)).toBe(false);
  expect(events).toEqual([]);
});

describe('stop', () => {
  test('ends the step in order; the process lives on', async () => {
    const { session, run } = await start('stops');
    const outcome = run(['model']);
    await session.stop();
    expect(await outcome).toEqual({ kind: 'stopped' });
    expect(isThere(session.pid)).toBe(true);
    await session.shutdown();
  });

  test('ends a trainer that does not answer', async () => {
    const { session, run } = await start('deaf');
    const outcome = run(['model']);
    await session.stop(100);
    expect(await outcome).toEqual({ kind: 'stopped' });
    expect(await session.exited).toEqual({ code: null, signal: 'SIGTERM' });
    expect(isThere(session.pid)).toBe(false);
  });

  test('kills one that ignores SIGTERM, with what it has started', async () => {
    const { session, events, run } = await start('stubborn');
    const outcome = run(['model']);
    const child = await vi.waitFor(() => {
      const told = events.find((event) => event.type === 'log');
      if (told === undefined) throw new Error('not yet');
      return Number(told.text);
    }, 20_000);
    await session.stop(100);
    expect(await outcome).toEqual({ kind: 'stopped' });
    expect(await session.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await vi.waitFor(() => expect(isThere(child)).toBe(false), 5000);
  });

  test('does nothing while nothing runs', async () => {
    const { session, run } = await start('good');
    await run();
    await session.stop();
    expect(isThere(session.pid)).toBe(true);
    await session.shutdown();
    expect(isThere(session.pid)).toBe(false);
  });
});

test('letting go of a session ends an idle trainer, and no process is left', async () => {
  const { session, run } = await start('good');
  await run();
  session.dispose();
  expect(await session.exited).toEqual({ code: 0, signal: null });
});
