import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { estimateMemory } from '../../src/core/model/estimate/estimate';
import { memoryLevers } from '../../src/core/model/estimate/levers';
import { planLora } from '../../src/core/model/lora/plan';
import { linearFates } from '../../src/core/model/quantize';
import { recipeSchema } from '../../src/core/recipe/schema/recipe';
import type { ModelStructure } from '../../src/protocol/model';
import { wordsFor } from '../../webview/shared/words';
import * as models from './fixtures/models';
import { openModel, pictureOf, recipeOf, settingOf, tell } from './modelPanel';
import { PanelHarness } from './panelHarness';

const words = wordsFor('en');
const WAIT = { timeout: 20_000 };

let harness: PanelHarness;
beforeAll(async () => {
  harness = await PanelHarness.start();
});
afterAll(() => harness.stop());

/** What core says of a structure with this lora section. */
function planOf(structure: ModelStructure, lora: object = {}) {
  const recipe = recipeSchema.parse(recipeOf({ lora }));
  return planLora(structure, recipe.lora, {
    dtype: structure.dtype,
    fates: linearFates(structure, recipe.model.quantization_config),
  });
}

async function figureOf(page: Page, name: string): Promise<string> {
  return page.locator('.count', { hasText: name }).locator('.count-value').innerText();
}

function part(page: Page, ending: string): Locator {
  return page.locator(`[data-part$="${ending}"]`);
}

function estimateOf(structure: ModelStructure, lora: object = {}) {
  const { machine } = settingOf();
  const facts = { structure, recipe: recipeSchema.parse(recipeOf({ lora })), machine, lengths: null };
  const estimate = estimateMemory(facts);
  return { estimate, levers: memoryLevers(facts, estimate) };
}

