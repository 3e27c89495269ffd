import { message } from '../../../common/message';
import type { ComparedRow } from '../../../protocol/curvesPanel';
import type { ComparableRun } from '../compareRuns';
import { explainFailure } from '../explainFailure';
import { STATUS_WORDS } from '../statusWords';
import { type Figures, figuresOf } from './figures';
import { type Measured, measuredRow } from './measuredRow';
import { present, row } from './row';
import type { Speech } from './speech';

/** The same run twice differs by this much in time and memory. */
const NOISE = 0.02;

/** What came out. `caution`: why losses can't be held against each other. */
export function compareResults(runs: readonly ComparableRun[], caution: string | null, speech: Speech): ComparedRow[] {
  const { say, count, bytes, percent, duration, figure } = speech;
  const all = runs.map(({ state }) => figuresOf(state));
  const measured = (about: Omit<Measured, 'values'>, pick: (figures: Figures) => number | null): ComparedRow | null =>
    measuredRow({ ...about, values: all.map(pick) }, speech);
  const atStep = (step: number | null): string | null =>
    step === null ? null : say(message('at step {0}', count(step)));
  const sameSteps = new Set(all.map(({ steps }) => steps)).size === 1;
  return present([
    row(
      { path: ['status'], label: say(message('State')) },
      runs.map(({ facts: { status } }) => ({ text: say(STATUS_WORDS[status]), exact: status })),
    ),
    row(
      { path: ['failure'], label: say(message('Why it ended')) },
      runs.map(({ state }) => {
        const failure = Object.values(state.steps).find((step) => step?.failure != null)?.failure ?? null;
        return failure === null ? null : { text: say(explainFailure(failure).title), exact: failure.kind };
      }),
    ),
    measured(
      {
        path: ['finalLoss'],
        label: say(message('Final loss')),
        about: say(message('The mean of the last logged losses, a twentieth of all: single ones jump.')),
        show: figure,
        better: 'lower',
        caution,
      },
      ({ finalLoss }) => finalLoss,
    ),
    measured(
      {
        path: ['bestEvalLoss'],
        label: say(message('Best eval loss')),
        about: say(
          message(
            'The lowest on rows that weren’t trained. Where it comes long before the end, the rest was learning by heart.',
          ),
        ),
        show: figure,
        better: 'lower',
        caution,
        notes: all.map(({ bestEvalStep }) => atStep(bestEvalStep)),
      },
      ({ bestEvalLoss }) => bestEvalLoss,
    ),
    measured(
      {
        path: ['lastEvalLoss'],
        label: say(message('Last eval loss')),
        show: figure,
        better: 'lower',
        caution,
      },
      ({ lastEvalLoss }) => lastEvalLoss,
    ),
    measured(
      {
        path: ['steps'],
        label: say(message('Steps')),
        show: count,
        notes: all.map(({ steps, totalSteps }) =>
          totalSteps === null || steps === null || steps >= totalSteps
            ? null
            : say(message('of {0}', count(totalSteps))),
        ),
      },
      ({ steps }) => steps,
    ),
    measured(
      { path: ['epochs'], label: say(message('Epochs')), show: (value) => String(Number(value.toFixed(2))) },
      ({ epochs }) => epochs,
    ),
    measured(
      {
        path: ['rowsPerStep'],
        label: say(message('Rows per step')),
        about: say(
          message(
            'Batch size × accumulation × devices, as it ran: after auto_find_batch_size had made it smaller, too.',
          ),
        ),
        show: count,
      },
      ({ rowsPerStep }) => rowsPerStep,
    ),
    measured(
      {
        path: ['trainSeconds'],
        label: say(message('Training time')),
        show: (seconds) => duration(seconds * 1000),
        // the end of fewer steps comes sooner: that is no merit
        ...(sameSteps ? { better: 'lower' as const } : {}),
        tolerance: NOISE,
        changes: true,
      },
      ({ trainSeconds }) => trainSeconds,
    ),
    measured(
      {
        path: ['tokensPerSecond'],
        label: say(message('Tokens per second')),
        about: say(message('The median of all logged values.')),
        show: count,
        better: 'higher',
        tolerance: NOISE,
      },
      ({ tokensPerSecond }) => tokensPerSecond,
    ),
    measured(
      { path: ['peakMemoryBytes'], label: say(message('Peak memory')), show: bytes, better: 'lower', tolerance: NOISE },
      ({ peakMemoryBytes }) => peakMemoryBytes,
    ),
    measured(
      {
        path: ['trainableParameters'],
        label: say(message('Trainable parameters')),
        show: count,
        notes: all.map(({ trainableShare }) => (trainableShare === null ? null : percent(trainableShare))),
      },
      ({ trainableParameters }) => trainableParameters,
    ),
    measured(
      { path: ['adapterBytes'], label: say(message('Adapter')), show: bytes, changes: true },
      ({ adapterBytes }) => adapterBytes,
    ),
  ]);
}
