import { rm, stat } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { formatMessage } from '../../common/message';
import { chatLine } from '../../core/data/convert';
import type { ReadItem } from '../../core/data/sourceRow';
import type { DatasetCalls, FormatProgress, FormatReport, Mapping, RowProblem } from '../../protocol/dataset';
import { AtomicFile } from './atomicFile';
import { readRows } from './readRows';
import { sourceText } from './sourceText';
import { type Targets, targetsFor } from './targets';

type Params = DatasetCalls['formatDataset']['params'];

const LISTED_PROBLEMS = 100;
const PROGRESS_MS = 100;

/**
 * Writes every row that can be converted to `target`, and every other one with its reason beside it. Both files are there as a
 * whole or not at all; the source is never written to.
 */
export async function formatDataset(
  { path, mapping, target, overwrite }: Params,
  asked: { readonly signal: AbortSignal; progress(value: FormatProgress): void },
): Promise<FormatReport> {
  const started = performance.now();
  const targets = await targetsFor(path, target, overwrite);
  const writing = new Writing(targets);
  const told = new Told(asked.progress, await sizeOf(path), writing);
  try {
    const reading = { signal: asked.signal, onBytes: (bytes: number) => told.bytes(bytes) };
    for await (const batch of readRows(path, reading)) {
      await writing.add(batch, mapping);
      told.now(false);
    }
    asked.signal.throwIfAborted();
    await writing.commit(overwrite);
  } catch (error) {
    await writing.discard();
    throw error;
  }
  told.now(true);
  return writing.report(performance.now() - started);
}

class Writing {
  rows = 0;
  written = 0;
  skipped = 0;
  readonly #targets: Targets;
  readonly #problems: RowProblem[] = [];
  #chat: AtomicFile | null = null;
  #rest: AtomicFile | null = null;

  constructor(targets: Targets) {
    this.#targets = targets;
  }

  async add(batch: readonly ReadItem[], mapping: Mapping): Promise<void> {
    let lines = '';
    let rest = '';
    for (const item of batch) {
      this.rows++;
      const made = item.kind === 'problem' ? item : converted(item.row, mapping);
      if (typeof made === 'string') {
        lines += `${made}\n`;
        this.written++;
      } else {
        rest += `${problemLine(made)}\n`;
        this.skipped++;
        if (this.#problems.length < LISTED_PROBLEMS) this.#problems.push(made.problem);
      }
    }
    if (lines !== '') await (this.#chat ??= await AtomicFile.create(this.#targets.target)).write(lines);
    if (rest !== '') await (this.#rest ??= await AtomicFile.create(this.#targets.problemsFile)).write(rest);
  }

  async commit(overwrite: boolean): Promise<void> {
    const files = [this.#chat, this.#rest].filter((file) => file !== null);
    for (const file of files) await file.finish();
    for (const file of files) await file.place();
    // of a former run, about rows of a file that is no longer there
    const isStale = this.#chat !== null && this.#rest === null && overwrite && this.#targets.problemsFileIsThere;
    if (isStale) await rm(this.#targets.problemsFile, { force: true });
  }

  async discard(): Promise<void> {
    await this.#chat?.discard();
    await this.#rest?.discard();
  }

  report(durationMs: number): FormatReport {
    return {
      target: this.#targets.target,
      rows: this.rows,
      written: this.written,
      skipped: this.skipped,
      problems: this.#problems,
      problemsFile: this.#rest?.target ?? null,
      bytes: this.#chat?.bytes ?? 0,
      durationMs: Math.round(durationMs),
    };
  }
}

interface Skipped {
  readonly problem: RowProblem;
  readonly source: string;
}

function converted(row: Extract<ReadItem, { kind: 'row' }>['row'], mapping: Mapping): string | Skipped {
  const line = chatLine(row, mapping);
  if (line.ok) return line.value;
  return { problem: { line: row.line, row: row.row, reason: line.error }, source: sourceText(row) };
}

/** English, whatever the language of the editor: the file is data. */
function problemLine({ problem: { line, column, row, reason }, source }: Skipped): string {
  const place = column === undefined ? { line } : { line, column };
  return JSON.stringify({ ...place, row, reason: formatMessage(reason), source });
}

/** Progress, ten times a second at most. */
class Told {
  readonly #tell: (value: FormatProgress) => void;
  readonly #totalBytes: number;
  readonly #counts: { readonly rows: number; readonly skipped: number };
  #bytes = 0;
  #last = 0;

  constructor(tell: (value: FormatProgress) => void, totalBytes: number, counts: Writing) {
    this.#tell = tell;
    this.#totalBytes = totalBytes;
    this.#counts = counts;
  }

  bytes(bytes: number): void {
    this.#bytes = bytes;
  }

  now(isLast: boolean): void {
    const time = performance.now();
    if (!isLast && time - this.#last < PROGRESS_MS) return;
    this.#last = time;
    const { rows, skipped } = this.#counts;
    this.#tell({ bytes: isLast ? this.#totalBytes : this.#bytes, totalBytes: this.#totalBytes, rows, skipped });
  }
}

async function sizeOf(file: string): Promise<number> {
  // what is wrong with the file is told by whoever reads it
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
