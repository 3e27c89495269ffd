import { setImmediate } from 'node:timers/promises';
import type { Asked } from '../../protocol/channel';
import type { DatasetProblem, SweepCalls } from '../../protocol/sweep';
import { ReadError } from './readError';

type Sweep = SweepCalls['sweepDataset'];

/** Looks at one item after the other. */
export interface Examiner<T> {
  /** false: the trainer would find no conversations in these rows. */
  readonly judged: boolean;
  /** Rows so far. */
  readonly rows: number;
  examine(item: T): readonly DatasetProblem[];
}

export interface Swept<T> {
  readonly batches: AsyncGenerator<readonly T[], void, undefined>;
  /** Whether these first items tell what the file is. */
  isEnough(head: readonly T[]): boolean;
  /** Null: the file is none of ours. */
  begin(head: readonly T[]): Promise<Examiner<T> | null>;
}

/** What else is asked of the thread, and cancelling, is heard between two stretches of work of this length. */
const STRETCH_MS = 25;
/** Batches that take longer tell on the way. */
const TELL_EVERY_MS = 250;

/** Takes a file's items through an examiner, tells what is found, and ends at `limit` problems. */
export async function drive<T>(
  swept: Swept<T>,
  limit: number,
  asked: Asked<Sweep['progress']>,
): Promise<Sweep['result']> {
  const { batches } = swept;
  try {
    const head = await headOf(swept);
    const examiner = await swept.begin(head.items);
    if (examiner === null) return { rows: 0, problems: 0, complete: true, judged: false };
    let problems = 0;
    const result = (complete: boolean): Sweep['result'] => ({
      rows: examiner.rows,
      problems,
      complete,
      judged: examiner.judged,
    });
    let toldAt = performance.now();
    const tell = (found: readonly DatasetProblem[]): void => {
      problems += found.length;
      toldAt = performance.now();
      asked.progress({ rows: examiner.rows, problems: found });
    };
    try {
      if (head.error !== null) throw head.error;
      for await (const batch of following(head.items, batches)) {
        let found: DatasetProblem[] = [];
        let since = performance.now();
        for (const item of batch) {
          found.push(...examiner.examine(item));
          if (problems + found.length >= limit) {
            tell(found.slice(0, limit - problems));
            return result(false);
          }
          if (performance.now() - since < STRETCH_MS) continue;
          await setImmediate();
          asked.signal.throwIfAborted();
          since = performance.now();
          if (since - toldAt < TELL_EVERY_MS) continue;
          tell(found);
          found = [];
        }
        tell(found);
      }
      return result(true);
    } catch (error) {
      const problem = problemOf(error);
      if (problem === null) throw error;
      tell([problem]);
      return result(false);
    }
  } finally {
    // closes the file
    await batches.return();
  }
}

/** An error after the first items is told behind what they show. */
async function headOf<T>({ batches, isEnough }: Swept<T>): Promise<{ readonly items: T[]; readonly error: unknown }> {
  const items: T[] = [];
  try {
    while (!isEnough(items)) {
      const next = await batches.next();
      if (next.done) break;
      for (const item of next.value) items.push(item);
    }
    return { items, error: null };
  } catch (error) {
    if (problemOf(error) === null) throw error;
    return { items, error };
  }
}

async function* following<T>(
  head: readonly T[],
  rest: AsyncGenerator<readonly T[], void, undefined>,
): AsyncGenerator<readonly T[], void, undefined> {
  yield head;
  yield* rest;
}

/** Where reading ended, if that is a place in the file; else the request fails with its words. */
function problemOf(error: unknown): DatasetProblem | null {
  if (!(error instanceof ReadError) || error.problem.line === null) return null;
  const line = error.problem.line - 1;
  const column = (error.problem.column ?? 1) - 1;
  return {
    kind: 'encoding',
    severity: 'error',
    line,
    column,
    endLine: line,
    endColumn: column + 1,
    message: error.words,
    fixes: [],
  };
}
