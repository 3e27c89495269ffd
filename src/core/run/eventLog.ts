import type { TrainerEvent } from '../../protocol/trainer';

export interface EventLog {
  readonly events: readonly TrainerEvent[];
  /** Lines that are no events, with their 1-based number. */
  readonly noise: readonly { readonly line: number; readonly text: string; readonly reason: string }[];
  /** The last line has no line end: it was being written, or the writer was killed. It is not in `noise`. */
  readonly cut: boolean;
}

/** Reads the text of an events.jsonl. */
export declare function parseEventLog(text: string): EventLog;
