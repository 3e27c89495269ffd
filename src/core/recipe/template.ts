export interface NewRecipe {
  /** Folder or Hub id. */
  readonly model: string;
  /** File or Hub id. */
  readonly dataset: string;
  /** null: the rows already are conversations in a column named `messages`. */
  readonly columns: NewRecipeColumns | null;
  /** Loads the weights in 4 bits. */
  readonly quantised: boolean;
  /** `model_type` of the model's config.json where known: chooses target_modules by name. */
  readonly modelType?: string;
  /** A question to ask the model before and after; taken from the data by default. */
  readonly prompts?: readonly string[];
}

export interface NewRecipeColumns {
  readonly prompt?: string;
  readonly completion?: string;
  readonly system?: string;
  readonly messages?: string;
}

/** The text of a first recipe: commented, complete, with defaults for a first try. */
export declare function newRecipe(options: NewRecipe): string;
