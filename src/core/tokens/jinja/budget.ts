import { message } from '../../../common/message';
import { unsupported } from './failure';
import { Dict, List, Range, textOf, Tuple, type Value } from './values';

const MAX_STEPS = 5_000_000;
/** What a method or filter does to so many characters or items takes about as long as a step. */
const ITEMS_PER_STEP = 8;
const MAX_CHARACTERS = 50_000_000;
/** Python gives up at about a third of its 1000 frames; nothing real comes near. */
const MAX_DEPTH = 200;

/** Ends what would never end: a template has no while, but loops in loops and macros that call themselves. */
export class Budget {
  private steps = 0;
  private characters = 0;
  private depth = 0;

  step(count = 1): void {
    this.steps += count;
    if (this.steps > MAX_STEPS) {
      unsupported(message('The chat template did not end after {0} steps.', MAX_STEPS));
    }
  }

  /** Where a whole text or list is gone through at once. */
  handle(value: Value): void {
    this.step(Math.ceil(sizeOf(value) / ITEMS_PER_STEP));
  }

  /** Before a text of that length is made. */
  write(length: number): void {
    this.characters += length;
    if (this.characters > MAX_CHARACTERS) {
      unsupported(message('The chat template writes more than {0} characters.', MAX_CHARACTERS));
    }
  }

  nested<T>(work: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) {
      unsupported(message('The macros of the chat template call themselves more than {0} levels deep.', MAX_DEPTH));
    }
    try {
      return work();
    } finally {
      this.depth -= 1;
    }
  }
}

function sizeOf(value: Value): number {
  if (value instanceof List || value instanceof Tuple) return value.items.length;
  if (value instanceof Dict) return value.entries.size;
  return value instanceof Range ? value.length : (textOf(value)?.length ?? 0);
}
