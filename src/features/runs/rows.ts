import type { Failure } from '../../protocol/trainer';

/** A row of the tree; the same object for the same thing as long as it is shown, as the editor wants it. */
export type RunsRow = RunRow | MadeRow;

export interface RunRow {
  readonly kind: 'run';
  /** The run directory. */
  readonly directory: string;
}

/** What a run left. */
export type MadeRow =
  | { readonly kind: 'checkpoint'; readonly directory: string; readonly path: string; readonly trainStep: number }
  | { readonly kind: 'adapter'; readonly directory: string; readonly path: string }
  | { readonly kind: 'failure'; readonly directory: string; readonly failure: Failure };

/** What a keybinding of the tree brings: the row that has the focus is meant. */
const FOCUSED = 'focused';

export function isFocused(argument: unknown): boolean {
  return argument === FOCUSED;
}

export function rowOf(argument: unknown): RunsRow | null {
  return isRow(argument) ? argument : null;
}

/** The run directories that a command was called on: rows of the tree, or a path from elsewhere. */
export function directoriesOf(argument: unknown, selected: unknown): readonly string[] {
  if (typeof argument === 'string') return [argument];
  const rows = [argument, ...(Array.isArray(selected) ? selected : [])].filter(isRow);
  return [...new Set(rows.map(({ directory }) => directory))];
}

function isRow(value: unknown): value is RunsRow {
  return typeof value === 'object' && value !== null && 'kind' in value && 'directory' in value;
}
