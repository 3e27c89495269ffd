import { assertNever } from '../../common/assertNever';
import type { RunOutcome } from '../../engine/engine';
import { EXIT } from '../exitCodes';

export function exitCodeOf({ kind }: RunOutcome): number {
  switch (kind) {
    case 'done':
      return EXIT.done;
    case 'stopped':
      return EXIT.interrupted;
    case 'failed':
      // also where stopping failed: a checkpoint that could not be written must not look like a saved one
      return EXIT.failed;
    default:
      return assertNever(kind);
  }
}
