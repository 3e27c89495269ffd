import type { ModelStructure } from '../../../../../src/protocol/model';
import type { LoraSection } from '../../../../../src/core/model/lora/loraConfig';
import { readParity } from '../../../parityFile';

/** What tools/parity/lora_reference.py wrote. */
export interface LoraReference {
  readonly models: readonly ReferenceModel[];
  /** With bitsandbytes' layers, made ready by prepare_model_for_kbit_training. */
  readonly quantized: readonly (ReferenceSection & { readonly name: string; readonly bits: 4 | 8 })[];
  /** First the names, then of each pattern what `re` makes of them: 2 × fullmatch + match, or null for an error. */
  readonly patterns: readonly [readonly [readonly string[], null], ...(readonly [string, readonly number[] | null])[]];
  readonly tables: {
    /** TRANSFORMERS_MODELS_TO_LORA_TARGET_MODULES_MAPPING */
    readonly defaults: Readonly<Record<string, unknown>>;
    readonly moe: Readonly<Record<string, unknown>>;
  };
}

export interface ReferenceModel {
  readonly name: string;
  /** As in a config.json. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly modelType: string;
  readonly modules: readonly [string, string, readonly [string, readonly number[], string | null][]][];
  readonly inputEmbeddings: string | null;
  readonly outputEmbeddings: string | null;
  readonly sections: readonly ReferenceSection[];
}

export interface ReferenceSection {
  readonly lora: LoraSection;
  readonly error?: string;
  readonly targets?: readonly (readonly [string, number, number])[];
  readonly trainable?: number;
  readonly total?: number;
  readonly bytes?: number;
}

// SAFETY: the script's own shape.
export const loraReference = readParity('lora.json.gz') as LoraReference;

/** The structure of a model as Python listed it: no part of ours made it. */
export function structureOf({ modelType, modules, ...model }: ReferenceModel): ModelStructure {
  return {
    modelType,
    architecture: null,
    basis: 'family',
    modules: modules.map(([name, type, parameters]) => ({
      name,
      type,
      parameters: parameters.map(([key, shape, tiedTo]) => ({ name: key, shape, tiedTo })),
      buffers: [],
      part: /(^|\.)(visual|vision_tower)(\.|$)/.test(name)
        ? 'vision'
        : name.includes('projector')
          ? 'projector'
          : 'text',
      block:
        /\.(?:layers|h|blocks)\.(\d+)(\.|$)/.exec(name)?.[1] === undefined
          ? null
          : Number(/\.(?:layers|h|blocks)\.(\d+)(\.|$)/.exec(name)?.[1]),
    })),
    sizes: {
      hiddenSize: 32,
      intermediateSize: 48,
      layers: 3,
      heads: 4,
      keyValueHeads: 2,
      headDim: 8,
      vocabSize: 96,
      maxLength: 64,
      experts: null,
      expertsPerToken: null,
      activation: 'silu',
    },
    dtype: 'bfloat16',
    inputEmbeddings: model.inputEmbeddings,
    outputEmbeddings: model.outputEmbeddings,
    tied: modules.some(([, , parameters]) => parameters.some(([, , tiedTo]) => tiedTo !== null)),
    keepInFp32: [],
    keepInFp32Strict: [],
    quantMethod: null,
    prequantized: null,
    checkpoint: null,
    notes: [],
  };
}
