import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { settleSecondRun } from '../../../src/cli/session/secondRun';
import { Stopped } from '../../../src/cli/stopped';
import { formatMessage } from '../../../src/common/message';
import { STEPS } from '../../../src/protocol/trainer';
import { start, type Started } from '../engine/fake';
import { catching } from './catching';

beforeEach(() => {
  vi.stubEnv('FAKE_TRAINER', 'attachable');
  return () => vi.unstubAllEnvs();
});

/** A run of the recipe that goes on until it is stopped. */
async function atWork(): Promise<Started & { readonly ran: ReturnType<Started['run']> }> {
  const started = await start('stops');
  const ran = started.run(['model', 'train', 'save']);
  await vi.waitFor(() => expect(started.events.map(({ type }) => type)).toContain('stepStarted'), { timeout: 20_000 });
  return { ...started, ran };
}

async function settle({ session, recipe }: Started, answers: readonly string[] | null, yes = false) {
  const folder = path.dirname(session.runDirectory);
  const { context, out } = catching(folder);
  const asked: string[] = [];
  const ask = async (question: string): Promise<string> => answers?.[asked.push(question) - 1] ?? '';
  const runsDirectory = folder;
  const refused = await settleSecondRun(
    { recipe, steps: STEPS },
    { runsDirectory, yes },
    { ...context, ask: answers === null ? null : ask },
  ).then(
    () => null,
    (error: unknown) => {
      if (error instanceof Stopped) return `${formatMessage(error.reason)} ${formatMessage(error.remedy!)}`;
      throw error;
    },
  );
  return { refused, asked, out: out() };
}

test('a run of the same recipe: refused without a person, told to one, both run or it is stopped as they say', async () => {
  const first = await atWork();
  const { runId } = first.session;
  const alone = await settle(first, null);
  expect(alone.refused).toBe(
    `The run ${runId} is at work: model. It runs the same recipe. Watch it: tunebook attach ${runId}. Stop it: tunebook stop ${runId}.`,
  );
  expect((await settle(first, ['r'], true)).refused).toBe(alone.refused);
  const left = await settle(first, ['']);
  expect(left.refused).toBe(`Nothing was run. Watch it: tunebook attach ${runId}`);
  expect(left.out).toContain(`It runs the same recipe: ${first.recipe.recipeFile}`);
  const both = await settle(first, ['r']);
  expect(both).toMatchObject({ refused: null, asked: [expect.stringContaining('run both [r]')] });
  const instead = await settle(first, ['s']);
  expect(instead).toMatchObject({ refused: null, asked: [expect.any(String)] });
  expect(instead.out).toContain(`Stopping ${runId}`);
  expect(await first.ran).toEqual({ kind: 'stopped' });
  // The trainer lives and does nothing: nobody is asked.
  expect(await settle(first, ['r'])).toMatchObject({ refused: null, asked: [] });
});
