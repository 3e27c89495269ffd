import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LogOutputChannel, Uri } from 'vscode';
import { expect, test } from 'vitest';
import { leversOf } from '../../src/cli/session/levers';
import { parseRecipe } from '../../src/core/recipe/parse';
import { resolveRecipe } from '../../src/core/recipe/resolve';
import { explainFailure } from '../../src/core/run/explainFailure';
import { contextOf } from '../../src/core/run/failures/context';
import { initialRun, reduceRun, type RunState } from '../../src/core/run/session';
import { estimateForEditor } from '../../src/engine/model/estimateForEditor';
import { readModel } from '../../src/engine/model/readModel';
import type { WorkerClient } from '../../src/engine/worker/client';
import { RunLevers } from '../../src/features/notebook/levers';
import type { Failure, TrainerEvent } from '../../src/protocol/trainer';

const file = path.resolve(import.meta.dirname, '../../samples/yoda/yoda.tune.yaml');
const parsed = parseRecipe(readFileSync(file, 'utf8'), { file });
if (!parsed.ok) throw new Error('the sample is no recipe');
const recipe = resolveRecipe(parsed.value, file);
const GPU = 6_000_000_000;
const events: readonly TrainerEvent[] = [
  { type: 'runStarted', t: 5, seq: 0, steps: ['model', 'train'], recipeText: null, recipe },
  {
    type: 'device',
    t: 6,
    seq: 1,
    device: 'cuda',
    name: 'A GPU',
    count: 1,
    memoryBytes: GPU,
    freeMemoryBytes: GPU,
    bf16: true,
    capability: '8.6',
    driver: null,
  },
  { type: 'stepStarted', t: 7, seq: 2, step: 'model' },
];
const run: RunState = events.reduce(reduceRun, initialRun);

test('out of memory: the first change is the cheapest that the estimate finds enough', async () => {
  const levers = await leversOf(run, process.env);
  expect(levers!.map(({ changes }) => changes[0]!.path.at(-1))).toContain('per_device_train_batch_size');
  const failure: Failure = {
    kind: 'outOfMemory',
    message: 'CUDA out of memory.',
    recipePath: ['train', 'memory', 'per_device_train_batch_size'],
    facts: { requiredBytes: 2_000_000, freeBytes: 1_000_000 },
    traceback: null,
  };
  const { fixes } = explainFailure(failure, contextOf(run, levers));
  expect(fixes.length).toBeGreaterThan(2);
  expect(fixes[0]!.note!.text).toBe('saves about {0} GB');
});

/** Answers as the worker does, in this thread. */
function workerOf(asked: string[]): WorkerClient {
  const answers: Record<string, (params: never) => unknown> = {
    readModel: (params: Parameters<typeof readModel>[0]) =>
      readModel(params, { signal: AbortSignal.timeout(20_000), env: process.env }),
    readGpus: () => [],
    estimateMemory: (params: Parameters<typeof estimateForEditor>[0]) => estimateForEditor(params),
  };
  const request = async (name: string, params: unknown): Promise<unknown> => {
    asked.push(name);
    // SAFETY: the test asks what the worker is asked.
    return answers[name]!(params as never);
  };
  // SAFETY: RunLevers uses nothing else of it.
  return { request } as unknown as WorkerClient;
}

test('they are looked for once a run, while it begins', async () => {
  const asked: string[] = [];
  // SAFETY: it writes one line at most, and only its text is read.
  const log = { debug: (text: string) => expect(text).toBe('') } as unknown as LogOutputChannel;
  // SAFETY: only its text is used.
  const uri = { toString: () => 'file:///yoda.tune.yaml' } as Uri;
  const levers = new RunLevers(workerOf(asked), log);
  for (const event of events) levers.told(event, uri, run);
  levers.told({ type: 'stepStarted', t: 9, seq: 3, step: 'train' }, uri, run);
  expect(levers.known(uri, run)).toBeNull();
  const found = await levers.settled(uri, run);
  expect(found!.length).toBeGreaterThan(2);
  expect(levers.known(uri, run)).toBe(found);
  expect(asked).toEqual(['readModel', 'readGpus', 'estimateMemory']);
  expect(levers.known(uri, initialRun)).toBeNull();
});
