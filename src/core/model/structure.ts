import { message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import type { Checkpoint, ModelModule, ModelStructure, ModelTrouble } from '../../protocol/model';
import { checkpointOf } from './checkpoint';
import type { ModelConfig } from './config';
import { ConfigReader } from './configReader';
import { loadedDtype } from './dtype';
import type { Family } from './families/family';
import { flatten } from './families/flatten';
import { familyOf } from './families/registry';
import { visionFamilyOf } from './families/visionRegistry';
import { structureFromHeaders } from './headers/structure';
import { prequantizedOf, quantMethodOf } from './prequantized';
import { structureNotes } from './structureNotes';
import { tiesInForce } from './tiesInForce';
import { badConfig } from './trouble';
import { elementsOf } from './elements';

/** One tensor of the checkpoint, as the header of its file tells. */
export interface TensorHeader {
  readonly name: string;
  readonly dtype: string; // as safetensors writes it: "BF16"
  readonly shape: readonly number[];
}

/** The headers of a checkpoint's files, in the order of the files. */
export interface ModelWeights {
  readonly tensors: readonly TensorHeader[];
  readonly files: Checkpoint['files'];
}

/** Its bytes in float32 must be a safe integer. */
const MOST_ELEMENTS = Number.MAX_SAFE_INTEGER / 4;

/**
 * The model that AutoModelForCausalLM makes of a config.json (transformers 5.18.0); where its model_type isn't known, what
 * the names of the tensors tell. `weights`: null where there are none to read.
 */
export function buildStructure(
  config: ModelConfig,
  weights: ModelWeights | null,
): Result<ModelStructure, ModelTrouble> {
  const family = familyOf(config.modelType) ?? visionFamilyOf(config, familyOf);
  if (family !== null) return fromFamily(family, config, weights);
  const structure = weights === null ? err(unknownKind(config)) : structureFromHeaders(config, weights);
  return structure.ok && heldElements(structure.value.modules) > MOST_ELEMENTS ? err(tooLarge(config)) : structure;
}

function fromFamily(
  family: Family,
  config: ModelConfig,
  weights: ModelWeights | null,
): Result<ModelStructure, ModelTrouble> {
  const reader = new ConfigReader(config);
  const model = family(reader);
  if (reader.trouble !== null) return err(reader.trouble);
  const ties = tiesInForce(model, config, weights);
  const modules = flatten(model.root, ties);
  if (modules === null || heldElements(modules) > MOST_ELEMENTS) return err(tooLarge(config));
  const quantMethod = quantMethodOf(config);
  return ok({
    modelType: config.modelType,
    architecture: model.root.type,
    basis: 'family',
    modules,
    sizes: model.sizes,
    dtype: loadedDtype(config, weights),
    inputEmbeddings: model.inputEmbeddings,
    outputEmbeddings: model.outputEmbeddings,
    tied: Object.keys(ties).length > 0,
    keepInFp32: model.keepInFp32,
    keepInFp32Strict: model.keepInFp32Strict,
    quantMethod,
    prequantized: prequantizedOf(config),
    checkpoint: weights === null ? null : checkpointOf(weights),
    ...(model.layerTypes === undefined ? {} : { layerTypes: model.layerTypes }),
    notes: weights === null ? [] : structureNotes(modules, model.tensors, weights.tensors, quantMethod !== null),
  });
}

function heldElements(modules: readonly ModelModule[]): number {
  let elements = 0;
  for (const { parameters, buffers } of modules) {
    for (const { shape } of [...parameters, ...buffers]) elements += elementsOf(shape);
  }
  return elements;
}

function unknownKind({ file, modelType }: ModelConfig): ModelTrouble {
  return {
    kind: 'noWeights',
    severity: 'warning',
    message: message('{0} is of a kind that isn’t known here: {1}.', file, modelType),
    remedy: message('Get the model’s weights (.safetensors): their names tell what it is made of.'),
    file,
  };
}

function tooLarge(config: ModelConfig): ModelTrouble {
  return badConfig(
    config.file,
    message('{0} describes a model that no machine could hold: its sizes can’t be right.', config.file),
    message('Compare {0} with the one that was published with the model.', config.file),
  );
}
