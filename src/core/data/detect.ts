/** Which column is which role, in the words of the recipe's data.columns. */
export type Columns =
  | { readonly messages: string }
  | { readonly prompt: string; readonly completion: string; readonly system?: string };

/** Guesses the columns from a few rows; null where nothing fits. A person confirms the guess. */
export declare function detectColumns(rows: readonly Readonly<Record<string, unknown>>[]): Columns | null;
