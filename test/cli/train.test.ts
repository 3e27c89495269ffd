import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseRecipe } from '../../src/core/recipe/parse';
import { resolveRecipe } from '../../src/core/recipe/resolve';
import { viewTokens } from '../../src/engine/tokens/viewTokens';
import { decodeTrainerLine } from '../../src/protocol/codec';
import { STEPS, type TrainerEvent } from '../../src/protocol/trainer';
import { buildCli, run, sampleFolder, start, trainersBelow } from './cli';

const SHORT = ['--set', 'max_steps=4', '--set', 'generate.modes=[greedy]'];
const RECIPE = 'yoda.tune.yaml';

let sample: ReturnType<typeof sampleFolder>;
beforeAll(async () => {
  await buildCli();
  sample = sampleFolder();
});
afterAll(() => {
  const left = trainersBelow(sample.folder);
  sample.remove();
  expect(left).toEqual([]);
});

const file = (...names: string[]): string => path.join(sample.folder, ...names);

/** The batches that the training saw are those that the editor shows of the recipe before any Python, token for token. */
async function expectForeseen(events: readonly TrainerEvent[]): Promise<void> {
  const seen = events.find((event) => event.type === 'batches');
  const parsed = parseRecipe(readFileSync(file(RECIPE), 'utf8'), { file: file(RECIPE) });
  if (seen === undefined || !parsed.ok) throw new Error('no batches or no recipe');
  const recipe = resolveRecipe(parsed.value, file(RECIPE));
  const asked = { signal: new AbortController().signal, progress: () => {} };
  const view = await viewTokens({ recipe, batches: seen.batches.length, rows: null }, asked);
  const texts = new Map(view.pieces.map(({ id, text }) => [id, text]));
  expect(
    view.batches.map(({ sequences }) =>
      sequences.map(({ ids, labels }) => ids.map((id, index) => [id, labels[index], texts.get(id)])),
    ),
  ).toEqual(seen.batches.map(({ rows }) => rows.map((row) => row.map(({ id, label, text }) => [id, label, text]))));
  expect(view.counts).toMatchObject({ trainedTokens: seen.trainedTokens, totalTokens: seen.totalTokens });
}

describe('the loop from a terminal, with the real trainer', () => {
  test('--json: the events of all steps and nothing else', async () => {
    const { code, out, err } = await run(['train', RECIPE, '--json', ...SHORT], sample.folder);
    expect(code, err).toBe(0);
    const decoded = out.trimEnd().split('\n').map(decodeTrainerLine);
    expect(decoded.filter(({ kind }) => kind !== 'event')).toEqual([]);
    const events = decoded.flatMap((line) => (line.kind === 'event' ? [line.event] : []));
    expect(events.flatMap((event) => (event.type === 'stepFinished' ? [event.step] : []))).toEqual([...STEPS]);
    expect(events.find((event) => event.type === 'trainFinished')).toMatchObject({ trainSteps: 4, stopped: false });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect(events.at(-1)?.type).toBe('bye');
    expect(existsSync(file('adapter', 'adapter_model.safetensors'))).toBe(true);
    expect(existsSync(file('adapter', 'adapter_config.json'))).toBe(true);
    await expectForeseen(events);
  });

  test('the run is listed, and keeps the recipe as it ran; the file stays as it was', async () => {
    const { out } = await run(['runs', '--json'], sample.folder);
    const [listed] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(listed).toMatchObject({ status: 'done', trainStep: 4, totalSteps: 4, recipeFile: file(RECIPE) });
    expect(readFileSync(path.join(listed.directory, 'recipe.tune.yaml'), 'utf8')).toContain('max_steps: 4');
    expect(readFileSync(file(RECIPE), 'utf8')).not.toContain('max_steps');
    expect(readFileSync(path.join(listed.directory, 'events.jsonl'), 'utf8')).toContain('"trainFinished"');
  });

  test('generate asks base and the saved adapter side by side', async () => {
    const { code, out, err } = await run(['generate', RECIPE, '-p', 'The dog sleeps.'], sample.folder);
    expect(code, err).toBe(0);
    expect(out).toContain('› The dog sleeps.  greedy');
    expect(out).toMatch(/Base model +│ Fine-tuned/);
    expect(out).not.toContain(String.fromCharCode(27));
  });

  test('save copies the adapter, and not over something else', async () => {
    expect((await run(['save', RECIPE, 'mine'], sample.folder)).code).toBe(0);
    const read = (folder: string): Buffer => readFileSync(file(folder, 'adapter_model.safetensors'));
    expect(read('mine').equals(read('adapter'))).toBe(true);
    expect(existsSync(file('mine', 'training_args.bin'))).toBe(false);
    const again = await run(['save', RECIPE, 'mine'], sample.folder);
    expect(again.code).toBe(1);
    expect(again.err).toContain('--force');
    const there = await run(['save', RECIPE], sample.folder);
    expect(there.err).toContain(`The adapter is there already: ${file('adapter')}`);
  });
});

