import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { failureDetails, lastLinesOf } from '../../../../src/core/run/failures/details';
import { failedRun } from '../../../../src/core/run/failures/context';
import { framesOf, shortFile } from '../../../../src/core/run/failures/frames';
import { initialRun, reduceRun } from '../../../../src/core/run/session';
import type { Failure } from '../../../../src/protocol/trainer';

const fixture = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, `../../../fixtures/failures/${name}.txt`), 'utf8');

test('the steps of a traceback: own ones and those of libraries, with their code', () => {
  const { frames, raised } = framesOf(fixture('out-of-memory'))!;
  expect(raised).toMatch(/^torch\.OutOfMemoryError: CUDA out of memory\. Tried to allocate 512\.00 MiB\./);
  expect(frames[0]).toMatchObject({ name: '_take', own: true, code: '_implementation(step)(context)' });
  expect(frames.at(-1)!.own).toBe(false);
  expect(frames.every(({ code }) => !code.includes('^^'))).toBe(true);
  const own = frames.filter((frame) => frame.own).map(({ file }) => shortFile(file));
  expect(own).toContain('tunebook_trainer/steps/train.py');
  expect(shortFile(frames.at(-1)!.file)).not.toContain('site-packages');
});

test('a message of several lines is part of what was raised', () => {
  expect(framesOf(fixture('bitsandbytes-other-cuda'))!.raised).toContain('\n\nCOMPILE FROM SOURCE for CPU-only:');
  expect(framesOf('Killed\n')).toBeNull();
});

test('of a chain of errors, the one that was raised last', () => {
  const chain = `Traceback (most recent call last):
  File "/env/lib/python3.12/site-packages/a.py", line 1, in first
    one()
OSError: the cause

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "C:\\Users\\ada\\tunebook_trainer\\b.py", line 2, in second
    two()
RuntimeError: what came of it
`;
  const { frames, raised } = framesOf(chain)!;
  expect(frames.map(({ file, own }) => [shortFile(file), own])).toEqual([['tunebook_trainer\\b.py', true]]);
  expect(raised).toBe('RuntimeError: what came of it');
});

test('details for a report: kind, facts, versions, device, traceback, log', () => {
  const failure: Failure = {
    kind: 'unknown',
    message: "KeyError: 'x'",
    recipePath: ['model'],
    facts: { exception: 'KeyError', lastLines: ['said at last'] },
    traceback: "Traceback (most recent call last):\nKeyError: 'x'\n",
  };
  const versions = { torch: '2.13.0', numpy: '2.0' };
  const hello = {
    type: 'hello' as const,
    t: 0,
    seq: 0,
    protocol: 1,
    trainer: '0.6.0',
    pid: 1,
    python: '3.12.1',
    versions,
  };
  const failed = { type: 'stepFailed' as const, t: 1, seq: 1, step: 'model' as const, failure };
  const run = [hello, failed].reduce(reduceRun, initialRun);
  expect(failureDetails(failure, 'model', run)).toBe(`unknown in model: KeyError: 'x'
recipe: model
facts: {"exception":"KeyError"}

trainer 0.6.0, Python 3.12.1
torch 2.13.0

Traceback (most recent call last):
KeyError: 'x'

Last lines of the log:
said at last`);
  expect(lastLinesOf(failure)).toEqual(['said at last']);
  expect(failedRun(run, failure, null)).toEqual({
    step: 'model',
    context: { recipe: null, levers: null, lengths: null },
  });
});
