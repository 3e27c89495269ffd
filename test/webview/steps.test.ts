import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as fixtures from './fixtures/outputs';
import { Harness, type Notebook } from './harness';

let harness: Harness;
let notebook: Notebook;
beforeAll(async () => {
  harness = await Harness.start();
  notebook = await harness.open();
});
afterAll(() => harness.stop());

const rows = (table: string): Promise<string[][]> =>
  notebook.page
    .locator(`${table} tbody tr`)
    .evaluateAll((found) =>
      found.map((row) => [...row.children].map((cell) => (cell.textContent ?? '').replaceAll(/\s+/g, ' ').trim())),
    );
const figures = (): Promise<Record<string, string>> =>
  notebook.page
    .locator('.figure')
    .evaluateAll((all) =>
      Object.fromEntries(
        all.map((one) => [
          one.querySelector('dt')?.textContent?.trim(),
          one.querySelector('.value')?.textContent?.trim(),
        ]),
      ),
    );
const text = (selector: string): Promise<string[]> =>
  notebook.page
    .locator(selector)
    .evaluateAll((all) => all.map((one) => (one.textContent ?? '').replaceAll(/\s+/g, ' ').trim()));

test('model: the footprint as the chapter prints it, and the layers from in to out', async () => {
  await notebook.show(fixtures.model);
  expect(await figures()).toEqual({
    'Memory of the weights': '2,206.34 MB',
    Parameters: '3,821,079,552',
    Architecture: 'Phi3ForCausalLM',
    Quantization: 'nf4, double quantization, compute float32',
  });
  expect(await text('.device')).toEqual([
    'NVIDIA H100 80GB HBM3 · 79.1 GiB of 79.6 GiB free · bfloat16 · compute capability 9.0 · driver 570.124.06',
  ]);
  const layers = await rows('.layers');
  expect(layers).toHaveLength(9);
  expect(layers[0]).toEqual(['embed_tokens Embedding', '32064 → 3072 float16', '× 1', '98,500,608', '2.58%']);
  expect(layers[1]).toEqual(['qkv_proj Linear4bit', '3072 → 9216 uint8', '× 32', '905,969,664', '23.71%']);
  expect(layers[7]?.at(-1)).toBe('< 0.01%');
});

test('memory: what was predicted stands beside what came to be', async () => {
  await notebook.show(fixtures.model);
  expect(await text('.figure .note')).toContain('get_memory_footprint() · as predicted, to the byte');
  await notebook.show({ ...fixtures.lora, predictedAfterBytes: 2_700_000_000 });
  expect(await text('p.quiet')).toContain('predicted 2,700.00 MB, −1.81%');
  await notebook.show(fixtures.train);
  expect(await text('.figure .note')).toContain('predicted 6,381.00 MB, +2.06%');
  await notebook.show({ ...fixtures.train, predictedPeakBytes: null });
  expect((await text('.figure .note')).filter((note) => note.includes('predicted'))).toEqual([]);
});

test('lora: what is trained, what it costs, which layers', async () => {
  await notebook.show(fixtures.lora);
  expect(await figures()).toMatchObject({
    Trainable: '0.33%',
    'Adapter file, about': '50.4 MB',
    'Layers that get an adapter': '128',
  });
  expect(await text('.figure .note')).toContain('12,582,912 of 3,833,662,464 parameters');
  expect(await text('.compare-row')).toEqual(['loaded 2,206.34 MB', 'prepared for training, with adapter 2,651.07 MB']);
  const widths = await notebook.page
    .locator('.compare .fill')
    .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
  expect(widths[0]! / widths[1]!).toBeCloseTo(2206.34 / 2651.07, 2);
  expect((await rows('.layers')).map(([name]) => name)).toEqual([
    'qkv_proj Linear4bit',
    'o_proj Linear4bit',
    'gate_up_proj Linear4bit',
    'down_proj Linear4bit',
    'embed_tokens Embedding',
    'input_layernorm Phi3RMSNorm',
    'post_attention_layernorm Phi3RMSNorm',
    'norm Phi3RMSNorm',
    'lm_head Linear',
  ]);
});