describe('the map', () => {
  test('the chapter’s model has the chapter’s figures', async () => {
    const { panel } = await openModel(harness, pictureOf(models.phi3Mini));
    const { page } = panel;
    expect(await figureOf(page, 'Trainable')).toBe('12,582,912');
    expect(await page.locator('.figures').innerText()).toContain('of 3,833,662,464');
    expect(await figureOf(page, 'Share')).toBe('0.33%');
    expect(await figureOf(page, 'Layers')).toBe('128');
    expect(await figureOf(page, 'Adapter file')).toBe(words.fileSize(planOf(models.phi3Mini).adapterBytes));
    expect(await page.locator('header').innerText()).toMatch(/Phi3ForCausalLM[\s\S]*3\.82B[\s\S]*32,064/);
    await panel.close();
  });

  test('rectangles have the proportions of their matrices', async () => {
    const { panel } = await openModel(harness, pictureOf(models.phi3Mini), { width: 1300 });
    const box = async (name: string) => {
      const found = await part(panel.page, name).locator('.w').boundingBox();
      return found!;
    };
    const [qkv, o, gateUp, down] = await Promise.all(['qkv_proj', 'o_proj', 'gate_up_proj', 'down_proj'].map(box));
    expect(qkv!.width / o!.width).toBeCloseTo(3, 1);
    expect(qkv!.height).toBeCloseTo(o!.height, 0);
    expect(gateUp!.width / o!.width).toBeCloseTo(16_384 / 3072, 1);
    expect(down!.height / down!.width).toBeCloseTo(8192 / 3072, 1);
    await panel.close();
  });

  test('a part explains itself under the pointer, with LoRA’s own numbers', async () => {
    const { panel } = await openModel(harness, pictureOf(models.phi3Mini));
    await part(panel.page, 'layers.0.self_attn.qkv_proj').hover();
    const tip = await panel.page.locator('.tip').innerText();
    expect(tip).toContain('what it looks for (query)');
    expect(tip).toContain('Kept in 4 bits (Linear4bit)');
    expect(tip).toContain('A (3,072 × 8) and B (8 × 9,216): 98,304 weights are trained instead of 28,311,552');
    await part(panel.page, 'lm_head').hover();
    expect(await panel.page.locator('.tip').innerText()).toMatch(/Output head[\s\S]*doesn’t quantise it[\s\S]*Frozen/);
    await panel.close();
  });

  test('one tab stop, arrow keys from part to part, and every part can be heard', async () => {
    const { panel } = await openModel(harness, pictureOf(models.phi3Mini), { width: 1300 });
    const { page } = panel;
    expect(await page.locator('[data-part][tabindex="0"]').count()).toBe(1);
    await page.locator('[data-part][tabindex="0"]').focus();
    const focused = () => page.locator('[data-part]:focus').getAttribute('data-part');
    expect(await focused()).toBe('model.layers.0.self_attn.qkv_proj');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('model.rotary_emb');
    expect(await page.locator('.tip').innerText()).toContain('Rotary positions');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('model.layers.0.mlp.gate_up_proj');
    await page.keyboard.press('End');
    expect(await focused()).toBe('lm_head');
    await page.keyboard.press('Home');
    expect(await focused()).toBe('model.embed_tokens');
    expect(await page.locator('[data-part][tabindex="0"]').count()).toBe(1);
    expect(await page.locator('.part-detail').innerText()).toContain('Token embeddings');
    const labels = await page
      .locator('[data-part]')
      .evaluateAll((parts) =>
        parts.map((each) => [each.getAttribute('aria-label'), each.getAttribute('aria-description')]),
      );
    expect(labels.flat().filter((label) => label === null || label === '')).toEqual([]);
    expect(labels[2]![0]).toBe(
      'qkv_proj: Queries, keys and values, 3,072 × 9,216, 28,311,552 parameters, 4-bit, LoRA, r 8',
    );
    await panel.close();
  });

  test('the strip shows where blocks differ and which one is drawn', async () => {
    const { panel } = await openModel(harness, pictureOf(models.moe));
    const { page } = panel;
    const strip = page.getByRole('slider', { name: 'Block that is drawn' });
    expect(await page.locator('.strip-row .cell').count()).toBe(12);
    expect(await strip.getAttribute('aria-valuetext')).toContain('dense MLP');
    expect(await part(page, 'mlp.gate_proj').count()).toBe(1);
    await strip.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await strip.getAttribute('aria-valuenow')).toBe('2');
    expect(await strip.getAttribute('aria-valuetext')).toContain('mixture of experts');
    expect(await part(page, 'layers.2.mlp.experts.gate_up_proj').count()).toBe(1);
    expect(await page.locator('.lane.mlp').innerText()).toContain('8 of 128 experts work on each token');
    expect(await page.locator('.strip-key').innerText()).toMatch(/dense MLP\s*2[\s\S]*mixture of experts\s*10/);
    await panel.close();
  });

  test('sliding and full attention, and blocks without LoRA, are told apart', async () => {
    const recipe = recipeOf({ lora: { target_modules: ['q_proj', 'v_proj'], layers_to_transform: [0, 1, 2] } });
    const { panel } = await openModel(harness, pictureOf(models.vision, { recipe }), { width: 1300 });
    const text = panel.page.locator('.tower.text');
    const key = await text.locator('.strip-key').innerText();
    expect(key).toMatch(/sliding attention[^\n]*\s*9/);
    expect(key).toMatch(/full attention[^\n]*\s*1/);
    expect(key).toMatch(/LoRA on some of them\s*3/);
    expect(key).toMatch(/without LoRA\s*7/);
    await panel.close();
  });

  test('what sees stands beside what reads, and shared weights are said to be shared', async () => {
    const { panel } = await openModel(harness, pictureOf(models.vision), { width: 1400 });
    const headings = await panel.page.locator('.tower h3').allInnerTexts();
    expect(headings.map((heading) => heading.replace(/ [\d.]+[MB]$/, ''))).toEqual([
      'Vision tower',
      'Projector',
      'Language model',
    ]);
    await part(panel.page, 'lm_head').hover();
    expect(await panel.page.locator('.tip').innerText()).toContain('those of model.language_model.embed_tokens.weight');
    await panel.close();
  });
});

