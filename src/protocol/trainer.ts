/**
 * The words between the trainer and whoever drives it: JSON lines, UTF-8. Commands go to the trainer's stdin
 * (or into <run>/commands.jsonl), events come
 * from its descriptor 1 and are appended to <run>/events.jsonl in the same form. Golden transcripts of both directions are
 * in test/transcripts and are read by vitest and by pytest alike.
 */
import {
  array,
  boolean,
  type Decoded,
  float,
  nullable,
  number,
  object,
  oneOf,
  record,
  string,
  unknownValue,
} from './shape';

/** Raised when a word changes its meaning. A trainer of another number is refused with a message. */
export const PROTOCOL = 1;

/** The loop, in order. Each is a section of the recipe and a cell of the notebook. */
export const STEPS = ['model', 'lora', 'data', 'tokenizer', 'train', 'generate', 'save'] as const;
export type StepName = (typeof STEPS)[number];

/** What can go wrong, as far as a remedy is known. Words for each: core/run/explainFailure. */
export const FAILURE_KINDS = [
  'outOfMemory', // accelerator or host memory
  'nonFiniteLoss', // loss or grad_norm is NaN or infinite
  'interrupted', // stop command or SIGINT; a checkpoint was saved if training had begun
  'diskFull',
  'missingFile',
  'permissionDenied',
  'missingPackage', // ImportError of something the recipe asks for (flash_attn, liger_kernel, …)
  'invalidRecipe', // a value that only the trainer can judge
  'modelNotFound',
  'gatedModel',
  'noTargetModules', // target_modules matches nothing, or nothing that LoRA can wrap
  'unsupportedDtype', // bf16/fp16 on hardware without it
  'unsupportedQuantization', // bitsandbytes cannot quantise here
  'datasetInvalid', // rows that cannot become messages
  'templateInvalid', // chat template missing or failing
  'allLabelsMasked', // nothing would be trained
  'endNotTrained', // the end mark is masked wherever it stands: the tuned model would never stop
  'unsafePacking', // packing that lets examples see each other
  'network',
  'missingStep', // a step was asked for before one that it builds on
  'outputInUse', // another run trains into the same folder now
  'missingKernels', // an attention or quantisation kernel that this hardware or build doesn't have
  'bitsandbytesLibrary', // bitsandbytes is installed, its library for this accelerator isn't or can't be loaded
  'driverTooOld', // the accelerator's driver is older than the build of torch needs
  'packageVersion', // a package is installed, of a version that doesn't fit
  'tokenizerMismatch', // tokenizer, chat template and model don't belong together
  'brokenModel', // a file of the model is cut off, or something else stands in its place
  'killedBySystem', // made by the host: SIGKILL or exit 137 that nobody here asked for, usually the kernel's OOM killer
  'trainerCrashed', // made by the host: the process ended without saying why
  'unknown',
] as const;

const step = oneOf(...STEPS);
const stopReason = oneOf('eos', 'endOfTurn', 'maxNewTokens', 'interrupted');
const role = oneOf('system', 'user', 'assistant', 'tool');

const failureShape = {
  kind: oneOf(...FAILURE_KINDS),
  /** One English sentence with the facts (file, value, sizes). */
  message: string,
  /** The recipe key at fault, such as ["train", "memory", "per_device_train_batch_size"]; empty if none. */
  recipePath: array(string),
  /** Facts for the words: { path, requiredBytes, freeBytes, package, value, … } */
  facts: record(unknownValue),
  /** Python traceback, or null. */
  traceback: nullable(string),
};
export const failure = object(failureShape);
export type Failure = Decoded<typeof failure>;

/** toolCalls: JSON text; null for a message without. */
const chatMessage = object({ role, content: string, toolCalls: nullable(string) });
export type ChatMessage = Decoded<typeof chatMessage>;

/** One module of the model tree, from named_modules(). Leaf modules and containers alike. */
const moduleInfo = object({
  name: string, // "model.layers.0.self_attn.qkv_proj"
  type: string, // Python class name: "Linear4bit", "Linear", "Phi3RMSNorm"
  /** Logical weight shape [out_features, in_features] for linears (also for packed 4-bit weights), null without a weight. */
  shape: nullable(array(number)),
  dtype: nullable(string), // "uint8", "float16", …
  parameters: number, // logical count of the module's own parameters (not its children's)
  trainable: boolean,
  target: boolean, // LoRA wraps it
});
export type ModuleInfo = Decoded<typeof moduleInfo>;

