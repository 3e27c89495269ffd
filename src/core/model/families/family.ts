import type { ModelSizes } from '../../../protocol/model';
import type { ConfigReader } from '../configReader';
import type { ModuleNode } from './module';

/** A model as AutoModelForCausalLM builds it from a config.json. */
export interface FamilyModel {
  /** The class that it is, such as LlamaForCausalLM; its `type` is ModelStructure.architecture. */
  readonly root: ModuleNode;
  readonly sizes: ModelSizes;
  /** get_input_embeddings(), get_output_embeddings(): full names. */
  readonly inputEmbeddings: string;
  readonly outputEmbeddings: string | null;
  /** _tied_weights_keys in force (empty where tie_word_embeddings is false). */
  readonly ties: Readonly<Record<string, string>>;
  /** _keep_in_fp32_modules of the class. */
  readonly keepInFp32: readonly string[];
  /** _keep_in_fp32_modules_strict of the class. */
  readonly keepInFp32Strict: readonly string[];
  /** layer_types of the text model's config, one for each block; absent where its class has none. */
  readonly layerTypes?: readonly string[];
  /** How the checkpoint's tensors are named. */
  readonly tensors: TensorRules;
}

/** What transformers does with the names of tensors before it loads them. */
export interface TensorRules {
  /** base_model_prefix: a checkpoint of the base model alone has its names without it. */
  readonly prefix: string;
  /** _keys_to_ignore_on_load_unexpected: tensors that are left out in silence. */
  readonly ignored: readonly RegExp[];
  /** conversion_mapping.py, WeightRenaming: applied one after the other. */
  readonly renamed: readonly (readonly [from: RegExp, to: string])[];
  /** conversion_mapping.py, WeightConverter: tensors that are joined or split into others, and so not compared by shape. */
  readonly converted: readonly WeightConversion[];
}

/** Tensors whose (renamed) name matches `from` become those of `to`. */
export interface WeightConversion {
  /** With groups for what the names keep. */
  readonly from: RegExp;
  /** Names of parameters, with $1, … for the groups of `from`. */
  readonly to: readonly string[];
}

/** Builds from a config; what the config has wrong is noted in the reader. */
export type Family = (config: ConfigReader) => FamilyModel;

/** Rules of a class that has none of its own. */
export function plainTensors(prefix: string): TensorRules {
  return { prefix, ignored: [], renamed: [], converted: [] };
}
