import type { CurveColumns } from '../../protocol/curvesPanel';

export interface CsvRun {
  readonly name: string;
  readonly directory: string;
  /** Seconds since the epoch. */
  readonly startedAt: number | null;
  readonly columns: CurveColumns;
}

const HEADER = [
  'run',
  'directory',
  'step',
  'unix_time',
  'elapsed_seconds',
  'loss',
  'eval_loss',
  'learning_rate',
  'grad_norm',
  'tokens_per_second',
  'memory_bytes',
];

/**
 * All points of these runs by RFC 4180, one row for each run and step. Numbers have as many digits as tell them from any other;
 * a field is empty where nothing was measured, and NaN where it was no finite number.
 */
export function curvesCsv(runs: readonly CsvRun[]): string {
  const lines = [HEADER.join(',')];
  for (const { name, directory, startedAt, columns } of runs) {
    const { trainStep, time, loss, evalLoss, learningRate, gradNorm, tokensPerSecond, memoryBytes } = columns;
    const run = `${quoted(name)},${quoted(directory)}`;
    const measured = [loss, evalLoss, learningRate, gradNorm, tokensPerSecond, memoryBytes];
    const begin = startedAt ?? time[0] ?? 0;
    let latest = 0;
    for (const [index, step] of trainStep.entries()) {
      const at = time[index] ?? Number.NaN;
      // as the panel draws it: a clock that was set back doesn't turn it back
      latest = Math.max(latest, at - begin);
      const elapsed = Math.round(latest * 1e6) / 1e6;
      lines.push(
        `${run},${step},${field(at)},${field(elapsed)},${measured.map((column) => field(column[index])).join(',')}`,
      );
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

function field(value = Number.NaN): string {
  if (Number.isNaN(value)) return '';
  return Number.isFinite(value) ? String(value) : 'NaN';
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