test('data: the first rows as conversations', async () => {
  await notebook.show(fixtures.data);
  expect(await figures()).toEqual({
    Rows: '720',
    'For training': '684',
    'For evaluation': '36',
    Format: 'prompt and completion columns',
  });
  expect(await text('.columns .chip')).toEqual(['sentence', 'translation', 'translation_extra']);
  expect((await text('.samples .message')).slice(0, 3)).toEqual([
    'system You are Master Yoda.',
    'user The birch canoe slid on the smooth planks.',
    'assistant On the smooth planks, the birch canoe slid. Yes, hrrrm.',
  ]);
});

describe('tokenizer', () => {
  test('marks what is trained, masked, special and padding', async () => {
    await notebook.show(fixtures.tokenizer);
    const classes = await notebook.page
      .locator('.token')
      .evaluateAll((tokens) => tokens.map((token) => token.className));
    const { tokens } = fixtures.tokenizer.tokenizer!;
    expect(classes).toHaveLength(tokens.length);
    expect(classes[0]).toBe('token masked special');
    expect(classes.at(-1)).toBe('token padding special');
    expect(classes.filter((name) => name.includes('trained'))).toHaveLength(
      tokens.filter(({ label }) => label !== -100).length,
    );
    expect(await text('.legend li')).toEqual(['trained 19', 'masked, not trained 17', 'padding 2', 'special 7']);
  });

  test('says that the pad token is not the end mark, and shouts if it is', async () => {
    await notebook.show(fixtures.tokenizer);
    expect(await text('.specials .badge')).toEqual(['pad ≠ eos']);
    const { tokenizer } = fixtures.tokenizer;
    const specialTokens = [
      { name: 'eos_token', token: '<|endoftext|>', id: 32_000 },
      { name: 'pad_token', token: '<|endoftext|>', id: 32_000 },
    ];
    await notebook.show({ ...fixtures.tokenizer, tokenizer: { ...tokenizer!, specialTokens } });
    expect(await text('.specials .badge.bad')).toEqual(['same as eos_token: ends would be masked']);
  });

  test('counts the rows in the histogram once each, and says how many are cut', async () => {
    await notebook.show(fixtures.tokenizer);
    const titles = await text('.histogram .column title');
    expect(titles.map((title) => Number(title.split(': ')[1])).reduce((a, b) => a + b)).toBe(720);
    expect(await text('.truncated')).toEqual(['3 rows are longer than max_length 64.']);
    expect(await text('.limit-label')).toEqual(['max_length 64']);
  });
});

describe('train', () => {
  test('live numbers, epoch and progress', async () => {
    await notebook.show(fixtures.training);
    const { points } = fixtures.training;
    expect(await figures()).toMatchObject({
      Loss: points.at(-1)!.loss!.toFixed(4),
      Step: '90 / 220',
      'Time left, about': '1 min 17 s',
      'Gradient norm': points.at(-1)!.gradNorm!.toFixed(3),
    });
    expect(await text('.progress-words')).toEqual(['Epoch 4.1 of 10 90 of 220 steps']);
    const bar = notebook.page.getByRole('progressbar', { name: 'Epoch 4.1 of 10' });
    expect(await bar.getAttribute('aria-valuenow')).toBe('90');
    expect(await bar.getAttribute('aria-valuemax')).toBe('220');
    expect(await text('.warnings .notice')).toEqual([
      'Out of memory with batch size 16: started again with 14 (auto_find_batch_size).',
      'paged_adamw_8bit needs CUDA: adamw_torch is used instead. Show in recipe',
    ]);
  });

  test('the outcome, when it is over', async () => {
    await notebook.show(fixtures.train);
    expect(await figures()).toMatchObject({
      'Training time': '2 min 8 s',
      'Mean loss': '0.9123',
      'Peak memory': '6.1 GiB',
    });
    const label = await notebook.page.locator('canvas').getAttribute('aria-label');
    expect(label).toMatch(/^Loss curve: from \d\.\d{4} at step 10 to \d\.\d{4} at step 220$/);
  });

  test('the first batches: a map of rows, one of them with labels', async () => {
    await notebook.show(fixtures.train);
    const [batch] = fixtures.train.batches!.batches;
    expect(await notebook.page.locator('.heat-row').count()).toBe(batch!.rows.length);
    await notebook.page.locator('.heat-row').nth(7).click();
    const details = await text('.token-detail');
    expect(details).toEqual(batch!.rows[7]!.map(({ label }) => (label === -100 ? '−100' : String(label))));
    expect(await notebook.page.locator('.heat-row').nth(7).getAttribute('aria-label')).toMatch(
      /^Row 8: \d+ trained, \d+ masked, 14 padding$/,
    );
  });

  test('steps without a loss are named', async () => {
    await notebook.show({ ...fixtures.train, nonFiniteAt: [30, 40] });
    expect(await text('.warnings .notice.bad')).toEqual(['The loss was not a number at step 30, 40.']);
  });
});

