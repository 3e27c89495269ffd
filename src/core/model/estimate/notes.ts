import type { Message } from '../../../common/message';
export function notesOf(..._all: unknown[]): readonly Message[] {
  return [];
}