describe('live counts', () => {
  test('moving r counts at once, and writes once', async () => {
    const { panel, asked } = await openModel(harness, pictureOf(models.phi3Mini));
    const { page } = panel;
    const slider = page.getByRole('slider', { name: 'r, in powers of two' });
    await slider.focus();
    for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight');
    expect(await figureOf(page, 'Trainable')).toBe(words.integer(planOf(models.phi3Mini, { r: 64 }).trainable));
    expect(await slider.getAttribute('aria-valuetext')).toBe('64');
    await expect.poll(() => asked, WAIT).toEqual([['setValues', [{ path: ['lora', 'r'], value: 64 }]]]);
    expect(await slider.evaluate((element) => element.matches(':focus'))).toBe(true);
    await panel.close();
  });

  test('any r can be typed; what is none is put back', async () => {
    const { panel, asked } = await openModel(harness, pictureOf(models.tiny));
    const field = panel.page.locator('#r');
    await field.fill('24');
    await field.press('Enter');
    await expect.poll(() => asked, WAIT).toEqual([['setValues', [{ path: ['lora', 'r'], value: 24 }]]]);
    expect(await figureOf(panel.page, 'Trainable')).toBe(words.integer(planOf(models.tiny, { r: 24 }).trainable));
    await field.fill('0');
    await field.press('Enter');
    expect(await field.inputValue()).toBe('24');
    expect(asked).toHaveLength(1);
    await panel.close();
  });

  test('unticking a group takes its layers away, as a person would write it', async () => {
    const { panel, asked } = await openModel(harness, pictureOf(models.phi3Mini));
    const { page } = panel;
    await page.getByRole('checkbox', { name: 'MLP' }).uncheck();
    await expect.poll(() => asked.length, WAIT).toBe(1);
    const [[name, changes]] = asked as [[string, readonly { path: string[]; value: string[] }[]]];
    expect(name).toBe('setValues');
    expect(changes.map(({ path }) => path.join('.'))).toEqual(['lora.target_modules']);
    expect(changes[0]!.value.toSorted()).toEqual(['o_proj', 'qkv_proj']);
    const plan = planOf(models.phi3Mini, { target_modules: ['o_proj', 'qkv_proj'] });
    expect(await figureOf(page, 'Trainable')).toBe(words.integer(plan.trainable));
    const all = page.getByRole('checkbox', { name: 'All linear layers' });
    expect(await all.evaluate((box) => box instanceof HTMLInputElement && box.indeterminate)).toBe(true);
    expect(await part(page, 'gate_up_proj').getAttribute('aria-label')).toContain('frozen');
    await panel.close();
  });

  test('one layer alone can be taken away at the part itself', async () => {
    const { panel, asked } = await openModel(harness, pictureOf(models.tiny));
    await part(panel.page, 'layers.0.mlp.down_proj').click();
    await panel.page.getByRole('checkbox', { name: 'LoRA here, in block 0' }).uncheck();
    await expect.poll(() => asked.length, WAIT).toBe(1);
    expect(await figureOf(panel.page, 'Layers')).toBe('23');
    await panel.close();
  });

  test('typing in the recipe moves the controls', async () => {
    const { panel } = await openModel(harness, pictureOf(models.phi3Mini));
    const { page } = panel;
    const lora = { r: 32, target_modules: ['qkv_proj'] };
    await tell(panel, 'setting', settingOf({ recipe: recipeOf({ lora }) }));
    expect(await page.locator('#r').inputValue()).toBe('32');
    expect(await page.getByRole('checkbox', { name: 'qkv_proj', exact: false }).first().isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: 'down_proj' }).isChecked()).toBe(false);
    expect(await figureOf(page, 'Trainable')).toBe(words.integer(planOf(models.phi3Mini, lora).trainable));
    await panel.close();
  });

  test('what the recipe’s text doesn’t allow is told, and taken back', async () => {
    const { panel } = await openModel(harness, pictureOf(models.tiny), { editable: false });
    await panel.page.locator('#r').fill('64');
    await panel.page.locator('#r').press('Enter');
    await panel.page.getByRole('alert').waitFor();
    expect(await panel.page.getByRole('alert').innerText()).toContain('Edit it by hand');
    await expect.poll(() => panel.page.locator('#r').inputValue(), WAIT).toBe('8');
    await panel.close();
  });

  test('no target: said, with a way there', async () => {
    const recipe = recipeOf({ lora: { target_modules: ['nothing_is_called_so'] } });
    const { panel, asked } = await openModel(harness, pictureOf(models.phi3Mini, { recipe }));
    expect(await figureOf(panel.page, 'Trainable')).toBe('0');
    await panel.page.locator('.controls').getByRole('button', { name: 'Show in recipe' }).click();
    await expect.poll(() => asked, WAIT).toEqual([['showInRecipe', ['lora', 'target_modules']]]);
    await panel.close();
  });
});

