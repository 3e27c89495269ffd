import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RequestError } from '../../src/protocol/channel';
import type { FormatProgress } from '../../src/protocol/dataset';
import type { FormatEnd } from '../../src/protocol/formatPanel';
import { alpaca, shareGpt, transcripts } from './fixtures/datasets';
import { type Dataset, extensionOf, previewOf, REPORT } from './fixtures/formatExtension';
import { type Panel, PanelHarness } from './panelHarness';

type Extension = ReturnType<typeof extensionOf>;

let harness: PanelHarness;
let panel: Panel;
beforeAll(async () => {
  harness = await PanelHarness.start();
});
afterAll(() => harness.stop());
afterEach(async () => {
  expect(panel.errors).toEqual([]);
  await panel.close();
});

async function open(extension: Extension, options: { readonly state?: unknown } = {}): Promise<void> {
  panel = await harness.openPanel('format', { handlers: extension.handlers, ...options });
  await panel.page.locator('h1').waitFor();
}

const row = (index: number): Locator => panel.page.locator('.preview .row').nth(index);
const field = (name: string): Locator => panel.page.getByRole('textbox', { name, exact: true });
const button = (name: string): Locator => panel.page.getByRole('button', { name, exact: true });
const asked = ({ asked: all }: Extension, name: string): unknown[] =>
  all.filter((asking) => asking.name === name).map(({ params }) => params);
const bubblesOf = async (index: number): Promise<string[]> =>
  (await row(index).locator('.bubble').allTextContents()).map((text) => text.trim());

async function chosen(label: string): Promise<unknown> {
  return panel.page
    .locator(`vscode-single-select[label="${label}"]`)
    .evaluate((select) => (select as HTMLElement & { value: string }).value);
}

async function choose(label: string, option: string): Promise<void> {
  await panel.page.locator(`vscode-single-select[label="${label}"]`).click();
  await panel.page.locator('[role="option"]:visible', { hasText: option }).first().click();
}

describe('the first look', () => {
  test('shows the file, the form that was recognised, and each row with its conversation', async () => {
    await open(extensionOf(alpaca));
    await row(4).waitFor();
    const facts = await panel.page.locator('.facts').innerText();
    for (const fact of ['JSON Lines', '48.2 kB', 'instruction', 'first 5 rows']) expect(facts).toContain(fact);
    expect(await chosen('Form of the rows')).toBe('0');
    expect(await panel.page.locator('.badge').innerText()).toBe('Recognised by its names and values');
    expect(await bubblesOf(0)).toEqual(['Name three primary colours.', 'Red, yellow and blue.']);
    expect(
      await row(2)
        .locator('.message')
        .evaluateAll((all) => all.map(({ className }) => className)),
    ).toEqual(['message user', 'message assistant']);
  });

  test('says of a row that can’t be converted why, in its place', async () => {
    await open(extensionOf(alpaca));
    await row(4).waitFor();
    expect(await row(3).locator('.notice').innerText()).toContain('output is empty');
    expect(await panel.page.getByText('1 of the first 5 rows can’t be converted.').count()).toBe(1);
  });

  test('folds long texts', async () => {
    await open(extensionOf(alpaca));
    const more = row(1).locator('.bubble .more');
    await more.waitFor();
    const before = (await row(1).locator('.bubble').first().innerText()).length;
    expect(await more.getAttribute('aria-expanded')).toBe('false');
    await more.click();
    expect(await more.getAttribute('aria-expanded')).toBe('true');
    expect((await row(1).locator('.bubble').first().innerText()).length).toBeGreaterThan(before + 500);
    expect(await row(1).locator('.bubble').first().innerText()).toContain('At last it went home.');
  });

  test('shows tool calls and tool definitions as code', async () => {
    await open(extensionOf(shareGpt));
    await row(0).waitFor();
    expect(await row(0).locator('.calls pre').innerText()).toBe('get_weather({\n  "city": "Lima"\n})');
    await row(0).locator('summary').click();
    expect(await row(0).locator('.tools pre').innerText()).toContain('"description": "The weather of a city"');
  });

  test('opens a line of the source', async () => {
    const extension = extensionOf(alpaca);
    await open(extension);
    await panel.page.getByRole('button', { name: 'Line 3: Open in the editor' }).click();
    await expect.poll(() => asked(extension, 'openSourceLine')).toEqual([{ line: 3 }]);
  });

  test('takes text of the file as text', async () => {
    const hostile = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    const rows = [{ instruction: hostile, input: hostile, output: hostile, [hostile]: hostile }];
    await open(extensionOf({ ...alpaca, name: `${hostile}.jsonl`, rows }));
    await row(0).waitFor();
    expect((await bubblesOf(0))[1]).toBe(hostile);
    expect(await panel.page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await panel.page.locator('#app img').count()).toBe(0);
  });
});

