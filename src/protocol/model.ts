/**
 * What a model is made of, told by its config.json and the headers of its weights before a byte of weights is read. Plain
 * data: it travels from the worker to the extension and to webviews.
 */
import type { Message } from '../common/message';
import type { ResolvedRecipe } from './trainer';

export const DTYPES = ['float32', 'bfloat16', 'float16', 'float8', 'int64', 'int32', 'int8', 'uint8', 'bool'] as const;
export type Dtype = (typeof DTYPES)[number];

/** Of a vision-language model, which part a module belongs to; a plain language model is text throughout. */
export type ModelPart = 'text' | 'vision' | 'audio' | 'projector';

/** One parameter of a module's own, as PyTorch has it after loading. */
export interface ModelParameter {
  readonly name: string; // "weight", "bias", "gate_up_proj"
  readonly shape: readonly number[];
  /** Full name of the parameter that it shares its memory with (tie_word_embeddings): counted there, not here. */
  readonly tiedTo: string | null;
}

export interface ModelBuffer {
  readonly name: string;
  readonly shape: readonly number[];
  /** null: that of the model when it is loaded (Gemma's embed_scale is made in the default dtype). */
  readonly dtype: Dtype | null;
}

/** One module as named_modules() of the loaded model lists it, before quantisation and LoRA. */
export interface ModelModule {
  readonly name: string; // "model.layers.0.self_attn.q_proj"
  readonly type: string; // Python class: "Linear", "Conv1D", "Embedding", "Phi3RMSNorm", "MixtralExperts"
  readonly parameters: readonly ModelParameter[];
  /** Non-persistent ones too (rotary inv_freq): get_memory_footprint() counts them. */
  readonly buffers: readonly ModelBuffer[];
  readonly part: ModelPart;
  /** Number of the repeated block that it stands in; null outside of blocks. */
  readonly block: number | null;
}

/** What activations, logits and caches depend on: of the text model. */
export interface ModelSizes {
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headDim: number;
  readonly vocabSize: number;
  readonly maxLength: number | null; // max_position_embeddings
  readonly experts: number | null;
  readonly expertsPerToken: number | null;
  readonly activation: string; // hidden_act
}

/** How the weights lie on the disk or on the Hub. */
export interface Checkpoint {
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly tensors: number;
  /** Elements of each kind of number, by safetensors' name ("BF16"). */
  readonly elements: Readonly<Record<string, number>>;
}

export type StructureNoteKind = 'missingTensor' | 'unexpectedTensor' | 'otherShape';

/** Where the headers of the weights tell something else than config.json. */
export interface StructureNote {
  readonly kind: StructureNoteKind;
  readonly tensor: string;
  readonly message: Message;
}

/** quantization_config of config.json with quant_method "bitsandbytes". */
export interface PrequantizedWeights {
  readonly load_in_4bit: boolean;
  readonly load_in_8bit: boolean;
  readonly bnb_4bit_quant_type: string;
  readonly bnb_4bit_use_double_quant: boolean;
  readonly llm_int8_skip_modules: readonly string[] | null;
}

export interface ModelStructure {
  readonly modelType: string;
  /** Python class that AutoModelForCausalLM gives, such as "Phi3ForCausalLM"; null for a model_type that isn't known. */
  readonly architecture: string | null;
  /** family: built from config.json as transformers builds it. headers: guessed from the names of the tensors. */
  readonly basis: 'family' | 'headers';
  /** In the order of named_modules(), without the root. */
  readonly modules: readonly ModelModule[];
  readonly sizes: ModelSizes;
  /** What dtype: auto loads: dtype (torch_dtype) of config.json, else that of the first floating tensor. */
  readonly dtype: Dtype;
  /** get_input_embeddings() and get_output_embeddings(): full names. */
  readonly inputEmbeddings: string | null;
  readonly outputEmbeddings: string | null;
  /** tie_word_embeddings */
  readonly tied: boolean;
  /** _keep_in_fp32_modules: float32 where the model is loaded in float16 (_get_dtype_plan), and never quantised. */
  readonly keepInFp32: readonly string[];
  /** _keep_in_fp32_modules_strict: float32 where it is loaded in float16 or bfloat16. */
  readonly keepInFp32Strict: readonly string[];
  /** quant_method of config.json where the checkpoint itself is quantised ("gptq", "mxfp4", "bitsandbytes"). */
  readonly quantMethod: string | null;
  /** How bitsandbytes quantised the checkpoint itself: from_pretrained then keeps to this, whatever the recipe says. */
  readonly prequantized: PrequantizedWeights | null;
  readonly checkpoint: Checkpoint | null;
  /** layer_types of config.json, one for each block of the text model: "full_attention", "sliding_attention". */
  readonly layerTypes?: readonly string[];
  readonly notes: readonly StructureNote[];
}

/**
 * What quantisation makes of one linear layer, and why not where it doesn't (transformers' skip list). skipped: in
 * llm_int8_skip_modules of the checkpoint, or the model's last parameter. notLinear: a class of its own made of nn.Linear.
 */
export type LinearFate =
  | { readonly kind: 'Linear4bit' | 'Linear8bitLt' }
  | {
      readonly kind: 'kept';
      readonly why: 'notQuantized' | 'outputEmbeddings' | 'tied' | 'keepInFp32' | 'skipped' | 'notLinear';
    };

