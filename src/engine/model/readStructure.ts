import { message } from '../../common/message';
import { type ModelConfig, parseModelConfig } from '../../core/model/config';
import { buildStructure } from '../../core/model/structure';
import { clipped } from '../../core/model/safetensorsTrouble';
import { badConfig } from '../../core/model/trouble';
import type { ModelStructure, ModelTrouble } from '../../protocol/model';
import { isPlainObject } from '../../protocol/shape';
import type { ModelFiles } from './modelFiles';
import { ModelTroubleError } from './modelTroubleError';
import { readText } from './readText';
import { readWeights } from './readWeights';

const CONFIG = 'config.json';
const ADAPTER = 'adapter_config.json';
/** Published ones are a few kilobytes. */
const MOST_CONFIG_BYTES = 8_000_000;

/** A model's structure by its files. Throws ModelTroubleError, and the signal's reason. */
export async function readStructure(files: ModelFiles, signal: AbortSignal): Promise<ModelStructure> {
  await refuseAdapter(files);
  const config = await readConfig(files);
  signal.throwIfAborted();
  const { weights, notes } = await readWeights(files, config.values['transformers_weights'], signal);
  signal.throwIfAborted();
  const structure = buildStructure(config, weights);
  if (!structure.ok) throw new ModelTroubleError(structure.error);
  return { ...structure.value, notes: [...notes, ...structure.value.notes] };
}

async function readConfig(files: ModelFiles): Promise<ModelConfig> {
  const bytes = await files.sizeOf(CONFIG);
  if (bytes === null) throw new ModelTroubleError(noConfig(files));
  const config = parseModelConfig(await smallText(files, CONFIG, bytes), files.shown(CONFIG));
  if (!config.ok) throw new ModelTroubleError(config.error);
  return config.value;
}

/**
 * transformers would load the model that the adapter was made for, and then the adapter (AutoModelForCausalLM,
 * models/auto/auto_factory.py); whoever names an adapter here has mostly mistaken it for a model.
 */
async function refuseAdapter(files: ModelFiles): Promise<void> {
  const bytes = await files.sizeOf(ADAPTER);
  if (bytes === null) return;
  const base = baseOf(await smallText(files, ADAPTER, bytes));
  throw new ModelTroubleError({
    kind: 'noWeights',
    severity: 'error',
    message:
      base === null
        ? message('{0} is an adapter, not a model.', files.place)
        : message('{0} is an adapter for {1}, not a model.', files.place, clipped(base)),
    remedy:
      base === null
        ? message('Name the model that it was trained on.')
        : message('Write {0}, the model that it was trained on.', clipped(base)),
    file: files.shown(ADAPTER),
  });
}

function baseOf(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    const base = isPlainObject(value) ? value['base_model_name_or_path'] : null;
    return typeof base === 'string' && base !== '' ? base : null;
  } catch {
    return null;
  }
}

async function smallText(files: ModelFiles, name: string, bytes: number): Promise<string> {
  const file = files.shown(name);
  const remedy = message('Get the file again from where the model comes from.');
  if (bytes > MOST_CONFIG_BYTES)
    throw new ModelTroubleError(
      badConfig(
        file,
        message('{0} has {1} bytes; no such file is larger than {2}.', file, bytes, MOST_CONFIG_BYTES),
        remedy,
      ),
    );
  const text = await readText(files, name, bytes);
  if (text === null) throw new ModelTroubleError(badConfig(file, message('{0} is no UTF-8 text.', file), remedy));
  return text;
}

function noConfig(files: ModelFiles): ModelTrouble {
  return {
    kind: 'noConfig',
    severity: 'error',
    message: message('{0} has no config.json: it is no model for transformers.', files.place),
    remedy: message('Name a folder that has config.json and .safetensors files, or a name of the Hugging Face Hub.'),
    file: files.shown(CONFIG),
  };
}
