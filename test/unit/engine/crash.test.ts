import { expect, test } from 'vitest';
import { crashFailure, UNKNOWN_EXIT } from '../../../src/engine/python/crash';

const lastLines = ['step 12'];

test.each([
  ['by SIGKILL', { code: null, signal: 'SIGKILL' }, false, 'killedBySystem', 'most likely because memory ran out'],
  ['with 137, as containers tell it', { code: 137, signal: null }, false, 'killedBySystem', 'exit code 137'],
  ['while the kernel counted', UNKNOWN_EXIT, true, 'killedBySystem', ': memory ran out.'],
  ['somehow, nobody’s child', UNKNOWN_EXIT, false, 'trainerCrashed', 'how is not known'],
  ['by a fault', { code: null, signal: 'SIGSEGV' }, false, 'trainerCrashed', 'signal SIGSEGV'],
] as const)('a trainer that ended %s', (_, exit, memoryRanOut, kind, words) => {
  const failure = crashFailure({ exit, lastLines, memoryRanOut });
  expect(failure).toMatchObject({ kind, traceback: 'step 12', facts: { exitCode: exit.code, signal: exit.signal } });
  expect(failure.message).toContain(words);
});