test('what PEFT refuses is said to be refused', async () => {
  // ParamWrapper takes no dropout (peft/tuners/lora/layer.py)
  const { panel } = await openModel(harness, pictureOf(models.moe));
  expect(await panel.page.locator('.controls .notice').innerText()).toContain('PEFT would refuse');
  await panel.close();
});

describe('memory', () => {
  test('three figures and all parts, with the sum of the estimate', async () => {
    const { panel } = await openModel(harness, pictureOf(models.phi3Mini));
    const { estimate } = estimateOf(models.phi3Mini);
    const values = await panel.page.locator('.moment .count-value').allInnerTexts();
    expect(values).toEqual([
      words.megabytes(estimate.loadedBytes),
      words.megabytes(estimate.preparedBytes),
      `≈ ${words.megabytes(estimate.peakBytes)}`,
    ]);
    expect(values.slice(0, 2)).toEqual(['2,206.34 MB', '2,651.07 MB']);
    const rows = await panel.page.locator('.memory-value').allInnerTexts();
    expect(rows).toEqual(estimate.parts.map(({ bytes }) => words.megabytes(bytes)));
    expect(await panel.page.locator('.bar .segment').count()).toBe(estimate.parts.length);
    await panel.close();
  });

  test('fits, or doesn’t, in words', async () => {
    const { panel } = await openModel(harness, pictureOf(models.phi3Mini));
    const { page } = panel;
    const { estimate } = estimateOf(models.phi3Mini);
    expect(await page.locator('.verdict').innerText()).toContain('It fits');
    const gpu = { index: 0, name: 'NVIDIA T1000', totalBytes: 2 * 2 ** 30, freeBytes: 2 ** 30, capability: '7.5' };
    await tell(panel, 'setting', settingOf({ gpus: [gpu], machine: { device: 'cuda', bf16: false, gpu } }));
    expect(await page.locator('.verdict').innerText()).toContain('It doesn’t fit');
    const large = { ...gpu, totalBytes: estimate.deviceBytes * 2, freeBytes: 2 ** 28, capability: '8.9' };
    await tell(panel, 'setting', settingOf({ gpus: [large], machine: { device: 'cuda', bf16: true, gpu: large } }));
    expect(await page.locator('.verdict').innerText()).toContain('only if other programs');
    await panel.close();
  });

  test('without a GPU a size is chosen, and kept', async () => {
    const setting = { gpus: [], machine: { device: 'cpu', bf16: false, gpu: null } } as const;
    const { panel } = await openModel(harness, pictureOf(models.phi3Mini, setting));
    const { page } = panel;
    expect(await page.locator('.compare').innerText()).toContain('No NVIDIA GPU here');
    await page.locator('vscode-single-select').click();
    await page.getByRole('option', { name: 'A GPU with 12 GB' }).click();
    expect(await page.locator('.verdict').innerText()).toContain('12 GiB');
    expect(await panel.state()).toEqual({ compare: { gigabytes: 12 } });
    await panel.close();
  });

  test('an earlier life’s choice is kept; what is none is not taken', async () => {
    for (const [compare, told] of [
      [{ gigabytes: 48 }, '48 GiB'],
      [{ gigabytes: 'many' }, '21.8 GiB'],
    ] as const) {
      const { panel } = await openModel(harness, pictureOf(models.phi3Mini), { state: { compare } });
      expect(await panel.page.locator('.verdict').innerText()).toContain(told);
      await panel.close();
    }
  });

  test('what the last run took stands beside what was foreseen', async () => {
    const { estimate } = estimateOf(models.phi3Mini);
    const actual = {
      loadedBytes: estimate.loadedBytes,
      preparedBytes: estimate.preparedBytes,
      peakBytes: Math.round(estimate.peakBytes * 1.05),
    };
    const { panel } = await openModel(harness, pictureOf(models.phi3Mini, { actual }));
    const told = await panel.page.locator('.actual').allInnerTexts();
    expect(told).toHaveLength(3);
    expect(told[0]).toMatch(/measured: 2,206\.34 MB\s+exactly as foreseen/);
    expect(told[2]).toMatch(/5\.00% more than foreseen/);
    await panel.close();
  });

  test('a lever writes its values', async () => {
    const { panel, asked } = await openModel(harness, pictureOf(models.phi3Mini));
    const { levers } = estimateOf(models.phi3Mini);
    expect(levers.length).toBeGreaterThan(0);
    expect(await panel.page.locator('.lever').count()).toBe(levers.length);
    await panel.page.locator('.lever vscode-button').first().click();
    await expect.poll(() => asked, WAIT).toEqual([['setValues', JSON.parse(JSON.stringify(levers[0]!.changes))]]);
    await panel.close();
  });
});

