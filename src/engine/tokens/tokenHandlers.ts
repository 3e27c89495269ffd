import type { Handlers } from '../../protocol/channel';
import type { TokenCalls } from '../../protocol/tokenView';

/** Rendering and tokenising: loaded with the first request. */
export const tokenHandlers: Handlers<TokenCalls> = {
  viewTokens: async (params, asked) => (await import('./viewTokens')).viewTokens(params, asked),
  examineTokens: async (params, asked) => (await import('./examineTokens')).examineTokens(params, asked),
};
