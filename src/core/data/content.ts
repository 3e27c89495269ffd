import { message } from '../../common/message';
import type { Role } from '../../protocol/dataset';
import { isPlainObject } from '../../protocol/shape';
import { excerpt } from './piece';
import { RowError } from './rowError';

/** Refuses content that nothing can be learnt from, or that the trainer can't read. */
export function checkContent(content: unknown, role: Role, place: string, hasCalls: boolean): void {
  if (typeof content === 'string') {
    if (!hasCalls && !maySay(role, content)) throw nothingSaid(place, role);
  } else if (Array.isArray(content)) checkParts(content, role, place, hasCalls);
  else if (content !== null && content !== undefined) {
    throw new RowError(message('{0} is no text: {1}', place, excerpt(content)));
  } else if (!hasCalls) throw nothingSaid(place, role);
}

/** A tool may answer nothing, and an empty system message turns off the default one of many templates (Qwen 2.5's). */
export function maySay(role: Role, content: string): boolean {
  return role === 'tool' || role === 'system' || !isBlank(content);
}

export function isBlank(text: string): boolean {
  return !/\S/.test(text);
}

function nothingSaid(place: string, role: Role): RowError {
  return new RowError(message('{0} is empty: {1} says nothing.', place, role));
}

/** As the trainer reads them (conversations.py, _part). */
function checkParts(parts: readonly unknown[], role: Role, place: string, hasCalls: boolean): void {
  let text = '';
  for (const [index, part] of parts.entries()) {
    if (!isPlainObject(part) || part['type'] !== 'text' || typeof part['text'] !== 'string') {
      throw new RowError(message('{0} is a part that is no text: {1}', `${place}[${index}]`, excerpt(part)));
    }
    text += part['text'];
  }
  if (!hasCalls && !maySay(role, text)) throw nothingSaid(place, role);
}
