// Six trainings of 100,000 points each, compared while an editor waits; two long answers, compared word by word.
import { bench, describe } from 'vitest';
import { wordDiff } from '../src/core/run/compare/wordDiff';
import { compareRuns } from '../src/core/run/compareRuns';
import { initialRun, queuedStep } from '../src/core/run/session';
import type { EventOf } from '../src/protocol/trainer';

const POINTS = 100_000;
const runs = Array.from({ length: 6 }, (_run, run) => ({
  facts: { directory: `/runs/${run}`, name: `run ${run}`, status: 'done' as const },
  state: {
    ...initialRun,
    steps: {
      train: {
        ...queuedStep,
        metrics: Array.from({ length: POINTS }, (_, index): EventOf<'metrics'> => ({
          type: 'metrics',
          t: index,
          seq: index,
          step: 'train',
          trainStep: index,
          epoch: index / POINTS,
          loss: 3 * Math.exp(-index / 20_000) + 0.1 * Math.sin(index + run),
          learningRate: 3e-4,
          gradNorm: 1,
          evalLoss: index % 100 === 0 ? 1 : null,
          tokensPerSecond: 3000 + Math.sin(index),
          memoryBytes: 2_651_070_000,
          etaSeconds: null,
        })),
      },
    },
  },
  recipeText: `model:\n  model_name_or_path: ./base\ndata:\n  path: ./rows.jsonl\nlora:\n  r: ${run + 1}\n`,
  config: null,
  environment: null,
}));
const answer = (every: number): string =>
  Array.from({ length: 1000 }, (_, index) => (index % every === 0 ? `other${every}` : `word${index}`)).join(' ');

describe('comparing', () => {
  bench(`6 runs of ${POINTS} points`, () => void compareRuns(runs, { language: 'en', translations: {} }));
  bench('two answers of 1,000 words', () => void wordDiff(answer(7), answer(11), 'en'));
});
