/** What the model panel and the extension ask each other. Text that is no Message is in the editor's language already. */
import type { RecipeTrouble } from './tokenPanel';
import type { EstimateMachine, GpuMemory, ModelSource, ModelStructure, ModelTrouble } from './model';
import type { StepName } from './trainer';

/** Why the panel shows no model, or one that is no longer the recipe's. */
export type ModelPanelState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'shown' }
  /** The recipe can't be read. */
  | { readonly kind: 'problems'; readonly problems: readonly RecipeTrouble[] }
  /** The model can't be read. `hub`: asking the Hub may help. */
  | { readonly kind: 'trouble'; readonly trouble: ModelTrouble; readonly hub: boolean };

/** All sections of the recipe with every key: a FullRecipe of core/recipe/schema, which protocol may not name. */
export type RecipeSections = Readonly<Record<StepName, Readonly<Record<string, unknown>>>>;

/** What the last run of this recipe took, in bytes; null where that wasn't measured. */
export interface ActualMemory {
  readonly loadedBytes: number | null;
  readonly preparedBytes: number | null;
  /** torch.cuda.max_memory_allocated() */
  readonly peakBytes: number | null;
}

/** What a model is made of, and where that was read. Sent when it changes: it may be large. */
export interface ModelShown {
  readonly structure: ModelStructure;
  readonly source: ModelSource;
}

/** What changes while the recipe is typed. */
export interface ModelSetting {
  readonly state: ModelPanelState;
  /** As the recipe last was one. */
  readonly recipe: RecipeSections | null;
  /** Whether the recipe has a lora section. */
  readonly hasLora: boolean;
  /** What a run of it would be computed on. */
  readonly machine: EstimateMachine;
  /** Those that nvidia-smi lists; empty without one. */
  readonly gpus: readonly GpuMemory[];
  /** Tokens of each row that was looked at; null: not known. */
  readonly lengths: readonly number[] | null;
  readonly actual: ActualMemory | null;
}

export interface ModelPicture {
  readonly recipeName: string;
  /** The last one that could be read. */
  readonly shown: ModelShown | null;
  readonly setting: ModelSetting;
}

export interface RecipeChange {
  readonly path: readonly string[];
  /** null takes a key of the lora section away. */
  readonly value: unknown;
}

/** What the panel asks the extension. */
export interface ModelAsks {
  readonly ready: { readonly params: null; readonly result: ModelPicture };
  /** One edit of each section that can be undone; false where the recipe's text doesn't allow it. */
  readonly setValues: { readonly params: readonly RecipeChange[]; readonly result: boolean };
  readonly showInRecipe: { readonly params: readonly string[]; readonly result: null };
  readonly readFromHub: { readonly params: null; readonly result: null };
  readonly tryAgain: { readonly params: null; readonly result: null };
  /** What the GPUs have free now. */
  readonly lookAtGpus: { readonly params: null; readonly result: null };
}

/** What the extension tells the panel. */
export interface ModelTells {
  readonly picture: { readonly params: ModelPicture; readonly result: null };
  readonly setting: { readonly params: ModelSetting; readonly result: null };
}
