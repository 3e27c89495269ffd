import type { Handlers } from '../../protocol/channel';
import type { ModelCalls } from '../../protocol/model';

/** Models, what they take and GPUs: loaded with the first request. */
export const modelHandlers: Handlers<ModelCalls> = {
  readModel: async (params, { signal }) =>
    (await import('./readModel')).readModel(params, { signal, env: process.env }),
  estimateMemory: async (params) => (await import('./estimateForEditor')).estimateForEditor(params),
  readGpus: async (_, { signal }) => (await import('./nvidiaSmi')).readGpus({ signal, env: process.env }),
};
