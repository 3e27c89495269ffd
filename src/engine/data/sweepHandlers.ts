import type { Handlers } from '../../protocol/channel';
import type { SweepCalls } from '../../protocol/sweep';

export const sweepHandlers: Handlers<SweepCalls> = {
  sweepDataset: async (params, asked) => (await import('./sweepDataset')).sweepDataset(params, asked),
  examineLines: async (params, { signal }) => (await import('./sweepExamineLines')).examineLines(params, signal),
};