test('generate: modes of one prompt together, and how each answer ended', async () => {
  await notebook.show(fixtures.generate);
  expect(await text('.prompt')).toEqual(['There is bacon in this sandwich.', 'My sister bought a new guitar.']);
  expect(await text('.mode-name')).toEqual(['greedy', 'sampled', 'greedy']);
  expect((await text('.answer .text')).slice(1, 3)).toEqual([
    'In this sandwich, bacon there is. Yes, hrrrm.',
    'That sounds delicious! Shall I suggest a side dish?',
  ]);
  expect((await text('.answer .badge')).slice(0, 3)).toEqual([
    'cut at max_new_tokens',
    'ended by itself · eos',
    'ended by itself · end of turn',
  ]);
  expect(await text('.reference')).toEqual(['hoped for In this sandwich, bacon there is. Yes, hrrrm.']);
  expect(
    await notebook.page
      .locator('pre')
      .first()
      .evaluate((pre) => pre.textContent),
  ).toBe('<|user|>\nThere is bacon in this sandwich.<|end|>\n<|assistant|>\n');
});

test('a training: its curves while it goes on, its folder too once it is over', async () => {
  const button = (name: string) => notebook.page.getByRole('button', { name });
  await notebook.show(fixtures.training);
  await button('Open curves').click();
  expect(await button('Open run folder').count()).toBe(0);
  await notebook.show(fixtures.train);
  await button('Open run folder').click();
  expect((await notebook.messages()).slice(-2)).toEqual([{ type: 'openCurves' }, { type: 'openRunFolder' }]);
});

test('save: files with size and hash, and ways to them', async () => {
  await notebook.show(fixtures.save);
  expect((await rows('.files'))[2]).toEqual(['adapter_model.safetensors', '50.4 MB', '9f3ab79f3ab7', 'Open']);
  await notebook.page.getByRole('button', { name: 'Open: adapter_model.safetensors' }).click();
  await notebook.page.getByRole('button', { name: 'Show folder' }).click();
  await notebook.page.getByRole('button', { name: 'Push to the Hub' }).click();
  expect((await notebook.messages()).slice(-3)).toEqual([
    { type: 'openFile', path: '/home/ada/yoda/phi3-mini-yoda-adapter/adapter_model.safetensors' },
    { type: 'revealFolder', path: '/home/ada/yoda/phi3-mini-yoda-adapter' },
    { type: 'pushToHub', path: '/home/ada/yoda/phi3-mini-yoda-adapter' },
  ]);
});

test('a failed step: what happened, what to do with one click, where', async () => {
  await notebook.show(fixtures.failed);
  const { title, remedies, fixes, details } = fixtures.failed.problem!;
  expect(await text('.notice-title')).toEqual([title]);
  expect(await text('.remedies li')).toEqual(remedies);
  expect(await text('.fixes .quiet')).toEqual(['saves about 3.1 GB', 'saves about 2.4 GB', 'saves about 1.5 GB']);
  await notebook.page.getByRole('button', { name: 'Take 8 rows at a time' }).focus();
  await notebook.page.keyboard.press('Enter');
  await notebook.page.getByRole('button', { name: 'Show in recipe' }).click();
  await notebook.page.getByRole('button', { name: 'Show log' }).click();
  await notebook.page.getByRole('button', { name: 'Copy details' }).click();
  expect((await notebook.messages()).slice(-4)).toEqual([
    { type: 'applyFix', changes: fixes![0]!.changes },
    { type: 'revealRecipeKey', recipePath: ['train', 'memory', 'per_device_train_batch_size'] },
    { type: 'showLog' },
    { type: 'copyText', text: details },
  ]);
});

