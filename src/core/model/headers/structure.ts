import { message } from '../../../common/message';
import { err, ok, type Result } from '../../../common/result';
import type { ModelModule, ModelStructure, ModelTrouble } from '../../../protocol/model';
import { checkpointOf } from '../checkpoint';
import type { ModelConfig } from '../config';
import { loadedDtype } from '../dtype';
import { MOST_MODULES } from '../families/flatten';
import { prequantizedOf, quantMethodOf } from '../prequantized';
import type { ModelWeights } from '../structure';
import { isHead, kindOf, partOf } from './kind';
import { sizesOf, vocabSizeOf } from './sizes';
import { childrenOf, isList, MOST_NAME, treeOf, type NamedModule } from './tree';

/** What bitsandbytes stores beside a packed weight: no parameters of the model. */
const OF_QUANTIZATION =
  /\.(weight\.(absmax|quant_map|nested_absmax|nested_quant_map|quant_state\.bitsandbytes__\w+)|SCB|weight_format)$/;

/**
 * A model of a kind that isn't known: its modules as the names and shapes of the tensors let guess them. Modules without
 * parameters (dropout, activations, rotary embeddings) aren't there; classes are PyTorch's.
 */
export function structureFromHeaders(config: ModelConfig, weights: ModelWeights): Result<ModelStructure, ModelTrouble> {
  if (weights.tensors.some(({ name }) => name.length > MOST_NAME)) return err(strangeNames());
  const tensors = weights.tensors.filter(({ name }) => !OF_QUANTIZATION.test(name));
  const modules = modulesOf(treeOf(tensors), vocabSizeOf(config.values));
  if (modules === null) return err(strangeNames());
  const embeddings = tokenEmbeddings(modules);
  const head = modules.findLast(({ name, type, part }) => type === 'Linear' && part === 'text' && isHead(name));
  return ok({
    modelType: config.modelType,
    architecture: null,
    basis: 'headers',
    modules,
    sizes: sizesOf(config.values, modules, embeddings?.parameters[0]?.shape ?? []),
    dtype: loadedDtype(config, weights),
    inputEmbeddings: embeddings?.name ?? null,
    outputEmbeddings: head?.name ?? null,
    tied: config.values['tie_word_embeddings'] === true,
    keepInFp32: [],
    keepInFp32Strict: [],
    quantMethod: quantMethodOf(config),
    prequantized: prequantizedOf(config),
    checkpoint: checkpointOf(weights),
    notes: [],
  });
}

/** The tallest: tokens are more than positions. */
function tokenEmbeddings(modules: readonly ModelModule[]): ModelModule | null {
  let tallest: ModelModule | null = null;
  for (const module of modules) {
    if (module.type !== 'Embedding' || module.part !== 'text') continue;
    if (tallest === null || rows(module) > rows(tallest)) tallest = module;
  }
  return tallest;
}

function rows({ parameters }: ModelModule): number {
  return parameters[0]?.shape[0] ?? 0;
}

interface Place {
  readonly name: string;
  readonly module: NamedModule;
  readonly block: number | null;
}

/** null if they are too many. */
function modulesOf(root: NamedModule, vocabSize: number | null): readonly ModelModule[] | null {
  const modules: ModelModule[] = [];
  const open: Place[] = [{ name: '', module: root, block: null }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (modules.length > MOST_MODULES) return null;
    if (place.name !== '') modules.push(moduleOf(place, vocabSize));
    const children = below(place);
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child !== undefined) open.push(child);
    }
  }
  // Parameters of the model itself stand in no module: each is told as one.
  for (const [name, shape] of root.parameters) {
    modules.push({ ...leaf(name, null), type: 'Parameter', parameters: [{ name: 'weight', shape, tiedTo: null }] });
  }
  return modules;
}

function below({ name, module, block }: Place): Place[] {
  const lists = isList(module.children);
  return childrenOf(module).map(([key, child]) => ({
    name: name === '' ? key : `${name}.${key}`,
    module: child,
    // The outermost list is that of the blocks; one of experts stands in a block.
    block: block ?? (lists && child.children.size > 0 ? Number(key) : null),
  }));
}

function moduleOf({ name, module, block }: Place, vocabSize: number | null): ModelModule {
  return {
    ...leaf(name, block),
    type: kindOf(name, module, vocabSize),
    parameters: Array.from(module.parameters, ([own, shape]) => ({ name: own, shape, tiedTo: null })),
  };
}

function leaf(name: string, block: number | null): Omit<ModelModule, 'type' | 'parameters'> {
  return { name, buffers: [], part: partOf(name), block };
}

function strangeNames(): ModelTrouble {
  return {
    kind: 'badHeader',
    severity: 'error',
    message: message('The tensors’ names in the weights are too long or too many for a model.'),
    remedy: message('Get the weights again from where the model comes from.'),
    file: null,
  };
}
