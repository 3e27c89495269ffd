import type { ComparedRow } from '../../../protocol/curvesPanel';

/** What one run has in a row. */
export interface Cell {
  readonly text: string;
  /** For programs. */
  readonly exact: unknown;
  /** What decides whether two runs have the same; the text where it is left out. */
  readonly key?: string;
  readonly note?: string | null;
}

interface About {
  readonly path: readonly string[];
  readonly label: string;
  readonly about?: string | null;
  readonly best?: readonly number[];
  readonly caution?: string | null;
  /** Runs of which nothing is known here: they make no difference. */
  readonly unknown?: readonly boolean[];
}

/** Null where no run has anything to show. */
export function row(
  { path, label, about = null, best = [], caution = null, unknown = [] }: About,
  cells: readonly (Cell | null)[],
): ComparedRow | null {
  if (cells.every((cell) => cell === null)) return null;
  const known = cells.filter((_, run) => unknown[run] !== true);
  const keys = known.map((cell) => (cell === null ? null : (cell.key ?? cell.text)));
  return {
    path,
    label,
    about,
    values: cells.map((cell) => cell?.text ?? null),
    exact: cells.map((cell) => cell?.exact ?? null),
    notes: cells.map((cell) => cell?.note ?? null),
    best,
    caution,
    same: new Set(keys).size < 2,
  };
}

export function present(rows: readonly (ComparedRow | null)[]): ComparedRow[] {
  return rows.filter((made) => made !== null);
}
