import type { Message } from '../../src/common/message';
import type { DatasetPreview, Mapping } from '../../src/protocol/dataset';
import type { FormatSnapshot } from '../../src/protocol/formatPanel';

/** How rows are read: as the detection of this index says, or by hand. */
export type Choice = number | Mapping['kind'];

/** What the panel shows. */
export interface State {
  readonly snapshot: FormatSnapshot | null;
  readonly preview: DatasetPreview | null;
  /** A preview is on its way. */
  readonly loading: boolean;
  /** Why there is no preview. */
  readonly failure: Message | null;
  readonly choice: Choice | null;
  readonly mapping: Mapping | null;
  readonly target: string;
  readonly job: FormatSnapshot['job'];
  /** The recipe that uses the result, once one does. */
  readonly usedIn: string | null;
  /** What went wrong beside the preview and the conversion: a file that can't be opened, a recipe that can't be changed. */
  readonly complaint: Message | null;
  /** Keys of long texts that are shown whole. */
  readonly unfolded: ReadonlySet<string>;
}

export const EMPTY: State = {
  snapshot: null,
  preview: null,
  loading: true,
  failure: null,
  choice: null,
  mapping: null,
  target: '',
  job: null,
  usedIn: null,
  complaint: null,
  unfolded: new Set(),
};

/** What outlives the tab being hidden. */
export interface Kept {
  readonly version: 1;
  readonly choice: Choice;
  readonly mapping: Mapping;
  readonly target: string;
  /** Back from a report at the mapping. */
  readonly editing: boolean;
}

export function isKept(value: unknown): value is Kept {
  // What was set by this script in an earlier life; the version tells another build's.
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1;
}
