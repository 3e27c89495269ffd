import type { ModelModule, ModelStructure } from '../../../protocol/model';
import type { AdapterTensor } from './adapterFile';
import type { TrainedBias } from './biases';
import type { LayerAdapter } from './layerAdapter';
import type { LoraConfig } from './loraConfig';
import { matchesName } from './matchTarget';
import { type LoraLoading, parameterDtype } from './parameterDtype';

/** An adapter with the module that it stands in, and how many others wrap that one outside of it. */
export interface PlacedAdapter {
  readonly adapter: LayerAdapter;
  readonly module: ModelModule;
  /** Wrappers between the module's own and this one: several parameters of one module are wrapped one in the other. */
  readonly depth: number;
}

export interface AdapterParts {
  readonly adapters: readonly PlacedAdapter[];
  readonly saved: readonly ModelModule[];
  readonly biases: readonly TrainedBias[];
}

const ROOT = 'base_model.model.';
// peft 0.21.0, utils/constants.py EMBEDDING_LAYER_NAMES
const EMBEDDINGS = ['embed_tokens', 'lm_head'];

/** All that the adapter's file holds, by the names that get_peft_model_state_dict (peft 0.21.0) gives. */
export function adapterTensors(
  structure: ModelStructure,
  config: LoraConfig,
  loading: LoraLoading,
  { adapters, saved, biases }: AdapterParts,
): readonly AdapterTensor[] {
  const wrappers = new Map<string, number>();
  for (const { module } of adapters) wrappers.set(module.name, (wrappers.get(module.name) ?? 0) + 1);
  const found = new Map<string, AdapterTensor>();
  const add = (name: string, dtype: string, shape: readonly number[]) => {
    found.set(name, { name: ROOT + name, dtype, shape });
  };
  for (const { module, depth, adapter } of adapters)
    for (const { name, dtype, shape } of adapter.tensors)
      add(`${module.name}${'.base_layer'.repeat(depth)}.${name}`, dtype, shape);
  for (const { module, shape } of biases) addBias(module, shape);
  for (const copied of saved)
    for (const { name, parameters } of within(structure, copied.name))
      for (const parameter of parameters) add(`${name}.${parameter.name}`, 'F32', parameter.shape);
  // an adapter on the embeddings makes PEFT write their base weights too (save_embedding_layers: auto)
  if (isEmbeddingTargeted(structure, config))
    for (const name of [structure.inputEmbeddings, structure.outputEmbeddings]) {
      const module = adapters.find((placed) => placed.module.name === name)?.module;
      for (const parameter of module?.parameters ?? [])
        add(
          `${module?.name}.base_layer.${parameter.name}`,
          parameter.name === 'bias' && config.section.bias !== 'none'
            ? 'F32'
            : parameterDtype(structure, loading, `${module?.name}.${parameter.name}`),
          parameter.shape,
        );
    }
  return [...found.values()];

  function addBias({ name }: ModelModule, shape: readonly number[]): void {
    const copied = saved.find((module) => name === module.name || name.startsWith(`${module.name}.`));
    if (copied === undefined) return add(`${wrapped(name, wrappers)}.bias`, 'F32', shape);
    // of a module that is copied: the frozen original's, and the copy's by a name of its own
    const rest = name.slice(copied.name.length);
    add(`${copied.name}.original_module${rest}.bias`, parameterDtype(structure, loading, `${name}.bias`), shape);
    add(`${copied.name}.modules_to_save${rest === '' ? '' : `.default${rest}`}.bias`, 'F32', shape);
  }
}

/** The module and all within it. */
export function within({ modules }: ModelStructure, name: string): readonly ModelModule[] {
  return modules.filter((module) => module.name === name || module.name.startsWith(`${name}.`));
}

/** A wrapper keeps what it wraps as base_layer. */
function wrapped(name: string, wrappers: ReadonlyMap<string, number>): string {
  let [before, after] = ['', ''];
  for (const part of name.split('.')) {
    before = before === '' ? part : `${before}.${part}`;
    after = after === '' ? part : `${after}.${part}`;
    after += '.base_layer'.repeat(wrappers.get(before) ?? 0);
  }
  return after;
}

/** get_peft_model_state_dict: by the very names in the list, or by what the pattern matches. */
function isEmbeddingTargeted({ modules }: ModelStructure, { targetModules }: LoraConfig): boolean {
  if (targetModules === null) return false;
  if (typeof targetModules !== 'string') return EMBEDDINGS.some((name) => targetModules.has(name));
  return modules.some(
    ({ name }) =>
      EMBEDDINGS.some((key) => name === key || name.endsWith(`.${key}`)) && matchesName(targetModules, name),
  );
}
