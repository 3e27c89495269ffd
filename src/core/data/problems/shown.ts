import type { DatasetProblem, DatasetProblemKind } from '../../../protocol/sweep';
import { type LineChange, shifted, shiftedLine } from './shift';

/** What lines by themselves don't tell. */
const ONLY_SWEPT: ReadonlySet<DatasetProblemKind> = new Set(['duplicateRow']);

/**
 * What is known of an open file's problems: from sweeps over what is saved, and from looks at lines that are shown, which know
 * better about those lines. Everything moves with the text as it is changed.
 */
export class ShownProblems {
  /** Of the last sweep; while the first one runs, what it has found so far. */
  #swept: readonly DatasetProblem[] = [];
  /** Of a sweep that runs while an older one's problems are shown: they are replaced at its end, so that nothing flickers. */
  #sweeping: DatasetProblem[] | null = null;
  #hasSwept = false;
  /** By line; lines without problems too. */
  #examined = new Map<number, readonly DatasetProblem[]>();
  #isWhole = false;

  /** Whether a sweep has seen the whole text as it is now: then looking at lines tells nothing new. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  change(changes: readonly LineChange[]): void {
    this.endSweep('cut');
    this.#isWhole = false;
    for (const change of changes) {
      this.#swept = shifted(this.#swept, change);
      const examined = new Map<number, readonly DatasetProblem[]>();
      for (const [line, problems] of this.#examined) {
        const now = shiftedLine(line, change);
        if (now !== undefined) examined.set(now, shifted(problems, change));
      }
      this.#examined = examined;
    }
  }

  examined(firstLine: number, lines: number, problems: readonly DatasetProblem[]): void {
    for (let line = firstLine; line < firstLine + lines; line++) this.#examined.set(line, []);
    for (const problem of problems)
      this.#examined.set(problem.line, [...(this.#examined.get(problem.line) ?? []), problem]);
  }

  beginSweep(): void {
    this.#sweeping = [];
  }

  swept(problems: readonly DatasetProblem[]): void {
    this.#sweeping?.push(...problems);
  }

  /**
   * whole: it came to the end of the file. limited: it ended at the number of problems that can be shown. cut: cancelled, it
   * replaces nothing but another first one.
   */
  endSweep(how: 'whole' | 'limited' | 'cut'): void {
    if (this.#sweeping === null) return;
    if (how !== 'cut' || !this.#hasSwept) this.#swept = this.#sweeping;
    if (how !== 'cut' || this.#swept.length > 0) this.#hasSwept = true;
    if (how === 'whole') this.#examined.clear();
    this.#isWhole = how === 'whole';
    this.#sweeping = null;
  }

  /** Sorted by place. At most `limit`: those on lines that were looked at first. */
  all(limit = Number.POSITIVE_INFINITY): readonly DatasetProblem[] {
    const swept = !this.#hasSwept && this.#sweeping !== null ? this.#sweeping : this.#swept;
    const near = [...this.#examined.values()].flat();
    const far = swept.filter(({ line, kind }) => ONLY_SWEPT.has(kind) || !this.#examined.has(line));
    return [...near, ...far].slice(0, limit).sort((a, b) => a.line - b.line || a.column - b.column);
  }
}
