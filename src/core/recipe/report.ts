import type { Message } from '../../common/message';
import type { Fix, ProblemKind, RecipeProblem, Severity, TextRange } from './problem';
import type { Path, RecipeSource } from './source';

export interface Finding {
  readonly kind: ProblemKind;
  readonly severity?: Severity;
  readonly path: Path;
  /** Where to show it; the value at `path`, or the nearest thing above it, by default. */
  readonly range?: TextRange | null;
  readonly message: Message;
  readonly remedy: Message;
  readonly fixes?: readonly Fix[];
  readonly datasetLine?: number | null;
}

/** Gives a finding its place in the file. */
export function problemOf(source: RecipeSource, file: string, finding: Finding): RecipeProblem {
  const { kind, severity = 'error', path, message, remedy, fixes = [], datasetLine = null } = finding;
  const range = finding.range ?? source.valueRange(path) ?? source.nearestRange(path);
  return {
    kind,
    severity,
    file,
    ...source.place(range),
    message,
    remedy,
    recipePath: path.map(String),
    fixes,
    datasetLine,
  };
}

export function byPlace(problems: readonly RecipeProblem[]): readonly RecipeProblem[] {
  return problems.toSorted((a, b) => a.range.start - b.range.start);
}