describe('states', () => {
  test('reading, before there is anything', async () => {
    const { panel } = await openModel(harness, pictureOf(null, { state: { kind: 'reading' }, recipe: null }));
    expect(await panel.page.getByRole('status').innerText()).toContain('Reading the model');
    await panel.close();
  });

  test('a model that can’t be read: what, why, and three ways on', async () => {
    const trouble = {
      kind: 'offline',
      severity: 'warning',
      message: { text: '{0}', args: ['someone/else isn’t on this machine.'] },
      remedy: { text: '{0}', args: ['Connect, or name a folder.'] },
      file: null,
    } as const;
    const { panel, asked } = await openModel(
      harness,
      pictureOf(null, { state: { kind: 'trouble', trouble, hub: true } }),
    );
    const alert = panel.page.getByRole('alert');
    expect(await alert.innerText()).toMatch(/isn’t on this machine[\s\S]*Connect, or name a folder/);
    for (const name of ['Read from the Hub', 'Try again', 'Show in recipe'])
      await alert.getByRole('button', { name }).click();
    await expect
      .poll(() => asked, WAIT)
      .toEqual([
        ['readFromHub', null],
        ['tryAgain', null],
        ['showInRecipe', ['model', 'model_name_or_path']],
      ]);
    await panel.close();
  });

  test('a recipe that is broken while it is typed keeps the last picture', async () => {
    const { panel } = await openModel(harness, pictureOf(models.tiny));
    const problems = [{ line: 7, message: 'A quote is never closed.', remedy: 'Close it.' }];
    await tell(panel, 'setting', settingOf({ state: { kind: 'problems', problems } }));
    const alert = await panel.page.getByRole('alert').innerText();
    expect(alert).toContain('Line 7: A quote is never closed. Close it.');
    expect(alert).toContain('from before');
    expect(await part(panel.page, 'qkv_proj').count()).toBe(1);
    await panel.close();
  });

  test('a recipe without a lora section shows what it would have', async () => {
    const { panel } = await openModel(harness, pictureOf(models.tiny, { hasLora: false }));
    expect(await panel.page.locator('.controls').innerText()).toContain('no lora section yet');
    await panel.close();
  });

  test('a model of an unknown kind is said to be guessed', async () => {
    const { panel } = await openModel(harness, pictureOf({ ...models.tiny, basis: 'headers', architecture: null }));
    expect(await panel.page.locator('header').innerText()).toContain('guessed from the names of its weights');
    await panel.close();
  });

  test('names are never markup', async () => {
    const hostile = '<img src=x onerror="window.hacked=1">';
    const { panel } = await openModel(harness, { ...pictureOf(models.tiny, {}, hostile), recipeName: hostile });
    expect(await panel.page.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await panel.page.locator('img').count()).toBe(0);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  test('in Chinese nothing is left in English', async () => {
    const { panel } = await openModel(harness, pictureOf(models.moe), { language: 'zh-cn' });
    const { page } = panel;
    for (const selector of ['h1', 'h2', '.count-name', '.lane-head', '.memory-name', '.memory-text', '.legend li'])
      for (const text of await page.locator(selector).allInnerTexts())
        if (!/^(LoRA|[a-z_]+|Logits)$/.test(text.trim())) expect(text, selector).toMatch(/\p{Script=Han}/u);
    const told = await page
      .locator('[data-part]')
      .evaluateAll((parts) => parts.map((each) => each.getAttribute('aria-description') ?? ''));
    expect(told.filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
    await panel.close();
  });
});
