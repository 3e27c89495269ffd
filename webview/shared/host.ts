import type { Port } from '../../src/protocol/channel';

/** What VS Code gives to a webview's script, once. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** The way to the extension. */
export const hostPort: Port = {
  post: (packet) => api.postMessage(packet),
  listen: (receive) => {
    const listener = (event: MessageEvent<unknown>): void => receive(event.data);
    window.addEventListener('message', listener);
    return { dispose: () => window.removeEventListener('message', listener) };
  },
};

/** What survives hiding the tab and reloading the window: keep it small, it is no document. */
export const viewState = {
  get: (): unknown => api.getState(),
  set: (state: unknown): void => api.setState(state),
};

/** Of the editor, as BCP 47, lower case. */
export const language = document.documentElement.lang.toLowerCase() || 'en';
