import { hostPort, language, viewState } from '../shared/host';
import { CurvesApp } from './app';

/** Entry point of the curves. It lives as long as its page. */
export const app = new CurvesApp({
  port: hostPort,
  language,
  kept: viewState.get(),
  keep: (choices) => viewState.set(choices),
});
