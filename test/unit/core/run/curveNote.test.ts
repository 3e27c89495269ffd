import { describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { curveNote } from '../../../../src/core/run/curveNote';
import { foldRun } from '../../../../src/core/run/session';
import type { CurveRunStatus } from '../../../../src/protocol/curvesPanel';
import type { TrainerEvent } from '../../../../src/protocol/trainer';

const base = { t: 1, seq: 1 };
const hello: TrainerEvent = { ...base, type: 'hello', protocol: 1, trainer: 'x', pid: 1, python: '3', versions: {} };
const begins = (step: 'model' | 'train'): TrainerEvent => ({ ...base, type: 'stepStarted', step });
const progress = (current: number | null, total: number | null): TrainerEvent => ({
  ...base,
  type: 'progress',
  step: 'model',
  what: 'Loading weights',
  current,
  total,
  unit: null,
});
const noteOf = (status: CurveRunStatus, hasPoints: boolean, ...events: TrainerEvent[]): string | null => {
  const note = curveNote({ state: foldRun(events), status, hasPoints, translate: (text) => text });
  return note === null ? null : formatMessage(note);
};

describe('a run without points', () => {
  test('says what it does', () => {
    expect(noteOf('running', false, hello)).toBe('The trainer starts.');
    expect(noteOf('running', false, hello, begins('model'))).toBe('At work: model.');
    expect(noteOf('running', false, hello, begins('model'), progress(41, 100))).toBe(
      'At work: model. Loading weights, 41%',
    );
    expect(noteOf('running', false, hello, begins('model'), progress(3, null))).toBe('At work: model. Loading weights');
    expect(noteOf('running', false, hello, begins('train'))).toContain('its first step isn’t logged yet');
  });

  test('says why there are none', () => {
    expect(noteOf('done', false, hello)).toBe('Nothing was trained in this run.');
    expect(noteOf('stopped', false, hello)).toContain('before its first logged step');
    expect(noteOf('lost', false)).toContain('told nothing');
  });
});

test('a run with points says only what went wrong', () => {
  expect(noteOf('running', true, hello, begins('train'))).toBeNull();
  expect(noteOf('done', true, hello)).toBeNull();
  expect(noteOf('stopped', true, hello)).toBeNull();
  expect(noteOf('lost', true, hello)).toContain('without a word');
  const failure = {
    kind: 'diskFull',
    message: 'No space left on device',
    recipePath: [],
    facts: {},
    traceback: null,
  } as const;
  const failed = noteOf('failed', true, hello, begins('train'), {
    ...base,
    type: 'stepFailed',
    step: 'train',
    failure: { ...failure, recipePath: [] },
  });
  expect(failed).toMatch(/disk|space/i);
});
