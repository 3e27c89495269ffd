import { type Message, message } from '../../common/message';
import type { PushPhase } from './progress';

export const PHASE_WORDS: Readonly<Record<PushPhase, Message>> = {
  account: message('Asking whose token this is'),
  repository: message('Looking at the repository'),
  comparing: message('Comparing with what is there'),
  uploading: message('Uploading'),
  committing: message('Committing'),
};
