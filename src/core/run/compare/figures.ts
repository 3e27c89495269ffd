import type { EventOf } from '../../../protocol/trainer';
import type { RunState } from '../session';

/** What a run has come to, in numbers; null where it hasn't come so far. */
export interface Figures {
  /** NaN where the last one was no finite number. */
  readonly finalLoss: number | null;
  readonly bestEvalLoss: number | null;
  readonly bestEvalStep: number | null;
  readonly lastEvalLoss: number | null;
  readonly steps: number | null;
  readonly totalSteps: number | null;
  readonly epochs: number | null;
  readonly rowsPerStep: number | null;
  readonly trainSeconds: number | null;
  readonly tokensPerSecond: number | null;
  readonly peakMemoryBytes: number | null;
  readonly trainableParameters: number | null;
  readonly trainableShare: number | null;
  readonly adapterBytes: number | null;
}

export function figuresOf({ steps }: RunState): Figures {
  const { lora, train, save } = steps;
  const metrics = train?.metrics ?? [];
  const last = metrics.at(-1);
  const started = train?.trainStarted ?? null;
  const finished = train?.trainFinished ?? null;
  const trainable = lora?.trainable ?? null;
  const measured = measuredOf(metrics);
  const elapsed = last === undefined || train?.startedAt == null ? null : Math.max(0, last.t - train.startedAt);
  const ran = finished === null ? elapsed : finished.durationMs / 1000;
  const adapter = save?.saved?.files.find(({ path }) => /(?:^|[\\/])adapter_model\.[^\\/]+$/.test(path));
  return {
    finalLoss: finalLoss(measured.losses),
    bestEvalLoss: measured.best?.evalLoss ?? null,
    bestEvalStep: measured.best?.trainStep ?? null,
    lastEvalLoss: metrics.findLast(({ evalLoss }) => evalLoss !== null)?.evalLoss ?? null,
    steps: finished?.trainSteps ?? last?.trainStep ?? null,
    totalSteps: started?.totalSteps ?? null,
    epochs: last?.epoch ?? null,
    rowsPerStep: started === null ? null : started.batchSize * started.gradientAccumulationSteps * started.worldSize,
    trainSeconds: ran,
    tokensPerSecond: median(measured.speeds),
    peakMemoryBytes: finished?.peakMemoryBytes ?? measured.peakMemoryBytes,
    trainableParameters: trainable?.trainable ?? null,
    trainableShare: trainable === null || trainable.total === 0 ? null : trainable.trainable / trainable.total,
    adapterBytes: adapter?.bytes ?? trainable?.adapterBytes ?? null,
  };
}

interface Measured {
  readonly losses: readonly number[];
  readonly speeds: readonly number[];
  readonly best: EventOf<'metrics'> | null;
  readonly peakMemoryBytes: number | null;
}

/** In one pass: six runs of 100,000 points are compared while an editor waits. */
function measuredOf(metrics: readonly EventOf<'metrics'>[]): Measured {
  const losses: number[] = [];
  const speeds: number[] = [];
  let best: EventOf<'metrics'> | null = null;
  let peakMemoryBytes: number | null = null;
  for (const point of metrics) {
    const { loss, evalLoss, tokensPerSecond, memoryBytes } = point;
    if (loss !== null) losses.push(loss);
    if (tokensPerSecond !== null && Number.isFinite(tokensPerSecond)) speeds.push(tokensPerSecond);
    if (evalLoss !== null && Number.isFinite(evalLoss) && evalLoss < (best?.evalLoss ?? Infinity)) best = point;
    if (memoryBytes !== null) peakMemoryBytes = Math.max(peakMemoryBytes ?? 0, memoryBytes);
  }
  return { losses, speeds, best, peakMemoryBytes };
}

/** One loss jumps by more than runs differ: the mean of the last twentieth of the points. */
const LAST_SHARE = 20;

function finalLoss(losses: readonly number[]): number | null {
  const end = losses.slice(-Math.max(1, Math.ceil(losses.length / LAST_SHARE)));
  return end.length === 0 ? null : end.reduce((sum, loss) => sum + loss, 0) / end.length;
}

function median(values: readonly number[]): number | null {
  return Float64Array.from(values).sort()[Math.floor(values.length / 2)] ?? null;
}
