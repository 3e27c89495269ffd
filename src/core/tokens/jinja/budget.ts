import { message } from '../../../common/message';
import { unsupported } from './failure';

const MAX_STEPS = 10_000_000;
const MAX_CHARACTERS = 50_000_000;
/** Python gives up at about a third of its 1000 frames; nothing real comes near. */
const MAX_DEPTH = 200;

/** Ends what would never end: a template has no while, but loops in loops and macros that call themselves. */
export class Budget {
  private steps = 0;
  private characters = 0;
  private depth = 0;

  step(): void {
    this.steps += 1;
    if (this.steps > MAX_STEPS) {
      unsupported(message('The chat template did not end after {0} steps.', MAX_STEPS));
    }
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