describe('Ctrl-C', () => {
  test('saves a checkpoint, exits with 130, leaves no process; --resume goes on from it', async () => {
    const training = start(['train', RECIPE, '--set', 'logging_steps=1'], sample.folder);
    await training.seen('  2/');
    training.child.kill('SIGINT');
    const { code, out } = await training.ended;
    expect(code).toBe(130);
    const checkpoint = /To go on from (\S+):/.exec(out)?.[1];
    expect(checkpoint).toBeDefined();
    expect(existsSync(path.join(checkpoint!, 'adapter_model.safetensors'))).toBe(true);
    expect(trainersBelow(sample.folder)).toEqual([]);
    const reached = Number(/checkpoint-(\d+)/.exec(checkpoint!)?.[1]);
    const more = ['--resume', '--steps', '..train', '--set', `max_steps=${reached + 2}`];
    const resumed = await run(['train', RECIPE, ...more], sample.folder);
    expect(resumed.code, resumed.err).toBe(0);
    expect(resumed.out).toContain(`going on from ${checkpoint}`);
  });

  test('twice ends at once', async () => {
    const training = start(['train', RECIPE, '--set', 'logging_steps=1'], sample.folder);
    await training.seen('  1/');
    training.child.kill('SIGINT');
    await new Promise((resolve) => training.child.stderr?.once('data', resolve));
    training.child.kill('SIGINT');
    expect((await training.ended).code).toBe(130);
    expect(trainersBelow(sample.folder)).toEqual([]);
  });
});

const differing = (rows: readonly { label: string; same: boolean }[]): string[] =>
  rows.filter(({ same }) => !same).map(({ label }) => label);

test('compare tells what trainings had in common and what not', async () => {
  const { out } = await run(['runs', '--json'], sample.folder);
  const runs = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const [first, resumed] = runs.filter(({ status, trainStep }) => status === 'done' && trainStep !== null);
  const compared = await run(['compare', first.id, resumed.directory, '--json'], sample.folder);
  expect(compared.code, compared.err).toBe(0);
  const told = JSON.parse(compared.out);
  expect(differing(told.recipe)).toEqual([
    'train.training.max_steps',
    'train.environment.resume_from_checkpoint',
    'generate.modes',
  ]);
  // one file, one machine
  expect([...differing(told.data), ...differing(told.versions)]).toEqual([]);
  expect(differing(told.results)).toEqual(expect.arrayContaining(['Final loss', 'Steps', 'Training time']));
  expect(told.answers[0].runs[1].tuned).toBeNull();
  const shown = await run(['compare', first.id, resumed.id], sample.folder);
  expect(shown.out).toContain('Versions  no difference in');
});

test('a failure of the trainer is told in words with remedies, exit code 1', async () => {
  writeFileSync(file('bad.jsonl'), '{"sentence": 1, "translation_extra": null}\n');
  const { code, err } = await run(['train', RECIPE, '--set', 'data.path=./bad.jsonl'], sample.folder);
  expect(code).toBe(1);
  expect(err).toMatch(/✗ .*cannot become conversations/);
  expect(err).toContain('→');
  expect(err).not.toContain('Traceback');
});

test('a recipe with problems is not run, exit code 1', async () => {
  const { code, out, err } = await run(['train', RECIPE, '--set', 'lora.r=-1'], sample.folder);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^yoda\.tune\.yaml:\d+:\d+: error: /m);
});