const specialToken = object({ name: string, token: nullable(string), id: nullable(number) });

/** A token as the trainer sees it. label: the id it is trained to predict, or -100. */
const tokenInfo = object({ id: number, text: string, label: number, special: boolean, padding: boolean });
export type TokenInfo = Decoded<typeof tokenInfo>;

const savedFile = object({ path: string, bytes: number, sha256: string });

/** Fields of every event. */
const envelope = {
  t: number, // seconds since the epoch
  seq: number, // 0, 1, 2, … within one trainer process
};

function event<const T extends string, F extends Parameters<typeof object>[0]>(type: T, fields: F) {
  return object({ ...envelope, type: oneOf(type), ...fields });
}

export const events = {
  /** First event, sent before the heavy imports. versions: package → version (from metadata, nothing is imported). */
  hello: event('hello', { protocol: number, trainer: string, pid: number, python: string, versions: record(string) }),
  /** After the imports: what the run will be computed on. memoryBytes: total of that device. */
  device: event('device', {
    device: oneOf('cuda', 'mps', 'cpu'),
    name: string,
    count: number,
    memoryBytes: number,
    freeMemoryBytes: number,
    bf16: boolean,
    capability: nullable(string),
    driver: nullable(string),
  }),
  /**
   * What the memory estimate said before this `run`, as its command brought it: kept in the log beside what came to be. Bytes;
   * null where nothing was predicted.
   */
  predicted: event('predicted', {
    loadedBytes: nullable(number),
    preparedBytes: nullable(number),
    peakBytes: nullable(number),
  }),
  /**
   * A `run` command was taken: these steps follow. recipeText, recipe: as the command brought them, so that the log alone says
   * what ran (the files recipe.tune.yaml and config.json beside it are the last run's). recipeText: null from a host that sent none.
   */
  runStarted: event('runStarted', { steps: array(step), recipeText: nullable(string), recipe: unknownValue }),
  /** The `run` is over, however its last step ended; the trainer waits for commands. */
  runFinished: event('runFinished', {}),
  stepStarted: event('stepStarted', { step }),
  /** current/total null while unknown. what: short English label ("Loading weights"), a key of the l10n bundle. */
  progress: event('progress', {
    step,
    what: string,
    current: nullable(number),
    total: nullable(number),
    unit: nullable(string),
  }),
  stepFinished: event('stepFinished', { step, durationMs: number }),
  stepFailed: event('stepFailed', { step, failure }),
  /** Not fatal: something was changed or deserves a look. kind is a stable id; message English, a key of the l10n bundle with args. */
  warning: event('warning', { step, kind: string, message: string, args: array(string), recipePath: array(string) }),

  // model, lora
  /** get_memory_footprint() in bytes: after loading; after prepare_model_for_kbit_training and LoRA. */
  footprint: event('footprint', { step, when: oneOf('loaded', 'prepared'), bytes: number }),
  structure: event('structure', {
    step,
    architecture: string,
    modules: array(moduleInfo),
    quantization: nullable(string),
    tiedWeights: boolean,
    dtype: string,
    attention: string,
  }),
  trainable: event('trainable', {
    step,
    trainable: number,
    total: number,
    targetModules: array(string),
    targetedLayers: number,
    adapterBytes: number,
  }),

  // data, tokenizer
  dataset: event('dataset', {
    step,
    source: string,
    rows: number,
    trainRows: number,
    evalRows: number,
    columns: array(string),
    format: string,
    samples: array(object({ row: number, messages: array(chatMessage) })),
  }),
  /** The files that the rows were read from, as they were read: what "the same data" means. */
  dataFiles: event('dataFiles', { step, files: array(savedFile) }),
  tokenizer: event('tokenizer', {
    step,
    vocabSize: number,
    modelVocabSize: number,
    tokenizerClass: string,
    specialTokens: array(specialToken),
    paddingSide: string,
    chatTemplateSource: oneOf('tokenizer', 'recipe', 'tunebook'),
    chatTemplate: string,
    /** The first training row, rendered and tokenised whole. */
    rendered: string,
    tokens: array(tokenInfo),
    lengths: array(number), // tokens per row, up to 10,000 rows
    truncatedRows: number,
    maxLength: nullable(number),
  }),

  // train
  /** The first batches exactly as the trainer's collator made them. rows[i] is one sequence of the batch. */
  batches: event('batches', {
    step,
    batches: array(object({ rows: array(array(tokenInfo)) })),
    trainedTokens: number,
    totalTokens: number,
  }),
  trainStarted: event('trainStarted', {
    step,
    totalSteps: number,
    epochs: float,
    rows: number,
    batchSize: number,
    gradientAccumulationSteps: number,
    worldSize: number,
    resumedFrom: nullable(string),
  }),
  /** One logging point. Null where not measured at this point. memoryBytes: peak since the last point. */
  metrics: event('metrics', {
    step,
    trainStep: number,
    epoch: float,
    loss: nullable(float),
    learningRate: nullable(float),
    gradNorm: nullable(float),
    evalLoss: nullable(float),
    tokensPerSecond: nullable(float),
    memoryBytes: nullable(number),
    etaSeconds: nullable(float),
  }),
  checkpointSaved: event('checkpointSaved', { step, trainStep: number, path: string }),
  /** auto_find_batch_size met an out-of-memory error and starts again. */
  batchSizeReduced: event('batchSizeReduced', { step, from: number, to: number }),
  trainFinished: event('trainFinished', {
    step,
    trainSteps: number,
    trainLoss: nullable(float),
    durationMs: number,
    peakMemoryBytes: number,
    stopped: boolean,
  }),

  // generate
  generation: event('generation', {
    step,
    prompt: string,
    model: oneOf('base', 'tuned'),
    mode: oneOf('greedy', 'sampled'),
    promptText: string, // the prompt as the model saw it, template and all
    text: string, // the answer without special tokens
    tokens: array(object({ id: number, text: string, special: boolean })),
    stopReason,
    reference: nullable(string),
    durationMs: number,
  }),

  // save
  saved: event('saved', { step, directory: string, files: array(savedFile) }),

  log: event('log', { level: oneOf('debug', 'info', 'warning', 'error'), text: string }),
  /** Last event of a process that ends in order. */
  bye: event('bye', { reason: oneOf('shutdown', 'stdinClosed', 'signal') }),
} as const;