export interface LoraTarget {
  readonly name: string; // full name of the module, or of the parameter (target_parameters)
  readonly kind: 'module' | 'parameter';
  readonly r: number;
  readonly alpha: number;
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** Number of matrices that get an adapter of their own: experts of a fused parameter; else 1. */
  readonly matrices: number;
  /** Trainable parameters that it adds. */
  readonly parameters: number;
}

/** What PEFT makes of the recipe's lora section on this model. */
export interface LoraPlan {
  readonly targets: readonly LoraTarget[];
  /** Full names of modules that are trained whole (modules_to_save). */
  readonly saved: readonly string[];
  /** Full names of biases that are trained (bias: all, lora_only). */
  readonly biases: readonly string[];
  /** get_nb_trainable_parameters() */
  readonly trainable: number;
  readonly total: number;
  /** Size of adapter_model.safetensors, to the byte. */
  readonly adapterBytes: number;
}

/** What a training is computed on, as far as memory depends on it. */
export interface EstimateMachine {
  readonly device: 'cuda' | 'mps' | 'cpu';
  readonly bf16: boolean;
  /** Of the GPU that the recipe would take; null where it isn't known. */
  readonly gpu: GpuMemory | null;
}

/** One GPU of this machine, as nvidia-smi tells. */
export interface GpuMemory {
  readonly index: number;
  readonly name: string;
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly capability: string | null; // "8.9"
}

export const MEMORY_PARTS = [
  'quantizedWeights', // packed 4-bit or 8-bit weights
  'quantConstants', // absmax, of double quantisation too, and code books
  'weights', // parameters that aren't quantised, and buffers
  'adapter', // LoRA's and other trained parameters
  'gradients',
  'optimizer',
  'activations', // kept for the backward pass, or checkpoints and one recomputed block
  'logits', // logits, their gradient, float32 copies
  'workspace', // the largest temporary: dequantised weight, cuBLAS, casts
  'reserve', // what the allocator holds beyond what is used
  'context', // CUDA context and kernels
] as const;
export type MemoryPartKind = (typeof MEMORY_PARTS)[number];

export interface MemoryPart {
  readonly kind: MemoryPartKind;
  readonly bytes: number;
}

/** Bytes. */
export interface MemoryEstimate {
  /** get_memory_footprint() after loading: exact. */
  readonly loadedBytes: number;
  /** get_memory_footprint() after prepare_model_for_kbit_training and LoRA: exact. */
  readonly preparedBytes: number;
  /** torch.cuda.max_memory_allocated() of a training: within 10% of what was measured (docs/memory.md). */
  readonly peakBytes: number;
  /** What nvidia-smi shows at the peak: peakBytes, the allocator's reserve, the CUDA context. */
  readonly deviceBytes: number;
  /** Sum: deviceBytes. In the order of MEMORY_PARTS, without those of 0 bytes. */
  readonly parts: readonly MemoryPart[];
  /** Tokens of one padded row at the peak, and whether that is only the limit (rows weren't looked at). */
  readonly length: number;
  readonly lengthIsLimit: boolean;
  /** What the estimate can't know or leaves out. */
  readonly notes: readonly Message[];
}

/** One change of the recipe that takes less memory. */
export interface MemoryLever {
  /** Values to set, by path. */
  readonly changes: readonly { readonly path: readonly string[]; readonly value: unknown }[];
  readonly message: Message;
  readonly savesBytes: number;
  readonly cost: Message;
}

/** Why a model's structure can't be told. */
export type ModelTroubleKind =
  | 'notFound' // no folder, no such name on the Hub
  | 'gated' // 401, 403
  | 'offline' // not in the cache and no way to the Hub
  | 'noConfig'
  | 'badConfig' // no JSON, no model_type, hostile sizes
  | 'noWeights' // no .safetensors: pickled weights only, or none
  | 'shardsMissing'
  | 'badHeader' // lengths past the file, too large, duplicate keys, overlaps
  | 'badIndex' // no JSON, names that leave the folder
  | 'unknown';

/** A model that can't be read: what, where, and what to do. */
export interface ModelTrouble {
  readonly kind: ModelTroubleKind;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: Message;
  readonly remedy: Message;
  /** The file at fault; null where there is none. */
  readonly file: string | null;
}

export type ModelRead =
  | { readonly kind: 'structure'; readonly structure: ModelStructure; readonly source: ModelSource }
  | { readonly kind: 'trouble'; readonly trouble: ModelTrouble };

/** Where it was read from. `place`: the folder, or the name on the Hub. */
export interface ModelSource {
  readonly kind: 'folder' | 'cache' | 'hub';
  readonly place: string;
  readonly durationMs: number;
}

/** What the worker can be asked about models. */
export interface ModelCalls {
  /** `online`: the Hub may be asked for the headers of a model that isn't on this machine. */
  readonly readModel: {
    readonly params: { readonly recipe: ResolvedRecipe; readonly online: boolean };
    readonly result: ModelRead;
  };
  /** Those that nvidia-smi lists; empty without one. */
  readonly readGpus: { readonly params: null; readonly result: readonly GpuMemory[] };
  /** For a large model a tenth of a second, with levers a second. `recipe`: the sections of a FullRecipe. */
  readonly estimateMemory: {
    readonly params: {
      readonly structure: ModelStructure;
      readonly recipe: ResolvedRecipe['sections'];
      readonly machine: EstimateMachine;
      readonly lengths: readonly number[] | null;
      /** Whether to look for what takes less. */
      readonly levers: boolean;
    };
    readonly result: { readonly estimate: MemoryEstimate; readonly levers: readonly MemoryLever[] };
  };
}
