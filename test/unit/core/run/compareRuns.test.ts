import { describe, expect, test } from 'vitest';
import chinese from '../../../../l10n/bundle.l10n.zh-cn.json' with { type: 'json' };
import { type ComparableRun, compareRuns } from '../../../../src/core/run/compareRuns';
import { foldRun } from '../../../../src/core/run/session';
import type { ComparedRow, RunComparison } from '../../../../src/protocol/curvesPanel';
import type { EventOf, TrainerEvent } from '../../../../src/protocol/trainer';
import { comparable, stateOf, transcript } from './comparable';

const english = { language: 'en', translations: {} };
const loop = transcript('loop.jsonl');

const of = (rows: readonly ComparedRow[], word: string): ComparedRow => {
  const found = rows.find(({ path }) => path.join('.') === word);
  if (found === undefined) throw new Error(`no row ${word}`);
  return found;
};
const shown = ({ values, notes }: ComparedRow): string[] =>
  values.map((value, run) => `${value ?? '–'}${notes[run] == null ? '' : ` (${notes[run]})`}`);

/** The recorded loop with some of its events changed. */
const changed = (name: string, change: (event: TrainerEvent) => TrainerEvent | null, given?: Partial<ComparableRun>) =>
  comparable(name, { state: foldRun(loop.flatMap((event) => change(event) ?? [])), ...given });
const same = changed('same', (event) => event);
const compare = (...runs: readonly ComparableRun[]): RunComparison => compareRuns(runs, english);

describe('results', () => {
  const better = changed('better', (event) => {
    if (event.type === 'metrics')
      return {
        ...event,
        loss: event.loss === null ? null : event.loss / 2,
        evalLoss: event.evalLoss === null ? null : event.evalLoss + event.trainStep,
      };
    return event.type === 'trainFinished' ? { ...event, durationMs: 4 * 3_600_000 + 59_000 } : event;
  });

  test('each tells its figure, how far it is from the first run’s, and which run did best', () => {
    const { results } = compare(same, better);
    expect(shown(of(results, 'finalLoss'))).toEqual(['5.6326', '2.8163 (−50.0%)']);
    expect(of(results, 'finalLoss').best).toEqual([1]);
    expect(shown(of(results, 'bestEvalLoss'))).toEqual(['5.6133 (at step 6)', '9.6336 (+71.6% · at step 4)']);
    expect(of(results, 'bestEvalLoss').best).toEqual([0]);
    expect(shown(of(results, 'lastEvalLoss'))).toEqual(['5.6133', '11.6133 (+107%)']);
    expect(shown(of(results, 'trainSeconds'))).toEqual(['515 ms', '4 h 0 min (× 28,076)']);
    expect(of(results, 'steps')).toMatchObject({ values: ['6', '6'], same: true, best: [] });
    expect(shown(of(results, 'trainableParameters'))).toEqual(['14,336 (10.42%)', '14,336 (10.42%)']);
    expect(of(results, 'trainableParameters').exact).toEqual([14_336, 14_336]);
    expect(of(results, 'adapterBytes').values[0]).toBe('59.4 kB');
  });

  test('what differs by less than a repetition would isn’t better', () => {
    const heavier = changed('heavier', (event) =>
      event.type === 'trainFinished' ? { ...event, peakMemoryBytes: event.peakMemoryBytes * 1.01 } : event,
    );
    expect(of(compare(same, heavier).results, 'peakMemoryBytes')).toMatchObject({ same: false, best: [] });
  });

  test('a run that failed, one that was stopped, one that has not begun', () => {
    const { results } = compare(
      comparable('failed', { state: stateOf('failed.jsonl'), facts: { directory: '/f', name: 'f', status: 'failed' } }),
      comparable('stopped', {
        state: stateOf('stopped.jsonl'),
        facts: { directory: '/s', name: 's', status: 'stopped' },
      }),
      comparable('new', { facts: { directory: '/n', name: 'n', status: 'running' } }),
    );
    expect(of(results, 'status').values).toEqual(['failed', 'stopped', 'running']);
    expect(of(results, 'failure').values[0]).toContain('no longer a number');
    expect(shown(of(results, 'finalLoss'))).toEqual(['NaN', '5.5814', '–']);
    expect(shown(of(results, 'steps'))).toEqual(['2 (of 8)', '5 (of 1,200)', '–']);
    expect(results.some(({ path }) => path[0] === 'bestEvalLoss')).toBe(false);
  });

  test('losses over other tokens have no best, and that is said', () => {
    const masked = changed('masked', (event) => {
      if (event.type !== 'dataFiles') return event;
      return { ...event, files: event.files.map((file) => ({ ...file, sha256: 'f'.repeat(64) })) };
    });
    const { finalLoss, tokensPerSecond } = {
      finalLoss: of(compare(better, masked).results, 'finalLoss'),
      tokensPerSecond: of(compare(better, masked).results, 'tokensPerSecond'),
    };
    expect(finalLoss).toMatchObject({ best: [], notes: [null, null], same: false });
    expect(finalLoss.caution).toContain('content of the data file');
    expect(tokensPerSecond.caution).toBeNull();
    // a run that never read its data says nothing of what they were
    const early = comparable('early', { state: foldRun(loop.slice(0, 10)) });
    expect(of(compare(same, better, early).results, 'finalLoss')).toMatchObject({ caution: null, best: [1] });
  });
});

const withFiles = (name: string, ...files: EventOf<'dataFiles'>['files']) =>
  changed(name, (event) => (event.type === 'dataFiles' ? { ...event, files } : event));
