import type { Handlers } from '../../protocol/channel';
import type { DatasetCalls } from '../../protocol/dataset';

export const datasetHandlers: Handlers<DatasetCalls> = {
  previewDataset: async (params, asked) => {
    const { previewDataset } = await import('./preview');
    return previewDataset(params, asked);
  },
  formatDataset: async (params, asked) => {
    const { formatDataset } = await import('./format');
    return formatDataset(params, asked);
  },
};
