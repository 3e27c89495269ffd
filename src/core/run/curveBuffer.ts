import { CURVES, type CurveColumns } from '../../protocol/curvesPanel';

/** What a table of points has: its curves, and what they are drawn over. */
export const COLUMNS = ['trainStep', 'time', ...CURVES] as const;
export type ColumnName = (typeof COLUMNS)[number];

const FIRST_CAPACITY = 256;

/** Points that become more: growing doubles the room, so that each point is copied once or twice in a long training. */
export class CurveBuffer {
  #columns: Record<ColumnName, Float64Array> = made(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get(column: ColumnName, index: number): number {
    return this.#columns[column][index] ?? Number.NaN;
  }

  set(column: ColumnName, index: number, value: number): void {
    this.#columns[column][index] = value;
  }

  /** Makes room for a point at `index`, with nothing measured yet. */
  insert(index: number): void {
    this.#reserve(this.#length + 1);
    for (const name of COLUMNS) {
      const column = this.#columns[name];
      if (index < this.#length) column.copyWithin(index + 1, index, this.#length);
      column[index] = Number.NaN;
    }
    this.#length++;
  }

  /** Keeps the first `keep` points and puts these behind them. */
  replaceFrom(keep: number, more: CurveColumns): void {
    const kept = Math.min(keep, this.#length);
    this.#reserve(kept + more.trainStep.length);
    for (const name of COLUMNS) this.#columns[name].set(more[name], kept);
    this.#length = kept + more.trainStep.length;
  }

  truncate(length: number): void {
    this.#length = Math.min(length, this.#length);
  }

  /** Where a step is, or belongs: the first index whose step is not smaller. */
  indexOf(trainStep: number): number {
    const steps = this.#columns.trainStep;
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((steps[middle] ?? 0) < trainStep) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The points from `start` on: copies, to be sent. */
  copyFrom(start: number): CurveColumns {
    return this.#map((column) => column.slice(start, this.#length));
  }

  /** All points as they are now, to be read at once: later changes may show through. */
  view(): CurveColumns {
    return this.#map((column) => column.subarray(0, this.#length));
  }

  #map(of: (column: Float64Array) => Float64Array): CurveColumns {
    const { trainStep, time, loss, evalLoss, learningRate, gradNorm, tokensPerSecond, memoryBytes } = this.#columns;
    return {
      trainStep: of(trainStep),
      time: of(time),
      loss: of(loss),
      evalLoss: of(evalLoss),
      learningRate: of(learningRate),
      gradNorm: of(gradNorm),
      tokensPerSecond: of(tokensPerSecond),
      memoryBytes: of(memoryBytes),
    };
  }

  #reserve(length: number): void {
    const capacity = this.#columns.trainStep.length;
    if (length <= capacity) return;
    const grown = made(Math.max(length, capacity * 2));
    for (const name of COLUMNS) grown[name].set(this.#columns[name].subarray(0, this.#length));
    this.#columns = grown;
  }
}

function made(capacity: number): Record<ColumnName, Float64Array> {
  const column = (): Float64Array => new Float64Array(capacity);
  return {
    trainStep: column(),
    time: column(),
    loss: column(),
    evalLoss: column(),
    learningRate: column(),
    gradNorm: column(),
    tokensPerSecond: column(),
    memoryBytes: column(),
  };
}
