import type { Handlers } from '../../protocol/channel';
import type { WorkerCalls } from './calls';

// SAFETY: the channel refuses, in words, names that have no handler yet.
export const handlers = {} as Handlers<WorkerCalls>;
