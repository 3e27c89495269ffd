import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenView } from '../../src/protocol/tokenView';
import * as views from './fixtures/tokenViews';
import { PanelHarness } from './panelHarness';
import { openTokens, pictureOf, tell } from './tokensPanel';

let harness: PanelHarness;
beforeAll(async () => {
  harness = await PanelHarness.start();
});
afterAll(() => harness.stop());

const TEXT = { zoom: 'text', batch: 0 };

/** Names and values of the tip. */
async function tipFacts(page: Page): Promise<Record<string, string>> {
  const tip = page.locator('.tip');
  const [names, values] = await Promise.all([tip.locator('dt').allTextContents(), tip.locator('dd').allTextContents()]);
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}

/** What a screen reader hears of the token that the keys are at. */
function spoken(page: Page): Promise<string | null> {
  return page.getByRole('option').getAttribute('aria-label');
}

function tokenAt(page: Page, sequence: number, index: number): Locator {
  return page.locator('.sequence').nth(sequence).locator(`.token[data-index="${index}"]`);
}

/** The colour in the middle of a cell of the blocks, as [r, g, b, a]. */
function cellColor(page: Page, sequence: number, index: number): Promise<number[]> {
  return page
    .locator('canvas')
    .nth(sequence)
    .evaluate(
      (canvas, at) => {
        if (!(canvas instanceof HTMLCanvasElement)) throw new Error('no canvas');
        // one pixel inside the lower left corner of the cell, where no frame and no mark is
        const pitch = canvas.getBoundingClientRect().width / at.columns;
        const x = Math.round(at.index * pitch + pitch / 2);
        const data = canvas.getContext('2d')?.getImageData(x, 8, 1, 1).data;
        return [...(data ?? [])];
      },
      { index, columns: views.packed.batches[0]!.sequences[0]!.ids.length },
    );
}

describe('what stands around the tokens', () => {
  test('the header says whose tokens these are and by which values', async () => {
    const { panel } = await openTokens(harness, pictureOf(views.packed));
    const text = await panel.page.locator('header').innerText();
    for (const part of ['yoda', 'yoda.jsonl', 'BPE', '2,000', '2,048', 'the editor, without Python', '<|endoftext|>'])
      expect(text).toContain(part);
    expect(text).toMatch(/max_length\s*64/);
    expect(text).toMatch(/packing\s*wrapped/);
    expect(text).toMatch(/assistant_only_loss\s*no/);
    await panel.close();
  });

  test('the trainer’s answer says why it was asked', async () => {
    const view: TokenView = {
      ...views.packed,
      source: 'trainer',
      fallback: { text: '{0}', args: ['The template uses a filter that the editor does not know.'] },
    };
    const { panel } = await openTokens(harness, pictureOf(view));
    const text = await panel.page.locator('.origin').innerText();
    expect(text).toContain('the trainer');
    expect(text).toContain('The template uses a filter that the editor does not know.');
    await panel.close();
  });

  test('each figure explains itself under focus', async () => {
    const { panel } = await openTokens(harness, pictureOf(views.packed));
    const figures = panel.page.locator('.count');
    const explanations: string[] = [];
    for (const figure of await figures.all()) {
      await figure.focus();
      explanations.push(await panel.page.locator('.tip').innerText());
      expect(await figure.getAttribute('aria-description')).toBe(explanations.at(-1));
    }
    expect(new Set(explanations).size).toBe(5);
    expect(explanations[1]).toContain('412');
    await panel.close();
  });

  test('a fix, the suggestion and the places of a finding ask for what they say', async () => {
    const { panel, asked } = await openTokens(
      harness,
      pictureOf({ ...views.packed, findings: [views.truncatedFinding] }),
    );
    const { page } = panel;
    await page.getByRole('button', { name: 'Use max_length: 96' }).click();
    await page.getByRole('button', { name: 'Use 96', exact: true }).click();
    await page.getByRole('button', { name: 'Show in recipe' }).click();
    await page.getByRole('button', { name: 'Show line 17 of the dataset' }).click();
    const set = [{ path: ['train', 'data', 'max_length'], value: 96 }];
    await expect
      .poll(() => asked)
      .toEqual([
        ['setValues', set],
        ['setValues', set],
        ['showInRecipe', ['train', 'data', 'max_length']],
        ['showRow', { line: 17, focus: true }],
      ]);
    await panel.close();
  });

  test('a fix that the text doesn’t allow is told', async () => {
    const { panel } = await openTokens(harness, pictureOf(views.packed), { editable: false });
    await panel.page.getByRole('button', { name: 'Use 96', exact: true }).click();
    await panel.page.getByRole('alert').waitFor();
    expect(await panel.page.getByRole('alert').innerText()).toContain('Edit it by hand');
    await panel.close();
  });

  test('what the editor can’t do, the trainer is asked for', async () => {
    const { panel, asked } = await openTokens(harness, pictureOf(views.unsupported));
    expect(await panel.page.locator('.empty').innerText()).toBe('There is no batch to show.');
    await panel.page.getByRole('button', { name: 'Ask the trainer' }).click();
    await expect.poll(() => asked).toEqual([['askTrainer', null]]);
    await panel.close();
  });

  test('the lengths are a table too', async () => {
    const { panel } = await openTokens(harness, pictureOf(views.packed));
    await panel.page.getByText('As a table').click();
    const rows = await panel.page.locator('tbody tr').allInnerTexts();
    expect(rows).toHaveLength(views.packed.lengths.length);
    expect(rows[3]).toMatch(/24–31\s+260/);
    await panel.close();
  });
});

