import { decodeTrainerLine } from '../../protocol/codec';
import type { EventOf, TrainerEvent } from '../../protocol/trainer';
import { foldRun, initialRun, reduceRun, type RunState } from './session';

/**
 * What a list shows of a run, read from its log without decoding most of it. A log is nearly all points of the curve, tokens,
 * layers and answers: of those the type is looked at and the line is dropped. `summarise` of the state is that of the whole log.
 */
export class RunDigest {
  #state: RunState = initialRun;
  /** Lines not yet folded: of many points of a curve only the last of each kind counts. */
  #waiting = new Map<'lastPoint' | 'lastLoss' | 'lastEvalLoss' | 'progress', Waiting>();
  #first: number | null = null;
  #last: number | null = null;
  #lastLine: string | null = null;
  #lines = 0;

  get state(): RunState {
    return foldRun(this.#waitingEvents(), this.#state);
  }

  /** Seconds since the epoch of the first and the last event. */
  get startedAt(): number | null {
    return this.#first;
  }

  get lastEventAt(): number | null {
    return this.#lastLine === null ? this.#last : timeOf(this.#lastLine);
  }

  /**
   * After the lines of one look: what waits is decoded. A line is a slice of the text that it was cut from, and keeps all of it
   * in memory: a megabyte for each run of a list.
   */
  letGoOfLines(): void {
    this.#last = this.lastEventAt;
    this.#lastLine = null;
    for (const [kind, { told, at }] of this.#waiting) this.#waiting.set(kind, { told: decoded(told), at });
  }

  take(line: string): void {
    // Half a line of a killed trainer is no event, and no point that stands for those before it.
    const type = line.endsWith('}') ? (TYPE.exec(line)?.[1] ?? null) : null;
    this.#lines++;
    if (type !== null) {
      this.#first ??= timeOf(line);
      this.#lastLine = line;
    }
    switch (type) {
      case 'metrics':
        return this.#takePoint(line);
      case 'progress':
        return void this.#waiting.set('progress', { told: line, at: this.#lines });
      case 'structure':
      case 'dataset':
      case 'tokenizer':
      case 'batches':
      case 'generation':
      case 'log':
        return;
      default:
        return this.#fold(line);
    }
  }

  #takePoint(line: string): void {
    const point = { told: line, at: this.#lines };
    this.#waiting.set('lastPoint', point);
    if (!NO_LOSS.test(line)) this.#waiting.set('lastLoss', point);
    if (!NO_EVAL_LOSS.test(line)) this.#waiting.set('lastEvalLoss', point);
  }

  /** Some events forget points before them, so those are folded first. */
  #fold(line: string): void {
    const event = decoded(line);
    if (event === null) return;
    if (FORGETS_POINTS.has(event.type)) {
      this.#state = this.state;
      this.#waiting.clear();
    }
    this.#state = reduceRun(this.#state, event);
    if (ENDS_PROGRESS.has(event.type)) this.#waiting.delete('progress');
  }

  #waitingEvents(): readonly TrainerEvent[] {
    const lines = [...new Map([...this.#waiting.values()].map((waiting) => [waiting.at, waiting])).values()].toSorted(
      (a, b) => a.at - b.at,
    );
    return lines.flatMap(({ told }) => decoded(told) ?? []);
  }
}

interface Waiting {
  /** The line, its event once decoded, null where it is none. */
  readonly told: string | TrainerEvent | null;
  /** Number of the line. */
  readonly at: number;
}

type EventType = EventOf<TrainerEvent['type']>['type'];

/** The trainer writes the type first (json.dumps keeps the order), the engine too; a line that doesn't is decoded whole. */
const TYPE = /^\{"type": ?"(\w+)"/;
const TIME = /"t": ?(\d+(?:\.\d+)?)/;
const NO_LOSS = /"loss": ?null/;
const NO_EVAL_LOSS = /"evalLoss": ?null/;
const FORGETS_POINTS = new Set<EventType>(['hello', 'stepStarted', 'trainStarted', 'batchSizeReduced']);
const ENDS_PROGRESS = new Set<EventType>(['stepFinished', 'stepFailed', 'bye']);

function decoded(told: Waiting['told']): TrainerEvent | null {
  if (typeof told !== 'string') return told;
  const line = decodeTrainerLine(told);
  return line.kind === 'event' ? line.event : null;
}

function timeOf(line: string): number | null {
  const found = TIME.exec(line.slice(0, 200))?.[1];
  return found === undefined ? null : Number(found);
}