test('a failure nobody knows: the way to it, and the end of the log', async () => {
  await notebook.show(fixtures.unknown);
  const { page } = notebook;
  const frames = page.getByRole('region', { name: 'Where it happened' });
  expect(await frames.locator('> ol > li').count()).toBe(4);
  expect(await frames.locator('> ol > li').first().innerText()).toContain('tunebook_trainer/steps/model.py:82');
  expect(await text('.frame.own .badge')).toEqual(['Tunebook', 'Tunebook', 'Tunebook']);
  expect(await text('.raised')).toEqual(["KeyError: 'rope_type'"]);
  await page.getByText('2 earlier steps').click();
  expect(await frames.getByText('_implementation(step)(context)').isVisible()).toBe(true);
  expect(await page.getByRole('region', { name: 'Last lines of the log' }).innerText()).toContain('the older form');
});

test('a warning that one click can answer', async () => {
  const changes = [{ path: ['train', 'training', 'learning_rate'], value: 0.01 }];
  const warning = {
    type: 'warning' as const,
    t: 0,
    seq: 0,
    step: 'train' as const,
    kind: 'lossNotFalling',
    message: 'After 82 steps the loss is 3.74, as at the start (3.74): nothing is learnt at learning_rate 1e-07.',
    args: [],
    recipePath: ['train', 'training', 'learning_rate'],
    fixes: [{ label: 'Set learning_rate to 5e-7', note: null, changes }],
  };
  await notebook.show({ ...fixtures.train, warnings: [warning] });
  await notebook.page.getByRole('button', { name: 'Set learning_rate to 5e-7' }).click();
  expect((await notebook.messages()).at(-1)).toEqual({ type: 'applyFix', changes });
});

test('a training that was stopped: how to go on, without alarm', async () => {
  const remedies = ['To go on from the last checkpoint, set resume_from_checkpoint: true in train.environment.'];
  const failure = { kind: 'interrupted' as const, message: 'Stopped.', recipePath: [], facts: {}, traceback: null };
  await notebook.show({
    ...fixtures.train,
    status: 'stopped',
    problem: { failure, title: 'Stopped as you asked.', remedies },
  });
  expect(await text('.notice.asked .notice-title')).toEqual(['Stopped as you asked.']);
  expect(await text('.notice.asked li')).toEqual(remedies);
  expect(await notebook.page.locator('[role="alert"]').count()).toBe(0);
  expect(await notebook.page.getByText('Stopped.', { exact: true }).count()).toBe(0);
});

test('a step that waits, and one that has just started', async () => {
  const empty = {
    ...fixtures.model,
    device: null,
    footprintBytes: null,
    architecture: null,
    quantization: null,
    dtype: null,
    layers: [],
    totalParameters: null,
    durationMs: null,
  };
  await notebook.show({ ...empty, status: 'queued' });
  expect(await text('[role=status]')).toEqual(['Model waits for the steps above']);
  await notebook.show({ ...empty, status: 'running' });
  expect(await text('.progress-words')).toEqual(['Starting']);
  await notebook.show({
    ...empty,
    status: 'running',
    progress: { what: 'Downloading', current: 1_500_000, total: 3_000_000, unit: 'bytes' },
  });
  expect(await text('.progress-words')).toEqual(['Downloading 1.5 MB of 3 MB']);
});

test('Chinese, numbers included', async () => {
  await notebook.show({ ...fixtures.training, language: 'zh-cn' });
  expect(await text('.figure dt')).toContain('剩余时间（约）');
  expect(await text('.progress-words')).toEqual(['第 4.1 轮，共 10 轮 90 / 220 步']);
});

test('without messaging there are no dead buttons', async () => {
  const silent = await harness.open('light', { messaging: false });
  await silent.show(fixtures.save, 'save');
  await silent.show(fixtures.failed, 'failed');
  expect(await silent.page.getByRole('button').count()).toBe(0);
  await silent.close();
});

test('the page had nothing to complain about', () => {
  expect(notebook.errors).toEqual([]);
});
