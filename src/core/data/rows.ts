/** A row by its columns. */
export type Row = Readonly<Record<string, unknown>>;