const file = (path: string, digit: string) => ({ path, bytes: 3888, sha256: digit.repeat(64) });

describe('data', () => {
  test('one file under two paths is the same, one path with two contents isn’t', () => {
    const one = withFiles('one', file('/a/rows.jsonl', '1'));
    const copy = of(compare(one, withFiles('copy', file('/b/rows.jsonl', '1'))).data, 'file');
    expect(copy).toMatchObject({ same: true, notes: [null, 'the same content'] });
    const edited = compare(one, withFiles('edited', file('/a/rows.jsonl', '2'))).data;
    expect(of(edited, 'file')).toMatchObject({ same: false, notes: [null, 'changed: the same path, other content'] });
    expect(of(edited, 'sha256').values).toEqual(['1'.repeat(12), '2'.repeat(12)]);
    expect(of(edited, 'sha256').exact[1]).toBe('2'.repeat(64));
  });

  test('of several files those stand in one row that correspond', () => {
    const { data } = compare(
      withFiles('two', file('/a', '1'), file('/b', '2')),
      withFiles('turned', file('/c', '2'), file('/a', '3'), file('/d', '4')),
    );
    expect(of(data, 'file.1').values).toEqual(['/a', '/a']);
    expect(of(data, 'file.2')).toMatchObject({ values: ['/b', '/c'], same: true });
    expect(of(data, 'file.3').values).toEqual([null, '/d']);
  });

  test('a log from before hashes were written has its source and its rows', () => {
    const former = changed('former', (event) => (event.type === 'dataFiles' ? null : event));
    const { data } = compare(former, same);
    expect(of(data, 'source').values).toEqual(['/home/luke/yoda/rows.jsonl', '/home/luke/yoda/rows.jsonl']);
    expect(of(data, 'sha256').values[0]).toBeNull();
    expect(of(data, 'rows')).toMatchObject({ values: ['24', '24'], same: true });
    expect(of(data, 'medianTokens').values).toEqual(['34', '34']);
  });
});

test('versions come from the log, else from environment.json; equal chat templates have one letter', () => {
  const environment = {
    python: '3.12.1 (main) [GCC]',
    platform: 'Linux-6.1',
    versions: { torch: '2.13.0+cu130' },
    device: { name: 'NVIDIA H200', device: 'cuda', count: 2, memoryBytes: 150_000_000_000, driver: '570.1' },
  };
  const { versions, data } = compare(
    same,
    comparable('other', { environment }),
    comparable('hand', { state: stateOf('hand.jsonl') }),
  );
  expect(of(versions, 'python').values).toEqual(['3.11.7', '3.12.1', '3.11.9']);
  expect(of(versions, 'versions.torch').values).toEqual(['2.13.0+cpu', '2.13.0+cu130', '2.13.0+cpu']);
  expect(of(versions, 'device').values).toEqual(['AMD EPYC', 'NVIDIA H200', 'CPU, 2 cores']);
  expect(of(versions, 'driver').values).toEqual([null, '570.1', null]);
  expect(of(versions, 'deviceMemoryBytes').values[1]).toBe('150 GB');
  expect(of(versions, 'trainer')).toMatchObject({ values: ['0.1.0', null, '0.1.0'], same: false });
  expect(of(data, 'chatTemplate').values).toEqual(['A', null, 'B']);
});

describe('answers', () => {
  test('stand beside each other by prompt and mode; what all share stands once', () => {
    const tuned = changed('tuned', (event) =>
      event.type === 'generation' && event.model === 'tuned' ? { ...event, text: 'Bacon, there is.' } : event,
    );
    const { answers } = compare(same, tuned, comparable('none'));
    expect(answers.map(({ mode }) => mode)).toEqual(['greedy', 'sampled']);
    const [greedy] = answers;
    expect(greedy).toMatchObject({
      reference: 'In this sandwich, bacon there is.',
      base: { stopReason: 'maxNewTokens' },
    });
    expect(greedy?.runs.map(({ base }) => base)).toEqual([null, null, null]);
    expect(greedy?.runs.map((run) => run.tuned?.text.trim() ?? null)).toEqual(['', 'Bacon, there is.', null]);
  });

  test('other references and another base stand with each run; a prompt asked twice is two questions', () => {
    const again = comparable('again', {
      state: foldRun([
        ...transcript('hand.jsonl'),
        ...transcript('hand.jsonl').filter(({ type }) => type === 'generation'),
      ]),
    });
    const { answers } = compare(same, again);
    expect(answers[0]).toMatchObject({ reference: null, base: null });
    expect(answers[0]?.runs.map(({ reference }) => reference)).toEqual([
      'In this sandwich, bacon there is.',
      'In this sandwich, bacon there is. Yes, hrrrm.',
    ]);
    const asked = answers.map(({ prompt, mode }) => `${prompt} ${mode}`);
    expect(asked.length).toBeGreaterThan(new Set(asked).size);
    expect(answers.at(-1)?.runs[0]?.tuned).toBeNull();
  });
});

test('everything is told in Chinese too', () => {
  const { results, data } = compareRuns([same, comparable('b', { state: stateOf('stopped.jsonl') })], {
    language: 'zh-cn',
    translations: chinese,
  });
  expect(of(results, 'finalLoss').label).toBe('最终损失');
  expect(of(data, 'rows').label).toBe('行数');
  expect([...results, ...data].filter(({ label }) => /^[A-Za-z ]+$/.test(label))).toEqual([]);
});
