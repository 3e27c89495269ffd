import { hostPort, language, viewState } from '../shared/host';
import { TokensApp } from './app';

/** Entry point of the token view. It lives as long as its page. */
export const app = new TokensApp({
  port: hostPort,
  language,
  kept: viewState.get(),
  keep: (choices) => viewState.set(choices),
});
