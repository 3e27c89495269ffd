import { hostPort, language, viewState } from '../shared/host';
import { ModelApp } from './app';

/** Entry point of the model panel. It lives as long as its page. */
export const app = new ModelApp({
  port: hostPort,
  language,
  kept: viewState.get(),
  keep: (choices) => viewState.set(choices),
});
