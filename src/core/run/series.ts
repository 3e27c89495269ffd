import { type Message, message } from '../../common/message';
import { type CurveColumns, type CurveMarker, type CurveName, CURVES } from '../../protocol/curvesPanel';
import type { EventOf, TrainerEvent } from '../../protocol/trainer';
import { CurveBuffer } from './curveBuffer';

/** A marker before it has its words in somebody's language. */
export interface SeriesMarker extends Omit<CurveMarker, 'text'> {
  readonly words: Message;
}

interface NonFinite {
  readonly name: CurveName;
  readonly value: number;
  readonly first: number;
  last: number;
}

/** The curves of one run, as its events make them: each event once, in their order. */
export class RunSeries {
  readonly #points = new CurveBuffer();
  #markers: SeriesMarker[] = [];
  #nonFinite: NonFinite[] = [];
  /** The stretches that go on, until a finite value comes. */
  readonly #open = new Map<CurveName, NonFinite>();
  #trainStartedAt: number | null = null;
  /** Points before this index are as they were at the last `taken`. */
  #kept = 0;
  /** A resumed training waits for its first point. */
  #resumedFrom: string | null = null;

  get length(): number {
    return this.#points.length;
  }

  /** Of the last point. */
  get trainStep(): number | null {
    return this.length === 0 ? null : this.#points.get('trainStep', this.length - 1);
  }

  get trainStartedAt(): number | null {
    return this.#trainStartedAt;
  }

  get markers(): readonly SeriesMarker[] {
    return [...this.#markers, ...this.#nonFinite.map(nonFiniteMarker)].toSorted((a, b) => a.trainStep - b.trainStep);
  }

  add(event: TrainerEvent): void {
    switch (event.type) {
      case 'stepStarted':
        if (event.step === 'train') this.#forget(event.t, []);
        break;
      case 'trainStarted':
        this.#onTrainStarted(event);
        break;
      case 'batchSizeReduced':
        this.#onBatchSizeReduced(event);
        break;
      case 'metrics':
        this.#onMetrics(event);
        break;
      case 'checkpointSaved':
        this.#mark({ kind: 'checkpoint', trainStep: event.trainStep, words: plain(baseName(event.path)) });
        break;
      default:
        break;
    }
  }

  all(): CurveColumns {
    return this.#points.copyFrom(0);
  }

  /** What is new since the last call: how many points stay, and the ones behind them. */
  take(): { readonly keep: number; readonly columns: CurveColumns } {
    const keep = this.#kept;
    this.#kept = this.length;
    return { keep, columns: this.#points.copyFrom(keep) };
  }

  #onTrainStarted({ t, resumedFrom }: EventOf<'trainStarted'>): void {
    // Points here are of an attempt that ran out of memory: auto_find_batch_size tells of a new one by this event.
    this.#forget(t, this.#markers);
    this.#resumedFrom = resumedFrom;
    const step = /checkpoint-(\d+)[\\/]?$/.exec(resumedFrom ?? '')?.[1];
    if (step !== undefined) this.#markResumed(Number(step));
  }

  #onBatchSizeReduced({ t, from, to }: EventOf<'batchSizeReduced'>): void {
    const trainStep = this.trainStep ?? 0;
    this.#forget(t, this.#markers);
    this.#mark({ kind: 'batchSizeReduced', trainStep, words: message('batch size {0} → {1}', from, to) });
  }

  #onMetrics(event: EventOf<'metrics'>): void {
    const { trainStep, t } = event;
    if (this.#resumedFrom !== null) this.#markResumed(trainStep);
    const index = this.#points.indexOf(trainStep);
    if (index === this.length || this.#points.get('trainStep', index) !== trainStep) {
      this.#points.insert(index);
      this.#points.set('trainStep', index, trainStep);
      this.#points.set('time', index, t);
    }
    for (const name of CURVES) {
      const value = event[name];
      if (value === null) continue;
      const finite = Number.isFinite(value);
      this.#points.set(name, index, finite ? value : Number.POSITIVE_INFINITY);
      if (finite) this.#open.delete(name);
      else this.#onNonFinite(name, value, trainStep);
    }
    this.#kept = Math.min(this.#kept, index);
  }

  /** One marker for a stretch: after the first NaN the rest of a training often is. */
  #onNonFinite(name: CurveName, value: number, trainStep: number): void {
    const open = this.#open.get(name);
    if (open !== undefined && Object.is(open.value, value)) {
      open.last = trainStep;
      return;
    }
    const stretch = { name, value, first: trainStep, last: trainStep };
    this.#open.set(name, stretch);
    this.#nonFinite.push(stretch);
  }

  #markResumed(trainStep: number): void {
    const from = this.#resumedFrom ?? '';
    this.#resumedFrom = null;
    this.#mark({ kind: 'resumed', trainStep, words: message('resumed from {0}', baseName(from)) });
  }

  #mark(marker: SeriesMarker): void {
    const same = ({ kind, trainStep, words }: SeriesMarker): boolean =>
      kind === marker.kind && trainStep === marker.trainStep && words.text === marker.words.text;
    if (marker.kind === 'batchSizeReduced' || !this.#markers.some(same)) this.#markers.push(marker);
  }

  #forget(startedAt: number, markers: SeriesMarker[]): void {
    this.#points.truncate(0);
    this.#kept = 0;
    this.#markers = markers;
    this.#nonFinite = [];
    this.#open.clear();
    this.#trainStartedAt = startedAt;
    this.#resumedFrom = null;
  }
}

function nonFiniteMarker({ name, value, first, last }: NonFinite): SeriesMarker {
  return {
    kind: 'nonFinite',
    trainStep: first,
    words: nonFiniteWords(name, String(value), first === last ? null : last),
  };
}

/** What a trainer tells of as NaN: the loss of a step or of an evaluation, and the norm of its gradient. */
function nonFiniteWords(name: CurveName, value: string, until: number | null): Message {
  switch (name) {
    case 'loss':
      return until === null ? message('loss is {0}', value) : message('loss is {0}, until step {1}', value, until);
    case 'evalLoss':
      return until === null
        ? message('eval loss is {0}', value)
        : message('eval loss is {0}, until step {1}', value, until);
    case 'gradNorm':
      return until === null
        ? message('gradient norm is {0}', value)
        : message('gradient norm is {0}, until step {1}', value, until);
    default:
      return message('{0} is {1}', name, value);
  }
}

function plain(text: string): Message {
  return message('{0}', text);
}

function baseName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}