describe('the mapping', () => {
  test('a template that is typed changes the preview, once typing pauses', async () => {
    const extension = extensionOf(alpaca);
    await open(extension);
    await row(0).waitFor();
    await field('The user says').fill('Q: {instruction}');
    await expect.poll(() => bubblesOf(0)).toEqual(['Q: Name three primary colours.', 'Red, yellow and blue.']);
    expect(asked(extension, 'preview').length).toBe(2);
    expect(await panel.page.getByText('changed', { exact: true }).count()).toBe(1);
    await button('Undo changes').click();
    await expect.poll(() => bubblesOf(0)).toEqual(['Name three primary colours.', 'Red, yellow and blue.']);
  });

  test('a column is inserted where the cursor stands', async () => {
    await open(extensionOf(alpaca));
    const area = field('The user says');
    await area.fill('before  after');
    await area.evaluate((element) => (element as HTMLTextAreaElement).setSelectionRange(7, 7));
    await panel.page
      .getByRole('group', { name: 'Insert a column into The user says' })
      .getByRole('button', { name: 'input' })
      .click();
    expect(await area.inputValue()).toBe('before {input} after');
    await panel.page.keyboard.type('!');
    expect(await area.inputValue()).toBe('before {input}! after');
  });

  test('what is wrong is said at its field, and nothing can be converted', async () => {
    const extension = extensionOf(alpaca);
    await open(extension);
    const typed = field('The assistant answers');
    await typed.fill('{outputs}');
    const wrong = panel.page.locator('#assistant-problem');
    expect(await wrong.innerText()).toBe('There is no column outputs. Did you mean output?');
    expect(await typed.getAttribute('aria-invalid')).toBe('true');
    expect(await typed.getAttribute('aria-describedby')).toContain('assistant-problem');
    await expect.poll(() => button('Convert').evaluate((element) => element.hasAttribute('disabled'))).toBe(true);
    await typed.fill('{output}');
    expect(await wrong.count()).toBe(0);
    await expect.poll(() => button('Convert').evaluate((element) => element.hasAttribute('disabled'))).toBe(false);
  });

  test('a role that nobody knows is given one', async () => {
    await open(extensionOf(shareGpt));
    await row(1).waitFor();
    expect(await row(1).locator('.notice').innerText()).toContain('narrator');
    expect(await chosen('Role of function_call')).toBe('assistant');
    await choose('Role of narrator', 'user');
    await expect.poll(() => bubblesOf(1)).toEqual(['Good evening.', 'A pause.', 'Good evening to you.']);
  });

  test('another form is another editor', async () => {
    const extension = extensionOf(alpaca);
    await open(extension);
    await row(0).waitFor();
    await choose('Form of the rows', 'By hand: one text');
    await panel.page.getByText('What stands before what each says').waitFor();
    await expect
      .poll(async () => (asked(extension, 'preview').at(-1) as { mapping: unknown }).mapping)
      .toMatchObject({
        kind: 'transcript',
        column: 'instruction',
      });
  });

  test('markers show their line breaks', async () => {
    const extension = extensionOf(transcripts);
    await open(extension);
    const typed = panel.page.getByRole('textbox', { name: 'assistant' });
    expect(await typed.inputValue()).toBe('\\n\\nAssistant: ');
    await typed.fill('\\nA: ');
    await expect
      .poll(() => (asked(extension, 'preview').at(-1) as { mapping: { markers?: unknown } }).mapping?.markers)
      .toEqual({ user: '\n\nHuman: ', assistant: '\nA: ' });
  });

  test('a system prompt stands before every conversation', async () => {
    await open(extensionOf(alpaca));
    await row(0).waitFor();
    await field('System prompt').fill('You are Yoda.');
    await expect
      .poll(() => bubblesOf(0))
      .toEqual(['You are Yoda.', 'Name three primary colours.', 'Red, yellow and blue.']);
  });

  test('a preview that was overtaken is cancelled and never shown', async () => {
    const signals: AbortSignal[] = [];
    const extension = extensionOf(alpaca, {
      preview: async ({ mapping }, { signal }) => {
        const slow = JSON.stringify(mapping).includes('slow');
        signals.push(signal);
        if (slow) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        return previewOf(alpaca, mapping);
      },
    });
    await open(extension);
    await row(0).waitFor();
    const area = field('The user says');
    await area.fill('slow {instruction}');
    await expect.poll(() => signals.length).toBe(2);
    await area.fill('fast {instruction}');
    await expect.poll(async () => (await bubblesOf(0))[0]).toBe('fast Name three primary colours.');
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true, false]);
  });

  test('where nothing is recognised the person says it', async () => {
    await open(extensionOf({ ...alpaca, detections: [] }));
    await panel.page.getByText('No known form was recognised').waitFor();
    expect(await field('The user says').inputValue()).toBe('{instruction}');
    await expect.poll(async () => (await bubblesOf(1))[0]).toBe('Summarise the text.');
  });
});

