import type { Message } from '../../../common/message';
import type { DatasetProblem, DatasetProblemKind } from '../../../protocol/sweep';

/** Keys and indexes from the row down. */
export type Path = readonly (string | number)[];

/** Something about a row's values; `problemOf` gives it its place in the line. */
export interface Finding {
  readonly kind: DatasetProblemKind;
  /** error: the trainer refuses the row (conversations.py), or a chat template can't render it. */
  readonly severity: DatasetProblem['severity'];
  /** What it is about; the nearest thing above it where this isn't there. [] is the whole row. */
  readonly at: Path;
  /** Marks the key instead of the value. */
  readonly key?: boolean;
  readonly message: Message;
  readonly fixes?: readonly FindingFix[];
}

export interface FindingFix {
  readonly title: Message;
  readonly changes: readonly Change[];
}

/** A change of the line that leaves everything else in it, to the character. */
export type Change =
  | { readonly change: 'replace'; readonly at: Path; readonly json: string }
  /** Puts text, as JSON has it within quotes, at the end of the text at `at`. */
  | { readonly change: 'append'; readonly at: Path; readonly between: string; readonly textOf: Path }
  | { readonly change: 'surround'; readonly at: Path; readonly before: string; readonly after: string }
  /** An item of a list, with the comma that it needed. */
  | { readonly change: 'remove'; readonly at: Path }
  | { readonly change: 'deleteRow' };
