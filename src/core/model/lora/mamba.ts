import { leafOf } from './matchNames';

// peft 0.21.0, tuners_utils.py _check_lora_target_modules_mamba
const MODEL_TYPES = new Set(['falcon_h1', 'mamba', 'mamba2', 'falcon_mamba', 'nemotron_h']);
const LAYERS = new Set(['out_proj', 'conv1d']);

/** Layers of a Mamba mixer whose weights the kernels read themselves, past an adapter: PEFT refuses them. */
export function isMambaExcluded(modelType: string, name: string): boolean {
  return MODEL_TYPES.has(modelType) && LAYERS.has(leafOf(name));
}
