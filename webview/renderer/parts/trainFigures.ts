import type { CurvePoint, TrainOutput } from '../../../src/protocol/outputs';
import type { Words } from '../../shared/words';
import type { Figure } from './figures';
import { predictedNote } from './predicted';

/** The numbers of a training: live ones while it runs, the outcome afterwards. */
export function trainFigures(output: TrainOutput, words: Words): (Figure | null)[] {
  const { started, finished, points, etaSeconds, status } = output;
  const { t } = words;
  const step = finished?.trainSteps ?? points.at(-1)?.trainStep ?? null;
  const loss = last(points, (point) => point.loss);
  const firstLoss = points.find((point) => point.loss !== null)?.loss ?? null;
  const evalLoss = last(points, (point) => point.evalLoss);
  const learningRate = last(points, (point) => point.learningRate);
  const gradNorm = last(points, (point) => point.gradNorm);
  const speed = last(points, (point) => point.tokensPerSecond);
  const memory = finished?.peakMemoryBytes ?? last(points, (point) => point.memoryBytes);
  const running = status === 'running';
  return [
    loss === null
      ? null
      : {
          label: t('Loss'),
          value: words.decimal(loss, 4),
          note: firstLoss === null || points.length < 2 ? undefined : t('from {0}', words.decimal(firstLoss, 4)),
          big: true,
        },
    started === null && step === null
      ? null
      : {
          label: t('Step'),
          value:
            started === null
              ? words.integer(step ?? 0)
              : `${words.integer(step ?? 0)} / ${words.integer(started.totalSteps)}`,
          note: started === null ? undefined : batchNote(started, words),
          big: true,
        },
    running && etaSeconds !== null
      ? { label: t('Time left, about'), value: words.duration(Math.round(etaSeconds) * 1000), big: true }
      : null,
    finished === null ? null : { label: t('Training time'), value: words.duration(finished.durationMs), big: true },
    finished === null || finished.trainLoss === null
      ? null
      : { label: t('Mean loss'), value: words.decimal(finished.trainLoss, 4) },
    evalLoss === null ? null : { label: t('Eval loss'), value: words.decimal(evalLoss, 4) },
    learningRate === null || !running
      ? null
      : { label: t('Learning rate'), value: learningRate === 0 ? '0' : learningRate.toExponential(2) },
    gradNorm === null || !running ? null : { label: t('Gradient norm'), value: words.decimal(gradNorm, 3) },
    speed === null ? null : { label: t('Tokens per second'), value: words.integer(speed) },
    memory === null || memory === 0
      ? null
      : {
          label: t('Peak memory'),
          value: words.gibibytes(memory),
          note: finished === null ? undefined : (predictedNote(memory, output.predictedPeakBytes, words) ?? undefined),
        },
  ];
}

function batchNote(started: NonNullable<TrainOutput['started']>, words: Words): string {
  const { batchSize, gradientAccumulationSteps, worldSize } = started;
  const parts = [batchSize, gradientAccumulationSteps, worldSize].filter((value, index) => index === 0 || value > 1);
  return words.t('batch size {0}, {1} epochs', parts.join(' × '), String(Number(started.epochs.toFixed(2))));
}

function last(points: readonly CurvePoint[], value: (point: CurvePoint) => number | null): number | null {
  for (let index = points.length - 1; index >= 0; index--) {
    const point = points[index];
    const found = point === undefined ? null : value(point);
    if (found !== null) return found;
  }
  return null;
}
