import { recipeSchema } from '../../src/core/recipe/schema/recipe';
import type { Handlers } from '../../src/protocol/channel';
import type { ModelStructure } from '../../src/protocol/model';
import type { ModelAsks, ModelPicture, ModelSetting, ModelTells } from '../../src/protocol/modelPanel';
import type { Panel, PanelHarness, PanelOptions } from './panelHarness';

export type Asked = { [K in keyof ModelAsks]: readonly [K, ModelAsks[K]['params']] }[keyof ModelAsks];

const RTX4090 = {
  index: 0,
  name: 'NVIDIA GeForce RTX 4090',
  totalBytes: 24_564 * 2 ** 20,
  freeBytes: 22_310 * 2 ** 20,
  capability: '8.9',
};

/** The chapter's own recipe, as its text gives it. */
export function recipeOf(change: { readonly lora?: object; readonly model?: object } = {}): ModelSetting['recipe'] {
  return recipeSchema.parse({
    model: {
      model_name_or_path: 'microsoft/Phi-3-mini-4k-instruct',
      quantization_config: { load_in_4bit: true, bnb_4bit_quant_type: 'nf4', bnb_4bit_use_double_quant: true },
      ...change.model,
    },
    lora: {
      r: 8,
      lora_alpha: 16,
      target_modules: ['o_proj', 'qkv_proj', 'gate_up_proj', 'down_proj'],
      ...change.lora,
    },
    data: { path: 'dvgodoy/yoda_sentences' },
    train: {
      memory: { per_device_train_batch_size: 16, optim: 'paged_adamw_8bit' },
      data: { max_length: 64, packing: true },
    },
  });
}

export function settingOf(change: Partial<ModelSetting> = {}): ModelSetting {
  return {
    state: { kind: 'shown' },
    recipe: recipeOf(),
    hasLora: true,
    machine: { device: 'cuda', bf16: true, gpu: RTX4090 },
    gpus: [RTX4090],
    lengths: null,
    actual: null,
    ...change,
  };
}

export function pictureOf(
  structure: ModelStructure | null,
  setting: Partial<ModelSetting> = {},
  place = 'microsoft/Phi-3-mini-4k-instruct',
): ModelPicture {
  const source = { kind: 'cache', place, durationMs: 84 } as const;
  return {
    recipeName: 'phi3-yoda',
    shown: structure === null ? null : { structure, source },
    setting: settingOf(setting),
  };
}

/** The panel, with an extension that answers `ready` with this picture and writes down what is asked. */
export async function openModel(
  harness: PanelHarness,
  picture: ModelPicture,
  options: Omit<PanelOptions<ModelAsks>, 'handlers'> & { readonly editable?: boolean } = {},
): Promise<{ readonly panel: Panel; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  const note =
    <K extends keyof ModelAsks>(name: K, result: ModelAsks[K]['result']) =>
    (params: ModelAsks[K]['params']) => {
      // SAFETY: name and params belong to one K.
      asked.push([name, params] as unknown as Asked);
      return result;
    };
  const handlers: Handlers<ModelAsks> = {
    ready: () => picture,
    setValues: note('setValues', options.editable ?? true),
    showInRecipe: note('showInRecipe', null),
    readFromHub: note('readFromHub', null),
    tryAgain: note('tryAgain', null),
    lookAtGpus: note('lookAtGpus', null),
  };
  const panel = await harness.openPanel<ModelAsks>('model', { ...options, handlers });
  await panel.page.locator('h1').waitFor();
  await settled(panel);
  return { panel, asked };
}

/** Memory is reckoned a moment after everything else. */
export async function settled({ page }: Panel): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('#app')?.shadowRoot?.querySelector('.memory[aria-busy="true"]') === null,
  );
}

/** As the extension tells the panel something; the panel's own answer to it is nothing. */
export async function tell<K extends keyof ModelTells>(
  panel: Panel,
  name: K,
  params: ModelTells[K]['params'],
): Promise<void> {
  const packet = { tunebook: 'ask', id: -1, name, params: JSON.parse(JSON.stringify(params)) };
  await panel.page.evaluate(async (data) => {
    window.postMessage(data, '*');
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, packet);
  await settled(panel);
}
