import type { Message } from '../../../common/message';

/** What Python reports as well: raise_exception, a TypeError, a syntax error. The text is Python's where it is worth it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** What Python may do and this renderer doesn't: never a text that could differ. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
  constructor(readonly reason: Message) {
    super(reason.text);
  }
}

export function refuse(text: string): never {
  throw new Refusal(text);
}

export function unsupported(reason: Message): never {
  throw new Unsupported(reason);
}
