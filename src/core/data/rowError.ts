import { formatMessage, type Message } from '../../common/message';

/** Thrown within the conversion of one row, caught where it begins: the row can't be converted, and why. */
export class RowError extends Error {
  readonly reason: Message;

  constructor(reason: Message) {
    super(formatMessage(reason));
    this.name = 'RowError';
    this.reason = reason;
  }
}
