import { events, type TrainerEvent } from './trainer';
import { isPlainObject, ShapeError } from './shape';

export type DecodedLine =
  | { readonly kind: 'event'; readonly event: TrainerEvent }
  /** Not an event of this protocol: shown in the log as it came. */
  | { readonly kind: 'noise'; readonly text: string; readonly reason: string };

/** Decodes one line of the trainer's output. Never throws: what libraries print may stand between events. */
export function decodeTrainerLine(line: string): DecodedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'noise', text: line, reason: 'not JSON' };
  }
  if (!isPlainObject(value) || typeof value['type'] !== 'string')
    return { kind: 'noise', text: line, reason: 'not an event' };
  const type = value['type'];
  if (!isEventType(type)) return { kind: 'noise', text: line, reason: `unknown event ${type}` };
  try {
    return { kind: 'event', event: events[type](value, type) };
  } catch (error) {
    if (error instanceof ShapeError) return { kind: 'noise', text: line, reason: error.message };
    throw error;
  }
}

function isEventType(type: string): type is keyof typeof events {
  return Object.hasOwn(events, type);
}
