import type { Message } from '../../common/message';

export type Severity = 'error' | 'warning';

/** Lines and columns count from 1, offsets from 0; `end` is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

export interface QuickFix {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
}

export type ProblemKind =
  | 'syntax'
  | 'notRecipe'
  | 'unknownKey'
  | 'renamedKey'
  | 'misplacedKey'
  | 'missingKey'
  | 'wrongType'
  | 'outOfRange'
  | 'wrongValue'
  | 'conflict'
  | 'missingFile'
  | 'machine';

/** Something wrong with a recipe, where it stands, and what to do about it. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly severity: Severity;
  readonly message: Message;
  readonly remedy: Message;
  /** ["train", "data", "max_length"]; empty for the whole document. */
  readonly recipePath: readonly string[];
  readonly range: TextRange;
  readonly fixes: readonly QuickFix[];
}
