import type { Message } from '../common/message';
import { EXIT } from './exitCodes';

/** Ends a command with one sentence and an exit code; nothing has gone wrong inside of us. */
export class Stopped extends Error {
  readonly reason: Message;
  readonly remedy: Message | null;
  readonly exitCode: number;

  constructor(reason: Message, options: { readonly remedy?: Message; readonly exitCode?: number } = {}) {
    super(reason.text);
    this.name = 'Stopped';
    this.reason = reason;
    this.remedy = options.remedy ?? null;
    this.exitCode = options.exitCode ?? EXIT.failed;
  }
}

/** The command line itself is wrong. */
export function badUsage(reason: Message, remedy?: Message): Stopped {
  return new Stopped(reason, { exitCode: EXIT.usage, ...(remedy === undefined ? {} : { remedy }) });
}
