import type { Message } from '../../common/message';
import { RequestError } from '../../protocol/channel';
import type { RowProblem } from '../../protocol/dataset';

/** A file that can't be read, or not be read on: what stands behind this place is unknown. */
export class ReadError extends RequestError {
  readonly problem: RowProblem;

  constructor(reason: Message, at: { readonly line?: number | null; readonly row?: number } = {}, cause?: unknown) {
    super(reason, cause === undefined ? {} : { cause });
    this.name = 'ReadError';
    this.problem = { line: at.line ?? null, row: at.row ?? 0, reason };
  }
}
