import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseEventLog } from '../../../../src/core/run/eventLog';
import { initialRun, reduceRun } from '../../../../src/core/run/session';
import { stepOutput, type Words } from '../../../../src/core/run/stepOutput';
import { type EventOf, STEPS } from '../../../../src/protocol/trainer';

const read = (name: string) => readFileSync(path.resolve(import.meta.dirname, '../../../..', name), 'utf8');
const runOf = (name: string, events = Infinity) =>
  parseEventLog(read(`test/transcripts/${name}`))
    .events.slice(0, events)
    .reduce(reduceRun, initialRun);

const english: Words = { language: 'en', translations: {} };
const run = runOf('hand.jsonl');

const metrics = (trainStep: number, loss: number): EventOf<'metrics'> => ({
  type: 'metrics',
  t: trainStep,
  seq: trainStep,
  step: 'train',
  trainStep,
  epoch: 0,
  loss,
  learningRate: null,
  gradNorm: null,
  evalLoss: trainStep === 7777 ? 1 : null,
  tokensPerSecond: null,
  memoryBytes: null,
  etaSeconds: null,
});

describe('the output of', () => {
  test('a step that waits is queued and empty', () => {
    for (const step of STEPS)
      expect(stepOutput(initialRun, step, english)).toMatchObject({
        step,
        status: 'queued',
        problem: null,
        progress: null,
      });
  });

  test('each step has what was predicted for it, from the log alone', () => {
    expect(stepOutput(run, 'model', english).predictedBytes).toBe(5034240);
    expect(stepOutput(run, 'lora', english).predictedAfterBytes).toBe(5279744);
    expect(stepOutput(run, 'train', english).predictedPeakBytes).toBeNull();
    expect(stepOutput(initialRun, 'model', english).predictedBytes).toBeNull();
  });

  test('model counts layers of one kind together', () => {
    const output = stepOutput(run, 'model', english);
    expect(output).toMatchObject({
      status: 'done',
      durationMs: 1840,
      footprintBytes: 5034240,
      architecture: 'Phi3ForCausalLM',
      dtype: 'float32',
      device: { name: 'CPU, 2 cores' },
      totalParameters: 2728448,
    });
    expect(
      output.layers.map(({ name, type, count, parameters, target }) => [name, type, count, parameters, target]),
    ).toEqual([
      ['embed_tokens', 'Embedding', 1, 512000, false],
      ['o_proj', 'Linear4bit', 2, 131072, true],
      ['qkv_proj', 'Linear4bit', 2, 393216, true],
      ['gate_up_proj', 'Linear4bit', 2, 786432, true],
      ['down_proj', 'Linear4bit', 2, 393216, true],
      ['input_layernorm', 'Phi3RMSNorm', 2, 512, false],
      ['lm_head', 'Linear', 1, 512000, false],
    ]);
  });

  test('lora has the footprint before and after, and its own matrices by name', () => {
    const output = stepOutput(run, 'lora', english);
    expect(output).toMatchObject({
      footprintBeforeBytes: 5034240,
      footprintAfterBytes: 5820672,
      trainable: { trainable: 196608 },
    });
    expect(output.layers.map(({ name, count }) => [name, count])).toEqual([
      ['o_proj', 2],
      ['o_proj.lora_A', 2],
      ['o_proj.lora_B', 2],
    ]);
  });

  test('train joins what was measured at one step, and shows where numbers were lost', () => {
    const output = stepOutput(run, 'train', english);
    expect(output.points.map(({ trainStep, loss, evalLoss }) => [trainStep, loss, evalLoss])).toEqual([
      [5, 3.81, null],
      [10, 2.402, 2.31],
      [15, null, null],
      [20, 1.52, null],
      [30, 0.871, null],
    ]);
    expect(output.points[1]).toMatchObject({ gradNorm: 1.25, memoryBytes: 912e6 });
    expect(output.nonFiniteAt).toEqual([15]);
    expect(output).toMatchObject({
      batchSizeReductions: [{ from: 16, to: 14 }],
      checkpoints: [{ trainStep: 10, path: '/home/ada/out/checkpoint-10' }],
      started: { batchSize: 14 },
      finished: { trainSteps: 30 },
      etaSeconds: null,
    });
  });

  test('train while it runs has the time that is left', () => {
    const events = parseEventLog(read('test/transcripts/hand.jsonl')).events;
    const running = events
      .slice(0, events.findIndex(({ type }) => type === 'metrics') + 1)
      .reduce(reduceRun, initialRun);
    expect(stepOutput(running, 'train', english)).toMatchObject({ status: 'running', etaSeconds: 25 });
  });

  test('a very long training keeps its ends, its peaks and its evaluations', () => {
    const long = {
      ...initialRun,
      steps: {
        train: {
          ...run.steps.train!,
          metrics: Array.from({ length: 20_000 }, (_, i) => metrics(i + 1, i === 5000 ? 99 : 2 - i / 20_000)),
        },
      },
    };
    const { points } = stepOutput(long, 'train', english);
    expect(points.length).toBeLessThanOrEqual(2100);
    expect(points[0]?.trainStep).toBe(1);
    expect(points.at(-1)?.trainStep).toBe(20_000);
    expect(points.map(({ loss }) => loss)).toContain(99);
    expect(points.map(({ trainStep }) => trainStep)).toContain(7777);
    expect(points.map(({ trainStep }) => trainStep)).toEqual(
      points.map(({ trainStep }) => trainStep).toSorted((a, b) => a - b),
    );
  });

  test('generate puts base and tuned side by side', () => {
    const { rows } = stepOutput(run, 'generate', english);
    expect(rows.map(({ mode, base, tuned }) => [mode, base?.text, tuned?.text])).toEqual([
      ['greedy', 'Yes, there is bacon in it.', 'In this sandwich, bacon there is. Yes, hrrrm.'],
      ['sampled', 'I like bacon and', 'Bacon in this sandwich, there is.'],
    ]);
    expect(rows[1]?.base?.stopReason).toBe('maxNewTokens');
  });

  test('save lists the files', () => {
    expect(stepOutput(run, 'save', english).saved?.files).toHaveLength(2);
  });
});

test('words come in the language that is asked for', () => {
  const words: Words = {
    language: 'zh-cn',
    translations: {
      'Loading weights': '正在加载权重',
      '{0} of {1} rows are longer than max_length ({2}): their end, with the end mark, is never learnt.':
        '{1} 行中有 {0} 行超过 max_length（{2}）。',
      'Out of memory: {0} GB more were needed, {1} GB were free.': '内存不足：还需要 {0} GB，可用 {1} GB。',
    },
  };
  const running = stepOutput(runOf('hand.jsonl', 7), 'model', words);
  expect(running.progress?.what).toBe('正在加载权重');
  expect(stepOutput(run, 'tokenizer', words).warnings[0]).toMatchObject({
    message: '720 行中有 3 行超过 max_length（64）。',
    args: [],
  });
  const failed = stepOutput(runOf('hand-failures.jsonl', 8), 'train', words);
  expect(failed.status).toBe('failed');
  expect(failed.problem).toMatchObject({
    title: '内存不足：还需要 2.7 GB，可用 1.1 GB。',
    failure: { kind: 'outOfMemory' },
  });
  expect(failed.problem!.remedies.length).toBeGreaterThan(1);
});
