import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeExportLine } from '../../src/protocol/exporting';
import { buildCli, run, sampleFolder, start } from './cli';

const sample = sampleFolder();
const { folder } = sample;
const merged = path.join(folder, 'adapter-merged');
const SHORT = ['train.training.max_steps=12', 'generate.max_new_tokens=24', 'generate.modes=[greedy]'];

beforeAll(async () => {
  await buildCli();
  const trained = await run(['train', 'yoda.tune.yaml', ...SHORT.flatMap((change) => ['--set', change])], folder);
  expect(trained.code, trained.err).toBe(0);
}, 240_000);
afterAll(() => sample.remove());

function runOf(index: number): string {
  const runs = readdirSync(path.join(folder, '.tunebook', 'runs')).sort();
  return runs.at(index) ?? '';
}

test(
  'an adapter becomes one 16-bit model beside it, as its run has trained it, and what differs is told',
  { timeout: 240_000 },
  async () => {
    // That the base was in 4 bits only the adapter's run tells, which is looked for.
    const made = await run(['export', 'adapter', '--base', 'dequantised'], folder);
    expect(made.code, made.err).toBe(0);
    expect(made.out).toContain(`The merged model is in ${merged}`);
    expect(made.out).toMatch(/4 of 4 greedy answers are the same/);
    expect(made.out).toMatch(/fresh process: logits differ by 0 at most/);
    // SAFETY: the file was written by the command under test; a wrong shape fails the expectation.
    const config = JSON.parse(readFileSync(path.join(merged, 'config.json'), 'utf8')) as Record<string, unknown>;
    expect(config).toMatchObject({ dtype: 'float16', architectures: ['Phi3ForCausalLM'] });
    expect(config).not.toHaveProperty('quantization_config');

    const again = await run(['export', 'adapter'], folder);
    expect(again.code).toBe(1);
    expect(again.err).toContain('holds an export already; nothing was written.');
    expect(again.err).toContain('--force');
  },
);

test('an interrupt leaves nothing behind, and programs get lines of JSON', { timeout: 240_000 }, async () => {
  const output = path.join(folder, 'stopped');
  const stopped = start(['export', runOf(-1), '--output', output, '--json'], folder);
  await stopped.seen('"Asking the merged model"');
  stopped.child.kill('SIGINT');
  const { code, out } = await stopped.ended;
  expect(code).toBe(130);
  expect(readdirSync(folder).filter((name) => name.includes('stopped'))).toEqual([]);
  const lines = out.trimEnd().split('\n').map(decodeExportLine);
  expect(lines.find(({ type }) => type === 'plan')).toMatchObject({ kind: 'original', directory: output });
});

test('what can’t be exported is said before anything is loaded', { timeout: 120_000 }, async () => {
  const form = await run(['export', 'adapter', '--to', 'gif'], folder);
  expect([form.code, form.err]).toEqual([2, expect.stringContaining('gif is no form of an export')]);
  const weights = path.join(folder, 'adapter', 'adapter_model.safetensors');
  writeFileSync(weights, 'no weights');
  const replaced = await run(['export', runOf(-1)], folder);
  expect([replaced.code, replaced.err]).toEqual([1, expect.stringContaining('another run has replaced it')]);
  rmSync(weights);
  const missing = await run(['export', 'adapter', '--output', 'none'], folder);
  expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('weights are missing')]);
  expect(existsSync(path.join(folder, 'none'))).toBe(false);
});
