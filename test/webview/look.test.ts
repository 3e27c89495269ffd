import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StepOutput } from '../../src/protocol/outputs';
import * as fixtures from './fixtures/outputs';
import { Harness, THEMES } from './harness';
import { overflowing, textLooks } from './inspect';

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.stop());

const outputs: readonly (readonly [string, StepOutput])[] = Object.entries(fixtures.all);

describe.each(THEMES)('in the theme %s', (theme) => {
  test('all text can be read, and nothing breaks the policy of the page', async () => {
    const notebook = await harness.open(theme);
    for (const [name, output] of outputs) await notebook.show(output, name);
    await notebook.page.getByText('Show tokens').click();
    const looks = await textLooks(notebook.page);
    await notebook.shot(`all-${theme}`);
    expect(looks.length).toBeGreaterThan(400);
    expect(looks.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
    expect(looks.filter(({ sizePx }) => sizePx < 12 && sizePx > 0)).toEqual([]);
    expect(notebook.errors).toEqual([]);
    await notebook.close();
  });
});

describe.each([600, 1200])('%d pixels wide', (width) => {
  test('nothing is wider than the notebook', async () => {
    const notebook = await harness.open('dark', { width });
    for (const [name, output] of outputs) await notebook.show(output, name);
    await notebook.shot(`width-${width}`);
    expect(await overflowing(notebook.page)).toEqual([]);
    await notebook.close();
  });

  test('neither are names without spaces', async () => {
    const long = 'x'.repeat(300);
    const notebook = await harness.open('light', { width });
    const [sample] = fixtures.data.dataset!.samples;
    await notebook.show(
      {
        ...fixtures.data,
        dataset: {
          ...fixtures.data.dataset!,
          source: long,
          columns: [long],
          samples: [{ ...sample!, messages: [{ role: 'user', content: long, toolCalls: null }] }],
        },
      },
      'data',
    );
    await notebook.show(
      { ...fixtures.model, architecture: long, layers: fixtures.layers.map((layer) => ({ ...layer, name: long })) },
      'model',
    );
    await notebook.show(
      {
        ...fixtures.generate,
        rows: fixtures.generate.rows.map((row) => ({ ...row, prompt: long, base: { ...row.base!, text: long } })),
      },
      'generate',
    );
    const token = { id: 5, text: long, label: 5, special: false, padding: false };
    await notebook.show(
      { ...fixtures.tokenizer, tokenizer: { ...fixtures.tokenizer.tokenizer!, tokens: [token, token] } },
      'tokenizer',
    );
    await notebook.show(
      { ...fixtures.train, batches: { ...fixtures.train.batches!, batches: [{ rows: [[token]] }] } },
      'train',
    );
    await notebook.show(
      {
        ...fixtures.save,
        saved: {
          ...fixtures.save.saved!,
          directory: `/${long}`,
          files: [{ path: `${long}.bin`, bytes: 1, sha256: 'a'.repeat(64) }],
        },
      },
      'save',
    );
    await notebook.show(
      { ...fixtures.failed, problem: { ...fixtures.failed.problem!, title: long, remedies: [long] } },
      'failed',
    );
    expect(await overflowing(notebook.page)).toEqual([]);
    await notebook.close();
  });
});

test('the spinner stands still for those who asked for it', async () => {
  const notebook = await harness.open();
  await notebook.show(fixtures.training);
  const icon = notebook.page.locator('.icon.running');
  const animation = (): Promise<string> => icon.evaluate((element) => getComputedStyle(element).animationName);
  expect(await animation()).toBe('turn');
  await notebook.page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await animation()).toBe('none');
  await notebook.close();
});

test.each([
  [1000, 2],
  [580, 1],
])('at %d pixels answers stand in %d columns', async (width, columns) => {
  const notebook = await harness.open('light', { width });
  await notebook.show(fixtures.generate);
  const lefts = await notebook.page
    .locator('.pair')
    .first()
    .locator('.answer')
    .evaluateAll((cards) => cards.map((card) => card.getBoundingClientRect().left));
  expect(new Set(lefts).size).toBe(columns);
  await notebook.close();
});