type Events = { [K in keyof typeof events]: Decoded<(typeof events)[K]> };
export type TrainerEvent = Events[keyof Events];
export type EventOf<T extends TrainerEvent['type']> = Extract<TrainerEvent, { type: T }>;

/** The recipe with every default filled in (core/recipe makes it), and the place its relative paths start from. */
export interface ResolvedRecipe {
  readonly name: string;
  readonly recipeFile: string; // absolute
  readonly baseDirectory: string; // absolute; relative paths of the recipe start here
  readonly sections: Readonly<Record<StepName, Readonly<Record<string, unknown>>>>;
}

/** Bytes, as MemoryEstimate (protocol/model) has them. peakBytes: null where the trainer can't measure that peak. */
export interface PredictedMemory {
  readonly loadedBytes: number;
  readonly preparedBytes: number;
  readonly peakBytes: number | null;
}

/**
 * Commands are taken in order; `stop` is taken at once. They come by stdin from the host that started the trainer, and from
 * any other as whole lines appended to <run>/commands.jsonl, which the trainer reads from its first line on.
 */
export type TrainerCommand =
  /** Runs these steps in order and ends at the first that fails. Running a step forgets what later steps had made. */
  | {
      readonly type: 'run';
      readonly steps: readonly StepName[];
      readonly recipe: ResolvedRecipe;
      /** The recipe file's text as it is now: told again as the event `runStarted` and kept in the run directory. */
      readonly recipeText?: string | null;
      /** Told again as the event `predicted`; left out by a host that doesn't estimate. */
      readonly predicted?: PredictedMemory | null;
    }
  /** Ends the running step; training saves a checkpoint first. The process lives on. */
  | { readonly type: 'stop' }
  | { readonly type: 'shutdown' };

export function encodeCommand(command: TrainerCommand): string {
  return `${JSON.stringify(command)}\n`;
}
