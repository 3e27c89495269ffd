import type { Handlers } from '../../protocol/channel';
import { datasetHandlers } from '../data/handlers';
import { sweepHandlers } from '../data/sweepHandlers';
import { tokenHandlers } from '../tokens/tokenHandlers';
import type { WorkerCalls } from './calls';

// SAFETY: the channel refuses, in words, names that have no handler yet.
export const handlers = { ...datasetHandlers, ...sweepHandlers, ...tokenHandlers } as Handlers<WorkerCalls>;
