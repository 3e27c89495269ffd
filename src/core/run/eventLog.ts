import { decodeTrainerLine } from '../../protocol/codec';
import type { TrainerEvent } from '../../protocol/trainer';

export interface EventLog {
  readonly events: readonly TrainerEvent[];
  /** Lines that are no events, with their 1-based number. */
  readonly noise: readonly { readonly line: number; readonly text: string; readonly reason: string }[];
  /** The last line has no line end: it was being written, or the writer was killed. It is in neither list. */
  readonly cut: boolean;
}

/** Reads the text of an events.jsonl. */
export function parseEventLog(text: string): EventLog {
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  const events: TrainerEvent[] = [];
  const noise: EventLog['noise'][number][] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const decoded = decodeTrainerLine(line);
    if (decoded.kind === 'event') events.push(decoded.event);
    else noise.push({ line: index + 1, text: decoded.text, reason: decoded.reason });
  }
  return { events, noise, cut: rest !== '' };
}
