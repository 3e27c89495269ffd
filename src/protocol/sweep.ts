/** Problems of a dataset file as its editor shows them. */
import type { Message } from '../common/message';
import type { ResolvedRecipe } from './trainer';

export const DATASET_PROBLEM_KINDS = [
  'badJson',
  'notObject',
  'missingColumn',
  'wrongShape', // a value that is of another kind than the trainer reads
  'encoding',
  'unknownRole',
  'rolesDontAlternate',
  'emptyContent',
  'noAssistantTurn',
  'toolArguments',
  'duplicateRow',
  'tooLong',
  'wholeMasked',
  'lineTooLong',
] as const;
export type DatasetProblemKind = (typeof DATASET_PROBLEM_KINDS)[number];

export interface DatasetFix {
  readonly title: Message;
  /** 0-based lines, UTF-16 columns; end exclusive. All within the lines that the problem is about. */
  readonly edits: readonly {
    readonly startLine: number;
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
    readonly newText: string;
  }[];
}

export interface DatasetProblem {
  readonly kind: DatasetProblemKind;
  readonly severity: 'error' | 'warning' | 'information';
  /** 0-based, as editors have it; columns count UTF-16 units; end exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: Message;
  readonly fixes: readonly DatasetFix[];
}

export interface SweepCalls {
  /**
   * Looks at a whole JSONL file, problems are told as they are found (in batches). `recipe`: one that trains on this file,
   * for max_length and masks; null without. Ends early after `limit` problems.
   */
  readonly sweepDataset: {
    readonly params: { readonly path: string; readonly recipe: ResolvedRecipe | null; readonly limit: number };
    readonly result: { readonly rows: number; readonly problems: number; readonly complete: boolean };
    readonly progress: { readonly rows: number; readonly problems: readonly DatasetProblem[] };
  };
  /** The same for lines that an editor shows (unsaved text included). firstLine: 0-based. */
  readonly examineLines: {
    readonly params: {
      readonly lines: readonly string[];
      readonly firstLine: number;
      readonly recipe: ResolvedRecipe | null;
    };
    readonly result: readonly DatasetProblem[];
  };
}
