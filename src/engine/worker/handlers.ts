import type { Handlers } from '../../protocol/channel';
import { datasetHandlers } from '../data/handlers';
import { sweepHandlers } from '../data/sweepHandlers';
import { modelHandlers } from '../model/modelHandlers';
import { tokenHandlers } from '../tokens/tokenHandlers';
import type { WorkerCalls } from './calls';

export const handlers: Handlers<WorkerCalls> = {
  ...datasetHandlers,
  ...sweepHandlers,
  ...tokenHandlers,
  ...modelHandlers,
};