describe('states', () => {
  test('progress, with a way to stop', async () => {
    const picture = pictureOf(null, { kind: 'working', by: 'editor', rows: 1200 });
    const { panel, asked } = await openTokens(harness, picture);
    expect(await panel.page.locator('.working').innerText()).toContain('1,200 rows');
    await panel.page.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => asked).toEqual([['stop', null]]);
    await panel.close();
  });

  test('a recipe that can’t be read, with the last picture', async () => {
    const problems = [{ line: 7, message: 'A quote is never closed.', remedy: 'Close it.' }];
    const { panel, asked } = await openTokens(harness, pictureOf(views.packed, { kind: 'problems', problems }));
    const alert = await panel.page.getByRole('alert').innerText();
    expect(alert).toContain('Line 7: A quote is never closed. Close it.');
    expect(alert).toContain('from before');
    expect(await panel.page.locator('canvas').count()).toBe(8);
    await panel.page.getByRole('button', { name: 'Show in recipe' }).click();
    await expect.poll(() => asked).toEqual([['showInRecipe', []]]);
    await panel.close();
  });

  test('a failure, without a picture', async () => {
    const reason = 'This took longer than 20 s and was stopped. A template may loop forever.';
    const { panel, asked } = await openTokens(harness, pictureOf(null, { kind: 'failed', reason, findings: [] }));
    expect(await panel.page.getByRole('alert').innerText()).toContain(reason);
    await panel.page.getByRole('button', { name: 'Try again' }).click();
    await panel.page.getByRole('button', { name: 'Ask the trainer' }).click();
    await expect
      .poll(() => asked)
      .toEqual([
        ['tryAgain', null],
        ['askTrainer', null],
      ]);
    await panel.close();
  });

  test('a failure that is explained, with what mends it', async () => {
    const findings = [views.unsupportedFinding];
    const picture = pictureOf(null, {
      kind: 'failed',
      reason: 'The editor can’t render this chat template.',
      findings,
    });
    const { panel, asked } = await openTokens(harness, picture);
    const text = await panel.page.locator('.page').innerText();
    expect(text.match(/can’t render this chat template/g)).toHaveLength(1);
    await panel.page.getByRole('button', { name: 'Ask the trainer' }).click();
    await panel.page.getByRole('button', { name: 'Show in recipe' }).click();
    await expect
      .poll(() => asked)
      .toEqual([
        ['askTrainer', null],
        ['showInRecipe', ['tokenizer', 'chat_template']],
      ]);
    await panel.close();
  });

  test('the first rows only, with a way to all', async () => {
    const view = { ...views.packed, counts: { ...views.packed.counts, rows: 20_000, complete: false } };
    const { panel, asked } = await openTokens(harness, pictureOf(view));
    expect(await panel.page.locator('.partial').innerText()).toContain('20,000');
    await panel.page.getByRole('button', { name: 'Read all rows' }).click();
    await expect.poll(() => asked).toEqual([['readAllRows', null]]);
    await panel.close();
  });

  test('what a person has chosen stays while pictures come and go', async () => {
    const { panel } = await openTokens(harness, pictureOf(views.packed), { state: TEXT });
    const { page } = panel;
    await page.getByRole('button', { name: 'Batch 2' }).click();
    await page.getByRole('listbox').focus();
    for (const key of ['PageDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await tell(panel, 'state', { kind: 'working', by: 'editor', rows: 300 });
    expect(await page.locator('.working').innerText()).toContain('300 rows');
    expect(await page.locator('.page').getAttribute('aria-busy')).toBe('true');
    expect(await page.getByRole('option').getAttribute('aria-posinset')).toBe('3');
    await tell(panel, 'picture', pictureOf({ ...views.packed, maxLength: 48 }));
    expect(await page.locator('.working').count()).toBe(0);
    expect(await page.locator('.chips').innerText()).toMatch(/max_length\s*48/);
    expect(await page.getByRole('button', { name: 'Batch 2' }).getAttribute('aria-pressed')).toBe('true');
    const { ids } = views.packed.batches[1]!.sequences[1]!;
    expect(await spoken(page)).toContain(`id ${ids[2]},`);
    expect(await page.getByRole('listbox').evaluate((map) => map.matches(':focus'))).toBe(true);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  test('text of the recipe and the rows is never markup', async () => {
    const hostile = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    const view: TokenView = {
      ...views.packed,
      pieces: views.packed.pieces.map((piece) => ({ ...piece, text: hostile })),
      findings: [{ ...views.truncatedFinding, message: { text: '{0}', args: [hostile] } }],
    };
    const { panel } = await openTokens(harness, { ...pictureOf(view), recipeName: hostile }, { state: TEXT });
    await tokenAt(panel.page, 0, 3).hover();
    expect((await tipFacts(panel.page))['Text']).toContain('<img');
    expect(await panel.page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await panel.page.locator('img, main script').count()).toBe(0);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  test('in Chinese nothing is left in English', async () => {
    const { panel } = await openTokens(harness, pictureOf(views.packed), { language: 'zh-cn' });
    expect(await panel.page.locator('h1').innerText()).toContain('词元与标签');
    const figures = await panel.page.locator('.count-name').allInnerTexts();
    expect(figures.filter((name) => !/\p{Script=Han}/u.test(name))).toEqual([]);
    await panel.close();
  });
});

describe('the map', () => {
  test('a token is coloured by its label', async () => {
    const { panel } = await openTokens(harness, pictureOf(views.assistantOnly), { state: TEXT });
    const [sequence] = views.assistantOnly.batches[0]!.sequences;
    const classes = await panel.page
      .locator('.sequence')
      .first()
      .locator('.token')
      .evaluateAll((tokens) => tokens.map((token) => token.classList[1]));
    const wanted = sequence!.labels.map((label, index) => {
      if (sequence!.whys[index] === 5) return 'padding';
      return label === -100 || index === 0 ? 'masked' : 'trained';
    });
    expect(classes).toEqual(wanted);
    expect(new Set(wanted)).toEqual(new Set(['masked', 'trained', 'padding']));
    await panel.close();
  });

  test('blocks have the same colours', async () => {
    const { panel } = await openTokens(harness, pictureOf(views.packed));
    await panel.page.locator('.map').scrollIntoViewIfNeeded();
    const paint = await panel.page.locator('.paint.trained').evaluate((probe) => getComputedStyle(probe).color);
    const [r, g, b] = paint.match(/[\d.]+/g)!.map(Number);
    const scale = paint.startsWith('color(') ? 255 : 1;
    const trained = await cellColor(panel.page, 0, 3);
    for (const [index, value] of [r!, g!, b!].entries())
      expect(Math.abs(trained[index]! - value * scale)).toBeLessThan(3);
    const first = await cellColor(panel.page, 0, 0);
    expect(first.slice(0, 3)).not.toEqual(trained.slice(0, 3));
    await panel.close();
  });

  test('packing shows where another row begins', async () => {
    const { panel } = await openTokens(harness, pictureOf(views.packed), { state: TEXT });
    const first = panel.page.locator('.sequence').first();
    expect(await first.locator('.joint').allInnerTexts()).toEqual(['line 1', 'line 2', 'line 3']);
    expect(await first.locator('.joint.joined').count()).toBe(2);
    expect(await panel.page.locator('.legend').innerText()).toContain('another row begins');
    await panel.close();
  });

  test('hover tells all that is known', async () => {
    const { panel } = await openTokens(harness, pictureOf(views.assistantOnly), { state: TEXT });
    const [sequence] = views.assistantOnly.batches[0]!.sequences;
    const index = sequence!.whys.indexOf(1);
    const id = sequence!.ids[index]!;
    const piece = views.assistantOnly.pieces.find((one) => one.id === id)!;
    await tokenAt(panel.page, 0, index).hover();
    expect(await tipFacts(panel.page)).toEqual({
      Text: piece.text.replaceAll(' ', '·'),
      Id: String(id),
      Bytes: piece.bytes!.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' '),
      Label: String(sequence!.labels[index]),
      Why: 'trained: the assistant says it',
      Message: 'assistant',
      Dataset: 'line 1',
      'Chat template': 'line 4',
    });
    await panel.close();
  });

  test('padding tells that it is none of a row’s own', async () => {
    const { panel } = await openTokens(harness, pictureOf(views.unpacked), { state: TEXT });
    const sequences = views.unpacked.batches[0]!.sequences;
    const sequence = sequences.findIndex(({ whys }) => whys.includes(5));
    await tokenAt(panel.page, sequence, sequences[sequence]!.whys.indexOf(5)).hover();
    const facts = await tipFacts(panel.page);
    expect(facts['Label']).toBe('−100');
    expect(facts['Why']).toContain('longest of its batch');
    expect(facts['Bytes']).toBe('not told by the vocabulary');
    expect(facts['Dataset']).toBeUndefined();
    await panel.close();
  });

  test.each(['blocks', 'text'])('a click opens the row, with Alt or Ctrl the template: %s', async (zoom) => {
    const { panel, asked } = await openTokens(harness, pictureOf(views.packed), { state: { zoom, batch: 0 } });
    const { page } = panel;
    const [sequence] = views.packed.batches[0]!.sequences;
    const second = sequence!.parts[1]!;
    const at = second.start + 2;
    const target = zoom === 'text' ? tokenAt(page, 0, at) : page.locator('canvas').first();
    const width = zoom === 'text' ? 0 : (await target.boundingBox())!.width / sequence!.ids.length;
    const position = zoom === 'text' ? {} : { position: { x: at * width + width / 2, y: 8 } };
    await target.click(position);
    await target.click({ ...position, modifiers: ['Alt'] });
    await target.click({ ...position, modifiers: ['Control'] });
    const line = sequence!.templateLines[at]!;
    await expect
      .poll(() => asked)
      .toEqual([
        ['showRow', { line: second.line, focus: false }],
        ['showTemplate', { line, focus: false }],
        ['showTemplate', { line, focus: false }],
      ]);
    await panel.close();
  });

  test('the line below the map leads there too', async () => {
    const { panel, asked } = await openTokens(harness, pictureOf(views.packed));
    await panel.page.getByRole('button', { name: 'Open dataset line 1' }).click();
    await panel.page.getByRole('button', { name: 'Open template line 2' }).click();
    await expect
      .poll(() => asked)
      .toEqual([
        ['showRow', { line: 1, focus: true }],
        ['showTemplate', { line: 2, focus: true }],
      ]);
    await panel.close();
  });
});

describe.each(['blocks', 'text'])('the keys: %s', (zoom) => {
  test('move, open, and are heard', async () => {
    const { panel, asked } = await openTokens(harness, pictureOf(views.packed), { state: { zoom, batch: 0 } });
    const { page } = panel;
    const sequences = views.packed.batches[0]!.sequences;
    const textOf = (sequence: number, index: number): string =>
      views.packed.pieces
        .find(({ id }) => id === sequences[sequence]!.ids[index])!
        .text.replaceAll(' ', '·')
        .replaceAll('\n', '↵');
    const map = page.getByRole('listbox');
    await map.focus();
    expect(await spoken(page)).toBe('<|user|>, id 32010, masked, not trained, special token');
    for (const [key, sequence, index] of [
      ['ArrowRight', 0, 1],
      ['End', 0, sequences[0]!.ids.length - 1],
      ['ArrowRight', 1, 0],
      ['ArrowLeft', 0, sequences[0]!.ids.length - 1],
      ['Home', 0, 0],
      ['PageDown', 1, 0],
      ['PageUp', 0, 0],
      ['Control+End', 7, sequences[7]!.ids.length - 1],
      ['Control+Home', 0, 0],
    ] as const) {
      await page.keyboard.press(key);
      expect(await spoken(page), key).toContain(`${textOf(sequence, index)}, id ${sequences[sequence]!.ids[index]},`);
      expect(await page.getByRole('option').getAttribute('aria-posinset')).toBe(String(index + 1));
    }
    expect(await page.getByRole('option').count()).toBe(1);
    expect(await map.getAttribute('aria-activedescendant')).toBe(await page.getByRole('option').getAttribute('id'));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.detail [aria-live]').innerText()).toContain('dataset line 1');
    await page.keyboard.press('Enter');
    await page.keyboard.press('t');
    await expect
      .poll(() => asked)
      .toEqual([
        ['showRow', { line: 1, focus: true }],
        ['showTemplate', { line: sequences[0]!.templateLines[2], focus: true }],
      ]);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  test('down and up lead to the line below and back', async () => {
    const { panel } = await openTokens(harness, pictureOf(views.packed), { state: { zoom, batch: 0 }, width: 500 });
    const { page } = panel;
    await page.getByRole('listbox').focus();
    const start = await spoken(page);
    const places: (string | null)[] = [];
    for (let press = 0; press < 6; press++) {
      await page.keyboard.press('ArrowDown');
      places.push(await page.getByRole('option').getAttribute('aria-posinset'));
    }
    expect(new Set(places).size).toBeGreaterThan(1);
    for (let press = 0; press < 6; press++) await page.keyboard.press('ArrowUp');
    expect(await spoken(page)).toBe(start);
    await panel.close();
  });

  test('what is chosen is kept for the next life of the panel', async () => {
    const { panel } = await openTokens(harness, pictureOf(views.packed), { state: { zoom, batch: 0 } });
    await panel.page.getByRole('button', { name: 'Batch 2' }).click();
    await panel.page.getByRole('button', { name: zoom === 'text' ? 'Blocks' : 'Text', exact: true }).click();
    expect(await panel.state()).toEqual({ zoom: zoom === 'text' ? 'blocks' : 'text', batch: 1 });
    expect(await panel.page.getByRole('button', { name: 'Batch 2' }).getAttribute('aria-pressed')).toBe('true');
    await panel.close();
  });
});