describe('the conversion', () => {
  test('takes the mapping as it is typed and the name of the target, and reports', async () => {
    const extension = extensionOf(alpaca);
    await open(extension);
    await row(0).waitFor();
    await field('The user says').fill('{instruction}');
    await field('Write to').fill('out.jsonl');
    await button('Convert').click();
    await panel.page.getByText('Converted, with rows left out').waitFor();
    expect(asked(extension, 'format')).toMatchObject([
      { target: 'out.jsonl', overwrite: false, mapping: { kind: 'columns', user: '{instruction}' } },
    ]);
    const report = panel.page.getByRole('region', { name: 'Converted, with rows left out' });
    for (const figure of ['51,757', '12.4 MB', '2.1 s', '/data/alpaca.chat.jsonl'])
      expect(await report.innerText()).toContain(figure);
    await panel.page.getByRole('button', { name: '2,041: Open in the editor' }).click();
    await expect.poll(() => asked(extension, 'openSourceLine')).toEqual([{ line: 2041 }]);
    await button('Open the list of all that were left out').click();
    await button('Open result').click();
    await expect.poll(() => asked(extension, 'openResult')).toEqual([{ file: 'problems' }, { file: 'target' }]);
    await button('Use in recipe').click();
    await panel.page.getByText('yoda.tune.yaml trains on this file now.').waitFor();
    await button('Format another file').click();
    await expect.poll(() => asked(extension, 'formatAnother').length).toBe(1);
    await button('Back to the mapping').click();
    expect(await field('The user says').inputValue()).toBe('{instruction}');
  });

  test('shows how far it is and can be cancelled; the focus follows', async () => {
    const run: { told?: (progress: FormatProgress) => void; end?: (end: FormatEnd) => void } = {};
    const extension = extensionOf(alpaca, {
      format: (_, { progress }) => {
        run.told = progress;
        return new Promise((resolve) => {
          run.end = resolve;
        });
      },
      cancelFormat: () => {
        run.end?.({ kind: 'cancelled' });
        return null;
      },
    });
    await open(extension);
    await row(0).waitFor();
    await button('Convert').click();
    await expect.poll(() => run.told !== undefined).toBe(true);
    run.told?.({ bytes: 500_000, totalBytes: 2_000_000, rows: 1234, skipped: 5 });
    await panel.page.getByText('1,234 rows, 5 skipped').waitFor();
    await panel.page.getByText('500 kB of 2 MB').waitFor();
    expect(await panel.page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('500000');
    expect(
      await panel.page.getByRole('heading', { name: 'Converting' }).evaluate((title) => title.matches(':focus')),
    ).toBe(true);
    await button('Cancel').click();
    await panel.page.getByText('Cancelled. Nothing was written.').waitFor();
    expect(await field('Write to').evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  test('asks before it replaces a file', async () => {
    const ends: FormatEnd[] = [{ kind: 'exists', target: 'alpaca.chat.jsonl', free: 'alpaca-2.chat.jsonl' }];
    const extension = extensionOf(alpaca, { format: () => ends.shift() ?? { kind: 'done', report: REPORT } });
    await open(extension);
    await row(0).waitFor();
    await button('Convert').click();
    await panel.page.getByText('alpaca.chat.jsonl exists already.').waitFor();
    await button('Use alpaca-2.chat.jsonl').click();
    await panel.page.getByText('Converted, with rows left out').waitFor();
    expect(asked(extension, 'format')).toMatchObject([
      { target: 'alpaca.chat.jsonl', overwrite: false },
      { target: 'alpaca-2.chat.jsonl', overwrite: false },
    ]);
  });

  test('overwrites when told to', async () => {
    const ends: FormatEnd[] = [{ kind: 'exists', target: 'a.jsonl', free: 'a-2.jsonl' }];
    const extension = extensionOf(alpaca, { format: () => ends.shift() ?? { kind: 'done', report: REPORT } });
    await open(extension);
    await row(0).waitFor();
    await button('Convert').click();
    await button('Overwrite it').click();
    await expect.poll(() => asked(extension, 'format')).toMatchObject([{ overwrite: false }, { overwrite: true }]);
  });

  test('a failure says why and leaves everything as it was typed', async () => {
    const extension = extensionOf(alpaca, {
      format: () => {
        throw new RequestError({ text: 'There is no room left on the disk.', args: [] });
      },
    });
    await open(extension);
    await row(0).waitFor();
    await field('The user says').fill('{instruction}?');
    await button('Convert').click();
    const alert = panel.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('There is no room left on the disk.');
    expect(await field('The user says').inputValue()).toBe('{instruction}?');
    await button('Dismiss').click();
    expect(await alert.count()).toBe(0);
  });
});

describe('the tab that was hidden', () => {
  test('brings back what was typed', async () => {
    await open(extensionOf(alpaca));
    await row(0).waitFor();
    await field('The user says').fill('Again: {instruction}');
    await field('Write to').fill('again.jsonl');
    const state = await panel.state();
    await panel.close();
    const extension = extensionOf(alpaca);
    await open(extension, { state });
    await row(0).waitFor();
    expect(await field('The user says').inputValue()).toBe('Again: {instruction}');
    expect(await field('Write to').inputValue()).toBe('again.jsonl');
    expect((await bubblesOf(0))[0]).toBe('Again: Name three primary colours.');
  });

  test('follows a conversion that goes on', async () => {
    const run: { end?: (end: FormatEnd) => void } = {};
    const progress: FormatProgress = { bytes: 1000, totalBytes: 3000, rows: 70, skipped: 0 };
    await open(
      extensionOf(alpaca, {
        snapshot: { job: { kind: 'running', progress } },
        follow: () =>
          new Promise((resolve) => {
            run.end = resolve;
          }),
      }),
    );
    await panel.page.getByText('70 rows, 0 skipped').waitFor();
    await expect.poll(() => run.end !== undefined).toBe(true);
    run.end?.({ kind: 'done', report: { ...REPORT, skipped: 0, problems: [], problemsFile: null } });
    await panel.page.getByText('All rows are converted').waitFor();
    expect(await panel.page.getByText('Rows that were left out').count()).toBe(0);
  });
});

describe('a file that can’t be read', () => {
  test('says why, and reads again', async () => {
    let broken = true;
    const extension = extensionOf(alpaca, {
      preview: ({ mapping }) => {
        if (broken) throw new RequestError({ text: 'There is no file {0}.', args: ['/data/alpaca.jsonl'] });
        return previewOf(alpaca, mapping);
      },
    });
    await open(extension);
    await panel.page.getByText('There is no file /data/alpaca.jsonl.').waitFor();
    broken = false;
    await button('Read again').click();
    await row(0).waitFor();
  });

  test('without rows it is empty, not broken', async () => {
    await open(extensionOf({ ...alpaca, rows: [], detections: [] }));
    await panel.page.getByText('There are no rows in this file.').waitFor();
  });

  test('what comes before the problem is shown', async () => {
    const dataset: Dataset = {
      ...alpaca,
      preview: { problem: { line: 6, row: 5, reason: { text: 'There is no file {0}.', args: ['x'] } } },
    };
    const extension = extensionOf(dataset);
    await open(extension);
    await row(4).waitFor();
    await panel.page.getByText('The file can’t be read beyond this point.').waitFor();
    await button('Open line 6').click();
    await expect.poll(() => asked(extension, 'openSourceLine')).toEqual([{ line: 6 }]);
  });
});

test('everything can be reached and named by the keyboard', async () => {
  await open(extensionOf(alpaca));
  await row(0).waitFor();
  const names: string[] = [];
  for (let turn = 0; turn < 22; turn++) {
    await panel.page.keyboard.press('Tab');
    names.push(
      await panel.page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement && !active.localName.startsWith('vscode-'))
          active = active.shadowRoot.activeElement;
        const label =
          active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement
            ? active.labels?.[0]?.textContent
            : null;
        return (
          label ??
          active?.getAttribute('aria-label') ??
          active?.getAttribute('label') ??
          active?.textContent ??
          ''
        ).trim();
      }),
    );
  }
  expect(names.slice(0, 5)).toEqual(['Form of the rows', 'The user says', 'instruction', 'input', 'output']);
  expect(names).toContain('Column with tool definitions');
  expect(names).toContain('Line 1: Open in the editor');
  expect(names.slice(0, 20).filter((name) => name === '')).toEqual([]);
});
