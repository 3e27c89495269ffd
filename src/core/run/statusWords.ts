import { message, type Message } from '../../common/message';
import type { RunStatus } from './summary';

export const STATUS_WORDS: Readonly<Record<RunStatus, Message>> = {
  running: message('running'),
  idle: message('waits'),
  done: message('done'),
  failed: message('failed'),
  stopped: message('stopped'),
  lost: message('ended without a word'),
};
