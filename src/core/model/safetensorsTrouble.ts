import { type Message, message } from '../../common/message';
import type { ModelTrouble } from '../../protocol/model';

/** Thrown within the parsers; their only way out turns it into a value. */
export class Refused extends Error {
  constructor(readonly words: Message) {
    super(words.text);
    this.name = 'Refused';
  }
}

export function badHeader(file: string, text: Message): ModelTrouble {
  return {
    kind: 'badHeader',
    severity: 'error',
    message: text,
    remedy: message('Get the file again from where the model comes from: it is damaged, or not what it claims to be.'),
    file,
  };
}

export function badIndex(file: string, text: Message, remedy?: Message): ModelTrouble {
  return {
    kind: 'badIndex',
    severity: 'error',
    message: text,
    remedy: remedy ?? message('Get the file again from where the model comes from.'),
    file,
  };
}

const MOST_SHOWN = 100;

/** A name of a file that may be hostile, short enough for a sentence. */
export function clipped(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
